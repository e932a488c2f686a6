// Two readings of one file, as lines of scripts/svdReference.py, compared member by member.

/** One thing that the readings say differently. */
export interface Difference {
  /** What differs, with the two values where there are few of them: `field access: read-only, theirs none`. */
  readonly kind: string;
  /** `TIM2.CR1.CEN`. */
  readonly where: string;
  readonly ours: string;
  readonly theirs: string;
}

/** How much was compared, so that equal emptiness does not look like agreement. */
export interface Comparison {
  readonly registers: number;
  readonly fields: number;
  readonly differences: readonly Difference[];
}

/** Compares our lines with the reference's; peripherals, registers and fields are matched by name and place. */
export function compareLines(ours: Iterable<string>, theirs: Iterable<string>): Comparison {
  const state: State = { registers: 0, fields: 0, differences: [] };
  const [ownDevice, own] = sections(ours);
  const [otherDevice, other] = sections(theirs);
  compareMembers(state, { what: 'device', where: '' }, [deviceMembers, ownDevice, otherDevice]);
  for (const [key, section] of own) {
    const match = other.get(key);
    if (match === undefined) add(state, { kind: 'peripheral only ours', where: key, ours: key, theirs: '' });
    else comparePeripheral(state, section, match);
  }
  for (const key of other.keys()) if (!own.has(key)) add(state, { kind: 'peripheral only theirs', where: key, ours: '', theirs: key });
  return state;
}

type Line = readonly unknown[];

interface State {
  registers: number;
  fields: number;
  readonly differences: Difference[];
}

interface Section {
  readonly peripheral: Line;
  /** Register lines as written, by name and address; several where the file repeats one. */
  readonly registers: Map<string, string[]>;
}

const deviceMembers = ['', 'name', 'vendor', 'series', 'version', 'addressUnitBits', 'width', 'cpu'];
const peripheralMembers = ['', '', '', 'groupName', 'prependToName', 'appendToName', 'headerStructName', 'disableCondition', 'addressBlocks', 'interrupts'];
const registerMembers = ['', '', '', 'size', 'access', 'resetValue', 'resetMask'];
const fieldMembers = ['', '', 'bitWidth', 'access', 'modifiedWriteValues', 'readAction'];

/** Members with few values: those are part of the difference's kind. */
const listedMembers = new Set(['size', 'access', 'resetMask', 'bitWidth', 'modifiedWriteValues', 'readAction']);

function sections(lines: Iterable<string>): readonly [Line, Map<string, Section>] {
  let device: Line = [];
  let current: Section | undefined;
  const found = new Map<string, Section>();
  for (const text of lines) {
    // Most lines are registers, and most of those are equal: their text is enough.
    const [, name = '', address = ''] = /^\["register","((?:[^"\\]|\\.)*)","(0x[0-9A-F]+)"/.exec(text) ?? [];
    if (address !== '') {
      const key = `${name} ${address}`;
      const same = current?.registers.get(key);
      if (same === undefined) current?.registers.set(key, [text]);
      else same.push(text);
      continue;
    }
    const line = JSON.parse(text) as Line;
    if (line[0] === 'device') device = line;
    else found.set(`${String(line[1])} ${String(line[2])}`, current = { peripheral: line, registers: new Map() });
  }
  return [device, found];
}

function comparePeripheral(state: State, own: Section, other: Section): void {
  const where = String(own.peripheral[1]);
  compareMembers(state, { what: 'peripheral', where }, [peripheralMembers, own.peripheral, other.peripheral]);
  for (const [key, texts] of own.registers) {
    const matches = [...other.registers.get(key) ?? []];
    for (const text of texts) {
      state.registers += 1;
      const equal = matches.indexOf(text);
      const match = equal === -1 ? matches.shift() : matches.splice(equal, 1)[0];
      if (match === undefined) add(state, { kind: 'register only ours', where: `${where}.${key}`, ours: text, theirs: '' });
      else compareRegister(state, where, [text, match]);
    }
  }
  for (const [key, texts] of other.registers) {
    for (const text of texts.slice(own.registers.get(key)?.length ?? 0)) add(state, { kind: 'register only theirs', where: `${where}.${key}`, ours: '', theirs: text });
  }
}

function compareRegister(state: State, peripheral: string, [ownText, otherText]: readonly [string, string]): void {
  const own = JSON.parse(ownText) as Line;
  const ownFields = own[7] as Line[];
  state.fields += ownFields.length;
  if (ownText === otherText) return;
  const other = JSON.parse(otherText) as Line;
  const where = `${peripheral}.${String(own[1])}`;
  compareMembers(state, { what: 'register', where }, [registerMembers, own, other]);
  const rest = [...other[7] as Line[]];
  for (const field of ownFields) {
    const equal = rest.findIndex(candidate => candidate[0] === field[0] && candidate[1] === field[1]);
    const match = equal === -1 ? undefined : rest.splice(equal, 1)[0];
    if (match === undefined) add(state, { kind: 'field only ours', where: `${where}.${String(field[0])}`, ours: JSON.stringify(field), theirs: '' });
    else compareField(state, `${where}.${String(field[0])}`, [field, match]);
  }
  for (const field of rest) add(state, { kind: 'field only theirs', where: `${where}.${String(field[0])}`, ours: '', theirs: JSON.stringify(field) });
}

function compareField(state: State, where: string, [own, other]: readonly [Line, Line]): void {
  compareMembers(state, { what: 'field', where }, [fieldMembers, own, other]);
  const [ours, theirs] = [own[6] as Line[], other[6] as Line[]];
  if (JSON.stringify(ours) === JSON.stringify(theirs)) return;
  const difference = { where, ours: JSON.stringify(ours), theirs: JSON.stringify(theirs) };
  const plain = (values: readonly Line[]) => JSON.stringify(values.map(value => value.slice(0, 4)));
  if (ours.length !== theirs.length) add(state, { kind: `number of enumerated values${theirs.length === 0 ? ', theirs none' : ''}`, ...difference });
  else if (plain(ours) === plain(theirs)) add(state, { kind: 'don\'t-care bits of enumerated values', ...difference });
  else if (plain(ours) === plain(theirs.map((value, index) => [value[0], value[1] ?? ours[index]?.[1], ...value.slice(2)]))) add(state, { kind: 'value of enumerated values, theirs none', ...difference });
  else add(state, { kind: 'enumerated values', ...difference });
}

function compareMembers(state: State, place: { readonly what: string; readonly where: string }, [members, own, other]: readonly [readonly string[], Line, Line]): void {
  for (const [index, member] of members.entries()) {
    if (member === '') continue;
    const [ours, theirs] = [JSON.stringify(own[index] ?? null), JSON.stringify(other[index] ?? null)];
    if (ours === theirs) continue;
    const values = listedMembers.has(member) ? `: ${text(own[index])}, theirs ${text(other[index])}` : theirs === 'null' ? ', theirs none' : '';
    add(state, { kind: `${place.what} ${member}${values}`, where: place.where, ours, theirs });
  }
}

function text(value: unknown): string {
  return value === null || value === undefined ? 'none' : typeof value === 'string' ? value : JSON.stringify(value);
}

function add(state: State, difference: Difference): void {
  state.differences.push(difference);
}
