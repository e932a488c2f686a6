import type { Problem } from '../text/problem.ts';

/** How many problems of one kind are listed before the rest is only counted. */
const listedPerKind = 10;

/** Collects the problems of one file; a kind that repeats is listed a few times and then counted. */
export interface SvdProblemLog {
  /** `kind` groups problems for counting, in words that read well after "more like this: ". */
  add(kind: string, line: number | undefined, message: string): void;
  /** The problems in the order met, the counts of unlisted ones last. */
  finish(): Problem[];
}

/** Starts an empty problem log for `file`. */
export function createSvdProblemLog(file: string): SvdProblemLog {
  const listed: Problem[] = [];
  const counts = new Map<string, number>();
  return {
    add(kind, line, message) {
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      if (count > listedPerKind) return;
      listed.push(line === undefined ? { file, message } : { file, line, message });
    },
    finish: () => [...listed, ...unlisted(file, counts)],
  };
}

/** Text from the file as it may stand in a message: short and on one line. */
export function quoted(text: string | undefined): string {
  if (text === undefined) return '(no name)';
  // A text may be as long as the file.
  const line = text.slice(0, 500).replace(/\s+/g, ' ');
  return `"${line.length > 60 || text.length > 500 ? `${line.slice(0, 60)}…` : line}"`;
}

function unlisted(file: string, counts: ReadonlyMap<string, number>): Problem[] {
  return [...counts].filter(([, count]) => count > listedPerKind)
    .map(([kind, count]) => ({ file, message: `${count - listedPerKind} more like this: ${kind}.` }));
}
