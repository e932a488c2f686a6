import type { Language, SourceFacts } from '../parse/facts.ts';
import { asmConditionLines } from './asmConditions.ts';
import { holdsCondition, readConditions } from './conditions.ts';
import { fitsOneChunk, type Segment } from './cut.ts';
import { headerSegment } from './fileHeader.ts';
import { asciidocHeadings, markdownHeadings, rstHeadings, type Heading } from './headings.ts';
import { mapSegments } from './mapSegments.ts';
import { partRegions } from './partRegions.ts';
import { regionsOf } from './regions.ts';
import { sectionSegments } from './sections.ts';
import { cNoise, scriptNoise, segmentsOf } from './segments.ts';

/** A document about to be cut. */
export interface CutDocument {
  readonly file: string;
  readonly lines: readonly string[];
  readonly facts: SourceFacts;
}

/** Its pieces in line order, and what was left out, in a sentence. */
export interface CutResult {
  readonly segments: readonly Segment[];
  readonly note?: string;
}

/**
 * Cuts a document the way of its language. A new kind of document (a manual turned into text, say) is one more language
 * in `parse/documentLanguage.ts` and one more line here.
 */
export function cutDocument(document: CutDocument): CutResult {
  return (cutters[document.facts.language] ?? cutSource)(document);
}

const cutters: Readonly<Partial<Record<Language, (document: CutDocument) => CutResult>>> = {
  markdown: bySections(markdownHeadings), rst: bySections(rstHeadings), asciidoc: bySections(asciidocHeadings),
  linker: cutParts, devicetree: cutParts, binding: cutParts, kconfig: cutParts, config: cutParts, ioc: cutParts,
  cmake: cutParts, make: cutParts, python: cutParts,
  map: ({ lines }) => mapSegments(lines),
  // Numbers for the handlers' dossiers, nothing to be found by words.
  stack: () => ({ segments: [] }),
};

/** C, assembly, and text of which nothing is known. */
function cutSource({ file, lines, facts }: CutDocument): CutResult {
  const header = headerSegment(file, lines, facts);
  const body = withConditions(facts.language === 'asm' ? asmConditionLines(lines) : lines, segmentsOf(lines, regionsOf(lines, facts)));
  return { segments: header === undefined ? body : [header, ...body] };
}

function cutParts({ file, lines, facts }: CutDocument): CutResult {
  // A file of one passage needs no list of what is in it.
  const isListed = facts.language !== 'config' && (!fitsOneChunk(lines) || facts.includes.length > 0);
  const header = !isListed ? undefined : headerSegment(file, lines, facts);
  const isPreprocessed = facts.language === 'devicetree' || facts.language === 'linker';
  const cut = segmentsOf(lines, partRegions(lines, facts), isPreprocessed ? cNoise : scriptNoise);
  const body = isPreprocessed ? withConditions(lines, cut) : cut;
  return { segments: header === undefined ? body : [header, ...body] };
}

/** What is compiled only under a condition says so. */
function withConditions(lines: readonly string[], segments: readonly Segment[]): readonly Segment[] {
  if (!holdsCondition(lines)) return segments;
  const conditions = readConditions(lines);
  return segments.map(segment => {
    const first = segment.startLine + Math.max(0, segment.lines.findIndex(line => line.trim() !== ''));
    const condition = conditions.around(first, segment.endLine ?? segment.startLine + Math.max(0, segment.lines.findLastIndex(line => line.trim() !== '')));
    return condition === undefined ? segment : { ...segment, condition };
  });
}

function bySections(headingsOf: (lines: readonly string[]) => readonly Heading[]): (document: CutDocument) => CutResult {
  return ({ lines }) => ({ segments: sectionSegments(lines, headingsOf(lines)) });
}
