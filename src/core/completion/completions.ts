import { withOpenFile } from '../hover/openFile.ts';
import type { HoverParts } from '../hover/hover.ts';
import { createGraph, type Graph } from '../graph/graph.ts';
import { splitLines } from '../text/lines.ts';
import type { Device } from '../device/device.ts';
import type { SourceFacts } from '../parse/facts.ts';
import { macroCompletions } from './macroCompletions.ts';
import { memberCompletions } from './memberCompletions.ts';

/** A place in the editor's text. Line and column are 1-based. */
export interface CompletionPlace {
  readonly file: string;
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** A name that may be written at a place. */
export interface Completion {
  readonly label: string;
  readonly kind: 'register' | 'cluster' | 'field' | 'macro';
  /** Beside the label: address and access. */
  readonly detail: string;
  /** The chip's words about it. */
  readonly description?: string;
  /** Register or field that it means, for the card. */
  readonly path?: string;
}

export interface CompletionList {
  readonly items: readonly Completion[];
  /** There are more than are listed: ask again when more is typed. */
  readonly isIncomplete: boolean;
}

/** What the two kinds of completion share. */
export interface CompletionSubject {
  readonly device: Device;
  readonly graph: Graph;
  readonly facts: SourceFacts;
  readonly line: number;
}

/** Registers after `USART2->` and `uart->`, register and field macros after `RCC_…`; nothing in comments and strings, and nothing where no hardware is named. */
export async function completionsAt(place: CompletionPlace, parts: HoverParts): Promise<CompletionList> {
  const { device } = parts;
  const before = (splitLines(place.text)[place.line - 1] ?? '').slice(0, place.column - 1);
  if (device === undefined || isInText(before)) return nothing;
  const chain = /([A-Za-z_]\w*(?:\[[^\][]*\])?(?:\s*(?:->|\.)\s*[A-Za-z_]\w*(?:\[[^\][]*\])?)*)\s*(?:->|\.)\s*(\w*)$/.exec(before);
  const macro = chain === null ? /(?:^|[^\w.>])([A-Z][A-Z0-9]*_\w*)$/.exec(before)?.[1] : undefined;
  if (chain === null && macro === undefined) return nothing;
  const facts = parts.parser.factsOf(place.text, place.file);
  if (facts === undefined) return nothing;
  const subject: CompletionSubject = { device, facts, line: place.line, graph: createGraph(withOpenFile(parts.facts, place, facts), device.name) };
  return macro === undefined ? memberCompletions(subject, chain?.[1] ?? '') : macroCompletions(subject, macro);
}

const nothing: CompletionList = { items: [], isIncomplete: false };

/** In a comment or a string that the line opens. */
function isInText(before: string): boolean {
  return /\/\/|\/\*(?!.*\*\/)|^\s*\*\s/.test(before) || (before.replace(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1;
}
