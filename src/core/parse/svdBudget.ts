import type { SvdProblemLog } from './svdProblems.ts';

/**
 * What one file may cost, in work and not in time. No file known of a chip vendor meets any of these.
 */
export const svdLimits = {
  /** Characters of a file. */
  characters: 48_000_000,
  /** Bytes of a file before it is decoded: the same in UTF-16, which has two for each character. */
  bytes: 100_000_000,
  /** Elements that become nodes; the rest of the file is then left out. */
  elements: 600_000,
  /** Start tags and attributes, those that mean nothing included. */
  marks: 3_000_000,
  /** Attributes of one element. */
  attributes: 200,
  /** Elements open at once, those that mean nothing included. */
  openElements: 100_000,
  /** Characters of a document type declaration. */
  documentType: 100_000,
  /** Characters of one description or list of indices. */
  text: 20_000,
  /** Characters of any other text: names and numbers. */
  name: 1_000,
} as const;

/** What to do about a file that meets a limit. */
export const svdLimitRemedy = 'Fetch the chip vendor\'s own file anew, or take out of it what is not needed.';

/**
 * How many nodes a device may stand for. Arrays and derivedFrom let a file of a few kilobytes stand for billions;
 * real files need about as many as they hold elements.
 */
export interface SvdBudget {
  /** Takes `count` nodes from what is left; false when that is not enough, which is reported. */
  spend(count: number, line: number): boolean;
}

/** Nodes that a file with so many elements may stand for, lists shared by derivedFrom counted wherever they appear. */
export function mostNodes(elements: number): number {
  return 300_000 + elements;
}

/** A budget for a file of so many elements. */
export function createSvdBudget(elements: number, problems: SvdProblemLog): SvdBudget {
  const most = mostNodes(elements);
  let left = most;
  return {
    spend(count, line) {
      left -= count;
      if (left >= 0) return true;
      // What does not fit costs nothing, so that smaller things after it may.
      left += count;
      problems.add('elements beyond the limit', line, `By arrays and derivedFrom the file stands for more than ${most} elements; what would exceed that is left out, first here. ${svdLimitRemedy}`);
      return false;
    },
  };
}

/** How many characters of text weigh as much as a node: derivedFrom and arrays copy the texts, too. */
const charactersPerNode = 256;

/** Each name in a list of indices is told apart for every copy of it. */
const indexCharactersPerNode = 32;

/** What an element weighs in the budget, with its texts and what it holds beside other elements. */
export function elementWeight(element: {
  readonly name?: string | undefined; readonly description?: string | undefined; readonly dimIndex?: string | undefined;
  readonly dimArrayIndex?: { readonly values: readonly unknown[] } | undefined;
}): number {
  const characters = (element.name?.length ?? 0) + (element.description?.length ?? 0);
  return 1 + Math.floor(characters / charactersPerNode) + Math.floor((element.dimIndex?.length ?? 0) / indexCharactersPerNode) + (element.dimArrayIndex?.values.length ?? 0);
}

/** What a list of named values weighs. */
export function valuesWeight(values: readonly Parameters<typeof elementWeight>[0][]): number {
  let weight = 0;
  for (const value of values) weight += elementWeight(value);
  return weight;
}
