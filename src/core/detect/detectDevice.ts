import type { Host } from '../host.ts';
import type { Problem } from '../text/problem.ts';
import { coreOfPart } from './cores.ts';
import type { DeviceCandidate, DeviceSource, SvdHint } from './evidence.ts';
import { nameClues, namedSystems } from './nameClues.ts';
import { clearWinner, rankCandidates } from './rank.ts';
import { readClues, type FindBoardFile } from './readClues.ts';

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
 * `findBoardFile` knows where an installed PlatformIO describes a board.
 */
export async function detectDevice(host: Host, files: readonly string[], chosen?: string, findBoardFile?: FindBoardFile): Promise<DetectedDevice> {
  const { clues: read, problems } = await readClues(host, files, findBoardFile);
  const clues = [...read, ...nameClues(files)];
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
