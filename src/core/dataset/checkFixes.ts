import type { Problem } from '../text/problem.ts';
import type { ChipFile, DatasetSource } from './datasetSource.ts';
import { droppedOf } from './droppedOf.ts';
import type { Draft, Dropped, ReviewedDraft } from './example.ts';
import { contradictionsIn, type CheckGround } from './factCheck.ts';
import { noFacts } from '../graph/factSource.ts';
import { redactPersonalData } from './personalData.ts';
import { findSecrets } from './secrets.ts';

export interface FixOptions {
  readonly source: Pick<DatasetSource, 'chips' | 'device' | 'facts'>;
  readonly drop: (dropped: Dropped) => void;
  /** Told of what a person should look at again. */
  readonly tell: (problem: Problem) => void;
}

/** What people wrote in a review goes through the filters that everything else went through: they paste keys, and err. */
export async function checkFixes<D extends Draft & Pick<ReviewedDraft, 'reviewed'>>(drafts: readonly D[], { source, drop, tell }: FixOptions): Promise<D[]> {
  const left = new Set<D>();
  const fixed = drafts.filter(({ reviewed }) => reviewed === 'fixed');
  for (const [file, own] of Map.groupBy(fixed, ({ provenance: { files: [first = ''] } }) => first)) {
    // One description at a time is in memory.
    const ground = await groundOf(source.chips.find(chip => chip.file === file), source);
    for (const draft of own) {
      const { reason, shown } = await failure(draft, ground);
      if (reason === undefined) continue;
      left.add(draft);
      drop(droppedOf({ ...draft, question: shown }, reason));
      tell({ file, message: `A corrected answer (${shown.slice(0, 80)}) was left out: ${reason}. Correct it again in the review.` });
    }
  }
  return drafts.filter(draft => !left.has(draft)).map(draft => (draft.reviewed === 'fixed' ? { ...draft, question: redactPersonalData(draft.question).text, answer: redactPersonalData(draft.answer).text } : draft));
}

async function groundOf(chip: ChipFile | undefined, { device, facts }: FixOptions['source']): Promise<CheckGround | undefined> {
  const described = chip === undefined ? device : (await chip.open()).device;
  return described === undefined ? undefined : { device: described, facts: chip === undefined ? facts : noFacts };
}

async function failure({ question, answer }: Draft, ground: CheckGround | undefined): Promise<{ readonly reason?: string; readonly shown: string }> {
  const [secret] = [question, answer].flatMap(text => findSecrets(text));
  if (secret !== undefined) return { reason: `secret: ${secret.rule}`, shown: '(not shown)' };
  const [wrong] = ground === undefined ? [] : await contradictionsIn(question, answer, ground);
  return wrong === undefined ? { shown: question } : { reason: 'the chip\'s description denies the correction', shown: question };
}
