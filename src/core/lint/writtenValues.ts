import { findField } from '../device/findRegisters.ts';
import type { Field, Peripheral, Register } from '../device/device.ts';
import { bitMask, hex, maskOf } from '../device/numbers.ts';
import { registersOf } from '../device/places.ts';
import { evaluateExpression } from '../graph/evaluate.ts';
import type { Graph } from '../graph/graph.ts';
import { reservedMask } from '../manual/reservedBits.ts';
import { listed } from '../text/listed.ts';
import type { LintHit } from './finding.ts';
import { isBitField, type JoinedAccess, type LintGround } from './joinedAccess.ts';
import { at, openBits } from './registerMisuse.ts';

/** Ones written to bits that no field covers, by a plain number: masks with a name belong to a field that the description may lack. */
export function reservedBitsSet({ access, bits, places, resolved }: JoinedAccess, { file }: LintGround): LintHit[] {
  const [{ register }] = places;
  if (bits === undefined || bits.kind === 'clear' || bits.overflow !== undefined || register.fields.length === 0 || resolved.how === 'type') return [];
  const text = access.value ?? '';
  const all = bitMask(0, register.size);
  const ones = bits.result.ones | bits.toggled;
  if (/~|[A-Z]{2}/.test(text) || !/\d/.test(text) || ones === all || ones === 0xffffn || ones === 0n) return [];
  const allowed = bits.kind === 'write' ? register.resetValue ?? 0n : 0n;
  const reserved = places.reduce((mask, place) => mask & reservedMask(place.register), ones & ~allowed);
  if (reserved === 0n || isSingleValue(register)) return [];
  return [{ rule: 'reserved-bits', file, ...at(access), certainty: 'possible', message: `${bitNames(reserved)} of ${resolved.path} ${(reserved & (reserved - 1n)) === 0n ? 'belongs' : 'belong'} to no field (${hex(reserved)}): reserved bits should keep their reset value, but the chip's description may lack a field.` }];
}

/** A value with more bits than the place it is written to. */
export async function tooWideValue(joined: JoinedAccess, { file, graph }: LintGround): Promise<LintHit[]> {
  const { access, bits, places: [{ register }], resolved } = joined;
  const { value } = access;
  if (access.kind === 'read' || value === undefined || resolved.how === 'type' && bits?.overflow === undefined) return [];
  const hit = (message: string): LintHit[] => [{ rule: 'value-too-wide', file, ...at(access), certainty: 'certain', message }];
  if (bits?.overflow !== undefined) return hit(`${hex(bits.overflow)} is wider than the ${register.size} bits of ${resolved.path}: the upper bits are cut off.`);
  const single = isSingleValue(register) && bits?.kind === 'write' && openBits(bits, register) === 0n ? register.fields[0] : undefined;
  if (single !== undefined && bits !== undefined && (bits.result.ones & ~maskOf(single)) !== 0n && !/~/.test(value) && bits.result.ones !== bitMask(0, register.size)) {
    return hit(`${hex(bits.result.ones)} is wider than the ${single.bitWidth} bits of ${resolved.path}.${single.name}.`);
  }
  await graph.macros.load([value]);
  for (const { number, field } of shiftedValues(value, register)) {
    const constant = evaluateExpression(number, graph.macros.lookup);
    if (constant !== undefined && constant > bitMask(0, field.bitWidth)) return hit(`${number} is wider than the ${field.bitWidth} ${field.bitWidth === 1 ? 'bit' : 'bits'} of ${resolved.path}.${field.name} and changes its neighbours.`);
  }
  const member = memberField(joined);
  const constant = member === undefined ? undefined : evaluateExpression(value, graph.macros.lookup);
  return member !== undefined && constant !== undefined && access.operator === '=' && constant > bitMask(0, member.bitWidth) ? hit(`${value} is wider than the ${member.bitWidth} ${member.bitWidth === 1 ? 'bit' : 'bits'} of ${resolved.path}.${member.name}: the upper bits are cut off.`) : [];
}

/** `REG.bit.FIELD = 9`, `REGbits.FIELD = 2`: the field that the last member names. */
function memberField({ access, places: [{ register }] }: JoinedAccess): Field | undefined {
  const last = access.members.at(-1);
  return last === undefined || !isBitField(access.base, access.members) ? undefined : register.fields.find(({ name }) => name.toUpperCase() === last.toUpperCase());
}

