import * as path from 'node:path/posix';
import type { DetectedDevice } from './detectDevice.ts';
import { svdMatchScore } from './matchSvd.ts';
import { findParts } from './partNames.ts';

/** Where an SVD file may come from. */
export interface SvdChoices {
  /** The file the user set: wins. */
  readonly setting?: string | undefined;
  readonly workspaceFiles: readonly string[];
  /** SVD files of the configured folders, absolute. */
  readonly library: readonly string[];
}

export interface ChosenSvd {
  readonly file: string;
  /** Half a sentence for the user: why this one. */
  readonly why: string;
  /** Nothing ties it to the chip: hold its contents against the part before it is used. */
  readonly isGuess?: boolean;
}

/** The SVD file to read: what the user set, what a debug configuration names, the workspace's own, then the library's. */
export function chooseSvd(detected: DetectedDevice, choices: SvdChoices): ChosenSvd | undefined {
  if (choices.setting !== undefined && choices.setting !== '') return { file: choices.setting, why: 'set by the user' };
  const own = choices.workspaceFiles.filter(file => /\.(svd|atdf)$/i.test(file));
  return hinted(detected, own, choices.library)
    ?? (detected.device === undefined ? undefined : matching(detected.device, own, 'in the workspace'))
    ?? (detected.device === undefined ? undefined : matching(detected.device, choices.library, 'in the SVD folders'))
    ?? onlyOne(detected, own);
}

/** A hint is followed when its file is there: beside the file that names it, in the workspace, in the library, or anywhere on the disk. */
function hinted(detected: DetectedDevice, own: readonly string[], library: readonly string[]): ChosenSvd | undefined {
  for (const hint of detected.svdHints) {
    const why = `named in ${hint.from}`;
    const wanted = path.normalize(hint.file.replaceAll('\\', '/'));
    if (/^(\/|[A-Za-z]:\/)/.test(wanted)) return { file: wanted, why };
    const near = path.join(path.dirname(hint.from), wanted);
    const name = path.basename(wanted).toLowerCase();
    const found = own.find(file => file === wanted) ?? own.find(file => file === near) ?? [...own, ...library].find(file => path.basename(file).toLowerCase() === name);
    if (found !== undefined) return { file: found, why };
  }
  return undefined;
}

function matching(part: string, files: readonly string[], where: string): ChosenSvd | undefined {
  const rated = files.map(file => ({ file, score: svdMatchScore(part, file) })).filter(({ score }) => score > 0).sort((left, right) => right.score - left.score);
  return rated[0] === undefined ? undefined : { file: rated[0].file, why: `describes ${part}, ${where}` };
}

/** The only file of the workspace, unless its name plainly is another chip's than the detected one. */
function onlyOne(detected: DetectedDevice, own: readonly string[]): ChosenSvd | undefined {
  const [file] = own;
  if (file === undefined || own.length > 1) return undefined;
  const named = findParts(path.basename(file).replace(/\.(svd|atdf)$/i, ''));
  if (detected.device !== undefined && named.length > 0) return undefined;
  return { file, why: 'the only SVD file in the workspace', isGuess: true };
}
