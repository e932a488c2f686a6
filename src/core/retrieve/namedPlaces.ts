import type { Chunk, ChunkKind } from '../chunk/chunk.ts';
import type { Device } from '../device/device.ts';
import { findRegisters } from '../device/findRegisters.ts';
import type { Catalog } from '../store/catalog.ts';
import { identifiersIn, splitIdentifier } from '../text/words.ts';

/** A passage that a question names, and why it is meant. */
export interface NamedPlace {
  readonly chunk: Chunk;
  readonly why: string;
}

/** Chunks of one name: a function cut in pieces, a name defined for several variants. */
const perName = 8;
/** A question that names more than this is pasted code. */
const maxNames = 24;

/** Chunks about the identifiers a question names: those of that symbol, and those that define it; Kconfig symbols with and without `CONFIG_`; not what is `known` to be something else. */
export async function namedSymbols(question: string, catalog: Catalog, known: ReadonlySet<string> = new Set()): Promise<readonly NamedPlace[]> {
  const found: NamedPlace[] = [];
  for (const name of codeNames(question).filter(asked => !known.has(asked))) {
    for (const variant of spellings(name)) found.push(...await placesOfName(variant, `names ${variant}`, catalog));
  }
  return found;
}

/** Chunks whose symbol is a plain word of the question: `main`, `delay`. Weaker evidence than a name that only code can be. */
export async function plainSymbols(words: readonly string[], catalog: Catalog): Promise<readonly NamedPlace[]> {
  const found: NamedPlace[] = [];
  for (const word of [...new Set(words)].filter(plain => /^[a-z]{3,}$/.test(plain)).slice(0, maxNames)) {
    // A node called `timer` or a heading is found by its words; only what code defines is a name of its own.
    found.push(...(await catalog.chunksOfSymbol(word, 3)).filter(({ kind }) => definable.has(kind)).map(chunk => ({ chunk, why: `names ${word}` })));
  }
  return found;
}

const definable: ReadonlySet<ChunkKind> = new Set(['function', 'type', 'macros', 'variables', 'config']);

/** For names that nothing has: those in another case, and those that differ in a letter or two. */
export async function nearSymbols(question: string, catalog: Catalog, isUnknown: (word: string) => Promise<boolean>): Promise<readonly NamedPlace[]> {
  if (catalog.nearNames === undefined) return [];
  const found: NamedPlace[] = [];
  const plain = (question.match(/\b[A-Za-z]{7,}\b/g) ?? []).slice(0, maxNames);
  for (const name of new Set([...codeNames(question), ...plain])) {
    if (name.length < 5 || (await catalog.definitions(name)).length > 0) continue;
    const isWord = !codeNames(question).includes(name);
    if (isWord && !await isUnknown(name.toLowerCase())) continue;
    found.push(...await nearPlaces(name, catalog));
  }
  return found;
}

async function nearPlaces(name: string, catalog: Catalog): Promise<NamedPlace[]> {
  const near = await catalog.nearNames?.(name, editsAllowed(name)) ?? [];
  const best = near[0]?.distance;
  const found: NamedPlace[] = [];
  // Among names that only a number tells apart, the nearest may not be the one that was meant.
  for (const { name: other, distance } of near.filter(({ distance: edits }) => edits <= Math.max(best ?? 0, 1)).slice(0, perName)) {
    found.push(...await placesOfName(other, distance === 0 ? `names ${other}` : `${name} is nearly ${other}`, catalog));
  }
  return found;
}

/** A short name with two other letters is another name. */
function editsAllowed({ length }: string): number {
  return length < 6 ? 0 : length < 9 ? 1 : 2;
}

async function placesOfName(name: string, why: string, catalog: Catalog): Promise<NamedPlace[]> {
  const found = (await catalog.chunksOfSymbol(name, perName)).map(chunk => ({ chunk, why: why === `names ${name}` ? `names ${chunk.symbol ?? name}` : why }));
  for (const { file, line } of (await catalog.definitions(name)).slice(0, perName)) {
    for (const chunk of (await catalog.chunksAt(file, line)).filter(({ kind }) => kind !== 'header').slice(0, 1)) found.push({ chunk, why });
  }
  // Code that defines the name before text that mentions it.
  return [...found.filter(({ chunk }) => chunk.symbol === name), ...found.filter(({ chunk }) => chunk.symbol !== name)];
}

/** `CONFIG_SPI` and `SPI` are one Kconfig symbol; `-EINVAL` is EINVAL. */
function spellings(name: string): string[] {
  if (/^CONFIG_\w+$/.test(name)) return [name, name.slice('CONFIG_'.length)];
  return /^[A-Z][A-Z\d]*_[A-Z\d_]+$/.test(name) ? [name, `CONFIG_${name}`] : [name];
}

function codeNames(question: string): string[] {
  const scoped = question.match(/[A-Za-z_]\w*(?:::~?[A-Za-z_]\w*)+/g) ?? [];
  return [...new Set([...scoped, ...identifiersIn(question)])].filter(name => !/^0[xX][\da-fA-F]+$/.test(name)).slice(0, maxNames);
}

/** Cards of the registers a question names: by path, header name, macro or address. */
export async function namedRegisters(question: string, catalog: Catalog, device: Device | undefined): Promise<readonly NamedPlace[]> {
  if (device === undefined) return [];
  const found: NamedPlace[] = [];
  for (const name of registerNames(question).slice(0, maxNames)) {
    const paths = new Set(findRegisters(device, name).map(({ place }) => place.path));
    for (const path of [...paths].slice(0, perName)) found.push(...(await registerCards(path, catalog)).map(chunk => ({ chunk, why: `${name} is register ${path}` })));
  }
  return found;
}

/** The names that make up the paths of registers: `USART2` and `CR1` in `USART2->CR1`. */
export function pathParts(question: string): ReadonlySet<string> {
  return new Set(registerNames(question).filter(name => /->|::|\./.test(name)).flatMap(path => path.split(/->|::|\.|\[\w+\]/)));
}

/** An array is indexed as its first element. */
async function registerCards(path: string, catalog: Catalog): Promise<readonly Chunk[]> {
  const own = await catalog.chunksOfSymbol(path, 2);
  const found = own.length > 0 ? own : await catalog.chunksOfSymbol(path.replace(/\[\d+\]/g, '[0]'), 2);
  return found.filter(({ kind }) => kind === 'register');
}

/** What may name a register: paths, addresses, and code-like names with a capital that are no part of a path. */
export function registerNames(question: string): string[] {
  const paths = question.match(/[A-Za-z_]\w*(?:\[\w+\])?(?:(?:->|::|\.)[A-Za-z_]\w*(?:\[\w+\])?)+/g) ?? [];
  const addresses = question.match(/\b0x[\da-fA-F]{4,}\b/g) ?? [];
  const parts = new Set(paths.flatMap(path => path.split(/->|::|\.|\[\w+\]/)));
  return [...new Set([...paths, ...addresses, ...identifiersIn(question).filter(name => !parts.has(name) && /[A-Z]/.test(name))])];
}

/** Names in a question that hold several words: found where these stand side by side in a longer name. */
export function nameParts(question: string): string[] {
  return codeNames(question).map(name => splitIdentifier(name).slice(1).join(' ')).filter(phrase => phrase.includes(' '));
}
