import type { FunctionFact } from '../parse/facts.ts';

/** A definition that gives way to any other of its name. */
export function isWeak({ attributes }: FunctionFact): boolean {
  return attributes.some(attribute => /^_*weak_*$|^alias\b/i.test(attribute));
}
