import { listed } from '../text/listed.ts';
import type { RegisterAccesses } from './findAccesses.ts';

/** What is said where no access was found: that none was seen, and what was not followed. */
export function noUseSeen(name: string, report: Pick<RegisterAccesses, 'unresolved'>): string {
  return `No use of ${name} seen in the indexed files. ${notFollowedText(report)}`;
}

/** Why a use may not have been seen. */
export function notFollowedText(report: Pick<RegisterAccesses, 'unresolved'>): string {
  return [...unresolvedText(report), 'Not followed: addresses that are worked out only when the program runs, transfers by DMA, assembly, and code that is not indexed.'].join(' ');
}

/** The places that name such a register and could not be joined to the chip; nothing where there are none. */
export function unresolvedText({ unresolved }: Pick<RegisterAccesses, 'unresolved'>): string[] {
  if (unresolved === undefined) return [];
  const places = unresolved.first.slice(0, mostPlaces).map(({ file, line, expression }) => `${file}:${line} ${expression}`);
  const more = unresolved.count - places.length;
  const one = unresolved.count === 1;
  return [`${unresolved.count} ${one ? 'place names' : 'places name'} such a register through something that could not be joined to the chip and may mean it: ${more > 0 ? `${places.join(', ')} and ${more} more` : listed(places)}.`];
}

const mostPlaces = 5;
