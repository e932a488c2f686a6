import type { Host } from '../host.ts';
import { decodeText } from '../text/decodeText.ts';
import type { Problem } from '../text/problem.ts';
import { clueReaders, type ClueReader } from './clueReaders.ts';
import { coreOfPart } from './cores.ts';
import type { DeviceCandidate, DeviceSource, SvdHint } from './evidence.ts';
import { nameClues, namedSystems } from './nameClues.ts';
import { clearWinner, rankCandidates, type FiledClue } from './rank.ts';

/** What a workspace's files say about the chip they are for. */
export interface DetectedDevice {
  /** The best candidate, or what the user chose. */
  readonly device?: string;
  readonly core?: string;
  /** Evidence for `device`. */
  readonly sources: readonly DeviceSource[];
  /** Best first. */
  readonly candidates: readonly DeviceCandidate[];
  readonly buildSystem?: string;
  readonly rtos?: string;
  readonly svdHints: readonly SvdHint[];
  readonly problems: readonly Problem[];
}

/**
 * Finds out which chip the workspace is for, from its project files and the names of the others. `files` is the
 * workspace's listing; `chosen` is the user's part number and wins. Only a few project files are read, each within bounds.
 */
export async function detectDevice(host: Host, files: readonly string[], chosen?: string): Promise<DetectedDevice> {
  const problems: Problem[] = [];
  const clues = [...await readClues(host, files, problems), ...nameClues(files)];
  const byUser = chosen?.trim() ?? '';
  const ranked = rankCandidates(clues);
  const candidates = byUser === '' ? ranked : [{ name: byUser, score: 1000, sources: [{ file: '', evidence: 'chosen by the user' }] }, ...ranked.filter(({ name }) => name !== byUser)];
  const best = clearWinner(candidates);
  const core = (best === undefined ? undefined : coreOfPart(best.name)) ?? clues.find(clue => clue.core !== undefined)?.core;
  const named = namedSystems(files);
  const rtos = clues.find(clue => clue.rtos !== undefined)?.rtos ?? named.rtos;
  return {
    ...(best !== undefined && { device: best.name }), ...(core !== undefined && { core }),
    sources: best?.sources ?? [], candidates: candidates.slice(0, mostCandidates),
    ...(named.buildSystem !== undefined && { buildSystem: named.buildSystem }), ...(rtos !== undefined && { rtos }),
    svdHints: clues.flatMap(({ svd, line, file }) => svd === undefined ? [] : [{ file: svd, ...(line !== undefined && { line }), from: file }]),
    problems,
  };
}

/** An SDK names hundreds of chips; nobody chooses among more than these. */
const mostCandidates = 12;

/** Files larger than this are not opened at all. */
const mostBytes = 64 * 1024 * 1024;

/** Characters of a file that are looked at: project files name the chip early, and compile databases repeat it. */
const mostCharacters = 2 * 1024 * 1024;

async function readClues(host: Host, files: readonly string[], problems: Problem[]): Promise<FiledClue[]> {
  const clues: FiledClue[] = [];
  for (const reader of clueReaders) {
    const matching = files.filter(file => reader.files.test(file)).sort((left, right) => left.split('/').length - right.split('/').length || (left < right ? -1 : 1));
    for (const file of matching.slice(0, reader.most)) clues.push(...await readFile(host, file, { reader, problems }));
  }
  return clues;
}

async function readFile(host: Host, file: string, { reader, problems }: { readonly reader: ClueReader; readonly problems: Problem[] }): Promise<FiledClue[]> {
  try {
    const stamp = await host.stat(file);
    if (stamp !== undefined && stamp.sizeBytes > mostBytes) {
      problems.push({ file, message: `${file} was not searched for the chip: ${Math.round(stamp.sizeBytes / 1024 / 1024)} MB is more than is read of a project file.` });
      return [];
    }
    const bytes = await host.read(file);
    if (bytes === undefined) return [];
    const decoded = decodeText(bytes);
    if (decoded.binary) {
      problems.push({ file, message: `${file} was not searched for the chip: it is not a text file (${decoded.reason}).` });
      return [];
    }
    return reader.read(decoded.text.slice(0, mostCharacters)).map(clue => ({ ...clue, file }));
  } catch (error) {
    problems.push({ file, message: error instanceof Error ? error.message : String(error) });
    return [];
  }
}
