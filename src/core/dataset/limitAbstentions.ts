import { annotate } from './annotate.ts';
import { droppedOf } from './droppedOf.ts';
import type { Dropped, ReviewedDraft } from './example.ts';

/** A model that hears too often that something does not exist says so of what does. */
const defaultAbstentions = 0.12;

export interface AbstentionOptions {
  /** The largest share of answers that say there is no such thing; of 1 nothing is left out. Default 0.12. */
  readonly share?: number | undefined;
  readonly drop: (dropped: Dropped) => void;
}

/**
 * Leaves out answers to questions in vain that are more than their share. What a person looked at, or a user wrote, stays; of
 * the others the ids decide, which mix chips and words and are the same from build to build.
 */
export function limitAbstentions<D extends ReviewedDraft>(drafts: readonly D[], { share = defaultAbstentions, drop }: AbstentionOptions): D[] {
  const vain = drafts.filter(draft => annotate(draft).answerKind === 'abstention');
  const most = share >= 1 ? vain.length : Math.round((drafts.length - vain.length) * share / (1 - share));
  const isKept = ({ reviewed, source }: D): boolean => reviewed !== undefined || source === 'feedback' || source === 'faq';
  const ranked = vain.toSorted((a, b) => Number(isKept(b)) - Number(isKept(a)) || (a.id < b.id ? -1 : 1));
  const surplus = new Set(ranked.slice(most).filter(draft => !isKept(draft)));
  for (const draft of surplus) drop(droppedOf(draft, 'more answers that there is no such thing than their share'));
  return drafts.filter(draft => !surplus.has(draft));
}
