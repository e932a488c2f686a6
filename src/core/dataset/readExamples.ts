import { jsonLines } from '../text/jsonLines.ts';
import type { Problem } from '../text/problem.ts';
import { datasetSplits, type Example } from './example.ts';

/** The examples of a built dataset's file; lines that are none are told and left out. */
export function readExamples(text: string, file: string): { readonly examples: readonly Example[]; readonly problems: readonly Problem[] } {
  const examples: Example[] = [];
  const problems: Problem[] = [];
  for (const { line, value } of jsonLines(text)) {
    if (isExample(value)) examples.push(value);
    else problems.push({ file, line, message: 'This line is no example, and was left out. Build the dataset anew: halcyon dataset build.' });
  }
  return { examples, problems };
}

/** Written by ourselves: what every reader relies on is looked at, not every name. */
function isExample(value: unknown): value is Example {
  if (typeof value !== 'object' || value === null) return false;
  const { id, question, answer, source, split, labels, provenance } = value as Readonly<Record<string, unknown>>;
  return [id, question, answer, source].every(text => typeof text === 'string' && text !== '') && datasetSplits.some(name => name === split)
    && typeof labels === 'object' && labels !== null && 'entities' in labels && typeof provenance === 'object' && provenance !== null && 'files' in provenance && Array.isArray(provenance.files);
}
