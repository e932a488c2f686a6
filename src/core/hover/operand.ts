import type { AliasEffect } from '../device/atomicAliases.ts';
import { decodeValue, type DecodedField, type DecodedValue } from '../device/decode.ts';
import type { Field, RegisterPlace } from '../device/device.ts';
import { bitMask, bitsText, hex, maskOf } from '../device/numbers.ts';
import { splitArguments } from '../graph/accessFields.ts';
import { evaluateExpression } from '../graph/evaluate.ts';
import type { Graph } from '../graph/graph.ts';
import { knownBits, type KnownBits } from '../graph/knownBits.ts';
import type { CursorOperation } from '../parse/cExpression.ts';
import { keyMeaning } from '../manual/keyMeaning.ts';
import { sideEffects } from '../manual/sideEffects.ts';
import { readUses, writtenBits, type WriteUse } from './operators.ts';
import { clearsByZeros, writeWarnings } from './writeWarnings.ts';

/** What a value is taken apart with. */
export interface OperandContext {
  readonly graph: Graph;
  /** The chip's name, for what its manual says of writing. */
  readonly device: string;
  /** The register as the code writes it: in `R = (R & ~M) | V` its bits pass through. */
  readonly register?: string;
  /** The only bit that the access touches: through a bit-band alias, where 1 sets it and 0 clears it. */
  readonly bit?: number;
  /** The register is written through an address that only sets, clears or flips its bits. */
  readonly alias?: AliasEffect;
}

/**
 * The value that is written to a register, set, cleared or toggled in it, or compared with it, taken apart: of a change
 * only the touched fields with what becomes of them; of a partly known value what is known. Undefined when nothing is.
 */
export async function decodeOperand(place: RegisterPlace, operation: CursorOperation | undefined, context: OperandContext): Promise<DecodedValue | undefined> {
  if (operation?.value === undefined) return undefined;
  if (context.bit !== undefined) return decodeAliased(place, operation, { graph: context.graph, device: context.device, bit: context.bit });
  const { operator, value = '' } = throughAlias(operation, context.alias);
  const written = writtenBits(operator, splitArguments(value), value);
  if (written !== undefined) return decodeWritten(place, written, context);
  const use = readUses.get(operator);
  // `R & ~MASK` keeps everything else: its ones say nothing.
  if (use === undefined || (use === 'test' && /^\W*~/.test(value))) return undefined;
  await context.graph.macros.load([value]);
  const constant = evaluateExpression(value, context.graph.macros.lookup);
  if (constant === undefined) return undefined;
  const within = constant < 0n ? BigInt.asUintN(place.register.size, constant) : constant;
  const decoded = { ...decodeValue(place, within, { usage: 'read' }), warnings: [], operation: use };
  return use === 'compare' ? decoded : { ...decoded, fields: decoded.fields.filter(touchedIn(place, within)) };
}

/** What is assigned to an alias is a mask of the register behind it. */
function throughAlias(operation: CursorOperation, alias: AliasEffect | undefined): CursorOperation {
  return alias === undefined || operation.operator !== '=' ? operation : { ...operation, operator: { set: '|=', clear: 'CLEAR_BIT', toggle: '^=' }[alias] };
}

/** A write through a bit-band alias as what it does to the register: hardware reads, changes one bit and writes. */
async function decodeAliased(place: RegisterPlace, { operator, value = '' }: CursorOperation, { graph, device, bit }: OperandContext & { readonly bit: number }): Promise<DecodedValue | undefined> {
  const mask = `0x${(1n << BigInt(bit)).toString(16)}`;
  if (readUses.has(operator)) return decodeOperand(place, { operator: '&', value: mask }, { graph, device });
  await graph.macros.load([value]);
  const constant = evaluateExpression(value, graph.macros.lookup);
  const lowest = constant === undefined ? undefined : constant & 1n;
  if (operator === '^=' && lowest === 1n) return decodeOperand(place, { operator, value: mask }, { graph, device });
  if (operator === '=') return lowest === undefined ? undefined : decodeOperand(place, lowest === 1n ? { operator: '|=', value: mask } : { operator: '&=', value: `~${mask}` }, { graph, device });
  if (operator === '|=' && lowest === 1n) return decodeOperand(place, { operator, value: mask }, { graph, device });
  return operator === '&=' && lowest === 0n ? decodeOperand(place, { operator, value: `~${mask}` }, { graph, device }) : undefined;
}

async function decodeWritten(place: RegisterPlace, use: WriteUse, context: OperandContext): Promise<DecodedValue | undefined> {
  const write = await bitsOfUse(place, use, context);
  return write === undefined ? undefined : described(place, write, context);
}

/** What an operator or register macro does to each bit of a register; undefined where it writes nothing, or nothing is known of what. */
export async function operandBits(place: RegisterPlace, operation: CursorOperation, context: OperandContext): Promise<OperandBits | undefined> {
  const { operator, value = '' } = throughAlias(operation, context.alias);
  const use = writtenBits(operator, splitArguments(value), value);
  return use === undefined ? undefined : bitsOfUse(place, use, context);
}

