import type { MemberFact, TypeFact } from '../parse/facts.ts';
import { chipAgreement, isOfOtherFamily } from './chipAgreement.ts';
import { evaluateExpression } from './evaluate.ts';
import type { FactSource } from './factSource.ts';
import type { MacroTable } from './macroTable.ts';
import { scalarSize } from './scalarSize.ts';

/** Byte offset of a member (`['CH[3]', 'CTRL']`) from the start of a struct type; undefined when a size on the way is not known. */
export async function memberOffset(structs: StructSource, type: string, members: readonly string[]): Promise<bigint | undefined> {
  const layout = await layoutOfType(structs, type, []);
  return layout === undefined ? undefined : offsetIn(structs, layout, members);
}

/** Where struct types and the macros in their array lengths are found. */
export interface StructSource {
  readonly source: FactSource;
  readonly macros: MacroTable;
  /** Layouts already computed, by type name. */
  readonly layouts: Map<string, Layout | undefined>;
  /** The chip's name: of the structs that several families' headers define, its own count. */
  readonly chip?: string | undefined;
}

export interface Layout {
  readonly size: number;
  readonly alignment: number;
  readonly members: readonly MemberPlace[];
}

interface MemberPlace {
  readonly name: string;
  readonly offset: number;
  /** Distance of array elements. */
  readonly elementSize: number;
  readonly layout: Layout;
}

/** Structs in structs; real register blocks nest four deep. */
const deepestNesting = 12;

async function offsetIn(structs: StructSource, layout: Layout, members: readonly string[]): Promise<bigint | undefined> {
  let offset = 0n;
  let current = layout;
  for (const member of members) {
    const [, name = '', index] = /^(\w+)(?:\[(.+)\])?$/.exec(member) ?? [];
    const place = current.members.find(candidate => candidate.name === name);
    if (place === undefined) return undefined;
    if (index !== undefined) await structs.macros.load([index]);
    const element = index === undefined ? 0n : evaluateExpression(index, structs.macros.lookup);
    if (element === undefined) return undefined;
    offset += BigInt(place.offset) + element * BigInt(place.elementSize);
    current = place.layout;
  }
  return offset;
}

async function layoutOfType(structs: StructSource, type: string, path: readonly string[]): Promise<Layout | undefined> {
  const name = type.replace(/\b(const|volatile|struct|union|enum|__IO\w*|__I|__O)\b/g, ' ').trim().replace(/\s+/g, ' ');
  if (name.endsWith('*') || name.endsWith('(*)()')) return scalar(4);
  const size = scalarSize(name);
  if (size !== undefined) return scalar(size);
  if (structs.layouts.has(name)) return structs.layouts.get(name);
  // A type within itself, or nesting beyond reason, has no layout.
  const fact = path.includes(name) || path.length > deepestNesting ? undefined : await typeNamed(structs, name);
  const layout = fact === undefined ? undefined : await layoutOfFact(structs, fact, [...path, name]);
  structs.layouts.set(name, layout);
  return layout;
}

async function layoutOfFact(structs: StructSource, fact: TypeFact, path: readonly string[]): Promise<Layout | undefined> {
  if (fact.aliasOf !== undefined) return layoutOfType(structs, fact.aliasOf, path);
  return fact.kind === 'enum' ? scalar(4) : layoutOfMembers(structs, fact, path);
}

function scalar(size: number): Layout {
  return { size, alignment: size, members: [] };
}

/** The type of that name: from the headers of this chip, else of none in particular, else of another one. */
export async function typeNamed({ source, chip }: Pick<StructSource, 'source' | 'chip'>, name: string): Promise<TypeFact | undefined> {
  const types = (await source.definitions(name)).filter(({ kind }) => kind === 'type');
  const cost = (file: string) => ({ same: 0, unknown: 1, other: 2 })[chipAgreement(file, chip)] + (isOfOtherFamily(file, chip) ? 1 : 0);
  for (const { file } of types.length < 2 ? types : types.toSorted((left, right) => cost(left.file) - cost(right.file))) {
    const fact = (await source.facts(file))?.types.find(type => type.name === name);
    if (fact !== undefined) return fact;
  }
  return undefined;
}

async function layoutOfMembers(structs: StructSource, { kind, members }: { readonly kind: string; readonly members: readonly MemberFact[] }, path: readonly string[]): Promise<Layout | undefined> {
  const places: MemberPlace[] = [];
  let end = 0;
  let size = 0;
  let alignment = 1;
  for (const member of members) {
    if (member.isAlternative === true) continue;
    const layout = await layoutOfMember(structs, member, path);
    const count = await elementCount(structs, member);
    if (layout === undefined || count === undefined) return undefined;
    const offset = kind === 'union' ? 0 : Math.ceil(end / layout.alignment) * layout.alignment;
    places.push(...placesOf(member, layout, offset));
    end = offset + layout.size * count;
    size = Math.max(size, end);
    alignment = Math.max(alignment, layout.alignment);
  }
  return { size: Math.ceil(size / alignment) * alignment, alignment, members: places };
}

/** Members of an anonymous struct or union count as the outer one's own. */
function placesOf(member: MemberFact, layout: Layout, offset: number): MemberPlace[] {
  if (member.name !== '') return [{ name: member.name, offset, elementSize: layout.size, layout }];
  return layout.members.map(inner => ({ ...inner, offset: inner.offset + offset }));
}

async function layoutOfMember(structs: StructSource, member: MemberFact, path: readonly string[]): Promise<Layout | undefined> {
  // Bit-fields are placed by the compiler's rules, not by offset.
  if (/ :/.test(member.type) || path.length > deepestNesting) return undefined;
  if (member.members !== undefined) return layoutOfMembers(structs, { kind: /\bunion\b/.test(member.type) ? 'union' : 'struct', members: member.members }, [...path, '']);
  return layoutOfType(structs, member.type, path);
}

async function elementCount(structs: StructSource, { dimensions }: MemberFact): Promise<number | undefined> {
  await structs.macros.load(dimensions);
  let count = 1;
  for (const dimension of dimensions) {
    const length = evaluateExpression(dimension, structs.macros.lookup);
    if (length === undefined || length < 0n || length > 0x1000_0000n) return undefined;
    count *= Number(length);
  }
  return count;
}
