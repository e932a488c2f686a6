import type { BuildEvent } from './buildDataset.ts';
import type { DatasetMaterial } from './datasetSource.ts';
import type { ExampleSource } from './example.ts';
import type { LicencePolicy } from './licence.ts';
import type { ReviewVerdict } from './review.ts';

/** What to make training data of besides the workspace, and how; plain data. */
export interface DatasetRequest extends Partial<DatasetMaterial> {
  /** Descriptions of chips beside the workspace's own. */
  readonly chips?: readonly string[];
  /** The same seed makes the same data; default 1. */
  readonly seed?: number;
  /** Default `own`: permissive, copyleft and what states no licence. */
  readonly policy?: LicencePolicy;
  /** The most examples of each source; default 1000, of questions in vain (`trick`) 250. */
  readonly most?: Readonly<Partial<Record<ExampleSource, number>>>;
  /** The largest share of answers that there is no such thing, 0 to 1; default 0.12. */
  readonly abstentions?: number;
  readonly verdicts?: readonly ReviewVerdict[];
  /** Questions of evaluation sets, which stay out. */
  readonly excludedQuestions?: readonly string[];
  /** Seeds of the automatic evaluation whose questions and facts stay out; default 1. */
  readonly evaluationSeeds?: readonly number[];
  /** Makes more examples of those that are collected; default true. */
  readonly augment?: boolean;
  /** The chat model writes further wordings; what it writes is checked. */
  readonly teach?: boolean;
  /** The chat model labels, where its labels are valid. */
  readonly annotateWithModel?: boolean;
}

export type DatasetEvent = BuildEvent;
