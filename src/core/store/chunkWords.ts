import type { Chunk, ChunkKind } from '../chunk/chunk.ts';
import { wordText } from '../text/words.ts';

/** The words a chunk is found by, divided by spaces: those of each sort count differently. */
export interface ChunkWords {
  readonly symbol: string;
  readonly heading: string;
  readonly comment: string;
  readonly body: string;
}

/** Sorts the words of a chunk. A section's symbol is the path of its headings. */
export function chunkWords({ kind, symbol = '', heading = '', text }: Pick<Chunk, 'kind' | 'symbol' | 'heading' | 'text'>): ChunkWords {
  const isSection = kind === 'section';
  const { comment, body } = commentsApart(kind, text);
  return { symbol: isSection ? '' : wordText(symbol), heading: wordText(heading === '' && isSection ? symbol : heading), comment: wordText(comment), body: wordText(body) };
}

const slashComments = /\/\*[^]*?(?:\*\/|$)|\/\/[^\n]*/g;
const hashComments = /^[ \t]*#(?! *CONFIG_)[^\n]*/gm;
const marks: Readonly<Partial<Record<ChunkKind, RegExp>>> = {
  function: slashComments, type: slashComments, macros: slashComments, variables: slashComments, vectors: slashComments, node: slashComments, linker: slashComments, text: slashComments,
  config: hashComments, build: hashComments,
};

function commentsApart(kind: ChunkKind, text: string): { readonly comment: string; readonly body: string } {
  const pattern = marks[kind];
  if (pattern === undefined) return { comment: '', body: text };
  const comments: string[] = [];
  const body = text.replace(pattern, found => {
    comments.push(found);
    return ' ';
  });
  return { comment: comments.join('\n'), body };
}
