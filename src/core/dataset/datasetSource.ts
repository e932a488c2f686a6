import type { Device } from '../device/device.ts';
import type { FactSource } from '../graph/factSource.ts';
import type { IsrDossier } from '../isr/dossier.ts';
import type { LintFinding } from '../lint/finding.ts';
import type { Catalog } from '../store/catalog.ts';
import type { Problem } from '../text/problem.ts';
import type { ExampleSource } from './example.ts';

/** Everything that examples are collected from: one workspace, and descriptions of chips beside it. */
export interface DatasetSource {
  readonly catalog: Catalog;
  readonly facts: FactSource;
  /** The workspace's chip. */
  readonly device: Device | undefined;
  /** The descriptions that register facts are taken from, the workspace's own among them. */
  readonly chips: readonly ChipFile[];
  /** Every file of the workspace, indexed or not. */
  readonly files: readonly string[];
  /** Undefined when the file is not there, is no text or is too large. */
  readonly text: (file: string) => Promise<string | undefined>;
  readonly dossiers: () => Promise<readonly IsrDossier[]>;
  readonly findings: () => Promise<readonly LintFinding[]>;
  /** What `git log` tells, or why it tells nothing. */
  readonly history: () => Promise<GitHistory>;
  /** Lets others have their turn. */
  readonly rest: () => Promise<void>;
}

export interface ChipFile {
  readonly file: string;
  /** Reads the description; called more than once, as not all fit in memory together. */
  readonly open: () => Promise<{ readonly device?: Device; readonly licence?: string; readonly problems: readonly Problem[] }>;
}

/** The newest commits as `git log` writes them in the form that `gitLogFormat` asks for. */
export interface GitHistory {
  readonly log: string;
  readonly problems: readonly Problem[];
}

/** What collectors are told. */
export interface CollectOptions {
  /** The most examples of each source; a source that is not named has `defaultMost`. */
  readonly most: Readonly<Partial<Record<ExampleSource, number>>>;
  readonly random: () => number;
  /** The licence of a workspace file: its own words, else those of the nearest licence file above it. */
  readonly licenceOf: (file: string) => Promise<string>;
  /** Told of what was looked at and gave no example. */
  readonly drop: (dropped: { readonly source: ExampleSource; readonly reason: string; readonly question: string; readonly file?: string }) => void;
  readonly signal?: AbortSignal | undefined;
}

/** The most examples of one source, unless said otherwise: no source is to drown the others. */
export const defaultMost = 1000;

export function mostOf({ most }: Pick<CollectOptions, 'most'>, source: ExampleSource): number {
  return most[source] ?? defaultMost;
}
