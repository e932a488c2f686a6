import type { SvdProblemLog } from './svdProblems.ts';

/**
 * How many nodes may be made of one file. Arrays and derivedFrom let a file of a few kilobytes stand for billions;
 * real files need about as many as they hold elements.
 */
export interface SvdBudget {
  /** Takes `count` nodes from what is left; false when that is not enough, which is reported. */
  spend(count: number, line: number): boolean;
}

const evenForSmallFiles = 1_000_000;
const forEachElement = 4;

/** A budget for a file of so many elements. */
export function createSvdBudget(elements: number, problems: SvdProblemLog): SvdBudget {
  const most = evenForSmallFiles + forEachElement * elements;
  let left = most;
  return {
    spend(count, line) {
      left -= count;
      if (left >= 0) return true;
      // What does not fit costs nothing, so that smaller things after it may.
      left += count;
      problems.add('elements beyond the limit', line, `By arrays and derivedFrom the file stands for more than ${most} elements; what would exceed that is left out, first here.`);
      return false;
    },
  };
}
