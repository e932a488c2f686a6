import { conditionHolds, conditionOf, namesInCondition } from '../chunk/conditionHolds.ts';
import { parsePreprocessorOptions } from '../parse/compileCommands.ts';
import type { Hit, Retriever } from '../retrieve/hit.ts';
import type { Catalog } from '../store/catalog.ts';
import type { LineStates } from './builtLines.ts';
import type { EngineParts } from './parts.ts';
import { readSource } from './readSource.ts';

/** What the build defines, by its compilation database and what Kconfig generated. */
export interface BuildMacros {
  /** A macro's body, `false` where nothing defines it, undefined where it depends on what is included. */
  readonly of: (name: string) => Promise<string | false | undefined>;
}

/** Reads what the build defines; without a compilation database in the workspace nothing is known of any macro. */
export async function openBuildMacros(parts: EngineParts, catalog: Catalog): Promise<BuildMacros> {
  const own = (await parts.index()).catalog;
  const databases = await own.filesNamed?.('compile_commands.json', mostFiles) ?? [];
  const defines = await Promise.all(databases.map(async file => definesOf(parts, file)));
  const tables = defines.filter(known => known !== undefined);
  if (tables.length === 0) return { of: async () => undefined };
  const generated = await generatedMacros(own);
  return { of: async name => macroIn(name, { catalog, tables, generated }) };
}

/** Marks the passages that this build leaves out; what the build says is looked up only when a passage stands under a condition. */
export function withInactiveMarks(retriever: Retriever, open: () => Promise<BuildMacros>, states: () => LineStates = () => async () => undefined): Retriever {
  return {
    ...retriever,
    search: async (...query) => {
      const hits = await retriever.search(...query);
      const line = states();
      const macros = hits.some(({ chunk }) => conditionOf(chunk.text) !== undefined) ? await open() : undefined;
      return macros === undefined ? hits : activeFirst(await Promise.all(hits.map(async hit => marked(hit, macros, line))));
    },
  };
}

/** Whether a condition surely does not hold in this build. */
export async function isLeftOut(condition: string, macros: BuildMacros): Promise<boolean> {
  const known = new Map(await Promise.all(namesInCondition(condition).map(async name => [name, await macros.of(name)] as const)));
  return conditionHolds(condition, name => known.get(name)) === false;
}

/** Of several passages about one symbol, those that the build has take the places before those that it leaves out. */
function activeFirst(hits: readonly Hit[]): Hit[] {
  const waiting = new Map<string, Hit[]>();
  for (const hit of hits) waiting.set(keyOf(hit), [...waiting.get(keyOf(hit)) ?? [], hit]);
  for (const same of waiting.values()) same.sort((one, other) => Number(one.inactive === true) - Number(other.inactive === true));
  return hits.map(hit => ({ ...waiting.get(keyOf(hit))?.shift() ?? hit, rank: hit.rank, score: hit.score }));
}

function keyOf({ chunk: { symbol, id } }: Hit): string {
  return symbol ?? `\n${id}`;
}

/** Builds beside each other; what they disagree on is not known. */
const mostFiles = 3;

/** Defines of a database while it is unchanged: it is megabytes, and every question asks. */
const read = new WeakMap<EngineParts, Map<string, { readonly stamp: string; readonly defines: ReadonlyMap<string, string> }>>();

async function definesOf(parts: EngineParts, file: string): Promise<ReadonlyMap<string, string> | undefined> {
  const stat = await parts.host.stat(file).catch(() => undefined);
  if (stat === undefined) return undefined;
  const stamp = `${stat.sizeBytes} ${stat.modifiedMs}`;
  const kept = read.get(parts) ?? new Map<string, { readonly stamp: string; readonly defines: ReadonlyMap<string, string> }>();
  read.set(parts, kept);
  const known = kept.get(file);
  if (known?.stamp === stamp) return known.defines;
  const source = await readSource(parts.host, file);
  if ('problem' in source) return undefined;
  const { defines } = parsePreprocessorOptions(source.text);
  kept.set(file, { stamp, defines });
  return defines;
}

/** Macros of `autoconf.h` and its like, one table a file. */
async function generatedMacros(catalog: Catalog): Promise<ReadonlyMap<string, string>[]> {
  const files = [...await catalog.filesNamed?.('autoconf.h', mostFiles) ?? [], ...await catalog.filesNamed?.('sdkconfig.h', mostFiles) ?? []];
  const facts = await Promise.all(files.map(async file => catalog.facts(file)));
  return facts.filter(known => known !== undefined).map(({ macros }) => new Map(macros.map(({ name, body }) => [name, body])));
}

interface KnownMacros {
  readonly catalog: Catalog;
  readonly tables: readonly ReadonlyMap<string, string>[];
  readonly generated: readonly ReadonlyMap<string, string>[];
}

async function macroIn(name: string, { catalog, tables, generated }: KnownMacros): Promise<string | false | undefined> {
  // The compiler's own.
  if (name.startsWith('__')) return undefined;
  if (name.startsWith('CONFIG_')) return generated.length === 0 ? undefined : agreed(generated.map(table => table.get(name) ?? false));
  const given = agreed(tables.map(table => table.get(name) ?? false));
  if (given !== false) return given;
  const definitions = await catalog.definitions(name);
  return definitions.some(({ kind }) => kind === 'macro') ? undefined : false;
}

function agreed(bodies: readonly (string | false)[]): string | false | undefined {
  return bodies.every(body => body === bodies[0]) ? bodies[0] : undefined;
}

async function marked(hit: Hit, macros: BuildMacros, states: LineStates): Promise<Hit> {
  const condition = conditionOf(hit.chunk.text);
  if (condition === undefined) return hit;
  const { file, endLine } = hit.chunk;
  const built = await states(file, endLine);
  if (built === undefined ? !await isLeftOut(condition, macros) : built !== 'out') return hit;
  const line = `condition: ${condition}`;
  return { ...hit, inactive: true, chunk: { ...hit.chunk, text: hit.chunk.text.replace(line, () => `${line} (inactive in this build)`) } };
}
