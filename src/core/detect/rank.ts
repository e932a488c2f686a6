import type { Clue, DeviceCandidate, DeviceSource } from './evidence.ts';
import { comparedName, isFamily, isMoreExact } from './partNames.ts';

/** A clue with the file it was found in. */
export interface FiledClue extends Clue {
  readonly file: string;
}

/** Candidates from all clues: names of one chip joined under the most exact one, best first. */
export function rankCandidates(clues: readonly FiledClue[]): DeviceCandidate[] {
  const named = clues.filter(({ part }) => part !== undefined);
  const names = [...new Set(named.map(({ part }) => part ?? ''))].sort((left, right) => right.length - left.length);
  const leaders = names.filter((name, index) => !names.slice(0, index).some(longer => isMoreExact(longer, name)));
  const appearance = new Map(named.toReversed().map(({ part }, position) => [part, -position]));
  // A project for several chips builds the one it names first by default.
  const firstNamed = (name: string) => Math.min(...[...appearance].filter(([part]) => part !== undefined && isMoreExact(name, part)).map(([, position]) => position));
  return leaders.map(name => ({ ...candidate(name, named), position: firstNamed(name) }))
    .sort((left, right) => right.score - left.score || left.position - right.position)
    .map(({ name, score, sources, folder }) => ({ name, score, sources, ...(folder !== undefined && { folder }) }));
}

/** The candidate that the workspace is for: none while the evidence is next to nothing, or weak and for several chips alike. */
export function clearWinner([best, second, ...others]: readonly DeviceCandidate[]): DeviceCandidate | undefined {
  if (best === undefined || best.score < leastScore) return undefined;
  // A library for many chips has a test or a template for some of them.
  if (best.score < doubtfulScore && others.length >= 3) return undefined;
  return best.score < safeScore && second !== undefined && second.score >= best.score ? undefined : best;
}

/** One device header of an SDK, or a file deep in a library, scores less. */
const leastScore = 15;

/** What a file deep in a library scores, or a file name alone. */
const doubtfulScore = 30;

/** What a project file scores that names the chip itself. */
const safeScore = 50;

/** A clue's weight where it stands: files deep down, and above all vendored ones, say less about this firmware. */
export function placedWeight({ file, weight }: FiledClue): number {
  const depth = file.split('/').length - 1;
  const isVendored = /(^|\/)(vendor|third[-_ ]?party|externals?|lib|libs|libraries|deps|modules|drivers|examples?|samples?|templates?|tests?|boards|cmsis|sdk|node_modules|\.pio|components)\//i.test(file);
  return Math.max(1, (weight ?? 0) - 3 * Math.min(depth, 6) - (isVendored ? 30 : 0));
}

/** The score is the strongest clue's weight, with a little for every kind of file that agrees. */
function candidate(name: string, clues: readonly FiledClue[]): DeviceCandidate {
  const own = clues.filter(({ part }) => part !== undefined && isMoreExact(name, part)).sort((left, right) => placedWeight(right) - placedWeight(left));
  const files = new Map<string, number>();
  for (const clue of own) files.set(clue.file, Math.max(files.get(clue.file) ?? 0, placedWeight(clue)));
  const [best = 0, ...others] = [...files.values()].sort((left, right) => right - left);
  const agreement = Math.min(20, others.reduce((sum, weight) => sum + weight / 10, 0));
  const score = (best + agreement) * (isFamily(name) ? 0.4 : 1);
  const folder = commonFolder(own.filter(clue => (clue.weight ?? 0) >= 40).map(({ file }) => file));
  return { name, score: Math.round(score), sources: uniqueSources(own), ...(folder !== '' && { folder }) };
}

/** The folder below which all the files lie; empty for the workspace's root. */
function commonFolder([first, ...others]: readonly string[]): string {
  let folder = first === undefined || first.startsWith('/') ? '' : first.slice(0, Math.max(0, first.lastIndexOf('/')));
  while (folder !== '' && !others.every(file => file.startsWith(`${folder}/`))) folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
  // The editor's and the board's own folders are the project's around them.
  return folder.replace(/(^|\/)(\.vscode|\.cargo|boards|build|nbproject|src|ld|linker)(\/.*)?$/i, '');
}

/** Places listed for one candidate. */
const mostSources = 20;

function uniqueSources(clues: readonly FiledClue[]): DeviceSource[] {
  const seen = new Set<string>();
  return clues.filter(({ file, line, evidence }) => {
    const key = `${file}:${line ?? ''}:${comparedName(evidence)}`;
    return !seen.has(key) && seen.add(key);
  }).slice(0, mostSources).map(({ file, line, evidence }) => ({ file, ...(line !== undefined && { line }), evidence }));
}
