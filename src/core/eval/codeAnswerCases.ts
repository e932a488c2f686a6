import type { Device } from '../device/device.ts';
import type { FactSource } from '../graph/factSource.ts';
import { findAccesses } from '../graph/findAccesses.ts';
import { isrDossiers } from '../isr/isrDossiers.ts';
import { registerPlaces } from '../device/places.ts';
import type { AnswerCase } from './answerCase.ts';
import { oneOf, shuffled } from './seededSample.ts';

/** Handlers and registers of the sources that questions are made of. */
const mostAsked = 60;

/** Questions about the workspace's own code: what a handler clears, shares and writes, and where a register is set. */
export async function codeAnswerCases(facts: FactSource, device: Device | undefined, random: () => number): Promise<Map<string, Iterator<AnswerCase>>> {
  const { isrs } = await isrDossiers(facts, device, {});
  const handlers = shuffled(isrs, random).slice(0, mostAsked);
  const ask = (askings: readonly string[], name: string): string => (oneOf(askings, random) ?? '@').replace('@', () => name);
  const made = handlers.flatMap(({ name, flagsCleared, sharedVariables, registersWritten }): AnswerCase[] => {
    const flags = [...new Set(flagsCleared.map(({ flag }) => flag))];
    const shared = [...new Set(sharedVariables.map(variable => variable.name))];
    const written = [...new Set(registersWritten.filter(({ resolved }) => resolved).map(({ path }) => path))];
    return [
      ...flags.length === 0 || flags.length > 6 ? [] : [{ kind: 'handler clears', question: ask(['Which flags does @ clear?', '@ 清除哪些标志？'], name), expected: { type: 'names' as const, wanted: flags, others: [] } }],
      ...shared.length === 0 || shared.length > 6 ? [] : [{ kind: 'handler shares', question: ask(['Which variables does @ share with other code?', '@ 与其他代码共享哪些变量？'], name), expected: { type: 'names' as const, wanted: shared, others: [] } }],
      ...written.length === 0 || written.length > 6 ? [] : [{ kind: 'handler does', question: ask(['What does @ do, and which registers does it write?', '@ 做什么，写哪些寄存器？'], name), expected: { type: 'names' as const, wanted: written, others: [] } }],
    ];
  });
  const configured = device === undefined ? [] : await configuredCases({ facts, device, random }, path => ask(['Where is @ configured?', 'Which function writes @?', '@ 在哪里配置？'], path));
  return new Map(['handler clears', 'handler shares', 'handler does', 'configured'].map(kind => [kind, [...made, ...configured].filter(asked => asked.kind === kind).values()]));
}

/** Registers that the code is known to write, by looking at a sample of the chip's. */
async function configuredCases({ facts, device, random }: { readonly facts: FactSource; readonly device: Device; readonly random: () => number }, question: (path: string) => string): Promise<AnswerCase[]> {
  const cases: AnswerCase[] = [];
  const candidates = [];
  for (const place of registerPlaces(device)) {
    if (candidates.length >= 3000) break;
    if ((await facts.mentions(place.peripheral.name)).length > 0) candidates.push(place.path);
  }
  for (const path of shuffled(candidates, random).slice(0, 400)) {
    if (cases.length >= mostAsked) break;
    const { accesses } = await findAccesses(facts, device, path, { mostFiles: 100 });
    const places = accesses.filter(({ kind, how }) => kind !== 'read' && how !== 'type').flatMap(({ file, function: inside }) => [file, ...inside === undefined ? [] : [inside]]);
    if (places.length > 0) cases.push({ kind: 'configured', question: question(path), expected: { type: 'anyName', wanted: [...new Set(places)] } });
  }
  return cases;
}
