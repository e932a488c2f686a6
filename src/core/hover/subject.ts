import type { CardOptions } from '../card/deviceCards.ts';
import type { Device } from '../device/device.ts';
import type { Graph } from '../graph/graph.ts';
import { resolveAccess, type ResolvedAccess } from '../graph/resolveAccess.ts';
import type { HeaderJoin } from '../header/headerJoin.ts';
import type { CExpression } from '../parse/cExpression.ts';
import type { CParser } from '../parse/cParser.ts';
import type { AccessFact, SourceFacts } from '../parse/facts.ts';

/** What the cursor stands on, and all that a card may be drawn from. */
export interface Subject {
  readonly cursor: CExpression;
  readonly device: Device;
  readonly graph: Graph;
  /** Facts of the open file. */
  readonly facts: SourceFacts;
  readonly card: CardOptions;
  readonly parser: CParser;
  /** The open file's path. */
  readonly file: string;
  /** The device header joined to the device; absent: none, or not open yet. */
  readonly header?: HeaderJoin;
}

/** The registers that an access of the open file may touch. */
export async function resolve({ device, graph, facts }: Subject, access: AccessFact): Promise<ResolvedAccess> {
  return resolveAccess(access, { device, graph, facts });
}

/** A name or chain at the cursor as an access that only looks: for places that the parser leaves as text, or where nothing is accessed. */
export function lookedAt({ cursor }: Subject, base: string, members: readonly string[]): AccessFact {
  return {
    line: cursor.line, column: cursor.column, kind: 'read', base, members, expression: cursor.text,
    ...(cursor.function !== undefined && { function: cursor.function.name }),
  };
}
