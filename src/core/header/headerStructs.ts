import type { Cluster, Dim, Field, Register, RegisterNode } from '../device/device.ts';
import type { MemberFact, TypeFact } from '../parse/facts.ts';
import type { HeaderNames } from './headerNames.ts';

/** The registers that a struct type lays out. */
export interface StructRegisters {
  readonly nodes: readonly RegisterNode[];
  /** In bytes. */
  readonly size: number;
}

interface Laid extends StructRegisters {
  readonly alignment: number;
  /** The type is one register: a number, or a union of a number and its bits. */
  readonly register?: Pick<Register, 'size' | 'fields'>;
}

const scalarBits: ReadonlyMap<string, number> = new Map([
  ...['uint8_t', 'int8_t', 'char', 'unsigned char', 'register8_t', 'RwReg8', 'RoReg8', 'WoReg8', 'u8', 'vu8'].map(name => [name, 8] as const),
  ...['uint16_t', 'int16_t', 'short', 'unsigned short', 'register16_t', 'RwReg16', 'RoReg16', 'WoReg16', 'u16', 'vu16'].map(name => [name, 16] as const),
  ...['uint32_t', 'int32_t', 'int', 'unsigned', 'unsigned int', 'long', 'unsigned long', 'RwReg', 'RoReg', 'WoReg', 'u32', 'vu32', 'io_rw_32', 'io_ro_32', 'io_wo_32', 'io_wo_32', 'register32_t'].map(name => [name, 32] as const),
  ...['uint64_t', 'int64_t', 'unsigned long long', 'u64'].map(name => [name, 64] as const),
]);

/** Real register blocks nest four deep. */
const deepest = 10;
const mostElements = 0x10_0000n;

/** Lays out a struct type as the compiler does; undefined when a size within it is not known. */
export function structRegisters(names: HeaderNames, type: string): StructRegisters | undefined {
  return layType(names, type, 0);
}

