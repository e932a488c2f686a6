import { readChange, type ChangedFile } from '../parse/unifiedDiff.ts';
import { proseWords } from './comments.ts';
import { mostOf, type CollectOptions, type CommitRecord, type DatasetSource } from './datasetSource.ts';
import type { Draft } from './example.ts';
import { isGenerated } from './generatedFiles.ts';
import { strictestLicence } from './licence.ts';
import { fencedCode, fenceLanguage } from './sourceLines.ts';

const mostDiffCharacters = 3500;
/** A change of more files is a renaming, or several changes. */
const mostFiles = 10;

/** What was changed and why: the message for a change, and for a mended bug what was wrong. */
export async function* collectCommits(source: Pick<DatasetSource, 'commits' | 'rest'>, options: CollectOptions): AsyncGenerator<Draft> {
  let made = 0;
  for (const commit of source.commits) {
    if (made >= mostOf(options, 'commit') || options.signal?.aborted === true) return;
    const reason = leftOut(commit);
    if (reason !== undefined) {
      options.drop({ source: 'commit', reason, question: commit.subject, ...(commit.files[0] !== undefined && { file: commit.files[0] }) });
      continue;
    }
    const licence = strictestLicence(await Promise.all(commit.files.map(async file => options.licenceOf(file))));
    const provenance = { files: commit.files, commit: commit.hash, licence };
    for (const asked of askedOf(commit)) {
      if (made >= mostOf(options, 'commit')) return;
      made += 1;
      yield { ...asked, source: 'commit', provenance };
    }
    await source.rest();
  }
}

function leftOut({ subject, body, diff, files, isCut }: CommitRecord): string | undefined {
  if (/^(?:merge|revert|bump|release|version|update submodule|wip|fixup|squash|amend)\b|^v?\d+\.\d+/i.test(subject) || /^This reverts commit/m.test(body)) return 'merge, revert or release';
  if (proseWords(`${subject} ${messageBody(body)}`) < 5) return 'message says too little';
  if (isCut === true || diff.length > mostDiffCharacters) return 'change too long';
  if (files.length > mostFiles) return 'change of many files';
  if (diff.trim() === '' || files.length === 0) return 'no change in text';
  if (files.every(file => isGenerated(file, '') || /\.(lock|svg|json|map|hex)$|(^|\/)\.\w/i.test(file))) return 'generated file';
  return /formatting|whitespace|typo|copyright|clang-format|indent/i.test(subject) ? 'changes no meaning' : undefined;
}

function askedOf(commit: CommitRecord): Pick<Draft, 'question' | 'context' | 'answer'>[] {
  const message = [commit.subject.trim().replace(/\s*\(#\d+\)$/, ''), messageBody(commit.body)].filter(part => part !== '').join('\n\n');
  return [{ question: 'Write the commit message for this change.', context: commit.diff, answer: message }, ...mendedBug(commit, message)];
}

/** A fix in one place: the code as it was, and what was wrong with it. */
function mendedBug(commit: CommitRecord, message: string): Pick<Draft, 'question' | 'context' | 'answer'>[] {
  if (!/\b(?:fix(?:e[sd])?|bug|correct(?:ed|s)?|prevent|avoid|race|overflow|deadlock|leak|crash|wrong|missing|volatile)\b/i.test(message) || proseWords(message) < 8) return [];
  const hunks = readChange(commit.diff).filter(({ file }) => /\.(c|h|cc|cpp|hpp|s|ino|ld)$/i.test(file)).flatMap(stretchesOf);
  const [hunk, ...others] = hunks;
  if (hunk === undefined || others.length > 0 || !isChange(hunk)) return [];
  return [{
    question: 'This code has a bug. What is wrong, and how is it mended?', context: `${hunk.file}\n${hunk.before.join('\n')}`,
    answer: `${message}\n\n${fencedCode(hunk.after.join('\n'), fenceLanguage(hunk.file))}`,
  }];
}

/** One stretch of a file, as it was and as it became. */
interface Stretch {
  readonly file: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

function stretchesOf({ file, hunks }: ChangedFile): Stretch[] {
  const without = (lines: readonly string[], sign: string): string[] => lines.filter(line => !line.startsWith(sign) && !line.startsWith('\\')).map(line => line.slice(1));
  return hunks.map(({ lines }) => ({ file, before: without(lines, '+'), after: without(lines, '-') }));
}

/** Something is taken away or put in that is no comment. */
function isChange({ before, after }: Stretch): boolean {
  const code = (lines: readonly string[]): string => lines.join('\n').replace(/\/\/[^\n]*|\/\*[^]*?\*\//g, '').replace(/\s+/g, '');
  return code(before) !== code(after) && before.length < 60 && after.length < 60 && before.some(line => line.trim() !== '');
}

/** What says why; not the trailers that tools and persons leave, nor lists of squashed commits. */
function messageBody(body: string): string {
  return body.split('\n').filter(line => !/^\s*(?:[\w-]+-by|cc|change-id|closes|fixes|refs?|resolves|see-also|link|cherry[- ]picked|\(cherry picked|git-svn-id)\b\s*[:#(]?/i.test(line) && !/^\s*[*-] [0-9a-f]{7,40}\b/.test(line)).join('\n').replace(/\n{3,}/g, '\n\n').trim();
}
