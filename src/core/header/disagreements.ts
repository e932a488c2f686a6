import type { Device, Field, RegisterPlace } from '../device/device.ts';
import { looseName } from '../device/names.ts';
import { bitMask, bitsText } from '../device/numbers.ts';
import { placeName, placesOf } from '../device/places.ts';
import { maskPieces } from './headerFields.ts';
import type { Coverage, Disagreement, HeaderCoverage, HeaderInterrupt, HeaderMacro, HeaderRegister } from './headerJoin.ts';
import type { RegisterJoin } from './joinRegisters.ts';

export interface Compared {
  readonly files: readonly string[];
  readonly join: RegisterJoin;
  readonly macros: readonly HeaderMacro[];
  readonly interrupts: readonly HeaderInterrupt[];
  readonly unplacedMacros: number;
}

/** Holds header and description against each other, register by register, field by field, interrupt by interrupt. */
export function compareHeader(device: Device, compared: Compared): { readonly disagreements: Disagreement[]; readonly coverage: HeaderCoverage } {
  const registers = compareRegisters(device, compared);
  const fields = compareFields(compared);
  const interrupts = compareInterrupts(device, compared);
  const missing = missingRegisters(device, compared);
  return {
    disagreements: [...registers.found, ...missing.found, ...fields.found, ...interrupts.found],
    coverage: { registers: registers.coverage, fields: fields.coverage, interrupts: interrupts.coverage, svdRegisters: missing.coverage, unplacedMacros: compared.unplacedMacros },
  };
}

interface Tally {
  readonly found: Disagreement[];
  readonly coverage: Coverage;
}

function compareRegisters(device: Device, { files, join }: Compared): Tally {
  const found: Disagreement[] = [];
  const coverage = { total: 0, joined: 0, sameName: 0 };
  const byName = registerIndex(device);
  for (const register of join.registers) {
    const own = { file: files[register.file] ?? '', line: register.line, about: 'register' as const };
    const missing: string[] = [];
    const renamed: string[] = [];
    for (const place of register.places) {
      const there = join.at(place.address);
      const isSame = there.some(({ path }) => isSameName(register, place.element, path));
      coverage.total += 1;
      coverage.joined += there.length > 0 ? 1 : 0;
      coverage.sameName += isSame ? 1 : 0;
      const wider = there.length > 0 && there.every(({ register: described }) => described.size !== register.size) ? there[0] : undefined;
      if (wider !== undefined && place.element === (register.dims.length > 0 ? 0 : undefined) && place === register.places[0]) found.push({ ...own, kind: 'width', header: `${register.size} bits`, svd: `${wider.register.size} bits`, message: `${register.id} has ${register.size} bits in the header, ${wider.path} has ${wider.register.size} in the SVD` });
      if (there.length === 0) missing.push(`${place.instance ?? register.member} at ${place.address}`);
      else if (!isSame) renamed.push(there[0]?.path ?? '');
    }
    if (missing.length > 0) found.push(missingRegister(register, missing, { ...own, elsewhere: byName }));
    if (renamed.length > 0) found.push({ ...own, kind: 'name', header: register.id, svd: renamed[0] ?? '', message: `${register.id} is called ${renamed[0] ?? ''} in the SVD${renamed.length > 1 ? ` (and ${renamed.length - 1} more)` : ''}` });
  }
  return { found, coverage };
}

/** A register that the description has elsewhere under the same name is misplaced, not missing. */
function missingRegister(register: HeaderRegister, missing: readonly string[], { elsewhere, ...own }: { readonly file: string; readonly line: number; readonly about: 'register'; readonly elsewhere: ReadonlyMap<string, RegisterPlace> }): Disagreement {
  const place = register.places.find(({ paths }) => paths.length === 0);
  const other = elsewhere.get(looseName(`${place?.instance ?? ''}${register.member}`));
  if (other !== undefined && place !== undefined && register.dims.length === 0) {
    return { ...own, kind: 'offset', header: place.address, svd: `0x${other.address.toString(16).toUpperCase()}`, message: `${register.id} of ${place.instance ?? ''} lies at ${place.address} in the header, ${other.path} at 0x${other.address.toString(16).toUpperCase()} in the SVD` };
  }
  return { ...own, kind: 'missing-in-svd', header: missing[0] ?? '', svd: '', message: `${register.id} is not in the SVD: ${missing.slice(0, 4).join(', ')}${missing.length > 4 ? ` and ${missing.length - 4} more` : ''}` };
}

/** Most registers of a description that are looked at. */
const mostRegisters = 200_000;

function registerIndex(device: Device): Map<string, RegisterPlace> {
  const byName = new Map<string, RegisterPlace>();
  for (const place of registersWithin(device)) byName.set(looseName(place.path), place);
  return byName;
}

