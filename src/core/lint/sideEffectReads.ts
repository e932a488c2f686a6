import type { RegisterPlace } from '../device/device.ts';
import { sideEffects, type SideEffect } from '../manual/sideEffects.ts';
import type { CallFact } from '../parse/facts.ts';
import type { LintHit } from './finding.ts';
import type { JoinedAccess, LintGround } from './joinedAccess.ts';
import { at } from './registerMisuse.ts';

/** Calls that builds for release leave out, or that only look. */
const looksOnly = /^(assert|assert_param|configASSERT|ASSERT|__ASSERT\w*|NDEBUG_\w+|v?f?s?n?printf|puts|LOG_\w+|DEBUG_?\w*|DBG\w*|TRACE\w*|NRF_LOG_\w+|ESP_LOG[EWIDV]|SEGGER_RTT_printf|Serial_printf|debug_?print\w*|log_\w+|trace_?printf)$/i;

/** Reads that change the chip, done only in order to look: in a print or assertion, or twice in one condition. */
export async function sideEffectReads(all: readonly JoinedAccess[], ground: LintGround, text: () => Promise<string | undefined>): Promise<LintHit[]> {
  const { device, facts, file } = ground;
  if (device === undefined) return [];
  const reads = all.flatMap(joined => {
    const effect = joined.access.kind === 'read' && joined.access.through === undefined && joined.resolved.how !== 'type' ? readEffect(joined.places[0], device.name) : undefined;
    return effect === undefined ? [] : [{ ...joined, effect }];
  });
  if (reads.length === 0) return [];
  const hits: LintHit[] = [];
  for (const read of reads) {
    const { access, effect, resolved } = read;
    const call = facts.functions.find(({ name }) => name === access.function)?.calls.find(candidate => isIn(candidate, read));
    if (call === undefined) continue;
    hits.push({ rule: 'side-effect-read', file, ...at(access), certainty: effect.certainty === 'inferred' ? 'possible' : 'likely', message: `${resolved.path} is read only to be shown by ${call.name}: ${effect.text} Read it once into a variable.` });
  }
  const pairs = twiceInLine(reads);
  if (pairs.length === 0) return hits;
  const lines = (await text())?.split('\n') ?? [];
  for (const [first, second] of pairs) {
    if (!sameCondition(lines[first.access.line - 1] ?? '', first.access.column, second.access.column)) continue;
    hits.push({ rule: 'side-effect-read', file, ...at(second.access), certainty: second.effect.certainty === 'inferred' ? 'possible' : 'likely', message: `${second.resolved.path} is read twice in this condition: ${second.effect.text} Read it once into a variable.` });
  }
  return hits;
}

type ReadWithEffect = JoinedAccess & { readonly effect: SideEffect };

/** What a read does besides; of a field's flag that goes with the read, the whole register's read does it. */
function readEffect(place: RegisterPlace, device: string): SideEffect | undefined {
  return sideEffects(place, { device }).find(({ readAction, isAside, text }) => readAction !== undefined && isAside !== true && !dependsOnMode.test(text));
}

/** What happens in one mode alone does not happen in the others, and the mode is not known here. */
const dependsOnMode = /^In \w+ mode\b/;

function isIn({ name, line, arguments: given }: CallFact, { access }: JoinedAccess): boolean {
  return looksOnly.test(name) && access.line >= line && access.line <= line + 6 && given.some(argument => argument.includes(access.expression));
}

function twiceInLine(reads: readonly ReadWithEffect[]): [ReadWithEffect, ReadWithEffect][] {
  const groups = Map.groupBy(reads, ({ access, resolved }) => `${access.line} ${resolved.path}`);
  return [...groups.values()].flatMap(([first, second]) => (first === undefined || second === undefined ? [] : [[first, second] as [ReadWithEffect, ReadWithEffect]]));
}

/** Both columns stand in the parentheses of one `if`, `while` or `?:` of the line. */
function sameCondition(line: string, first: number, second: number): boolean {
  const between = line.slice(first - 1, second - 1);
  return /\b(if|while|for)\s*\(/.test(line.slice(0, first - 1)) && !/[;{}]/.test(between) && /&&|\|\||\|/.test(between);
}
