import type { SkippedFile } from '../host.ts';
import type { Catalog } from '../store/catalog.ts';
import type { Problem } from '../text/problem.ts';
import type { IndexReport } from './events.ts';
import type { IndexRun } from './updateIndex.ts';

/** Problems listed; the rest is counted in one more. */
const listedProblems = 500;

/** What is in the index now, and everything that is not. */
export async function indexReport(run: IndexRun): Promise<IndexReport> {
  const { files, chunks, symbols, registerAccesses, embedded } = await run.catalog.stats();
  return { files, chunks, symbols, registerAccesses, embedded, pending: chunks - embedded, skipped: await skippedIn(run.catalog, run), seconds: run.seconds, problems: await allProblems(run) };
}

/** What a listing left out or could not be read, and what turned out to be no text, in this run or an earlier one. */
export async function skippedIn(catalog: Catalog, { skipped }: { readonly skipped: readonly SkippedFile[] }): Promise<IndexReport['skipped']> {
  return [...skipped.map(({ file, reason }) => ({ file, reason })), ...await catalog.skipped()];
}

async function allProblems({ catalog, problems: own }: IndexRun): Promise<Problem[]> {
  const { problems, total } = await catalog.problems(listedProblems);
  // Totals count what files keep to themselves, too: the list may hold a line that says "and 950 more".
  const rest = total - problems.length;
  return rest > 0 && problems.length >= listedProblems ? [...own, ...problems, { file: '', message: `and ${rest} more problems in indexed files` }] : [...own, ...problems];
}
