import { definedNames } from '../graph/names.ts';
import { splitIdentifier } from '../text/words.ts';
import type { RetrievalCase } from './retrievalCase.ts';
import { oneOf, shuffled } from './seededSample.ts';
import { definitionAnswers, mostDefinitions, type SuiteSource } from './suiteSource.ts';

const askings = ['what does @ do', 'where is @ defined', '@', 'explain @', '@ 是做什么的', '在哪里定义了 @'];

/** Questions for a name that the workspace defines: as written, in another case, misspelt, and by a part of it. */
export async function symbolCases(source: SuiteSource): Promise<RetrievalCase[]> {
  const names = await askableNames(source);
  const cases: RetrievalCase[] = [];
  for (const [position, name] of names.entries()) {
    const { kind, alter } = alterations[position % alterations.length] ?? {};
    const asked = alter?.(name, source.random);
    if (kind === undefined || asked === undefined || (kind === 'symbol misspelt' && (await source.catalog.definitions(asked)).length > 0)) continue;
    const answers = await definitionAnswers(source.catalog, name);
    const alike = kind === 'part of a symbol' ? [...answers, { symbolHolds: asked }] : answers;
    if (answers.length > 0) cases.push({ kind, question: (oneOf(askings, source.random) ?? '@').replace('@', asked), answers: alike });
  }
  return cases;
}

const alterations: readonly { readonly kind: string; readonly alter: (name: string, random: () => number) => string | undefined }[] = [
  { kind: 'symbol', alter: name => name },
  { kind: 'symbol in other case', alter: name => name === name.toLowerCase() ? name.toUpperCase() : name.toLowerCase() },
  { kind: 'symbol misspelt', alter: misspelt },
  { kind: 'part of a symbol', alter: partOf },
];

/** Names that can only be code and stand for one thing, of every kind in turn. */
async function askableNames({ catalog, files, perKind, random }: SuiteSource): Promise<string[]> {
  const byKind = new Map<string, Set<string>>();
  for (const { facts } of files) {
    for (const { name, kind } of definedNames(facts)) if (name.length >= 6 && /[_\d]|[a-z][A-Z]/.test(name)) byKind.set(kind, (byKind.get(kind) ?? new Set()).add(name));
  }
  const shares = [...byKind].map(([kind, names]) => ({ share: kind === 'function' ? 0.5 : 0.15, names: shuffled([...names].sort(), random) }));
  const wanted = perKind * alterations.length;
  const chosen = shares.flatMap(({ share, names }) => names.slice(0, Math.ceil(share * wanted)));
  const askable: string[] = [];
  for (const name of shuffled(chosen, random)) if ((await catalog.definitions(name)).length <= mostDefinitions) askable.push(name);
  return askable.slice(0, wanted);
}

/** One letter dropped, doubled or swapped with its neighbour, somewhere behind the first. */
function misspelt(name: string, random: () => number): string | undefined {
  if (name.length < 8) return undefined;
  const at = 1 + Math.floor(random() * (name.length - 2));
  const [before, letter, next, after] = [name.slice(0, at), name.charAt(at), name.charAt(at + 1), name.slice(at + 2)];
  const kind = random();
  if (kind < 0.4) return before + next + after;
  if (kind < 0.6) return before + letter + letter + next + after;
  return letter === next ? before + next + after : before + next + letter + after;
}

/** The name without its first or last word, as somebody remembers it; only where much is left. */
function partOf(name: string, random: () => number): string | undefined {
  const words = name.split('_').filter(word => word !== '');
  const part = random() < 0.5 ? words.slice(1).join('_') : words.slice(0, -1).join('_');
  return part.length >= 8 && splitIdentifier(part).length > 2 ? part : undefined;
}
