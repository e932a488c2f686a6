import type { Device } from '../device/device.ts';
import type { Catalog } from '../store/catalog.ts';
import type { Dropped, ExampleSource } from './example.ts';

/** Everything that examples are collected from: one workspace, and descriptions of chips beside it. */
export interface DatasetSource {
  readonly catalog: Pick<Catalog, 'files' | 'facts'>;
  /** The descriptions that register facts are taken from, the workspace's own among them. */
  readonly chips: readonly ChipFile[];
  /** Undefined when the file is not there, is no text or is too large. */
  readonly text: (file: string) => Promise<string | undefined>;
  /** Lets others have their turn. */
  readonly rest: () => Promise<void>;
}

export interface ChipFile {
  readonly file: string;
  /** Reads the description, when its turn comes: not all fit in memory together. */
  readonly open: () => Promise<{ readonly device?: Device; readonly licence?: string }>;
}

/** What collectors are told. */
export interface CollectOptions {
  /** The most examples of each source; a source that is not named has `defaultMost`. */
  readonly most: Readonly<Partial<Record<ExampleSource, number>>>;
  readonly random: () => number;
  /** The licence of a workspace file: its own words, else those of the nearest licence file above it. */
  readonly licenceOf: (file: string) => Promise<string>;
  /** Told of what was looked at and gave no example. */
  readonly drop: (dropped: Dropped) => void;
  readonly signal?: AbortSignal | undefined;
}

/** The most examples of one source, unless said otherwise: no source is to drown the others. */
const defaultMost = 1000;

export function mostOf({ most }: Pick<CollectOptions, 'most'>, source: ExampleSource): number {
  return most[source] ?? defaultMost;
}
