import { isRecord, parsedJson } from '../text/json.ts';
import type { Problem } from '../text/problem.ts';
import { runFormat, type EvaluationRun, type RunItem } from './evaluationRun.ts';

/** A run out of a file's text; without it the problem says why. Questions that are none are left out and told. */
export function readRun(text: string, file: string): { readonly run?: EvaluationRun; readonly problems: readonly Problem[] } {
  const value = parsedJson(text);
  if (!isRecord(value) || value['format'] !== runFormat || !Array.isArray(value['items']) || (value['measured'] !== 'retrieval' && value['measured'] !== 'answers')) {
    return { problems: [{ file, message: `${file} is no run of halcyon eval: it is written by eval retrieval --out FILE or eval answers --out FILE.` }] };
  }
  const items = (value['items'] as readonly unknown[]).map(itemOf);
  const sound = items.filter(item => item !== undefined);
  const settings = isRecord(value['settings']) ? Object.fromEntries(Object.entries(value['settings']).filter((entry): entry is [string, string] => typeof entry[1] === 'string')) : {};
  const problems = sound.length === items.length ? [] : [{ file, message: `${items.length - sound.length} of ${items.length} questions cannot be read, and were left out.` }];
  return { run: { format: runFormat, measured: value['measured'], settings, items: sound }, problems };
}

function itemOf(value: unknown): RunItem | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, question, expected, given, measures, milliseconds, checked } = value;
  if (typeof kind !== 'string' || typeof question !== 'string' || !isRecord(measures)) return undefined;
  const read = Object.entries(measures).filter((entry): entry is [string, boolean | number] => typeof entry[1] === 'boolean' || (typeof entry[1] === 'number' && entry[1] >= 0 && entry[1] <= 1));
  return {
    kind, question, expected: typeof expected === 'string' ? expected : '', given: typeof given === 'string' ? given : '', measures: Object.fromEntries(read),
    ...typeof milliseconds === 'number' && { milliseconds }, ...checkedOf(checked),
  };
}

function checkedOf(value: unknown): Pick<RunItem, 'checked'> {
  if (!isRecord(value) || typeof value['right'] !== 'boolean') return {};
  const said = (['contradicted', 'unknown', 'supported', 'nothing checked'] as const).find(known => known === value['said']);
  return said === undefined ? {} : { checked: { said, right: value['right'] } };
}
