import { registerEvidence } from '../answer/hardwareEvidence.ts';
import type { Device, RegisterPlace } from '../device/device.ts';
import type { FactSource } from '../graph/factSource.ts';
import { createGraph } from '../graph/graph.ts';
import { overlayFacts } from '../graph/overlayFacts.ts';
import { resolveAccess } from '../graph/resolveAccess.ts';
import type { EvidenceCandidate } from '../prompt/buildPrompt.ts';
import type { OpenSource } from './openSource.ts';

/** Lines of an open file. */
export interface TouchingLines {
  readonly file: string;
  readonly source: OpenSource;
  readonly line: number;
  readonly endLine: number;
}

const mostRegisters = 6;
const mostAccesses = 400;

/** Cards of the registers that lines touch, each with only the fields that they touch. */
export async function touchedRegisters({ file, source, line, endLine }: TouchingLines, ground: { readonly facts: FactSource; readonly device?: Device | undefined; readonly source: string }): Promise<EvidenceCandidate[]> {
  const { device } = ground;
  if (device === undefined) return [];
  const graph = createGraph(overlayFacts(ground.facts, file, source.facts), device.name);
  const touched = new Map<string, { readonly place: RegisterPlace; readonly fields: Set<string> }>();
  for (const access of source.facts.accesses.filter(each => each.line >= line && each.line <= endLine).slice(0, mostAccesses)) {
    const { places: [place], fields, how } = await resolveAccess(access, { device, graph, facts: source.facts });
    if (place === undefined || how === 'none') continue;
    const entry = touched.get(place.path) ?? { place, fields: new Set<string>() };
    for (const field of fields) entry.fields.add(field);
    touched.set(place.path, entry);
  }
  return [...touched.values()].slice(0, mostRegisters).map(({ place, fields }) => registerEvidence(place, device, ground.source, [...fields]));
}