async function bitsOfUse(place: RegisterPlace, { operation, clear, set, toggle }: WriteUse, context: OperandContext): Promise<OperandBits | undefined> {
  const { size } = place.register;
  await context.graph.macros.load([clear, set, toggle].filter(text => text !== undefined));
  const bitsOf = (text: string) => knownBits(text, { lookup: context.graph.macros.lookup, width: size, ...(context.register !== undefined && { register: context.register }) });
  const all = bitMask(0, size);
  const nothing: KnownBits = { ones: 0n, zeros: all, kept: 0n };
  const [setBits, clearBits, toggleBits] = [set, clear, toggle].map(text => text === undefined ? nothing : bitsOf(text));
  if (setBits === undefined || clearBits === undefined || toggleBits === undefined) return undefined;
  const isWhole = operation === 'write' && clear === undefined;
  // A value that is not known lies within its mask, or MODIFY_REG would not be used.
  const unset = setBits.zeros | (operation === 'modify' ? clearBits.zeros & ~setBits.ones : 0n);
  const result: KnownBits = isWhole ? setBits : { ones: setBits.ones, zeros: clearBits.ones & setBits.zeros, kept: unset & clearBits.zeros & toggleBits.zeros };
  if ((result.ones | result.zeros | result.kept | toggleBits.ones) === 0n) return undefined;
  const kind = operation === 'write' && result.kept !== 0n ? 'modify' : operation;
  return { kind, result, toggled: toggleBits.ones, overflow: kind === 'write' ? beyond(set, size, context) : undefined };
}

/** A write, bit by bit. */
export interface OperandBits {
  readonly kind: NonNullable<DecodedValue['operation']>;
  readonly result: KnownBits;
  readonly toggled: bigint;
  /** The whole constant, when it is wider than the register. */
  readonly overflow: bigint | undefined;
}

function described(place: RegisterPlace, { kind, result, toggled, overflow }: OperandBits, context: OperandContext): DecodedValue {
  const all = bitMask(0, place.register.size);
  const open = all & ~(result.ones | result.zeros | result.kept | toggled);
  const value = kind === 'clear' ? result.zeros : kind === 'toggle' ? toggled : result.ones;
  const plain = decodeValue(place, overflow ?? (kind === 'clear' ? 0n : value), { usage: 'write', leavesOnes: clearsByZeros(place, result, context.device) });
  const touched = kind === 'write' ? all : all & ~result.kept;
  const fields = plain.fields.flatMap(decoded => {
    const field = place.register.fields.find(({ name, bitOffset, bitWidth }) => name === decoded.name && bitsText(bitOffset, bitWidth) === decoded.bits);
    if (field === undefined || (maskOf(field) & touched) === 0n) return [];
    return [commanded(place, field, changed(decoded, field, { kind, result, toggled, open }), context.device)];
  });
  const { reservedBitsSet, ...rest } = plain;
  return {
    ...rest, value: hex(overflow ?? value), fields, operation: kind,
    ...(reservedBitsSet !== undefined && kind !== 'clear' && { reservedBitsSet }),
    ...(open !== 0n && { unknownBits: hex(open) }),
    warnings: writeWarnings(place, { kind, result, toggled, overflow, open, stated: plain.warnings }, context.device),
  };
}

/** The field's value after the change, as far as it is known. */
function changed(decoded: DecodedField, field: Field, { kind, result, toggled, open }: Omit<OperandBits, 'overflow'> & { readonly open: bigint }): DecodedField {
  const mask = maskOf(field);
  const { name, bits } = decoded;
  if ((mask & toggled) !== 0n) return { name, bits, value: hex((toggled & mask) >> BigInt(field.bitOffset)), change: 'toggled' };
  if ((mask & open) === mask) return { name, bits, value: '?', change: 'known only when the program runs' };
  if ((mask & (open | result.kept)) !== 0n) return { name, bits, value: hex((result.ones & mask) >> BigInt(field.bitOffset)), change: (mask & open) !== 0n ? 'partly known' : kind === 'clear' ? 'some bits cleared' : 'these bits set, the others kept' };
  if (kind === 'write') return decoded;
  const change = (result.ones & mask) === 0n ? 'cleared' : field.bitWidth === 1 || (kind === 'set' && (result.ones & mask) === mask) ? 'set' : `becomes ${decoded.value}`;
  return { ...decoded, change };
}

/** Flags take the bit that is written as a command: a 1 may clear them. */
function commanded(place: RegisterPlace, field: Field, decoded: DecodedField, device: string): DecodedField {
  const what = decoded.value === '?' ? undefined : sideEffects(place, { device, field }).find(({ modifiedWriteValues }) => modifiedWriteValues !== undefined)?.modifiedWriteValues;
  const text = what === undefined ? undefined : commands[what]?.[/[1-9A-F]/.test(decoded.value.slice(2)) ? 1 : 0];
  const meaning = decoded.meaning ?? (decoded.value === '?' ? undefined : keyMeaning(place, field.name, decoded.value, device));
  return { ...decoded, ...(text !== undefined && { change: text }), ...(meaning !== undefined && { meaning }) };
}

/** What writing 0 and writing 1 does. */
const commands: Readonly<Record<string, readonly [string, string]>> = {
  oneToClear: ['no effect', 'cleared by writing 1'], oneToSet: ['no effect', 'set by writing 1'], oneToToggle: ['no effect', 'toggled by writing 1'],
  zeroToClear: ['cleared by writing 0', 'no effect'], zeroToSet: ['set by writing 0', 'no effect'], zeroToToggle: ['toggled by writing 0', 'no effect'],
};

function beyond(text: string | undefined, size: number, { graph }: OperandContext): bigint | undefined {
  const value = text === undefined ? undefined : evaluateExpression(text, graph.macros.lookup);
  // `~FLAG` has ones beyond a narrow register's width, and nobody means them.
  return value === undefined || value < 0n || /^\W*~/.test(text ?? '') || value <= bitMask(0, size) ? undefined : value;
}

function touchedIn({ register }: RegisterPlace, mask: bigint): (decoded: DecodedField) => boolean {
  const keys = new Set(register.fields.filter(field => (mask & maskOf(field)) !== 0n).map(({ name, bitOffset, bitWidth }) => `${name} ${bitsText(bitOffset, bitWidth)}`));
  return ({ name, bits }) => keys.has(`${name} ${bits}`);
}