/** `600U << RCC_PLLCFGR_PLLN_Pos`: numbers shifted to where a field of the register begins. */
function shiftedValues(text: string, { fields, name }: Register): { readonly number: string; readonly field: Field }[] {
  return [...text.matchAll(/(?<![\w)]|[-+*/%]\s*)(\(\s*)?((?:0[xX][\da-fA-F]+|\d+)[uUlL]*|[A-Z]\w*)(?:\s*(\)))?\s*<<\s*\(?\s*([A-Z]\w*?)_(?:Pos|POS|SHIFT|bp|Shift)\b/g)].flatMap(([, opening, number = '', closing, macro = '']) => {
    // `(x / SIZE) << POS` shifts more than the last name of what stands in the parentheses.
    if (opening === undefined && closing !== undefined) return [];
    const marked = new RegExp(`(?:^|_)${name.replace(/\W/g, '')}_(\\w+)$`, 'i').exec(macro)?.[1];
    const field = marked === undefined ? undefined : findField(fields, marked) ?? numberedField(fields, marked);
    return field === undefined ? [] : [{ number, field }];
  });
}

/** Some files give each bit of a number a field of its own: PLLN0 to PLLN8 are the nine bits of PLLN. */
function numberedField(fields: readonly Field[], name: string): Field | undefined {
  const bits = fields.filter(field => field.bitWidth === 1 && new RegExp(`^${name}_?\\d+$`, 'i').test(field.name)).toSorted((left, right) => left.bitOffset - right.bitOffset);
  const [lowest] = bits;
  return lowest === undefined || bits.some((field, index) => field.bitOffset !== lowest.bitOffset + index) ? undefined : { ...lowest, name, bitWidth: bits.length };
}

/** A register that is one number: `ARR`, `BRR`. */
function isSingleValue({ fields, size }: Register): boolean {
  const [only] = fields;
  return fields.length === 1 && only !== undefined && only.bitOffset === 0 && only.bitWidth > 1 && only.bitWidth < size;
}

