import type { Dropped, Example } from './example.ts';

/** How much of what there is. */
export interface DatasetStats {
  readonly examples: number;
  readonly sources: Counts;
  readonly splits: Counts;
  readonly questionTypes: Counts;
  readonly difficulties: Counts;
  readonly answerKinds: Counts;
  readonly licences: Counts;
  readonly families: Counts;
  readonly augmentations: Counts;
  /** Examples that have a worse answer beside the right one. */
  readonly preferencePairs: number;
  readonly reviewed: number;
}

export type Counts = Readonly<Record<string, number>>;

/** What was left out, by reason and source, with a few questions of each. */
export interface DropCount {
  readonly reason: string;
  readonly count: number;
  readonly sources: Counts;
  readonly samples: readonly string[];
}

export function datasetStats(examples: readonly Example[]): DatasetStats {
  return {
    examples: examples.length,
    sources: counted(examples.map(({ source }) => source)),
    splits: counted(examples.map(({ split }) => split)),
    questionTypes: counted(examples.map(({ labels }) => labels.questionType)),
    difficulties: counted(examples.map(({ labels }) => labels.difficulty)),
    answerKinds: counted(examples.map(({ labels }) => labels.answerKind)),
    licences: counted(examples.map(({ provenance }) => provenance.licence)),
    families: counted(examples.flatMap(({ provenance }) => provenance.family ?? [])),
    augmentations: counted(examples.flatMap(({ augmentation }) => augmentation ?? [])),
    preferencePairs: examples.filter(({ rejected, answer }) => rejected !== undefined && rejected !== answer).length,
    reviewed: examples.filter(({ reviewed }) => reviewed !== undefined).length,
  };
}

const mostSamples = 3;

/** Counts what is left out while it is left out: a large code base drops hundreds of thousands. */
export function createDropCounter(): { readonly drop: (dropped: Dropped) => void; readonly counts: () => DropCount[] } {
  const reasons = new Map<string, { count: number; sources: Map<string, number>; samples: string[] }>();
  return {
    drop: ({ reason, source, question, file }) => {
      const known = reasons.get(reason) ?? { count: 0, sources: new Map<string, number>(), samples: [] };
      reasons.set(reason, known);
      known.count += 1;
      known.sources.set(source, (known.sources.get(source) ?? 0) + 1);
      if (known.samples.length < mostSamples) known.samples.push(`${file === undefined || file === question ? '' : `${file}: `}${question.replace(/\s+/g, ' ').slice(0, 120)}`);
    },
    counts: () => [...reasons].map(([reason, { count, sources, samples }]) => ({ reason, count, sources: Object.fromEntries(sources), samples })).sort((a, b) => b.count - a.count),
  };
}

/** How often each name comes, the most frequent first. */
export function counted(names: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1)));
}
