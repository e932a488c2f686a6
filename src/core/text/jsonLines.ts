import { parsedJson } from './json.ts';

/** A line of a file that holds a JSON value a line, from 1. */
export interface JsonLine {
  readonly line: number;
  /** Undefined: the line is no JSON, as the last one of a writer that was killed. */
  readonly value: unknown;
}

/** The lines of such a file; empty ones are none. */
export function jsonLines(text: string): JsonLine[] {
  return text.split('\n').flatMap((line, index) => line.trim() === '' ? [] : [{ line: index + 1, value: parsedJson(line) }]);
}
