import type { PartFact, PartKind } from './facts.ts';

/** What only names a place: a setting, a symbol, a label. */
export function namedPlace(kind: PartKind, name: string, line: number): PartFact {
  return { kind, name, startLine: line, endLine: line, line };
}

/** In the file's order, outer parts before inner ones. */
export function inFileOrder(parts: readonly PartFact[]): PartFact[] {
  return parts.toSorted((one, other) => one.startLine - other.startLine || other.endLine - one.endLine);
}
