// What the tests of collectors read: the files of a fixture, parsed for real.
import type { CollectOptions, DatasetSource } from '../../../src/core/dataset/datasetSource.ts';
import type { Draft, Dropped } from '../../../src/core/dataset/example.ts';
import { seededRandom } from '../../../src/core/eval/seededSample.ts';
import type { FileRecord } from '../../../src/core/store/catalog.ts';
import { factsOf } from '../graph/factsOf.ts';
import { memoryFactSource } from '../graph/memoryFactSource.ts';

/** Catalog, facts and texts of files given by name; what is no source is known by its name alone. */
export async function workspaceOf(texts: Readonly<Record<string, string>>): Promise<Pick<DatasetSource, 'catalog' | 'text' | 'facts' | 'rest'>> {
  const facts = await factsOf(Object.fromEntries(Object.entries(texts).filter(([file]) => /\.[chsS]$/.test(file))));
  const records = new Map(Object.keys(texts).map((file): [string, FileRecord] => [file, { file, sizeBytes: 1, modifiedMs: 1, contentKey: file, priority: 0 }]));
  return { catalog: { files: async () => records, facts: async file => facts.get(file) }, text: async file => texts[file], facts: memoryFactSource(facts), rest: async () => undefined };
}

/** All that a collector makes, and what it leaves out. */
export async function collected(collect: (options: CollectOptions) => AsyncIterable<Draft>, most: CollectOptions['most'] = {}): Promise<{ readonly drafts: readonly Draft[]; readonly dropped: readonly Dropped[] }> {
  const dropped: Dropped[] = [];
  const drafts = await Array.fromAsync(collect({ most, random: seededRandom(1), licenceOf: async () => 'MIT', drop: drop => { dropped.push(drop); } }));
  return { drafts, dropped };
}
