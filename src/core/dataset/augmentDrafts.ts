import type { Device } from '../device/device.ts';
import { oneOf, shuffled } from '../eval/seededSample.ts';
import { noFacts } from '../graph/factSource.ts';
import type { LanguageModel } from '../model/languageModel.ts';
import { changeWords, wordChanges } from './changeWords.ts';
import { chipFamily } from './chipFamily.ts';
import { looseQuestion } from './cleanDrafts.ts';
import type { ChipFile, CollectOptions, DatasetSource } from './datasetSource.ts';
import { droppedOf } from './droppedOf.ts';
import type { Draft } from './example.ts';
import { answerOf, contradictionsIn, factKeyOf, factsAsked, type CheckGround } from './factCheck.ts';
import { isAskedByNames } from './sameNames.ts';
import { unstated } from './licence.ts';
import { teachDraft } from './teach.ts';

export interface AugmentOptions {
  /** Writes further wordings; absent: rules alone. */
  readonly teacher?: LanguageModel | undefined;
}

/** Share of the examples that words are changed of. */
const changedShare = 0.25;
/** Questions of other chips that each chip is asked. */
const mostTransfers = 40;
/** Examples that the teacher is given. */
const mostTaught = 200;

/** Makes more of what was collected: other words for the same question, and the same question asked of another chip. All of it is checked as answers are. */
export async function* augmentDrafts(drafts: readonly Draft[], source: Pick<DatasetSource, 'chips' | 'device' | 'facts' | 'rest'>, collecting: CollectOptions, { teacher }: AugmentOptions = {}): AsyncGenerator<Draft> {
  const { random } = collecting;
  const askable = drafts.filter(({ source: from }) => from !== 'commit' && from !== 'build');
  const chosen = new Set(shuffled(askable, random).slice(0, Math.round(drafts.length * changedShare)));
  const taught = new Set(teacher === undefined ? [] : shuffled(askable, random).slice(0, mostTaught));
  const chipFiles = new Set(source.chips.map(({ file }) => file));
  // One description at a time is in memory.
  for (const chip of [undefined, ...source.chips]) {
    if (collecting.signal?.aborted === true) return;
    const { device, licence } = chip === undefined ? { device: source.device, licence: undefined } : await chip.open();
    const own = drafts.filter(({ provenance: { files: [file = ''] } }) => (chip === undefined ? !chipFiles.has(file) : file === chip.file));
    const ground: CheckGround | undefined = device === undefined ? undefined : { device, facts: chip === undefined ? source.facts : noFacts };
    for (const draft of own) {
      if (chosen.has(draft)) yield* checked([reworded(draft, random)], draft, ground, collecting);
      if (taught.has(draft) && teacher !== undefined) yield* checked(await teachDraft(draft, teacher, { random, signal: collecting.signal }), draft, ground, collecting);
      await source.rest();
    }
    if (chip !== undefined && device !== undefined) yield* transferred(drafts, { chip, device, licence: licence ?? unstated }, collecting);
  }
}

function reworded(draft: Draft, random: () => number): Draft | undefined {
  const change = oneOf(wordChanges, random) ?? 'synonyms';
  const question = changeWords(draft.question, change, random);
  return question === undefined ? undefined : { ...draft, question, augmentation: change };
}

/** What asks for another fact than before, or says what the chip denies, is dropped and counted. */
async function* checked(made: readonly (Draft | undefined)[], original: Draft, ground: CheckGround | undefined, { drop }: CollectOptions): AsyncGenerator<Draft> {
  for (const draft of made) {
    if (draft === undefined) continue;
    const reason = await failure(draft, original, ground);
    if (reason === undefined) yield draft;
    else drop(droppedOf(draft, `augmented (${draft.augmentation ?? ''}): ${reason}`));
  }
}

async function failure(draft: Draft, original: Draft, ground: CheckGround | undefined): Promise<string | undefined> {
  if (looseQuestion(draft.question) === looseQuestion(original.question) && draft.answer === original.answer) return 'changes nothing';
  if (!isAskedByNames(original.question, draft.question)) return 'names other things';
  if (ground === undefined) return undefined;
  if (original.factKey !== undefined) {
    const key = factKeyOf(await factsAsked(draft.question, ground), ground.device);
    if (key !== original.factKey) return 'asks for another fact';
  }
  return (await contradictionsIn(draft.question, draft.answer, ground)).length > 0 ? 'the check contradicts it' : undefined;
}

interface OpenChip {
  readonly chip: ChipFile;
  readonly device: Device;
  readonly licence: string;
}

/** Questions that were asked of other chips, answered by this one's facts: another value, or that it has no such thing. */
async function* transferred(drafts: readonly Draft[], { chip, device, licence }: OpenChip, { random, drop }: CollectOptions): AsyncGenerator<Draft> {
  const ground: CheckGround = { device, facts: noFacts };
  const foreign = shuffled(drafts.filter(({ source, provenance, factKey }) => source === 'register' && factKey !== undefined && provenance.files[0] !== chip.file && provenance.chip !== device.name), random).slice(0, mostTransfers);
  let inVain = 0;
  for (const { question } of foreign) {
    const known = await factsAsked(question, ground);
    const factKey = factKeyOf(known, device);
    const reason = known === undefined || factKey === undefined ? 'the other chip gives no answer'
      // Most names of one maker mean nothing at another's: some refusals are enough.
      : known.isAbstention && inVain >= mostTransfers / 10 ? 'enough questions in vain' : (await contradictionsIn(question, answerOf(known), ground)).length > 0 ? 'the check contradicts it' : undefined;
    if (reason !== undefined || known === undefined || factKey === undefined) {
      drop({ source: 'register', reason: `augmented (other chip): ${reason ?? ''}`, question, file: chip.file });
      continue;
    }
    if (known.isAbstention) inVain += 1;
    yield { source: known.isAbstention ? 'trick' : 'register', question, answer: answerOf(known), factKey, augmentation: 'other chip', provenance: { files: [chip.file], chip: device.name, family: chipFamily(device), licence } };
  }
}
