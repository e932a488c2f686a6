import type { MemberFact, SourceFacts, TypeFact } from '../parse/facts.ts';
import type { FactSource } from './factSource.ts';
import { splitArguments } from './accessFields.ts';

/** Steps of a member chain and typedefs followed; real code needs four. */
const longestChain = 12;

/** One member of a chain with its index: `tim`, `Group[0]`. */
interface ChainStep {
  readonly name: string;
  readonly index: string | undefined;
}

/** `motorMap[1]->tim` as its root `motorMap`, the root's index `1`, and the members after it; undefined for calls and casts. */
export function splitBase(base: string): { readonly root: string; readonly rootIndex: string | undefined; readonly steps: readonly ChainStep[] } | undefined {
  const bare = base.replace(/^[&*(\s]+(?=[A-Za-z_])/, '').replace(/\)+(?=->|\.|\[|$)/g, '');
  if (!/^[A-Za-z_]\w*(?:\[[^\][]*\]|\s*(?:->|\.)\s*[A-Za-z_]\w*)*$/.test(bare)) return undefined;
  const [first, ...rest] = [...bare.matchAll(/([A-Za-z_]\w*)((?:\[[^\][]*\])*)/g)].filter(({ index }) => !isInBrackets(bare, index));
  if (first === undefined) return undefined;
  const indexOf = (text: string | undefined) => /^\[([^\][]*)\]/.exec(text ?? '')?.[1];
  return { root: first[1] ?? '', rootIndex: indexOf(first[2]), steps: rest.map(match => ({ name: match[1] ?? '', index: indexOf(match[2]) })) };
}

/** The declared type at the end of a chain that begins with a variable of `type`: `TIM_TypeDef *` for `motorMap[1]->tim`; undefined when a struct on the way is not known. */
export async function typeOfChain(source: FactSource, facts: SourceFacts, type: string, steps: readonly ChainStep[]): Promise<string | undefined> {
  let current = type;
  for (const { name } of steps.slice(0, longestChain)) {
    const members = await membersOfType(source, facts, current);
    const member = members === undefined ? undefined : memberNamed(members, name);
    if (member === undefined) return undefined;
    current = member.type;
  }
  return current;
}

/**
 * What a struct's or table's initialiser holds at the chain's end: `USART2` for `ports[1].uart` with
 * `{ { USART1, 3 }, { USART2, 4 } }`. Without a known index every entry's: then it may be any of them.
 */
export async function valuesInInitializer(source: FactSource, facts: SourceFacts, variable: InitializedVariable): Promise<string[]> {
  const { steps } = variable;
  let current: { readonly texts: readonly string[]; readonly type: string } = { texts: [variable.initializer], type: variable.type };
  if (/\[[^\]]*\]$/.test(variable.type)) current = { texts: current.texts.flatMap(text => elementsOf(text, variable.rootIndex)), type: variable.type.replace(/\[[^\]]*\]$/, '') };
  for (const { name, index } of steps.slice(0, longestChain)) {
    const members = await membersOfType(source, facts, current.type);
    if (members === undefined && !current.texts.some(text => text.includes(`.${name}`))) return [];
    const texts = current.texts.flatMap(text => memberValue(text, name, members ?? []));
    current = { texts: index === undefined ? texts : texts.flatMap(text => elementsOf(text, index)), type: memberNamed(members ?? [], name)?.type ?? '' };
  }
  return [...new Set(current.texts)];
}

export interface InitializedVariable {
  readonly type: string;
  readonly initializer: string;
  readonly rootIndex: string | undefined;
  readonly steps: readonly ChainStep[];
}

/** The struct behind a type's name, through typedefs, pointers and arrays. */
async function membersOfType(source: FactSource, facts: SourceFacts, type: string): Promise<readonly MemberFact[] | undefined> {
  let name = bareType(type);
  for (let step = 0; step < longestChain && name !== ''; step += 1) {
    const fact = await typeNamed(source, facts, name);
    if (fact === undefined) return undefined;
    if (fact.aliasOf === undefined) return fact.members;
    name = bareType(fact.aliasOf);
  }
  return undefined;
}

/** The struct of that name: of the file itself, else the first that has members. */
async function typeNamed(source: FactSource, facts: SourceFacts, name: string): Promise<TypeFact | undefined> {
  const own = facts.types.find(type => type.name === name);
  if (own !== undefined) return own;
  for (const { kind, file } of (await source.definitions(name)).slice(0, longestChain)) {
    const fact = kind === 'type' ? (await source.facts(file))?.types.find(type => type.name === name) : undefined;
    if (fact !== undefined) return fact;
  }
  return undefined;
}

function bareType(type: string): string {
  return type.replace(/\b(const|volatile|struct|union|enum|static|extern|__IO\w*|__I|__O)\b/g, ' ').replace(/\[[^\]]*\]|[*&]/g, ' ').trim().replace(/\s+/g, ' ');
}

function memberNamed(members: readonly MemberFact[], name: string): MemberFact | undefined {
  for (const member of members) {
    if (member.name === name) return member;
    const inner = member.name === '' && member.members !== undefined ? memberNamed(member.members, name) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** The elements of `{ … }`, or the one at a constant index. */
function elementsOf(text: string, index: string | undefined): string[] {
  const elements = entriesOf(text);
  if (index === undefined || !/^\d+$/.test(index)) return elements.map(element => element.replace(/^\[[^\]]*\]\s*=\s*/, ''));
  const designated = elements.find(element => new RegExp(`^\\[\\s*${index}\\s*\\]\\s*=`).test(element));
  const positional = elements.some(element => element.startsWith('[')) ? undefined : elements[Number(index)];
  return [designated?.replace(/^\[[^\]]*\]\s*=\s*/, '') ?? positional ?? []].flat();
}

function memberValue(text: string, name: string, members: readonly MemberFact[]): string[] {
  const entries = entriesOf(text);
  const designated = entries.find(entry => new RegExp(`^\\.${name}\\s*=`).test(entry));
  if (designated !== undefined) return [designated.replace(/^\.\w+\s*=\s*/, '').trim()];
  const position = members.findIndex(member => member.name === name);
  const entry = position === -1 || entries.some(other => other.startsWith('.')) ? undefined : entries[position];
  return entry === undefined ? [] : [entry];
}

/** The entries between a list's braces. */
function entriesOf(text: string): string[] {
  const inner = /^\s*(?:\([^()]*\)\s*)?\{([^]*)\}\s*$/.exec(text)?.[1];
  return inner === undefined ? [] : splitArguments(inner, '{([', '})]').filter(entry => entry !== '');
}

function isInBrackets(text: string, offset: number): boolean {
  return text.lastIndexOf('[', offset) > text.lastIndexOf(']', offset);
}
