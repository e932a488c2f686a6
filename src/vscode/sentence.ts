import type { Problem } from '../core/index.ts';

/** The sentence of an error for people: never "[object Object]". */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A problem as one line: place, then sentence. */
export function problemLine({ file, line, message }: Problem): string {
  // Many a sentence names its file already.
  if (file === '' || message.includes(file)) return message;
  return `${file}${line === undefined ? '' : `:${line}`}: ${message}`;
}
