import fs from 'node:fs/promises';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Files whose rules count in their folder and below it. `.halcyonignore` is the user's word to us: it holds for hardware material too. */
const ruleFiles = ['.gitignore', '.halcyonignore'] as const;

/** Left out everywhere, whatever the rules say. */
const neverNames = new Set(['.git', '.hg', '.svn', '.repo', 'node_modules', '__pycache__', '.venv', '.vscode-test']);

/** Rules that hold for a folder: its own, and those of every folder above it within the workspace. */
export interface RuleChain {
  readonly rules: readonly FolderRules[];
}

interface FolderRules {
  /** Folder relative to the workspace; `''` for the workspace itself. */
  readonly folder: string;
  readonly source: string;
  readonly rules: Ignore;
  /** True when not even hardware material is taken. */
  readonly strict: boolean;
}

export interface Verdict {
  readonly reason: string;
  readonly strict: boolean;
  /** Git's rules say so and nothing else: they do not count for what it tracks. */
  readonly byGit?: true;
}

/** Patterns from settings, in gitignore syntax from the root. */
export interface ScopeSettings {
  /** The user's word to us: holds for hardware material too. */
  readonly exclude?: readonly string[];
  /** What the editor does not show; hardware material is taken all the same. */
  readonly hidden?: readonly string[];
}

/** The chain at the workspace's root: settings first. */
export async function rootRules(workspace: string, { exclude = [], hidden = [] }: ScopeSettings): Promise<RuleChain> {
  const own = (patterns: readonly string[], source: string, strict: boolean): FolderRules[] => (patterns.length === 0 ? [] : [{ folder: '', source, rules: ignore().add([...patterns]), strict }]);
  return { rules: [...own(exclude, 'the exclude setting', true), ...own(hidden, 'files.exclude', false), ...await rulesOf(workspace, '')] };
}

/** The chain inside a folder. */
export async function enterFolder(chain: RuleChain, absolute: string, folder: string): Promise<RuleChain> {
  const own = await rulesOf(absolute, folder);
  return own.length === 0 ? chain : { rules: [...chain.rules, ...own] };
}

/** Why a file or folder is left out; undefined when it is in. The innermost rule file that says something wins, as in git. */
export function ignoredBy({ rules }: RuleChain, file: string, isFolder: boolean): Verdict | undefined {
  if (neverNames.has(path.posix.basename(file))) return { reason: 'never indexed', strict: true };
  const kinds = { strict: undefined as Verdict | undefined, loose: undefined as Verdict | undefined };
  let isHidden = false;
  for (const { folder, source, rules: own, strict } of rules) {
    const within = folder === '' ? file : file.slice(folder.length + 1);
    const { ignored, unignored } = own.test(isFolder ? `${within}/` : within);
    const byGit = path.posix.basename(source) === '.gitignore';
    if (ignored && !strict && !byGit) isHidden = true;
    if (ignored) kinds[strict ? 'strict' : 'loose'] = { reason: `ignored by ${source}`, strict, ...(byGit && !isHidden && { byGit }) };
    else if (unignored) kinds[strict ? 'strict' : 'loose'] = undefined;
  }
  return kinds.strict ?? kinds.loose;
}

async function rulesOf(absolute: string, folder: string): Promise<FolderRules[]> {
  const found: FolderRules[] = [];
  for (const name of ruleFiles) {
    const text = await fs.readFile(path.join(absolute, name), 'utf8').catch(() => undefined);
    if (text !== undefined) found.push({ folder, source: path.posix.join(folder, name), rules: ignore().add(text), strict: name === '.halcyonignore' });
  }
  return found;
}
