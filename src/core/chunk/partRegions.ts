import type { Language, PartFact, SourceFacts } from '../parse/facts.ts';
import type { ChunkKind } from './chunk.ts';
import { holdsCondition } from './conditions.ts';
import { fitsOneChunk } from './cut.ts';
import type { Region } from './regions.ts';

/** Regions of a build, configuration or hardware description file: its nodes, symbols, sections and blocks, outer before inner. */
export function partRegions(lines: readonly string[], { language, parts = [] }: SourceFacts): Region[] {
  const regions = parts.filter(hasLines).map(part => regionOf(part, language)).sort((one, other) => one.startLine - other.startLine || other.endLine - one.endLine);
  const whole = regions.filter(region => staysWhole(lines, region, language));
  return regions.filter(region => !whole.some(outer => outer !== region && outer.startLine <= region.startLine && region.endLine <= outer.endLine && outer.endLine - outer.startLine > region.endLine - region.startLine));
}

function hasLines({ kind }: PartFact): boolean {
  return !/^(setting|region|symbol|label|variable)$/.test(kind);
}

function regionOf({ kind, name, startLine, endLine, title }: PartFact, language: Language): Region {
  const chunkKind = kind === 'function' ? 'function' : kind === 'class' ? 'type' : kinds[language] ?? 'text';
  const region = { kind: chunkKind, startLine, endLine, ...(name !== '' && { symbol: name }) };
  if (title === undefined || title === '') return region;
  // A build script's blocks begin with what their title says.
  return language === 'cmake' || language === 'make' ? { ...region, header: title, heading: title } : { ...region, title };
}

const kinds: Readonly<Partial<Record<Language, ChunkKind>>> = { linker: 'linker', devicetree: 'node', binding: 'node', kconfig: 'config', config: 'config', ioc: 'config', cmake: 'build', make: 'build', asm: 'macros' };

/** Below this a node is read with the nodes in it. */
const wholeNodeCharacters = 900;

/** What fits in one passage is one, with all that is in it. */
function staysWhole(lines: readonly string[], { symbol, startLine, endLine }: Region, language: Language): boolean {
  const own = lines.slice(startLine - 1, endLine);
  if (language !== 'devicetree') return fitsOneChunk(own);
  // What stands in it under a condition is a passage of its own, which says so.
  return symbol !== '/' && !holdsCondition(own) && own.reduce((size, line) => size + line.length + 1, 0) <= wholeNodeCharacters;
}
