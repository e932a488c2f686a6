import type { Chunk } from '../chunk/chunk.ts';
import type { Definition } from '../graph/factSource.ts';
import { definedNames, holdsHandlers, mentionedNames } from '../graph/names.ts';
import type { SourceFacts } from '../parse/facts.ts';
import type { Problem } from '../text/problem.ts';
import type { ParsedContent } from './catalog.ts';
import { chunkWords, type ChunkWords } from './chunkWords.ts';

/**
 * A content in the form in which it is stored: all that is worked out from it, so that a transaction only writes. Made
 * where the file was parsed, which may be another thread.
 */
export interface PreparedContent {
  readonly form: 'prepared';
  readonly facts: Uint8Array;
  readonly chunks: readonly PreparedChunk[];
  readonly definitions: readonly Omit<Definition, 'file'>[];
  readonly mentions: readonly string[];
  readonly accesses: number;
  readonly holdsHandlers: boolean;
  /** How many problems there are; `problems` holds the first of them. */
  readonly problemCount: number;
  readonly problems: readonly Omit<Problem, 'file'>[];
  /** As in `ParsedContent`. */
  readonly brokeDown?: true;
}

/** A chunk without its file, which the store knows, and with the words it is found by. */
export interface PreparedChunk extends Omit<Chunk, 'file' | 'heading'> {
  readonly words: ChunkWords;
}

/** Most problems kept of one content; the rest is counted. */
const keptProblems = 50;

/** Works out what is stored of a content; `pack` makes bytes of its facts. */
export function prepareContent({ facts, chunks, problems, brokeDown }: ParsedContent, pack: (facts: SourceFacts) => Uint8Array): PreparedContent {
  return {
    form: 'prepared', facts: pack(facts), chunks: chunks.map(prepareChunk), definitions: definedNames(facts), mentions: [...mentionedNames(facts)],
    accesses: facts.accesses.length, holdsHandlers: holdsHandlers(facts), problemCount: problems.length, problems: firstProblems(problems), ...(brokeDown === true && { brokeDown }),
  };
}

function prepareChunk(chunk: Chunk): PreparedChunk {
  const { id, startLine, endLine, kind, symbol, text } = chunk;
  return { id, startLine, endLine, kind, text, words: chunkWords(chunk), ...(symbol !== undefined && { symbol }) };
}

function firstProblems(problems: readonly Problem[]): Omit<Problem, 'file'>[] {
  const kept: Omit<Problem, 'file'>[] = problems.slice(0, keptProblems).map(({ line, message }) => line === undefined ? { message } : { line, message });
  return problems.length > keptProblems ? [...kept, { message: `and ${problems.length - keptProblems} more problems of this file` }] : kept;
}
