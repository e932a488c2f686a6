import type { Peripheral } from '../device/device.ts';
import { clockBits, peripheralClock } from '../manual/clockGates.ts';
import type { ClockEnables } from './clockEnables.ts';
import type { LintHit } from './finding.ts';
import type { JoinedAccess, LintGround } from './joinedAccess.ts';
import { at } from './registerMisuse.ts';

/** The first use of a peripheral whose clock nothing switches on, or that is used above the line that does. */
export async function usedWithoutClock(all: readonly JoinedAccess[], { file, device, graph }: LintGround, { openings }: ClockEnables): Promise<LintHit[]> {
  if (device === undefined) return [];
  const hits: LintHit[] = [];
  const seen = new Set<Peripheral>();
  const known = new Map<string, Promise<boolean>>();
  const reached = (name: string): Promise<boolean> => {
    const answer = known.get(name) ?? isReached(name, graph.source);
    known.set(name, answer);
    return answer;
  };
  const controllers = new Set(clockBits(device).map(({ place }) => place.peripheral));
  for (const { access, places: [{ peripheral }], resolved, isOneOfSeveral } of all) {
    if (resolved.how === 'type' || isOneOfSeveral === true || access.through !== undefined || access.function === undefined || seen.has(peripheral) || controllers.has(peripheral)) continue;
    const found = openings(peripheral);
    if (found === undefined) continue;
    const gate = peripheralClock(device, peripheral)?.bits.find(({ does }) => does === 'enable')?.path ?? 'its clock';
    if (found.length === 0) {
      if (!await reached(access.function)) continue;
      seen.add(peripheral);
      hits.push({ rule: 'clock-not-enabled', file, ...at(access), certainty: 'likely', message: `${peripheral.name} is used here, but nothing in this workspace sets ${gate}: without its clock the registers do not answer.` });
      continue;
    }
    const [only] = found;
    if (found.length > 1 || only === undefined || only.file !== file || only.function !== access.function || only.line <= access.line) continue;
    seen.add(peripheral);
    hits.push({ rule: 'clock-not-enabled', file, ...at(access), certainty: 'likely', message: `${peripheral.name} is used before ${gate} is set in line ${only.line}, which is the only place that sets it.`, related: [{ file, line: only.line, message: 'the clock is switched on here' }] });
  }
  return hits;
}

/** What nothing calls may belong to another build. */
async function isReached(name: string, source: LintGround['graph']['source']): Promise<boolean> {
  return name === 'main' || /_IRQHandler$/.test(name) || (await source.mentions(name)).length > 0;
}
