import type { Device } from '../device/device.ts';
import type { FactSource } from '../graph/factSource.ts';
import type { AnswerCase } from './answerCase.ts';
import { trickKind } from './answerCase.ts';
import { codeAnswerCases } from './codeAnswerCases.ts';
import { registerFactCases } from './registerFactCases.ts';
import { seededRandom } from './seededSample.ts';
import { trickCases } from './trickCases.ts';

/** How many questions are asked in all, unless said otherwise. */
const defaultAnswerCases = 300;

/** Questions of every kind in turn, no two alike, until there are `limit`; fewer where chip and sources give no more. */
export async function makeAnswerSuite(facts: FactSource, device: Device | undefined, { limit = defaultAnswerCases, seed = 1 }: { readonly limit?: number; readonly seed?: number } = {}): Promise<AnswerCase[]> {
  const random = seededRandom(seed);
  const kinds = [...device === undefined ? [] : [...registerFactCases(device, random), [trickKind, trickCases(device, random)] as const], ...await codeAnswerCases(facts, device, random)];
  const streams = new Map(kinds);
  const suite = new Map<string, AnswerCase>();
  while (suite.size < limit && streams.size > 0) {
    for (const [kind, stream] of streams) {
      const next = stream.next();
      if (next.done === true) streams.delete(kind);
      else if (suite.size < limit) suite.set(next.value.question, next.value);
    }
  }
  return [...suite.values()];
}
