import { listed } from '../text/listed.ts';
import type { CountedPlaces, RegisterAccesses } from './findAccesses.ts';

type Unseen = Pick<RegisterAccesses, 'unresolved' | 'wholeWrites'>;

/** What is said where no access was found: that none was seen, and what was not followed. */
export function noUseSeen(name: string, report: Unseen): string {
  return `No use of ${name} seen in the indexed files. ${notFollowedText(report)}`;
}

/** Why a use may not have been seen. */
export function notFollowedText(report: Unseen): string {
  return [...unresolvedText(report), 'Not followed: addresses that are worked out only when the program runs, transfers by DMA, assembly, and code that is not indexed.'].join(' ');
}

/** The places that may mean it, too: a register of that name that could not be joined to the chip, and writes that name no field; nothing where there are none. */
export function unresolvedText({ unresolved, wholeWrites }: Unseen): string[] {
  return [
    ...(wholeWrites === undefined ? [] : [`${wholeWrites.count} ${wholeWrites.count === 1 ? 'place writes' : 'places write'} all of its register, or a value that is not known there, and may change it: ${placesOf(wholeWrites)}.`]),
    ...(unresolved === undefined ? [] : [`${unresolved.count} ${unresolved.count === 1 ? 'place names' : 'places name'} such a register through something that could not be joined to the chip and may mean it: ${placesOf(unresolved)}.`]),
  ];
}

function placesOf({ first, count }: CountedPlaces): string {
  const places = first.slice(0, mostPlaces).map(({ file, line, expression }) => `${file}:${line} ${expression}`);
  return count > places.length ? `${places.join(', ')} and ${count - places.length} more` : listed(places);
}

const mostPlaces = 5;
