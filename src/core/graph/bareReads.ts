import { accessOfBareRead } from '../parse/cBareReads.ts';
import type { AccessFact, BareReadFact } from '../parse/facts.ts';
import { resolveAccess, type ResolveContext, type ResolvedAccess } from './resolveAccess.ts';

/** An access with what it means on the chip. */
export interface AccessOnChip {
  readonly access: AccessFact;
  readonly resolved: ResolvedAccess;
}

/** The names read in a file that are registers of the device: by their own name or a macro's for it, as a constant's value may be any address. */
export async function registerReads(context: ResolveContext, isWanted: (read: BareReadFact) => boolean = () => true): Promise<AccessOnChip[]> {
  const found: AccessOnChip[] = [];
  if (context.device === undefined) return found;
  for (const read of context.facts.bareReads ?? []) {
    if (!isWanted(read)) continue;
    const access = accessOfBareRead(read);
    const resolved = await resolveAccess(access, context);
    if (resolved.how === 'name') found.push({ access, resolved });
  }
  return found;
}
