import { spawn } from 'node:child_process';
import type { CommitRecord, Problem } from '../core/index.ts';

export interface HistoryOptions {
  /** The latest ones, without merges; default 1500. */
  readonly mostCommits?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Characters of one change; longer ones are cut and told to be. */
const mostDiffCharacters = 8000;
/** A message of any length that is still read, and a change that is longer than what is kept of it. */
const mostRecord = 4 * mostDiffCharacters;
const mostErrors = 4000;
const separator = '\u0001';

/** The latest commits of the folder's history with their changes, by the `git` that is installed; none, and why, where there is no git or no history. */
export async function readHistory(folder: string, { mostCommits = 1500, signal }: HistoryOptions = {}): Promise<{ readonly commits: readonly CommitRecord[]; readonly problems: readonly Problem[] }> {
  const format = `${separator}%H%x00%s%x00%b%x00`;
  // Neither external diff programs nor text filters that a repository's settings may name are run.
  const args = ['-c', 'core.quotepath=off', '-c', 'core.fsmonitor=false', '-c', 'log.showSignature=false', '--no-pager', '--no-optional-locks', '-C', folder, 'log', `--max-count=${mostCommits}`, '--no-merges', '--no-color', '--no-ext-diff', '--no-textconv', '--unified=6', '--relative', '--patch', '--no-renames', '--diff-filter=AM', `--format=${format}`, '--', '.'];
  const { records, problem } = await git(args, signal);
  // Where the output broke off, the last one is half a commit.
  const whole = problem === undefined ? records : records.slice(0, -1);
  return { commits: whole.map(recordOf), problems: problem === undefined ? [] : [{ file: folder, message: problem }] };
}

function recordOf(text: string): CommitRecord {
  const [hash = '', subject = '', body = '', diff = ''] = text.split('\0');
  const change = diff.trim();
  const files = [...change.matchAll(/^\+\+\+ b\/(.+)$/gm)].map(([, file = '']) => file.trim());
  return { hash, subject, body: body.trim(), files: [...new Set(files)], diff: change.slice(0, mostDiffCharacters), ...(change.length > mostDiffCharacters && { isCut: true }) };
}

/** The records as they come; of a long one only the beginning is kept, as whole vendors' packages come in one commit. */
async function git(args: readonly string[], signal: AbortSignal | undefined): Promise<{ readonly records: readonly string[]; readonly problem?: string }> {
  const child = spawn('git', args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: 120_000, env: { ...process.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' }, ...(signal !== undefined && { signal }) });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => { if (errors.length < mostErrors) errors += text; });
  const records: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const [rest = '', ...begun] = text.split(separator);
    const last = records.length - 1;
    const before = records[last];
    if (before !== undefined && before.length < mostRecord) records[last] = (before + rest).slice(0, mostRecord);
    for (const record of begun) records.push(record.slice(0, mostRecord));
  });
  return new Promise(resolve => {
    child.once('error', error => { resolve({ records, problem: reasonOf(error, errors) }); });
    child.once('close', code => { resolve(code === 0 ? { records } : { records, problem: reasonOf(new Error(`git ended with ${code ?? 'a signal'}`), errors) }); });
  });
}

function reasonOf(error: Error & { readonly code?: unknown }, errors: string): string {
  if (error.code === 'ENOENT') return 'git is not installed, so that the history gives no examples.';
  if (/not a git repository/i.test(errors)) return 'The folder has no git history, so that it gives no examples.';
  if (/does not have any commits/i.test(errors)) return 'The git history is empty.';
  if (error.name === 'AbortError') return 'Reading the history was stopped.';
  return `The git history was not read to its end: ${errors.trim().split('\n')[0] ?? error.message}`;
}
