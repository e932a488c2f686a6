import type { Chunk } from '../chunk/chunk.ts';
import type { Device } from '../device/device.ts';
import type { SourceFacts } from '../parse/facts.ts';
import type { Catalog } from '../store/catalog.ts';
import type { RetrievalAnswer } from './retrievalCase.ts';
import { shuffled } from './seededSample.ts';

/** What questions are made from. */
export interface SuiteSource {
  readonly catalog: Catalog;
  readonly device: Device | undefined;
  /** Files of program text in an order of their own, not all of them in a large workspace. */
  readonly files: readonly SuiteFile[];
  /** How many questions of each kind are wanted. */
  readonly perKind: number;
  readonly random: () => number;
}

export interface SuiteFile {
  readonly file: string;
  readonly facts: SourceFacts;
}

/** Files whose facts are read: enough for some hundred questions of every kind. */
const mostFiles = 400;

/** A sample of the workspace's program files, the same for the same seed. */
export async function sampleFiles(catalog: Catalog, random: () => number): Promise<SuiteFile[]> {
  const known = [...await catalog.files()].filter(([file, { contentKey }]) => contentKey !== undefined && /\.(c|h|cc|cpp|cxx|hpp|hh|s|asm|inc|ino)$/i.test(file)).map(([file]) => file).sort();
  const sample: SuiteFile[] = [];
  for (const file of shuffled(known, random).slice(0, mostFiles)) {
    const facts = await catalog.facts(file);
    if (facts !== undefined) sample.push({ file, facts });
  }
  return sample;
}

/** The passages that hold a line, as answers: never the file's header, which lists every name of the file. */
export async function answersAt(catalog: Catalog, file: string, line: number): Promise<RetrievalAnswer[]> {
  const chunks = (await catalog.chunksAt(file, line)).filter(({ kind }) => kind !== 'header');
  return chunks.map(chunk => ({ id: chunk.id, label: placeOf(chunk) }));
}

/** Every passage that defines the name. */
export async function definitionAnswers(catalog: Catalog, name: string): Promise<RetrievalAnswer[]> {
  const answers: RetrievalAnswer[] = [];
  for (const { file, line } of (await catalog.definitions(name)).slice(0, mostDefinitions)) answers.push(...await answersAt(catalog, file, line));
  return answers;
}

/** A name defined more often than this is not worth asking for. */
export const mostDefinitions = 24;

/** `src/uart.c:12 uart_send`. */
export function placeOf({ file, startLine, symbol }: Chunk): string {
  return `${file}:${startLine}${symbol === undefined ? '' : ` ${symbol}`}`;
}
