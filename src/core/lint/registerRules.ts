import { wrongWidth } from './accessWidth.ts';
import type { LintHit } from './finding.ts';
import type { JoinedAccess, LintGround } from './joinedAccess.ts';
import { readOfWriteOnly, rmwOnFlags, writeToReadOnly } from './registerMisuse.ts';
import { sideEffectReads } from './sideEffectReads.ts';
import { foreignMask, reservedBitsSet, tooWideValue } from './writtenValues.ts';

/** What the rules about single register accesses find in a file. */
export async function registerHits(all: readonly JoinedAccess[], ground: LintGround, text: () => Promise<string | undefined>): Promise<LintHit[]> {
  const hits: LintHit[] = [];
  // A file that names no register of this chip, and has bare addresses, may be about another one.
  const isOurs = all.some(({ resolved: { how } }) => how === 'name');
  for (const one of all) {
    if (!isOurs && /^0x/i.test(one.access.base)) continue;
    for (const rule of [rmwOnFlags, writeToReadOnly, readOfWriteOnly, wrongWidth]) hits.push(...rule(one, ground).map(hit => (one.isOneOfSeveral === true ? { ...hit, certainty: 'possible' as const } : hit)));
    // Of several registers or values, none is known to be wrong.
    if (one.isOneOfSeveral === true) continue;
    const foreign = await foreignMask(one, ground);
    // A mask of another register sets reserved bits too: the cause is told once.
    hits.push(...foreign, ...(foreign.length > 0 ? [] : [...await tooWideValue(one, ground), ...reservedBitsSet(one, ground)]));
  }
  return [...hits, ...await sideEffectReads(all, ground, text)];
}