/** `USART_CR1_RE` on `CR2`: the macro names another register of the same block. */
export async function foreignMask({ access, places, resolved, bits }: JoinedAccess, { file, graph }: LintGround): Promise<LintHit[]> {
  const { value } = access;
  const own = access.members.at(-1)?.replace(/\[.*/, '');
  const [{ peripheral, register }] = places;
  if (value === undefined || own === undefined || access.through !== undefined) return [];
  const words = [...value.matchAll(/(?<![\w.>])([A-Z][A-Z0-9]*)_([A-Za-z0-9]+)_(\w+)\b(?!\s*(?:<<|\())/g)].filter(([, block = '']) => isBlock(block, peripheral));
  if (words.length === 0) return [];
  const others = registerNames(peripheral);
  const home = new Set([...places.map(place => tidyName(place.register.name)), tidyName(own)]);
  for (const [macro, block = '', part = '', rest = ''] of words) {
    const name = tidyName(part);
    if (home.has(name) || !others.has(name) || namesItself(macro, block, home) || (access.operator !== '=' && isTakenOut(macro, value)) || /RESERVED_MASK$/.test(macro) || [...home].some(own => withoutVerb(own) === withoutVerb(name))) continue;
    await graph.macros.load([macro]);
    const mask = evaluateExpression(macro, graph.macros.lookup);
    if (isSameBit(mask, rest, register.fields) || isMadeOfOwn(macro, { graph, home, fields: register.fields })) continue;
    const touches = mask === undefined || bits === undefined ? '' : hitFields(mask, register.fields);
    return [{ rule: 'foreign-mask', file, ...at(access), certainty: resolved.how === 'type' ? 'likely' : 'certain', message: `${macro} is a mask of ${part}, but ${own} is ${access.kind === 'read' ? 'tested' : 'written'} here${touches}.` }];
  }
  return [];
}

/** `CR |= flags & ~OTHER_MASK`: the mask keeps its bits out of what is written. */
function isTakenOut(macro: string, value: string): boolean {
  return new RegExp(`\\w\\s*\\)*\\s*&\\s*(?:\\(\\s*\\w+\\s*\\)\\s*)*~\\s*\\(?\\s*${macro}\\b`).test(value);
}

function hitFields(mask: bigint, fields: readonly Field[]): string {
  const hits = fields.filter(field => (maskOf(field) & mask) !== 0n).map(({ name }) => name);
  return hits.length === 0 ? ', where it meets no field' : `, where it means ${listed(hits)}`;
}

/** `DMA_SxCR`, `CCR1` and `CCR` are spelt alike in headers. */
function tidyName(name: string): string {
  return name.toUpperCase().replace(/%S|\[|\]/g, '').replace(/^(S|C)[X\d]{1,2}(?=[A-Z])/, '').replace(/(_INPUT|_OUTPUT)$/, '');
}

/** Registers that set, clear or toggle the bits of another one share its masks: `CHEN`, `CHENSET` and `CHENCLR`. */
function withoutVerb(name: string): string {
  return name.replace(/_?(SET|CLR|CLEAR|TGL|TOG|INV|XOR|W1TS|W1TC)$/, '');
}

/** `RCC_CR_…` may be the macro of a register CR_… whose name goes on. */
function namesItself(macro: string, block: string, home: ReadonlySet<string>): boolean {
  const rest = macro.slice(block.length + 1).toUpperCase();
  return [...home].some(name => rest.startsWith(`${name}_`) || rest === name);
}

function isBlock(block: string, { name, groupName }: Peripheral): boolean {
  return [name, groupName ?? '', name.replace(/\d+$/, '')].some(own => own.toUpperCase() === block);
}

const namesByPeripheral = new WeakMap<Peripheral, ReadonlySet<string>>();
/** Blocks with more registers are memories. */
const mostRegisters = 600;

function registerNames(peripheral: Peripheral): ReadonlySet<string> {
  const known = namesByPeripheral.get(peripheral);
  if (known !== undefined) return known;
  const names = new Set<string>();
  let count = 0;
  for (const { register } of registersOf(peripheral)) {
    names.add(tidyName(register.name));
    if (++count > mostRegisters) break;
  }
  namesByPeripheral.set(peripheral, names);
  return names;
}

/** A project's own macro may be called after what it is for, and be made of this register's masks or their twins. */
function isMadeOfOwn(macro: string, { graph, home, fields }: { readonly graph: Graph; readonly home: ReadonlySet<string>; readonly fields: readonly Field[] }): boolean {
  const value = graph.macros.lookup(macro);
  const parts = typeof value === 'object' ? [...value.body.matchAll(/\b[A-Z][A-Z0-9]*_([A-Za-z0-9]+)_(\w+)/g)].filter(([, , rest = '']) => !/^(Msk|Pos|MASK|SHIFT)$/i.test(rest)) : [];
  return parts.length > 0 && parts.every(([part, register = '', rest = '']) => home.has(tidyName(register)) || isSameBit(evaluateExpression(part, graph.macros.lookup), rest, fields));
}

/** The other register's bit has a twin here: `EXTI_IMR_MR3` on `PR` is PR3. */
function isSameBit(mask: bigint | undefined, rest: string, fields: readonly Field[]): boolean {
  const stem = rest.replace(/_(Msk|MASK|BITS|bm|gm|\d+)$/i, '').toUpperCase();
  const number = /\d+$/.exec(stem)?.[0];
  return fields.some(field => {
    const name = field.name.toUpperCase();
    if (mask === undefined) return name === stem || core(name) === core(stem);
    if ((maskOf(field) & mask) !== mask) return false;
    return name === stem || name.endsWith(stem) || stem.endsWith(name) || core(name) === core(stem) || (number !== undefined && /\d+$/.exec(name)?.[0] === number);
  });
}

/** `LIE`, `LIF` and `CLIF` are one event's enable, flag and clear bit. */
function core(name: string): string {
  return name.replace(/^C(?=\w{3})/, '').replace(/(IE|IF|C|F)$/, '');
}

function bitNames(mask: bigint): string {
  const bits: number[] = [];
  for (let bit = 0; bit < 64; bit++) if ((mask >> BigInt(bit) & 1n) === 1n) bits.push(bit);
  return `${bits.length === 1 ? 'Bit' : 'Bits'} ${listed(bits.map(String))}`;
}
