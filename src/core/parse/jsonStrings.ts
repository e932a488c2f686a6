import { lineAt, lineStarts } from '../text/lines.ts';

/** A string member of a JSON text. */
export interface JsonString {
  readonly key: string;
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

/** Every `"key": "value"` of a JSON text at any depth; comments are passed over, and broken JSON is read as far as it goes. */
export function findJsonStrings(text: string): JsonString[] {
  const starts = lineStarts(text);
  const found: JsonString[] = [];
  for (const match of text.matchAll(/\/\/[^\n]*|\/\*[\s\S]*?\*\/|"((?:[^"\\\n]|\\.)*)"(?:\s*:\s*"((?:[^"\\\n]|\\.)*)")?/g)) {
    const [, key, value] = match;
    if (key !== undefined && value !== undefined) found.push({ key: unescaped(key), value: unescaped(value), line: lineAt(starts, match.index) });
  }
  return found;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, letter: string) => letter);
}
