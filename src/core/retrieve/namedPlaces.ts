import type { Chunk } from '../chunk/chunk.ts';
import type { Device } from '../device/device.ts';
import { findRegisters } from '../device/findRegisters.ts';
import type { Catalog } from '../store/catalog.ts';
import { identifiersIn } from '../text/words.ts';

/** Chunks of one name: a function cut in pieces, a name defined for several variants. */
const perName = 6;
/** A question that names more than this is pasted code. */
const maxNames = 24;

/** Chunks about the files and identifiers a question names: file headers, chunks of that symbol, and those that define it. */
export async function namedSymbols(question: string, catalog: Catalog): Promise<readonly Chunk[]> {
  const found: Chunk[] = [];
  for (const file of (question.match(/[\w+-]+\.[A-Za-z]\w{0,7}\b/g) ?? []).slice(0, maxNames)) found.push(...(await catalog.chunksOfSymbol(file, perName)).filter(({ kind }) => kind === 'header'));
  for (const name of identifiersIn(question).slice(0, maxNames)) {
    found.push(...await catalog.chunksOfSymbol(name, perName));
    for (const { file, line } of (await catalog.definitions(name)).slice(0, perName)) found.push(...(await catalog.chunksAt(file, line)).filter(({ kind }) => kind !== 'header').slice(0, 1));
  }
  return found;
}

/** Chunks whose symbol is a plain word of the question: `main`, `delay`. Weaker evidence than a name that only code can be. */
export async function plainSymbols(words: readonly string[], catalog: Catalog): Promise<readonly Chunk[]> {
  const found: Chunk[] = [];
  for (const word of [...new Set(words)].filter(plain => /^[a-z]{3,}$/.test(plain)).slice(0, maxNames)) found.push(...await catalog.chunksOfSymbol(word, 3));
  return found;
}

/** Cards of the registers a question names: by path, header name, macro or address. */
export async function namedRegisters(question: string, catalog: Catalog, device: Device | undefined): Promise<readonly Chunk[]> {
  if (device === undefined) return [];
  const found: Chunk[] = [];
  for (const name of registerNames(question).slice(0, maxNames)) {
    const paths = new Set(findRegisters(device, name).map(({ place }) => place.path));
    for (const path of [...paths].slice(0, perName)) found.push(...await registerCards(path, catalog));
  }
  return found;
}

/** An array is indexed as its first element. */
async function registerCards(path: string, catalog: Catalog): Promise<readonly Chunk[]> {
  const own = await catalog.chunksOfSymbol(path, 2);
  const found = own.length > 0 ? own : await catalog.chunksOfSymbol(path.replace(/\[\d+\]/g, '[0]'), 2);
  return found.filter(({ kind }) => kind === 'register');
}

function registerNames(question: string): string[] {
  const paths = question.match(/[A-Za-z_]\w*(?:\[\w+\])?(?:(?:->|::|\.)[A-Za-z_]\w*(?:\[\w+\])?)+/g) ?? [];
  const addresses = question.match(/\b0x[\da-fA-F]{4,}\b/g) ?? [];
  const parts = new Set(paths.flatMap(path => path.split(/->|::|\.|\[\w+\]/)));
  return [...new Set([...paths, ...addresses, ...identifiersIn(question).filter(name => !parts.has(name) && /[A-Z]/.test(name))])];
}
