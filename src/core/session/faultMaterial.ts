import type { QuestionMaterial } from '../answer/ask.ts';
import { registersAt } from '../device/addressIndex.ts';
import type { FaultRequest } from '../engine.ts';
import { peripheralClock } from '../manual/clockGates.ts';
import type { EvidenceCandidate } from '../prompt/buildPrompt.ts';
import type { Problem } from '../text/problem.ts';
import { codeEvidence } from './codeEvidence.ts';
import { functionAround } from './codeToExplain.ts';
import { readFault } from './faultAnswer.ts';
import { openSource } from './openSource.ts';
import type { TaskGround } from './taskMaterial.ts';

/** For a fault: the map that names its functions, their code, and the clock of the peripheral whose access failed. */
export async function faultMaterial(request: FaultRequest, ground: TaskGround): Promise<QuestionMaterial> {
  const { report, map, problems } = await readFault(request, ground.parts.host, ground.device);
  const names = [...new Set(report?.values.flatMap(value => value.function?.replace(/\+.*$/, '') ?? []))];
  const code = await Promise.all(names.map(async name => codeOf(name, ground)));
  return {
    first: [], then: [...clockOfAccess(report?.values ?? [], ground), ...code.flatMap(({ candidates }) => candidates)],
    problems: [...problems, ...code.flatMap(found => found.problems)], map, isComplete: true,
  };
}

async function codeOf(name: string, ground: TaskGround): Promise<{ readonly candidates: readonly EvidenceCandidate[]; readonly problems: readonly Problem[] }> {
  const definition = (await ground.facts.definitions(name)).find(({ kind }) => kind === 'function');
  if (definition === undefined) return { candidates: [], problems: [] };
  const { file, line } = definition;
  const source = await openSource(file, undefined, ground.parts);
  if ('problem' in source) return { candidates: [], problems: [source.problem] };
  const found = functionAround(source.facts, line);
  return { candidates: found === undefined ? [] : codeEvidence(file, source.text, { first: found.startLine, last: found.endLine, name: found.name }), problems: [] };
}

/** A peripheral without its clock answers with a bus fault. */
function clockOfAccess(values: readonly { readonly name: string; readonly value: string }[], { device, source }: TaskGround): EvidenceCandidate[] {
  const address = values.find(({ name }) => name === 'BFAR')?.value;
  const place = device === undefined || address === undefined ? undefined : registersAt(device, BigInt(address))[0];
  const clock = device === undefined || place === undefined ? undefined : peripheralClock(device, place.peripheral);
  return place === undefined || clock === undefined ? [] : [{ kind: 'device', title: `Facts: clock of ${place.peripheral.name} (${source})`, text: clock.text, path: place.path }];
}
