import type { SharedVariable } from './dossier.ts';
import { setsUp } from './setUpCode.ts';

/** Uses of a shared variable that an interrupt may come between: not guarded, not in other interrupts, and not in set-up code, which runs before the interrupt is on. */
export function mainUses({ elsewhere }: SharedVariable, isInterrupt: (use: SharedVariable['elsewhere'][number]) => boolean): SharedVariable['elsewhere'][number][] {
  return elsewhere.filter(use => use.isGuarded !== true && !isInterrupt(use) && !setsUp(use.function));
}
