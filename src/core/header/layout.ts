import { scalarSize } from '../graph/scalarSize.ts';
import type { MemberFact, TypeFact } from '../parse/facts.ts';

/** A struct type with the index of the file it stands in. */
export interface HeaderType extends TypeFact {
  readonly file: number;
}

/** A register within a struct: members named from the struct down. */
export interface LaidMember {
  readonly member: string;
  /** The same with `[]` behind each array. */
  readonly shape: string;
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
  readonly dims: readonly { readonly count: number; readonly stride: number }[];
  readonly fields: readonly { readonly name: string; readonly bitOffset: number; readonly bitWidth: number; readonly line: number; readonly comment?: string }[];
  readonly file: number;
  readonly line: number;
  readonly comment?: string;
}

export interface StructLayout {
  readonly size: number;
  readonly alignment: number;
  readonly members: readonly LaidMember[];
}

/** Where types are found, and what array lengths evaluate to. */
export interface LayoutSource {
  readonly types: ReadonlyMap<string, HeaderType>;
  readonly evaluate: (text: string) => bigint | undefined;
  readonly done: Map<string, StructLayout | undefined>;
}

/** Structs in structs, and members of one struct: real register blocks stay far below. */
const deepestNesting = 12;
const mostMembers = 20_000;

/** The registers of a struct type by offset, as a compiler for a 32-bit part places them; undefined when a size is not known. */
export function layoutOf(source: LayoutSource, type: string, depth = 0): StructLayout | undefined {
  const name = type.replace(/\b(const|volatile|struct|union|enum)\b|\b__\w+\b/g, ' ').trim().replace(/\s+/g, ' ');
  if (name.endsWith('*') || name.endsWith('(*)()')) return scalar(4);
  const size = scalarSize(name);
  if (size !== undefined) return scalar(size);
  if (source.done.has(name)) return source.done.get(name);
  source.done.set(name, undefined);
  const fact = depth > deepestNesting ? undefined : source.types.get(name);
  const layout = fact === undefined ? undefined : fact.aliasOf !== undefined ? layoutOf(source, fact.aliasOf, depth + 1) : fact.kind === 'enum' ? scalar(4) : layoutOfMembers(source, fact, { file: fact.file, depth });
  source.done.set(name, layout);
  return layout;
}

function scalar(size: number): StructLayout {
  return { size, alignment: size, members: [] };
}

interface Where {
  readonly file: number;
  readonly depth: number;
}

interface Laying {
  end: number;
  size: number;
  alignment: number;
  /** The bit-field storage unit in use. */
  unit: { readonly offset: number; readonly size: number; used: number } | undefined;
  readonly members: LaidMember[];
}

function layoutOfMembers(source: LayoutSource, { kind, members }: { readonly kind: string; readonly members: readonly MemberFact[] }, where: Where): StructLayout | undefined {
  const laying: Laying = { end: 0, size: 0, alignment: 1, unit: undefined, members: [] };
  for (const member of members) {
    if (kind === 'union') { laying.end = 0; laying.unit = undefined; }
    const bits = / : *(.+)$/.exec(member.type);
    const isLaid = bits === null ? layWhole(source, laying, member, where) : layBits(source, laying, { member, width: bits[1] ?? '', file: where.file });
    if (!isLaid || laying.members.length > mostMembers) return undefined;
    laying.size = Math.max(laying.size, laying.end);
  }
  const size = Math.ceil(laying.size / laying.alignment) * laying.alignment;
  const merged = kind === 'union' ? withBitViews(laying.members) : undefined;
  return { size, alignment: laying.alignment, members: merged ?? asRegister(laying.members, size, kind) };
}

/** `union { uint32_t CR; struct { … } CR_b; }`, as Arm's generator writes registers: one register with fields. Undefined for other unions. */
function withBitViews(members: readonly LaidMember[]): readonly LaidMember[] | undefined {
  const views = members.flatMap(view => {
    const whole = view.fields.length === 0 ? undefined : members.find(({ member, offset, size, dims, fields }) => `${member}_b` === view.member && offset === view.offset && size >= view.size && fields.length === 0 && dims.length === view.dims.length);
    return whole === undefined ? [] : [{ view, whole }];
  });
  return views.length === 0 ? undefined : members.filter(member => !views.some(({ view }) => view === member)).map(member => ({ ...member, fields: views.find(({ whole }) => whole === member)?.view.fields ?? member.fields }));
}