function* registersWithin(device: Device): Generator<RegisterPlace, void> {
  let left = mostRegisters;
  for (const peripheral of device.peripherals) {
    if (peripheral.origin !== undefined) continue;
    for (const place of placesOf(peripheral, peripheral.registers, { path: peripheral.name, address: peripheral.baseAddress })) {
      left -= 1;
      if (left < 0) return;
      yield place;
    }
  }
}

function isSameName(register: HeaderRegister, element: number | undefined, path: string): boolean {
  const leaf = looseName((register.member.split('.').at(-1) ?? '').replace(/_REG$/, ''));
  const described = looseName(path.slice(path.lastIndexOf('.') + 1));
  const whole = looseName(path);
  const candidates = element === undefined ? [leaf] : [leaf, `${leaf}${element}`, `${leaf}${element + 1}`];
  // Some descriptions repeat the block in their registers' names: `TIM2.TIM2_CR1`, `ADC1.ADC_CR`.
  const block = looseName(path.slice(0, path.indexOf('.')));
  return candidates.some(name => described === name || (described.endsWith(name) && block.startsWith(described.slice(0, -name.length)))) || (register.type === undefined && (whole.endsWith(leaf) || leaf.endsWith(described)));
}

function compareFields({ files, join, macros }: Compared): Tally {
  const byId = new Map(join.registers.map(register => [register.id, register]));
  const found: Disagreement[] = [];
  const coverage = { total: 0, joined: 0, sameName: 0 };
  // A mask in three pieces or more is a constant, as `FLASH_ACR_BYTE2_ADDRESS`.
  const seen = new Set(macros.filter(({ meaning, value }) => meaning === 'field' && maskPieces(BigInt(value)).length > 2).map(fieldKey));
  for (const macro of macros) {
    const key = fieldKey(macro);
    if (macro.meaning === 'value' || seen.has(key)) continue;
    seen.add(key);
    const places = describedBy(macro, byId, join);
    const fields = places.flatMap(({ register }) => register.fields);
    if (fields.length === 0) continue;
    coverage.total += 1;
    const exact = fields.filter(({ bitOffset, bitWidth }) => bitOffset === macro.bitOffset && bitWidth === macro.bitWidth);
    const same = fields.find(({ name }) => sameField(name, macro.field));
    coverage.joined += exact.length > 0 ? 1 : 0;
    coverage.sameName += exact.some(({ name }) => namesField(name, macro)) ? 1 : 0;
    const disagreement = fieldDisagreement(macro, { exact, same, all: fields, path: places[0]?.path ?? '', file: files[macro.file] ?? '' });
    if (disagreement !== undefined) found.push(disagreement);
  }
  return { found, coverage };
}

function fieldKey({ registers, elements, field }: HeaderMacro): string {
  return `${registers[0] ?? ''} ${elements?.[0] ?? ''} ${field}`;
}

/** The place where the description has a field on exactly these bits (not every timer has every field); else the first that has fields. */
function describedBy(macro: HeaderMacro, byId: ReadonlyMap<string, HeaderRegister>, join: RegisterJoin): readonly RegisterPlace[] {
  let first: readonly RegisterPlace[] = [];
  for (const id of macro.registers) {
    for (const place of byId.get(id)?.places ?? []) {
      if (macro.elements !== undefined && !macro.elements.includes(place.element ?? -1)) continue;
      const there = join.at(place.address);
      if (there.some(({ register }) => register.fields.some(({ bitOffset, bitWidth }) => bitOffset === macro.bitOffset && bitWidth === macro.bitWidth))) return there;
      if (first.length === 0 && there.some(({ register }) => register.fields.length > 0)) first = there;
    }
  }
  return first;
}

function sameField(described: string, written: string): boolean {
  return looseName(described) === looseName(written);
}

/** On the same bits `APB_CTRL_XTAL_TICK_NUM` is `XTAL_TICK_NUM`, however much of it is the register's. */
function namesField(described: string, { name, field }: HeaderMacro): boolean {
  const whole = looseName(name.replace(/_(Msk|MASK|BITS|bm|gm|msk|Pos|SHIFT|LSB|bp|gp|[SM])$/, ''));
  return sameField(described, field) || (described.length > 1 && whole.endsWith(looseName(described)));
}

