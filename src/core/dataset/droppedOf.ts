import type { Draft, Dropped } from './example.ts';

/** A draft that is left out, told by its question and first file. */
export function droppedOf({ source, question, provenance: { files: [file] } }: Draft, reason: string): Dropped {
  return { source, reason, question, ...(file !== undefined && { file }) };
}
