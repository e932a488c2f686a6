import type { SourceFacts } from '../parse/facts.ts';
import { splitLines } from '../text/lines.ts';
import type { Problem } from '../text/problem.ts';
import type { Chunk } from './chunk.ts';
import { cutLongLines, cutSegment, type Segment } from './cut.ts';
import { headerSegment } from './fileHeader.ts';
import { markdownSegments } from './markdown.ts';
import { regionsOf } from './regions.ts';
import { segmentsOf } from './segments.ts';

/** Chunks of one document, in line order, and what had to be cut. */
export interface ChunkedDocument {
  readonly chunks: readonly Chunk[];
  readonly problems: readonly Problem[];
}

/**
 * A document cut along its own structure: functions with their comment, types with their members, groups of macros
 * and of variables, the vector table, a file header (includes and symbols), sections under their heading path,
 * and blocks for the rest. Every line that says something is in at least one chunk.
 */
export function chunkDocument(file: string, text: string, facts: SourceFacts): ChunkedDocument {
  const { lines, cuts } = cutLongLines(splitLines(text));
  const chunks = segmentsFor(file, lines, facts).flatMap(segment => cutSegment(file, segment));
  const problems = cuts.map(({ line, characters }) => ({ file, line, message: `line cut in the index: ${characters} more characters` }));
  return { chunks: withoutRepeats(chunks), problems };
}

function segmentsFor(file: string, lines: readonly string[], facts: SourceFacts): readonly Segment[] {
  if (facts.language === 'markdown') return markdownSegments(lines);
  const header = headerSegment(file, lines, facts);
  const body = segmentsOf(lines, regionsOf(lines, facts));
  return header === undefined ? body : [header, ...body];
}

/** Equal passages of one file (generated tables) are one chunk, at its first place. */
function withoutRepeats(chunks: readonly Chunk[]): Chunk[] {
  const seen = new Set<string>();
  return chunks.filter(({ id }) => {
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}
