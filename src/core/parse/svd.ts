import type { Device } from '../device/device.ts';
import type { Problem } from '../text/problem.ts';
import { createSvdProblemLog, quoted, type SvdProblemLog } from './svdProblems.ts';
import { resolveDevice } from './svdResolve.ts';
import { readSvdTree } from './svdXml.ts';

/** What an SVD file says, with everything doubtful or left out as problems. */
export interface SvdParse {
  /** Absent when the file holds no device at all. */
  readonly device?: Device;
  readonly problems: readonly Problem[];
}

/** The largest known file has 24 MB; beyond this, reading would fill memory. */
const mostCharacters = 200_000_000;

/**
 * Reads a CMSIS-SVD file: inheritance and derivedFrom applied, register and cluster arrays folded.
 * Never throws: a faulty or truncated file gives what could be read of it.
 */
export function parseSvd(text: string, file: string): SvdParse {
  const problems = createSvdProblemLog(file);
  const device = readDevice(text, file, problems);
  return device === undefined ? { problems: problems.finish() } : { device, problems: problems.finish() };
}

function readDevice(text: string, file: string, problems: SvdProblemLog): Device | undefined {
  if (text.length > mostCharacters) {
    problems.add('size', undefined, `${file} has more than ${mostCharacters / 1e6} million characters, which no SVD file has; choose the chip vendor's .svd file.`);
    return undefined;
  }
  // Some vendors' files begin with blanks or a byte order mark, which XML forbids before its declaration.
  const start = text.length - text.trimStart().length;
  const skippedLines = text.slice(0, start).split('\n').length - 1;
  const log = skippedLines === 0 ? problems : shiftedLog(problems, skippedLines);
  if (start === text.length) {
    problems.add('empty', undefined, `${file} is empty; choose the chip vendor's .svd file.`);
    return undefined;
  }
  const { device, rootName } = readSvdTree(start === 0 ? text : text.slice(start), log);
  if (device !== undefined) return resolveDevice(device, log);
  problems.add('no device', undefined, rootName === undefined
    ? `${file} is not XML; choose the chip vendor's .svd file.`
    : `${file} is not a CMSIS-SVD file: its root element is <${quoted(rootName).slice(1, -1)}>, not <device>${/^html$/i.test(rootName) ? ' (a web page was saved in place of the file)' : ''}. Choose the chip vendor's .svd file.`);
  return undefined;
}

function shiftedLog(problems: SvdProblemLog, lines: number): SvdProblemLog {
  return { ...problems, add: (kind, line, message) => { problems.add(kind, line === undefined ? undefined : line + lines, message); } };
}
