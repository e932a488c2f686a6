import { basename } from 'node:path/posix';
import type { Chunk } from '../chunk/chunk.ts';
import type { SourceFacts } from '../parse/facts.ts';
import type { RetrieverParts } from './createRetriever.ts';
import type { NamedPlace } from './namedPlaces.ts';

/** Neighbours of one passage, of each sort. */
const perSort = 3;
const mostFiles = 12;

/** What the graph knows around a function: the functions it calls, those that call it, the types it takes, where it is declared and which vector names it. */
export async function neighboursOf(chunk: Chunk, parts: Pick<RetrieverParts, 'catalog' | 'textStore'>): Promise<readonly NamedPlace[]> {
  const { kind, symbol } = chunk;
  if (kind !== 'function' || symbol === undefined) return [];
  const facts = await parts.catalog.facts(chunk.file);
  const fact = facts?.functions.find(({ name, startLine, endLine }) => name === symbol && startLine <= chunk.endLine && endLine >= chunk.startLine);
  if (facts === undefined || fact === undefined) return [];
  const callees = [...new Set(fact.calls.map(({ name }) => name))].filter(name => name !== symbol);
  const types = fact.parameters.flatMap(({ type }) => type.match(/[A-Za-z_]\w{3,}/g) ?? []).filter(name => !plainTypes.has(name));
  return [
    ...await definedPlaces(callees, ['function'], name => `${name} is called by ${symbol}`, parts),
    ...await callers(symbol, parts),
    ...await definedPlaces(types, ['type'], name => `${name} is a type that ${symbol} takes`, parts),
    ...await declarations(symbol, chunk, parts),
  ];
}

const plainTypes = new Set(['const', 'void', 'char', 'short', 'long', 'unsigned', 'signed', 'float', 'double', 'bool', 'size_t', 'struct', 'union', 'enum', 'volatile', 'uint8_t', 'uint16_t', 'uint32_t', 'uint64_t', 'int8_t', 'int16_t', 'int32_t', 'int64_t', 'uintptr_t', 'intptr_t']);

async function definedPlaces(names: readonly string[], kinds: readonly string[], why: (name: string) => string, { catalog }: Pick<RetrieverParts, 'catalog'>): Promise<NamedPlace[]> {
  const found: NamedPlace[] = [];
  for (const name of new Set(names)) {
    if (found.length >= perSort) break;
    const definitions = (await catalog.definitions(name)).filter(({ kind }) => kinds.includes(kind));
    // A name that many files define says little about which of them is meant.
    if (definitions.length === 0 || definitions.length > perSort) continue;
    for (const { file, line } of definitions.slice(0, 1)) found.push(...narrowest(await catalog.chunksAt(file, line), why(name)));
  }
  return found;
}

async function callers(symbol: string, { catalog }: Pick<RetrieverParts, 'catalog'>): Promise<NamedPlace[]> {
  const found: NamedPlace[] = [];
  for (const file of (await catalog.mentions(symbol)).slice(0, mostFiles)) {
    if (found.length >= perSort) break;
    for (const { name, line } of callsOf(await catalog.facts(file), symbol).slice(0, perSort - found.length)) found.push(...narrowest(await catalog.chunksAt(file, line), `${name} calls ${symbol}`));
  }
  return found;
}

function callsOf(facts: SourceFacts | undefined, symbol: string): { readonly name: string; readonly line: number }[] {
  return (facts?.functions ?? []).flatMap(({ name, calls }) => calls.filter(call => call.name === symbol && name !== symbol).slice(0, 1).map(({ line }) => ({ name, line })));
}

/** Prototypes are in no list of definitions: the header with the file's own name, or one whose text holds the name. */
async function declarations(symbol: string, { file }: Chunk, { catalog, textStore }: Pick<RetrieverParts, 'catalog' | 'textStore'>): Promise<NamedPlace[]> {
  const holding = await catalog.chunks((await textStore.searchWords([symbol.toLowerCase()], 12)).map(({ id }) => id));
  const own = basename(file).replace(/\.\w+$/, '.h');
  const headers = holding.filter(chunk => /\.(h|hh|hpp)$/i.test(chunk.file) && chunk.kind !== 'header' && new RegExp(`\\b${symbol}\\s*\\(`).test(chunk.text));
  return [...headers.filter(chunk => basename(chunk.file) === own), ...headers.filter(chunk => basename(chunk.file) !== own)].slice(0, 1).map(chunk => ({ chunk, why: `declares ${symbol}` }));
}

function narrowest(chunks: readonly Chunk[], why: string): NamedPlace[] {
  return chunks.filter(({ kind }) => kind !== 'header').slice(0, 1).map(chunk => ({ chunk, why }));
}
