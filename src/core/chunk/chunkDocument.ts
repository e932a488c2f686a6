import type { SourceFacts } from '../parse/facts.ts';
import { parseSvd } from '../parse/svd.ts';
import { splitLines } from '../text/lines.ts';
import type { Chunk, ChunkedDocument } from './chunk.ts';
import { cutLongLines, cutSegment } from './cut.ts';
import { cutDocument } from './cutters.ts';
import { registerChunks } from './registerChunks.ts';

/**
 * A document cut along its own structure, each language in its way (`cutters.ts`), with blocks for the rest. Every line
 * that says something is in at least one chunk, but for map files, of which a summary is kept; an SVD file gives one
 * chunk per register.
 */
export function chunkDocument(file: string, text: string, facts: SourceFacts): ChunkedDocument {
  if (facts.language === 'svd') return svdChunks(file, text);
  const { lines, cuts } = cutLongLines(splitLines(text));
  const { segments, note } = cutDocument({ file, lines, facts });
  const chunks = segments.flatMap(segment => cutSegment(file, segment));
  const problems = [...note === undefined ? [] : [{ file, message: note }], ...cuts.map(({ line, characters }) => ({ file, line, message: `line cut in the index: ${characters} more characters` }))];
  return { chunks: withoutRepeats(chunks), problems };
}

function svdChunks(file: string, text: string): ChunkedDocument {
  const { device, problems } = parseSvd(text, file);
  if (device === undefined) return { chunks: [], problems };
  const cards = registerChunks(device, { file });
  return { chunks: cards.chunks, problems: [...problems, ...cards.problems] };
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
