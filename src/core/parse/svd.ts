import type { Device } from '../device/device.ts';
import type { Problem } from '../text/problem.ts';
import { svdLimits } from './svdBudget.ts';
import { applySvdPatch } from './svdPatch.ts';
import type { SvdPatch } from './svdPatchTree.ts';
import { createSvdProblemLog, quoted, type SvdProblemLog } from './svdProblems.ts';
import { resolveDevice } from './svdResolve.ts';
import { readSvdTree } from './svdXml.ts';

/** What an SVD file says, with everything doubtful or left out as problems. */
export interface SvdParse {
  /** Absent when the file holds no device at all. */
  readonly device?: Device;
  readonly problems: readonly Problem[];
}

/**
 * Reads a CMSIS-SVD file: inheritance and derivedFrom applied, register and cluster arrays folded.
 * `patches` correct what is written before anything is derived from it.
 * Never throws: a faulty or truncated file gives what could be read of it.
 */
export function parseSvd(text: string, file: string, patches: readonly SvdPatch[] = []): SvdParse {
  if (text.length > svdLimits.characters) return refused(file, `has more than ${svdLimits.characters / 1e6} million characters, which no chip vendor's SVD file has, and was not read`);
  // Some vendors' files begin with blanks or a byte order mark, which XML forbids before its declaration.
  const start = text.length - text.trimStart().length;
  if (start === text.length) return refused(file, 'is empty');
  const problems = createSvdProblemLog(file);
  const log = shiftedLog(problems, text.slice(0, start).split('\n').length - 1);
  if (documentTypeLength(text) > svdLimits.documentType) return refused(file, `declares a document type of more than ${svdLimits.documentType} characters, which CMSIS-SVD has none of`);
  const { device, rootName, stopped } = readSvdTree(start === 0 ? text : text.slice(start), log);
  if (device === undefined && stopped) return { problems: problems.finish() };
  // A file without a device gets one sentence: what its XML faults are helps nobody then.
  if (device === undefined) return refused(file, rootName === undefined ? 'is not XML' : rootRefusal(rootName));
  const unfollowed = patches.flatMap(patch => applySvdPatch(device, patch));
  return { device: resolveDevice(device, log), problems: [...unfollowed, ...problems.finish()] };
}

/** What a document type declares is not used, but reading over it takes time. */
function documentTypeLength(text: string): number {
  const start = text.indexOf('<!DOCTYPE');
  if (start < 0) return 0;
  const root = text.indexOf('<device', start);
  return (root < 0 ? text.length : root) - start;
}

function refused(file: string, reason: string): SvdParse {
  return { problems: [{ file, message: `${file} ${reason}; choose the chip vendor's .svd file.` }] };
}

function rootRefusal(rootName: string): string {
  const page = /^html$/i.test(rootName) ? ' (a web page was saved in place of the file)' : '';
  return `is not a CMSIS-SVD file: its root element is <${quoted(rootName).slice(1, -1)}>, not <device>${page}`;
}

function shiftedLog(problems: SvdProblemLog, lines: number): SvdProblemLog {
  if (lines === 0) return problems;
  return { ...problems, add: (kind, line, message) => { problems.add(kind, line === undefined ? undefined : line + lines, message); } };
}
