import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const mostBytes = 50_000_000;

/** What is staged in a folder's repository, else what changed in its work tree; rejects with a sentence where there is neither Git nor a repository. */
export async function gitDiff(folder: string): Promise<string> {
  await git(folder, ['rev-parse', '--is-inside-work-tree']);
  const staged = await diff(folder, ['--cached']);
  return staged.trim() === '' ? diff(folder, [], await noFilters(folder)) : staged;
}

async function diff(folder: string, options: readonly string[], settings: readonly string[] = []): Promise<string> {
  return git(folder, ['diff', ...options, '--no-ext-diff', '--no-textconv', '--no-color', '--no-renames', '--ignore-submodules', '--'], settings);
}

/** Settings that switch off every filter through which Git would send what is in the work tree. */
async function noFilters(folder: string): Promise<string[]> {
  // Without a match the command fails.
  const names = await git(folder, ['config', '--null', '--name-only', '--get-regexp', '^filter\\..*\\.(clean|process|required)$']).catch(() => '');
  return names.split('\0').filter(name => name !== '').map(name => {
    if (name.includes('=')) throw new Error(`The change was not read: the repository names a filter "${name}", which cannot be switched off. Give the change as a file: --diff FILE.`);
    return `${name}=${name.endsWith('.required') ? 'false' : ''}`;
  });
}

/** No shell, and nothing that a repository's own settings could start: external differs, converters, filters, pagers, monitors of the file system. */
async function git(folder: string, words: readonly string[], more: readonly string[] = []): Promise<string> {
  const settings = ['core.fsmonitor=false', 'core.pager=cat', 'core.hooksPath=/dev/null', 'diff.external=', ...more].flatMap(setting => ['-c', setting]);
  try {
    return (await run('git', ['-C', folder, ...settings, ...words], { maxBuffer: mostBytes, windowsHide: true, env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_EXTERNAL_DIFF: '' } })).stdout;
  } catch (error) {
    const { code, stderr = '' } = error as { readonly code?: unknown; readonly stderr?: string };
    const why = code === 'ENOENT' ? 'git is not installed' : stderr.trim().split('\n')[0] ?? '';
    throw new Error(`The change could not be read (${why.replace(/\.$/, '')}). Give it as a file: --diff FILE.`, { cause: error });
  }
}
