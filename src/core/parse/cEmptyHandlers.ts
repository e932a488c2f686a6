import { lineAt, lineStarts } from '../text/lines.ts';
import type { FunctionFact } from './facts.ts';

/** AVR's handlers that do nothing: `EMPTY_INTERRUPT(WDT_vect)`, with a semicolon or without, is no C without its macro. */
export function emptyHandlers(text: string): FunctionFact[] {
  if (!text.includes('EMPTY_INTERRUPT')) return [];
  const lines = lineStarts(text);
  return [...text.matchAll(/^[ \t]*EMPTY_INTERRUPT[ \t]*\([ \t]*(\w+)[ \t]*\)/gm)].map(match => {
    const line = lineAt(lines, match.index);
    return { name: match[1] ?? '', startLine: line, endLine: line, docStartLine: line, signature: match[0].trim(), parameters: [], isStatic: false, attributes: ['ISR'], calls: [] };
  });
}
