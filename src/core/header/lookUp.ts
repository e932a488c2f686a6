import type { HeaderField, HeaderInstance, HeaderInterrupt, HeaderJoin, HeaderLine, HeaderMacro, HeaderPlace, HeaderRegister } from './headerJoin.ts';

/** What a name of the device header stands for on this chip. */
export interface HeaderMeaning {
  readonly kind: 'instance' | 'register' | 'field' | 'position' | 'value' | 'interrupt';
  readonly name: string;
  /** Registers concerned: those of every instance when the name names none (`USART_SR_RXNE`). For an instance: its peripherals. */
  readonly places: readonly MeantPlace[];
  /** Bits meant, for fields, positions and values. */
  readonly bits?: { readonly offset: number; readonly width: number };
  /** Names of the description's fields on these bits. */
  readonly fields: readonly string[];
  /** What the header calls the field, where the name is about one. */
  readonly fieldName?: string;
  /** Macro value, or interrupt number. */
  readonly value?: bigint;
  /** For a value macro: the field's value, shifted down. */
  readonly fieldValue?: bigint;
  /** "From the header": its comment. */
  readonly comment?: string;
  readonly file: string;
  readonly line: number;
}

export interface MeantPlace {
  readonly address: bigint;
  /** Paths in the description, all views; empty when it has nothing at this address. */
  readonly paths: readonly string[];
  readonly instance?: string;
}

/** What a macro, instance, interrupt (`USART2_IRQn`, with or without `_IRQn`) or register macro of the header means; undefined when the header does not have it. */
export function lookUpName(join: HeaderJoin, name: string): HeaderMeaning | undefined {
  const tables = tablesOf(join);
  const macro = tables.macros.get(name);
  if (macro !== undefined) return macroMeaning(join, macro);
  const register = tables.registers.get(name) ?? tables.registers.get(`${name}()`);
  if (register !== undefined) return registerMeaning(join, register, register.places);
  const instance = tables.instances.get(name);
  if (instance !== undefined) return instanceMeaning(join, instance);
  const interrupt = tables.interrupts.get(name.replace(/_IRQn$/, ''));
  return interrupt === undefined ? undefined : interruptMeaning(join, interrupt);
}

/**
 * The register that members of an instance name: `lookUpMember(join, 'GPIOA', ['AFR[1]'])`,
 * `('PORT', ['Group[0]', 'PINCFG[3]', 'bit', 'PMUXEN'])`; with a struct's name for the instance, those of all its
 * instances. An index that is no number stands for every element. Undefined when the header has no such member.
 */