function layType(names: HeaderNames, type: string, depth: number): Laid | undefined {
  const name = type.replace(/\b(const|volatile|struct|union|enum|__\w+|register)\b/g, ' ').trim().replace(/\s+/g, ' ');
  if (depth > deepest) return undefined;
  if (/\*\s*$|\(\*/.test(name)) return scalar(32);
  const bits = scalarBits.get(name);
  if (bits !== undefined) return scalar(bits);
  const fact = names.types.get(name);
  if (fact === undefined) return undefined;
  if (fact.aliasOf !== undefined) return layType(names, fact.aliasOf, depth + 1);
  return fact.kind === 'enum' ? scalar(32) : layMembers(names, fact, depth + 1);
}

function scalar(bits: number): Laid {
  return { nodes: [], size: bits / 8, alignment: bits / 8, register: { size: bits, fields: [] } };
}

function layMembers(names: HeaderNames, { kind, members }: Pick<TypeFact, 'kind' | 'members'>, depth: number): Laid | undefined {
  const isUnion = kind === 'union';
  const bitFields = members.filter(({ type }) => / :/.test(type));
  if (!isUnion && bitFields.length > 0 && bitFields.length >= members.length - 1) return layBits(names, members);
  const nodes: RegisterNode[] = [];
  const laid: Laid[] = [];
  let end = 0;
  for (const member of members) {
    const inner = member.members === undefined ? layType(names, member.type, depth + 1) : layMembers(names, { kind: /\bunion\b/.test(member.type) ? 'union' : 'struct', members: member.members }, depth + 1);
    const dims = member.dimensions.map(length => names.evaluate(length));
    if (inner === undefined || dims.some(length => length === undefined || length < 0n || length > mostElements)) return undefined;
    const count = dims.reduce<number>((product, length) => product * Number(length), 1);
    const offset = isUnion ? 0 : Math.ceil(end / inner.alignment) * inner.alignment;
    nodes.push(...memberNodes(member, inner, { offset, count: dims.length === 0 ? undefined : count }));
    laid.push(inner);
    end = Math.max(isUnion ? end : 0, offset + inner.size * count);
  }
  const alignment = Math.max(1, ...laid.map(inner => inner.alignment));
  const whole = isUnion ? registerOfUnion(members, laid) : undefined;
  return { nodes, size: Math.ceil(end / alignment) * alignment, alignment, ...(whole !== undefined && { register: whole }) };
}

/** Bit-fields from the lowest bit up, as every compiler for these chips lays them out. */
function layBits(names: HeaderNames, members: readonly MemberFact[]): Laid | undefined {
  const fields: Field[] = [];
  let at = 0;
  for (const { name, type, comment } of members) {
    const width = Number(names.evaluate(/:\s*(.+)$/.exec(type)?.[1] ?? '') ?? NaN);
    if (!Number.isInteger(width) || width < 0 || at + width > 64) return undefined;
    if (name !== '' && width > 0 && !isReserved(name)) fields.push({ name, bitOffset: at, bitWidth: width, enumeratedValues: [], ...(comment !== undefined && { description: comment.replace(/^bit:\s*[\d.\s]+/, '') }) });
    at += width;
  }
  const size = at <= 8 ? 8 : at <= 16 ? 16 : at <= 32 ? 32 : 64;
  return { nodes: [], size: size / 8, alignment: size / 8, register: { size, fields } };
}

/** `union { struct { … } bit; uint32_t reg; }` is one register; so is a union of one number and its bytes. */
function registerOfUnion(members: readonly MemberFact[], laid: readonly Laid[]): Laid['register'] {
  const registers = laid.flatMap(({ register }, index) => register === undefined || (members[index]?.dimensions.length ?? 0) > 0 ? [] : [register]);
  if (registers.length < laid.length || !members.some(({ name }) => /^(bit|bits|b|reg|val|word|w|r|u|BIT|REG|WORD|BYTE|b\w?)$/i.test(name))) return undefined;
  const size = Math.max(...registers.map(register => register.size));
  return { size, fields: registers.find(({ fields, size: bits }) => fields.length > 0 && bits === size)?.fields ?? registers.find(({ fields }) => fields.length > 0)?.fields ?? [] };
}

interface MemberPlace {
  readonly offset: number;
  /** Of an array, its length over all dimensions. */
  readonly count: number | undefined;
}

function memberNodes(member: MemberFact, inner: Laid, { offset, count }: MemberPlace): RegisterNode[] {
  if (isReserved(member.name) || count === 0) return [];
  if (member.name === '') return inner.nodes.map(node => ({ ...node, addressOffset: node.addressOffset + BigInt(offset) }));
  const dim: Dim | undefined = count === undefined ? undefined : { count, increment: BigInt(inner.size), indexText: String };
  const common = {
    name: dim === undefined ? member.name : `${member.name}[%s]`, addressOffset: BigInt(offset),
    ...(member.comment !== undefined && { description: withoutOffset(member.comment) }), ...(dim !== undefined && { dim }),
  };
  if (inner.register !== undefined) return [{ kind: 'register', ...common, ...inner.register } satisfies Register];
  return [{ kind: 'cluster', ...common, registers: inner.nodes } satisfies Cluster];
}

function isReserved(name: string): boolean {
  return /^_*(res|rsvd|reserved|unused|dummy|pad|fill)_?\w*$/i.test(name) && !/^(resetr?|res[eu][lt]\w*|RESP\w*|RES)$/i.test(name);
}

/** ST's comments repeat the address: "USART Status register, Address offset: 0x00". */
function withoutOffset(comment: string): string {
  return comment.replace(/[,;]?\s*(Address\s+)?offset\s*[:=]\s*0x[0-9A-F]+.*$/i, '').replace(/^\(?@?\s*0x[0-9A-F]+\)?\s*/i, '').replace(/^Offset:\s*0x[0-9A-F]+\s*(\([A-Z/ ]+\))?\s*/i, '').trim() || comment;
}
