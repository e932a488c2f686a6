// Git for tests that make repositories.
import { execFileSync, spawnSync } from 'node:child_process';

/** Why tests with Git are skipped; false where there is one. */
export const noGit = spawnSync('git', ['--version']).status === 0 ? false : 'git is not installed';

/** Runs it in a folder, as somebody. */
export function git(folder: string, ...words: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'protocol.file.allow=always', ...words], { cwd: folder, stdio: 'pipe' });
}
