import { decodeValue } from '../device/decode.ts';
import type { Device, Field, RegisterPlace } from '../device/device.ts';
import { hex } from '../device/numbers.ts';
import { registerPlaces } from '../device/places.ts';
import { clockBits } from '../manual/clockGates.ts';
import { sideEffects } from '../manual/sideEffects.ts';
import type { AnswerCase } from './answerCase.ts';
import { oneOf, shuffled } from './seededSample.ts';

/** Registers that cases are made of: enough for thousands, and no file of a hundred million registers is walked to its end. */
const mostPlaces = 6000;

/** Questions for one fact of a register, an endless stream of each kind, by the device's description. */
export function registerFactCases(device: Device, random: () => number): Map<string, Iterator<AnswerCase>> {
  const context: CaseContext = { device, random, places: somePlaces(device) };
  return new Map(Object.entries(makers).map(([kind, make]) => [kind, casesOf(kind, make, context)]));
}

/** Places whose path means one register only: what is asked must have one answer. */
function somePlaces(device: Device): RegisterPlace[] {
  const places: RegisterPlace[] = [];
  const seen = new Map<string, number>();
  for (const place of registerPlaces(device)) {
    if (places.length >= mostPlaces) break;
    if (place.peripheral.origin === undefined) places.push(place);
    seen.set(place.path, (seen.get(place.path) ?? 0) + 1);
  }
  return places.filter(({ path }) => seen.get(path) === 1);
}

interface CaseContext {
  readonly device: Device;
  readonly random: () => number;
  readonly places: readonly RegisterPlace[];
}

type Made = Omit<AnswerCase, 'kind'> | undefined;
type MakeCase = (place: RegisterPlace, context: CaseContext) => Made;

function* casesOf(kind: string, make: MakeCase, context: CaseContext): Generator<AnswerCase, void> {
  // Each kind in an order of its own: else all would ask for the same register.
  for (const place of shuffled(context.places, context.random)) {
    const made = make(place, context);
    if (made !== undefined) yield { kind, ...made };
  }
}

const makers: Readonly<Record<string, MakeCase>> = {
  'reset value': ({ path, register }, { random }) => register.resetValue === undefined || register.resetMask === 0n ? undefined : { question: ask(['What is the reset value of @?', 'What does @ reset to?', '@ 的复位值是多少？'], code(path, random), random), expected: { type: 'number', value: hex(register.resetValue) } },
  'field position': (place, { random }) => {
    const field = ownField(place, random);
    return field === undefined ? undefined : { question: ask(['Which bits of @ are #?', 'Which bit of @ is #?', '# 是 @ 的第几位？'], code(place.path, random), random).replace('#', field.name), expected: { type: 'bits', low: field.bitOffset, high: field.bitOffset + field.bitWidth - 1 } };
  },
  access: ({ path, register }, { random }) => {
    const access = register.access;
    if (access !== 'read-only' && access !== 'write-only' && access !== 'read-write' || register.fields.some(field => field.access !== undefined && field.access !== access)) return undefined;
    return { question: ask(['Is @ read-only, write-only or read-write?', 'Can @ be written, or what is its access?', '@ 是只读还是可读写？'], code(path, random), random), expected: { type: 'access', value: access } };
  },
  'side effect': (place, { device, random }) => {
    const field = ownField(place, random);
    const ways = field === undefined ? [] : [...new Set(sideEffects(place, { device: device.name, field }).filter(({ certainty }) => certainty !== 'inferred').flatMap(({ modifiedWriteValues }) => modifiedWriteValues ?? []))];
    if (field === undefined || ways.length !== 1 || !/^(one|zero)ToClear$/.test(ways[0] ?? '')) return undefined;
    return { question: ask(['How is # in @ cleared?', 'How do I clear # of @?', '如何清除 @ 的 #？'], code(place.path, random), random).replace('#', field.name), expected: { type: 'clear', by: ways[0] === 'oneToClear' ? '1' : '0' } };
  },
  address: ({ path, address }, { random }) => ({ question: ask(['At which address is @?', 'What is the address of @?', '@ 的地址是多少？'], code(path, random), random), expected: { type: 'number', value: hex(address) } }),
  'field at a bit': (place, { random }) => {
    const field = ownField(place, random);
    if (field === undefined || place.register.fields.some(other => other !== field && overlaps(other, field))) return undefined;
    return { question: ask(['Which field of @ is bit #?', 'Which flag is at bit # of @?', '@ 的第 # 位是什么字段？'], code(place.path, random), random).replace('#', String(field.bitOffset)), expected: { type: 'names', wanted: [field.name], others: otherNames(place, [field.name]) } };
  },
  'clock enable': (place, { device, random }) => {
    const [bit, ...more] = clockBits(device).filter(({ does, peripherals }) => does === 'enable' && peripherals.some(({ name }) => name === place.peripheral.name));
    if (bit === undefined || more.length > 0) return undefined;
    return { question: ask(['Which bit enables the clock of @?', 'How do I enable the clock of @?', '哪一位使能 @ 的时钟？'], place.peripheral.name, random), expected: { type: 'names', wanted: [bit.field.name], others: [] } };
  },
  'decoded write': (place, { random }) => {
    const set = shuffled(place.register.fields.filter(({ bitWidth, access }) => bitWidth === 1 && access !== 'read-only'), random).slice(0, 3);
    if (set.length < 2 || place.register.access === 'read-only') return undefined;
    const value = set.reduce((mask, { bitOffset }) => mask | (1n << BigInt(bitOffset)), 0n);
    const names = decodeValue(place, value).fields.filter(field => field.value !== '0x0').map(({ name }) => name);
    return { question: ask(['What does writing ~ to @ set?', 'Decode @ = ~', '把 ~ 写入 @ 会设置哪些位？'], code(place.path, random), random).replace('~', hex(value)), expected: { type: 'names', wanted: names, others: otherNames(place, names) } };
  },
  'interrupt number': ({ peripheral }, { random }) => {
    const [interrupt, ...more] = peripheral.interrupts;
    if (interrupt === undefined || more.length > 0) return undefined;
    return { question: ask(['What is the IRQ number of @?', 'Which interrupt number has @?', '@ 的中断号是多少？'], peripheral.name, random), expected: { type: 'interrupt', value: interrupt.value } };
  },
};

function ask(askings: readonly string[], name: string, random: () => number): string {
  return (oneOf(askings, random) ?? '@').replace('@', () => name);
}

/** As people write it, and as C does. */
function code(path: string, random: () => number): string {
  return random() < 0.5 ? path : path.replace('.', '->');
}

/** A field whose name says which it is: not one that is called as another, or a plain word. */
function ownField({ register, peripheral }: RegisterPlace, random: () => number): Field | undefined {
  const fields = register.fields.filter(({ name }) => /^[A-Z][A-Z0-9_]+$/.test(name) && name !== register.name && name !== peripheral.name && !/RESERVED/i.test(name) && register.fields.filter(other => other.name === name).length === 1);
  return oneOf(fields, random);
}

function overlaps(left: Field, right: Field): boolean {
  return left.bitOffset < right.bitOffset + right.bitWidth && right.bitOffset < left.bitOffset + left.bitWidth;
}

function otherNames({ register, path, peripheral }: RegisterPlace, wanted: readonly string[]): string[] {
  const parts = new Set([...path.split('.'), peripheral.name, ...wanted]);
  return register.fields.map(({ name }) => name).filter(name => name.length > 1 && !parts.has(name));
}
