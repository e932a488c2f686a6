import { openBuildDatabase } from './buildDatabase.ts';
import type { EngineParts } from './parts.ts';
import { readSource } from './readSource.ts';
import { codeLines, unitLineStates, type UnitLines } from './unitLines.ts';

/** What the preprocessor makes of a line, 1-based, of a file that is compiled. `open`: it may be in or out; undefined: nothing is known of it. */
export type LineStates = (file: string, line: number) => Promise<'in' | 'out' | 'open' | undefined>;

/** Files whose headers are followed for one question: each is some hundred headers. */
const mostUnits = 6;
const mostBytes = 4_000_000;

/** Reads each file once, with the headers that it includes by its own command. */
export function openLineStates(parts: EngineParts): LineStates {
  const known = new Map<string, Promise<UnitLines | undefined>>();
  return async (file, line) => {
    let states = known.get(file);
    if (states === undefined && known.size >= mostUnits) return undefined;
    states ??= statesOf(parts, file);
    known.set(file, states);
    const unit = await states;
    const state = unit?.states[line - 1];
    return state === undefined ? unit?.lacksOwn === true ? 'open' : undefined : state ? 'in' : 'out';
  };
}

async function statesOf(parts: EngineParts, file: string): Promise<UnitLines | undefined> {
  const entries = (await openBuildDatabase(parts))?.entriesOf(file) ?? [];
  const [entry] = entries;
  // Several builds may disagree.
  if (entry === undefined || entries.length > 1) return undefined;
  const source = await readSource(parts.host, file, mostBytes);
  return 'problem' in source ? undefined : unitLineStates(entry, codeLines(source.text), parts);
}
