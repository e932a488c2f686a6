import type { Device } from '../device/device.ts';
import type { FeedbackRecord } from '../feedback/feedbackRecord.ts';
import type { FactSource } from '../graph/factSource.ts';
import type { IsrDossier } from '../isr/dossier.ts';
import type { LintFinding } from '../lint/finding.ts';
import type { Catalog } from '../store/catalog.ts';
import type { Problem } from '../text/problem.ts';
import type { Dropped, ExampleSource } from './example.ts';

/** Everything that examples are collected from: one workspace, and descriptions of chips beside it. */
export interface DatasetSource extends DatasetMaterial {
  readonly catalog: Pick<Catalog, 'files' | 'facts'>;
  /** The descriptions that register facts are taken from, the workspace's own among them. */
  readonly chips: readonly ChipFile[];
  /** The workspace's chip and code, which answers about both are held against. */
  readonly device: Device | undefined;
  readonly facts: FactSource;
  readonly handlers: () => Promise<readonly IsrDossier[]>;
  readonly findings: (signal?: AbortSignal) => Promise<readonly LintFinding[]>;
  /** Undefined when the file is not there, is no text or is too large. */
  readonly text: (file: string) => Promise<string | undefined>;
  /** Lets others have their turn. */
  readonly rest: () => Promise<void>;
}

/** What is read for a dataset besides the index: plain data. */
export interface DatasetMaterial {
  /** Of the version history, the latest first. */
  readonly commits: readonly CommitRecord[];
  /** What builds have printed. */
  readonly buildLogs: readonly NamedText[];
  readonly feedback: readonly FeedbackRecord[];
}

export interface NamedText {
  readonly file: string;
  readonly text: string;
}

/** One commit with its change as a unified diff. */
export interface CommitRecord {
  readonly hash: string;
  readonly subject: string;
  readonly body: string;
  readonly files: readonly string[];
  /** Cut where it was too long; then `isCut`. */
  readonly diff: string;
  readonly isCut?: true;
}

export interface ChipFile {
  readonly file: string;
  /** Reads the description, when its turn comes: not all fit in memory together. */
  readonly open: () => Promise<{ readonly device?: Device; readonly licence?: string; readonly problems?: readonly Problem[] }>;
}

/** What collectors are told. */
export interface CollectOptions {
  /** The most examples of each source; one that is not named has its default: see `mostOf`. */
  readonly most: Readonly<Partial<Record<ExampleSource, number>>>;
  readonly random: () => number;
  /** The licence of a workspace file: its own words, else those of the nearest licence file above it. */
  readonly licenceOf: (file: string) => Promise<string>;
  /** Told of what was looked at and gave no example. */
  readonly drop: (dropped: Dropped) => void;
  /** Told of what keeps examples from being made at all. */
  readonly tell?: ((problem: Problem) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The most examples of one source, unless said otherwise: no source is to drown the others. */
const defaultMost = 1000;
/** A model that hears too often that something does not exist says so of what does. */
const defaultTricks = 250;

export function mostOf({ most }: Pick<CollectOptions, 'most'>, source: ExampleSource): number {
  return most[source] ?? (source === 'trick' ? defaultTricks : defaultMost);
}