function fieldDisagreement(macro: HeaderMacro, { exact, same, all, path, file }: { readonly exact: readonly Field[]; readonly same: Field | undefined; readonly all: readonly Field[]; readonly path: string; readonly file: string }): Disagreement | undefined {
  const bits = bitsText(macro.bitOffset, macro.bitWidth);
  const own = { about: 'field' as const, file, line: macro.line };
  const [first] = exact;
  if (first !== undefined) {
    const split = exact.find(({ splitInto }) => splitInto !== undefined)?.splitInto;
    if (split !== undefined) return { ...own, kind: 'width', header: bits, svd: split.join(', '), message: `${macro.name} is bits ${bits} in the header; ${path} has them one by one, ${split[0] ?? ''} to ${split.at(-1) ?? ''}` };
    if (exact.some(({ name }) => namesField(name, macro))) return undefined;
    return { ...own, kind: 'name', header: macro.name, svd: `${path}.${first.name}`, message: `${macro.name} (bits ${bits}) is called ${path}.${first.name} in the SVD` };
  }
  if (same !== undefined) {
    const svd = bitsText(same.bitOffset, same.bitWidth);
    return { ...own, kind: same.bitOffset === macro.bitOffset ? 'width' : 'offset', header: bits, svd, message: `${macro.name} is bits ${bits} in the header, ${path}.${same.name} bits ${svd} in the SVD` };
  }
  const mask = bitMask(macro.bitOffset, macro.bitWidth);
  const shared = all.filter(field => (bitMask(field.bitOffset, field.bitWidth) & mask) !== 0n);
  if (shared.length === 0) return { ...own, kind: 'missing-in-svd', header: macro.name, svd: '', message: `${macro.name} (bits ${bits}) has no field in ${path}` };
  const svd = shared.map(({ name, bitOffset, bitWidth }) => `${name} ${bitsText(bitOffset, bitWidth)}`).join(', ');
  return { ...own, kind: 'width', header: bits, svd, message: `${macro.name} is bits ${bits} in the header; ${path} has ${svd} there` };
}

function compareInterrupts(device: Device, { files, interrupts }: Compared): Tally {
  const described = new Map<number, string[]>();
  for (const { interrupts: own } of device.peripherals) for (const { name, value } of own) described.set(value, [...described.get(value) ?? [], name]);
  const external = interrupts.filter(({ number }) => number >= 0);
  const found: Disagreement[] = [];
  const coverage = { total: external.length, joined: 0, sameName: 0 };
  for (const { name, number, file, line } of external) {
    const names = described.get(number) ?? [];
    const isSame = names.some(other => looseName(other.replace(/_IRQn$/, '')) === looseName(name));
    coverage.joined += names.length > 0 ? 1 : 0;
    coverage.sameName += isSame ? 1 : 0;
    const own = { kind: 'interrupt' as const, about: 'interrupt' as const, file: files[file] ?? '', line, header: `${number} ${name}` };
    if (names.length === 0) found.push({ ...own, svd: '', message: `interrupt ${number} (${name}) is not in the SVD` });
    else if (!isSame) found.push({ ...own, svd: `${number} ${[...new Set(names)].join(', ')}`, message: `interrupt ${number} is ${name} in the header, ${[...new Set(names)].join(', ')} in the SVD` });
  }
  const known = new Set(interrupts.map(({ number }) => number));
  if (external.length > 0) for (const [number, names] of described) if (!known.has(number)) found.push({ kind: 'interrupt', about: 'interrupt', header: '', svd: `${number} ${names.join(', ')}`, message: `interrupt ${number} (${names.join(', ')}) is not in the header` });
  return { found, coverage };
}

/** Where arrays lie of which not every element is listed. */
function longSpans({ dims: [dim], places }: HeaderRegister): { readonly start: bigint; readonly end: bigint }[] {
  if (dim === undefined) return [];
  const starts = places.filter(({ element }) => element === 0).map(({ address }) => BigInt(address));
  return starts.length * dim.count <= places.length ? [] : starts.map(start => ({ start, end: start + BigInt(dim.count * dim.stride) }));
}

/** Registers of the description, in peripherals that the header has too, of which the header says nothing. */
function missingRegisters(device: Device, { join, files }: Compared): { readonly found: Disagreement[]; readonly coverage: HeaderCoverage['svdRegisters'] } {
  const addresses = new Set(join.registers.flatMap(({ places, size }) => places.flatMap(({ address }) => size === 64 ? [BigInt(address), BigInt(address) + 4n] : [BigInt(address)])));
  const spans = join.registers.flatMap(longSpans);
  const shared = new Set(join.registers.flatMap(({ places }) => places.flatMap(({ address }) => join.at(address).map(({ peripheral }) => peripheral))));
  const found: Disagreement[] = [];
  const coverage = { total: 0, joined: 0 };
  for (const place of registersWithin(device)) {
    if (!shared.has(place.peripheral)) continue;
    coverage.total += 1;
    if (addresses.has(place.address) || spans.some(({ start, end }) => place.address >= start && place.address < end)) coverage.joined += 1;
    else found.push({ kind: 'missing-in-header', about: 'register', header: '', svd: place.path, message: `${placeName(place)} of ${place.peripheral.name} (0x${place.address.toString(16).toUpperCase()}) is not in ${files[0] ?? 'the header'}` });
  }
  return { found, coverage };
}