/** A union or struct no longer than a word that has bit-fields is one register in several views. */
function asRegister(members: readonly LaidMember[], size: number, kind: string): readonly LaidMember[] {
  const [only, ...others] = members;
  // Microchip's `union { RwReg8 reg; } CTRL` where the register has no fields.
  if (only !== undefined && others.length === 0 && size <= 8 && only.dims.length === 0 && only.offset === 0 && only.size === size && /^(reg|val)$/.test(only.member)) return [{ ...only, member: '', shape: '' }];
  const isWhole = ({ offset, size: own, fields }: LaidMember) => offset === 0 && own === size && fields.length === 0;
  // Without a view of the whole, the views are registers of their own at one address.
  if (kind === 'union' && members.some(({ member }) => member !== '') && members.length > 1 && !members.some(isWhole)) return members;
  return size <= 8 && members.some(({ fields }) => fields.length > 0) && members.every(({ member, offset, size: own, dims, fields }) => dims.length === 0 && ((fields.length > 0 && (kind === 'union' || member === '')) || (offset === 0 && own === size)))
    ? [{ ...(members[0] ?? nothing), member: '', shape: '', offset: 0, size, dims: [], fields: members.flatMap(({ fields, offset }) => fields.map(field => ({ ...field, bitOffset: field.bitOffset + offset * 8 }))) }]
    : members;
}

const nothing: LaidMember = { member: '', shape: '', offset: 0, size: 0, dims: [], fields: [], file: 0, line: 0 };

function layWhole(source: LayoutSource, laying: Laying, member: MemberFact, where: Where): boolean {
  laying.unit = undefined;
  const inline = member.members;
  const layout = inline === undefined ? layoutOf(source, member.type, where.depth + 1)
    : where.depth > deepestNesting ? undefined : layoutOfMembers(source, { kind: /\bunion\b/.test(member.type) ? 'union' : 'struct', members: inline }, { file: where.file, depth: where.depth + 1 });
  const counts = member.dimensions.map(text => Number(source.evaluate(text) ?? -1n));
  if (layout === undefined || counts.some(count => count < 0 || count > 0x1000_0000)) return false;
  const offset = Math.ceil(laying.end / layout.alignment) * layout.alignment;
  const total = counts.reduce((product, count) => product * count, 1);
  const dims = counts.map((count, index) => ({ count, stride: layout.size * counts.slice(index + 1).reduce((product, next) => product * next, 1) }));
  laying.end = offset + layout.size * total;
  laying.alignment = Math.max(laying.alignment, layout.alignment);
  if (total > 0) laying.members.push(...membersOf(member, layout, { file: where.file, offset, dims }));
  return true;
}

function membersOf(member: MemberFact, layout: StructLayout, { file, offset, dims }: { readonly file: number; readonly offset: number; readonly dims: LaidMember['dims'] }): LaidMember[] {
  const { name, line, comment } = member;
  const own = { file, line, ...(comment !== undefined && { comment }) };
  const shape = name + '[]'.repeat(dims.length);
  if (layout.members.length === 0) return [{ member: name, shape, offset, size: layout.size, dims, fields: [], ...own }];
  return layout.members.map(inner => ({
    ...inner, ...(inner.member === '' && own), member: [name, inner.member].filter(part => part !== '').join('.'), shape: [shape, inner.shape].filter(part => part !== '').join('.'), offset: offset + inner.offset, dims: [...dims, ...inner.dims],
  }));
}

function layBits(source: LayoutSource, laying: Laying, { member, width: text, file }: { readonly member: MemberFact; readonly width: string; readonly file: number }): boolean {
  const size = layoutOf(source, member.type.replace(/ :.*$/, ''), deepestNesting)?.size;
  const width = Number(source.evaluate(text) ?? -1n);
  if (size === undefined || width < 0 || width > size * 8) return false;
  if (width === 0) { laying.unit = undefined; return true; }
  if (laying.unit === undefined || laying.unit.size !== size || laying.unit.used + width > size * 8) {
    const offset = Math.ceil(laying.end / size) * size;
    laying.unit = { offset, size, used: 0 };
    laying.end = offset + size;
    laying.alignment = Math.max(laying.alignment, size);
    laying.members.push({ member: '', shape: '', offset, size, dims: [], fields: [], file, line: member.line });
  }
  const { unit } = laying;
  const { name, line, comment } = member;
  const last = laying.members.pop() ?? nothing;
  const field = { name, bitOffset: unit.used, bitWidth: width, line, ...(comment !== undefined && { comment }) };
  laying.members.push(name === '' || /^_{0,2}((reserved|rsvd|unused)\w*|pad(ding)?_?\d*)$/i.test(name) ? last : { ...last, fields: [...last.fields, field] });
  unit.used += width;
  return true;
}
