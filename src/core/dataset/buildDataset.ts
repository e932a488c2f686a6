import { seededRandom } from '../eval/seededSample.ts';
import type { Problem } from '../text/problem.ts';
import { annotate } from './annotate.ts';
import { cleanDrafts } from './cleanDrafts.ts';
import { checkFixes } from './checkFixes.ts';
import { collectBuildErrors } from './collectBuildErrors.ts';
import { collectCode } from './collectCode.ts';
import { collectCommits } from './collectCommits.ts';
import { collectDocuments } from './collectDocuments.ts';
import { collectFeedback } from './collectFeedback.ts';
import { collectFindings } from './collectFindings.ts';
import { collectHandlers } from './collectHandlers.ts';
import { collectRegisterFacts } from './collectRegisterFacts.ts';
import { collectUses } from './collectUses.ts';
import type { CollectOptions, DatasetSource } from './datasetSource.ts';
import { createDropCounter, datasetStats, type DatasetStats, type DropCount } from './datasetStats.ts';
import type { Draft, Example, ExampleLabels, ExampleSource } from './example.ts';
import type { LicencePolicy } from './licence.ts';
import { limitAbstentions } from './limitAbstentions.ts';
import { applyVerdicts, type ReviewVerdict } from './review.ts';
import { splitDrafts } from './splitExamples.ts';

export interface BuildOptions {
  readonly seed: number;
  readonly policy: LicencePolicy;
  readonly most: Readonly<Partial<Record<ExampleSource, number>>>;
  readonly verdicts: ReadonlyMap<string, ReviewVerdict>;
  readonly excludedQuestions: readonly string[];
  readonly excludedFacts: ReadonlySet<string>;
  readonly licenceOf: CollectOptions['licenceOf'];
  /** Makes more of what was collected; absent: nothing is added. */
  readonly augment?: ((drafts: readonly Draft[], options: CollectOptions) => AsyncIterable<Draft>) | undefined;
  /** Labels one example; absent: by rules. */
  readonly label?: ((draft: Draft) => Promise<ExampleLabels>) | undefined;
  /** The largest share of answers that there is no such thing; default 0.12. */
  readonly abstentions?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export type BuildEvent =
  | { readonly type: 'progress'; readonly step: string; readonly made: number }
  | { readonly type: 'done'; readonly dataset: BuiltDataset };

export interface BuiltDataset {
  readonly examples: readonly Example[];
  readonly stats: DatasetStats;
  readonly dropped: readonly DropCount[];
  /** Personal data that was taken out, by kind. */
  readonly redacted: Readonly<Record<string, number>>;
  readonly problems: readonly Problem[];
}

/** Examples between two words on how far it is. */
const perProgress = 50;

/** Collects, cleans, makes more of, labels and splits; when cancelled it ends without a dataset. */
export async function* buildDataset(source: DatasetSource, options: BuildOptions): AsyncGenerator<BuildEvent, void> {
  const isStopped = (): boolean => options.signal?.aborted === true;
  const { drop, counts } = createDropCounter();
  const problems: Problem[] = [];
  const collecting: CollectOptions = { most: options.most, random: seededRandom(options.seed), licenceOf: options.licenceOf, drop, tell: problem => { problems.push(problem); }, signal: options.signal };
  const drafts: Draft[] = [];
  for (const [step, collect] of collectors) {
    for await (const draft of collect(source, collecting)) {
      drafts.push(draft);
      if (drafts.length % perProgress === 0) yield { type: 'progress', step, made: drafts.length };
    }
    if (isStopped()) return;
    yield { type: 'progress', step, made: drafts.length };
  }
  const collected = cleanDrafts(drafts, { ...options, drop });
  const extra: Draft[] = [];
  for await (const draft of options.augment?.(collected.drafts, collecting) ?? []) {
    extra.push(draft);
    if (extra.length % perProgress === 0) yield { type: 'progress', step: 'augmenting', made: extra.length };
  }
  if (isStopped()) return;
  // What was made of an example stands behind it: of two alike the original stays.
  const cleaned = extra.length === 0 ? collected : cleanDrafts([...collected.drafts, ...extra], { ...options, drop });
  const mended = await checkFixes(applyVerdicts(cleaned.drafts, options.verdicts, drop), { source, drop, tell: problem => { problems.push(problem); } });
  const reviewed = limitAbstentions(mended, { share: options.abstentions, drop });
  const split = splitDrafts(reviewed, { random: seededRandom(options.seed), drop });
  const examples: Example[] = [];
  for (const draft of split) {
    examples.push({ ...draft, labels: await options.label?.(draft) ?? annotate(draft) });
    if (examples.length % perProgress === 0) yield { type: 'progress', step: 'labelling', made: examples.length };
  }
  if (isStopped()) return;
  yield { type: 'done', dataset: { examples, stats: datasetStats(examples), dropped: counts(), redacted: collected.redacted, problems: [...problems, ...concerns(drafts, examples, counts())] } };
}

type Collect = (source: DatasetSource, options: CollectOptions) => AsyncIterable<Draft>;

/** What settles most comes first: of two alike the first stays. */
const collectors: readonly (readonly [string, Collect])[] = [
  ['feedback', collectFeedback], ['register facts', collectRegisterFacts], ['interrupt handlers', collectHandlers], ['findings', collectFindings], ['uses of registers', collectUses],
  ['build errors', collectBuildErrors], ['documents', collectDocuments], ['commits', collectCommits], ['code', collectCode],
];

/** Fewer teach nothing but themselves. */
const fewestExamples = 50;

/** What a person should know before training on it. */
function concerns(drafts: readonly Draft[], examples: readonly Example[], dropped: readonly DropCount[]): Problem[] {
  const say = (message: string): Problem => ({ file: '', message });
  const sum = (pattern: RegExp): number => dropped.filter(({ reason }) => pattern.test(reason)).reduce((total, { count }) => total + count, 0);
  const [licences, secrets] = [sum(/^licence/), sum(/^secret/)];
  const found: Problem[] = [];
  if (drafts.length === 0) found.push(say('Nothing was found to make examples of: index the workspace first (halcyon index), or name chips with --chip.'));
  else if (examples.length === 0 && licences > 0) found.push(say(`The licences of the sources keep all ${licences} examples out. Another policy may admit them (--licence own or any), but no policy admits what its owner forbids to train on.`));
  else if (examples.length < fewestExamples) found.push(say(`${examples.length === 1 ? 'One example is' : `${examples.length} examples are`} too few to train on: a model would learn them by heart. At least ${fewestExamples} are wanted, better a thousand; add chips (--chip), sources or feedback.`));
  if (secrets > 0) found.push(say(`${secrets} examples were left out, as they hold keys, tokens or passwords. Take them out of the sources: whoever has the sources has them.`));
  if (examples.length >= fewestExamples && !examples.some(({ split }) => split !== 'train')) found.push(say('Everything is for training: all examples share a chip family or files, so that none can be held back. Add a chip of another family (--chip) to measure on.'));
  return found;
}
