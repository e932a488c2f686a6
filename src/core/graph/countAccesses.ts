import type { Device } from '../device/device.ts';
import { hex } from '../device/numbers.ts';
import type { SourceFacts } from '../parse/facts.ts';
import { registerReads } from './bareReads.ts';
import type { Graph } from './graph.ts';
import { resolveAccess, type ResolvedAccess } from './resolveAccess.ts';

/** How often each register is touched, by address as `0x40004400`. */
export type AccessCounts = ReadonlyMap<string, number>;

/** What accesses are joined to, and what lets others work meanwhile. */
export interface CountContext {
  readonly device: Device;
  readonly graph: Graph;
  readonly rest: () => Promise<void>;
}

/** The register accesses of one file; `rest` comes between any two. An access by a pointer that may reach any instance counts for each of them. */
export async function countAccesses(facts: SourceFacts, { device, graph, rest }: CountContext): Promise<AccessCounts> {
  const counts = new Map<string, number>();
  const count = ({ places }: ResolvedAccess): void => {
    for (const address of new Set(places.map(place => hex(place.address, 8)))) counts.set(address, (counts.get(address) ?? 0) + 1);
  };
  for (const access of facts.accesses) {
    await rest();
    count(await resolveAccess(access, { device, graph, facts }));
  }
  for (const { resolved } of await registerReads({ device, graph, facts })) {
    await rest();
    count(resolved);
  }
  return counts;
}
