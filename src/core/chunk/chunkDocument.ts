import type { SourceFacts } from '../parse/facts.ts';
import { parseSvd } from '../parse/svd.ts';
import { splitLines } from '../text/lines.ts';
import type { Chunk, ChunkedDocument } from './chunk.ts';
import { cutLongLines, cutSegment, type Segment } from './cut.ts';
import { headerSegment } from './fileHeader.ts';
import { markdownSegments } from './markdown.ts';
import { registerChunks } from './registerChunks.ts';
import { regionsOf } from './regions.ts';
import { segmentsOf } from './segments.ts';

/**
 * A document cut along its own structure: functions with their comment, types with their members, groups of macros
 * and of variables, the vector table, a file header (includes and symbols), sections under their heading path,
 * and blocks for the rest. Every line that says something is in at least one chunk; an SVD file gives one chunk per register.
 */
export function chunkDocument(file: string, text: string, facts: SourceFacts): ChunkedDocument {
  if (facts.language === 'svd') return svdChunks(file, text);
  const { lines, cuts } = cutLongLines(splitLines(text));
  const chunks = segmentsFor(file, lines, facts).flatMap(segment => cutSegment(file, segment));
  const problems = cuts.map(({ line, characters }) => ({ file, line, message: `line cut in the index: ${characters} more characters` }));
  return { chunks: withoutRepeats(chunks), problems };
}

function svdChunks(file: string, text: string): ChunkedDocument {
  const { device, problems } = parseSvd(text, file);
  if (device === undefined) return { chunks: [], problems };
  const cards = registerChunks(device, { file });
  return { chunks: cards.chunks, problems: [...problems, ...cards.problems] };
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
