import { readConditions } from '../chunk/conditions.ts';
import type { XrefReport } from '../engine.ts';
import { blankComments } from '../parse/blankComments.ts';
import { splitLines } from '../text/lines.ts';
import { isLeftOut, openBuildMacros, type BuildMacros } from './buildMacros.ts';
import { openLineStates } from './builtLines.ts';
import { readableIndex } from './indexedFacts.ts';
import type { EngineParts } from './parts.ts';
import { readSource } from './readSource.ts';

interface Place {
  readonly file: string;
  readonly line: number;
}

/** Files that are read for the conditions in them; places in further ones are left unmarked. */
const mostFiles = 300;
const mostBytes = 4_000_000;

/** Marks the uses and definitions that this build leaves out. */
export async function withInactivePlaces(report: XrefReport, parts: EngineParts): Promise<XrefReport> {
  const { accesses, calls, symbol } = report;
  const files = [...new Set([...accesses, ...calls ?? [], ...symbol?.definitions ?? [], ...symbol?.uses ?? []].map(({ file }) => file))];
  if (files.length === 0) return report;
  const macros = await openBuildMacros(parts, (await readableIndex(parts)).catalog);
  const isInactive = createLineTest(parts, macros, new Set(files.slice(0, mostFiles)));
  return {
    ...report, accesses: await marked(accesses, isInactive), ...(calls !== undefined && { calls: await marked(calls, isInactive) }),
    ...(symbol !== undefined && { symbol: { ...symbol, definitions: await marked(symbol.definitions, isInactive), uses: await marked(symbol.uses, isInactive) } }),
  };
}

type LineTest = (place: Place) => Promise<boolean>;

async function marked<T extends Place>(places: readonly T[], isInactive: LineTest): Promise<T[]> {
  const found: T[] = [];
  for (const place of places) found.push(await isInactive(place) ? { ...place, inactive: true } : place);
  return found;
}

/** Reads each file once, and asks for each condition once. */
function createLineTest(parts: EngineParts, macros: BuildMacros, files: ReadonlySet<string>): LineTest {
  const conditions = new Map<string, Promise<ReturnType<typeof readConditions> | undefined>>();
  const verdicts = new Map<string, Promise<boolean>>();
  const states = openLineStates(parts);
  return async ({ file, line }) => {
    if (!files.has(file)) return false;
    const known = conditions.get(file) ?? conditionsOf(parts, file);
    conditions.set(file, known);
    const condition = (await known)?.around(line, line);
    if (condition === undefined) return false;
    const built = await states(file, line);
    if (built !== undefined) return built === 'out';
    const verdict = verdicts.get(condition) ?? isLeftOut(condition, macros);
    verdicts.set(condition, verdict);
    return verdict;
  };
}

async function conditionsOf({ host }: EngineParts, file: string): Promise<ReturnType<typeof readConditions> | undefined> {
  const source = await readSource(host, file, mostBytes);
  // A directive in a comment is none.
  return 'problem' in source || !source.text.includes('#') ? undefined : readConditions(splitLines(blankComments(source.text, { block: true, slash: true })));
}