export function lookUpMember(join: HeaderJoin, instance: string, members: readonly string[]): HeaderMeaning | undefined {
  const { instances, byMember } = tablesOf(join);
  const known = instances.get(instance);
  const type = known === undefined ? instance : known.type;
  if (type === undefined) return undefined;
  const names = members.map(member => member.replace(/\[.*$/, ''));
  for (let length = members.length; length > 0; length -= 1) {
    const path = `${type}.${names.slice(0, length).join('.')}`;
    // `ADCSR_b.TRGE`: the fields' view of `ADCSR`.
    const register = byMember.get(path) ?? (path.endsWith('_b') ? byMember.get(path.slice(0, -2)) : undefined);
    if (register === undefined) continue;
    const fields = fieldsBelow(register, names.slice(length));
    if (fields === undefined) return undefined;
    const places = placesMeant(register, known, members.slice(0, length));
    const meaning = registerMeaning(join, register, places);
    return fields.length === 0 ? meaning : fieldMeaning(join, meaning, fields);
  }
  return undefined;
}

interface Tables {
  readonly macros: ReadonlyMap<string, HeaderMacro>;
  readonly registers: ReadonlyMap<string, HeaderRegister>;
  readonly instances: ReadonlyMap<string, HeaderInstance>;
  readonly interrupts: ReadonlyMap<string, HeaderInterrupt>;
  /** By `TYPE.member.member`. */
  readonly byMember: ReadonlyMap<string, HeaderRegister>;
}

/** A join never changes, so its tables live as long as it. */
const known = new WeakMap<HeaderJoin, Tables>();

function tablesOf(join: HeaderJoin): Tables {
  const tables = known.get(join) ?? makeTables(join);
  known.set(join, tables);
  return tables;
}

function makeTables({ macros, registers, instances, interrupts }: HeaderJoin): Tables {
  return {
    macros: new Map(macros.map(macro => [macro.name, macro])), registers: new Map(registers.map(register => [register.id, register])),
    instances: new Map(instances.map(instance => [instance.name, instance])), interrupts: new Map(interrupts.map(interrupt => [interrupt.name, interrupt])),
    byMember: new Map(registers.flatMap(register => register.type === undefined ? [] : [[`${register.type}.${register.member}`, register] as const])),
  };
}

function meantPlaces(register: HeaderRegister | undefined, elements: readonly number[] | undefined): readonly HeaderPlace[] {
  const places = register?.places ?? [];
  return elements === undefined ? places : places.filter(({ element }) => element !== undefined && elements.includes(element));
}

function macroMeaning(join: HeaderJoin, macro: HeaderMacro): HeaderMeaning {
  const { registers } = tablesOf(join);
  const { name, meaning, bitOffset, bitWidth, fields, field, fieldValue } = macro;
  return {
    kind: meaning, name, fields, fieldName: field, bits: { offset: bitOffset, width: bitWidth }, value: BigInt(macro.value),
    places: different(macro.registers.flatMap(id => meantPlaces(registers.get(id), macro.elements))).map(meantPlace),
    ...(fieldValue !== undefined && { fieldValue: BigInt(fieldValue) }), ...origin(join, macro),
  };
}

function registerMeaning(join: HeaderJoin, register: HeaderRegister, places: readonly HeaderPlace[]): HeaderMeaning {
  return { kind: 'register', name: register.member, fields: [], places: different(places).map(meantPlace), ...origin(join, register) };
}

function fieldMeaning(join: HeaderJoin, meaning: HeaderMeaning, [field]: readonly HeaderField[]): HeaderMeaning {
  if (field === undefined) return meaning;
  return { ...meaning, kind: 'field', fieldName: field.name, bits: { offset: field.bitOffset, width: field.bitWidth }, ...origin(join, field) };
}

function instanceMeaning(join: HeaderJoin, instance: HeaderInstance): HeaderMeaning {
  const place = { address: BigInt(instance.address), paths: instance.peripherals, instance: instance.name };
  return { kind: 'instance', name: instance.name, fields: [], places: [place], ...origin(join, instance) };
}

function interruptMeaning(join: HeaderJoin, interrupt: HeaderInterrupt): HeaderMeaning {
  return { kind: 'interrupt', name: interrupt.name, fields: [], places: [], value: BigInt(interrupt.number), ...origin(join, interrupt) };
}

function origin(join: HeaderJoin, { file, line, comment }: HeaderLine): Pick<HeaderMeaning, 'file' | 'line' | 'comment'> {
  return { file: join.files[file] ?? '', line, ...(comment !== undefined && { comment }) };
}

/** Each address once: two names may stand for one instance. */
function different(places: readonly HeaderPlace[]): HeaderPlace[] {
  return [...new Map(places.toReversed().map(place => [place.address, place])).values()].reverse();
}

function meantPlace({ address, paths, instance }: HeaderPlace): MeantPlace {
  return { address: BigInt(address), paths, ...(instance !== undefined && { instance }) };
}

/** What is written behind the register: nothing, the whole (`.reg`, `.val`), or a bit-field, with the view's name before it or not. */
function fieldsBelow(register: HeaderRegister, names: readonly string[]): readonly HeaderField[] | undefined {
  const last = names.at(-1);
  if (last === undefined || /^(reg|val|word|w)$/i.test(last)) return [];
  const field = register.fields.find(({ name }) => name === last);
  if (field !== undefined) return [field];
  return names.length === 1 && /^(bit|b|bits|vec)$/i.test(last) ? [] : undefined;
}

/** The places of an instance, or of all; the elements that the indices say. */
function placesMeant(register: HeaderRegister, instance: HeaderInstance | undefined, members: readonly string[]): readonly HeaderPlace[] {
  const own = instance === undefined ? register.places : register.places.filter(place => place.instance === instance.name);
  if (register.dims.length === 0) return own;
  const indices = members.flatMap(member => [...member.matchAll(/\[([^\]]*)\]/g)].map(match => (match[1] ?? '').trim()));
  const numbers = indices.map(index => /^(0x[\da-f]+|\d+)u?l?$/i.test(index) ? Number.parseInt(index) : undefined);
  if (numbers.length < register.dims.length) return numbers.length === 0 ? own.filter(({ element }) => element === 0) : own;
  const steps = register.dims.map((_, position) => register.dims.slice(position + 1).reduce((product, { count }) => product * count, 1));
  const listed = own.filter(({ element }) => element !== undefined && numbers.every((number, position) =>
    number === undefined || Math.floor(element / (steps[position] ?? 1)) % (register.dims[position]?.count ?? 1) === number));
  return listed.length > 0 ? listed : computedPlace(register, own[0], numbers);
}

/** An element of an array too long to be listed: its address, without a path. */
function computedPlace(register: HeaderRegister, first: HeaderPlace | undefined, numbers: readonly (number | undefined)[]): HeaderPlace[] {
  if (first === undefined || numbers.some((number, position) => number === undefined || number >= (register.dims[position]?.count ?? 0))) return [];
  const offset = numbers.reduce<number>((sum, number, position) => sum + (number ?? 0) * (register.dims[position]?.stride ?? 0), 0);
  return [{ ...first, address: `0x${(BigInt(first.address) + BigInt(offset)).toString(16)}`, paths: [] }];
}
