import { registerPromptText } from '../card/promptText.ts';
import type { Device } from '../device/device.ts';
import { findRegisters } from '../device/findRegisters.ts';
import type { AnswerFacts } from '../answer/deviceFacts.ts';
import { trickKind, type AnswerCase } from '../eval/answerCase.ts';
import { judgeAnswer } from '../eval/judgeAnswer.ts';
import { registerFactCases } from '../eval/registerFactCases.ts';
import { trickCases } from '../eval/trickCases.ts';
import { noFacts } from '../graph/factSource.ts';
import { chipFamily } from './chipFamily.ts';
import { mostOf, type ChipFile, type CollectOptions, type DatasetSource } from './datasetSource.ts';
import type { Draft, ExampleSource } from './example.ts';
import { answerOf, contradictionsIn, factKeyOf, factsAsked, type CheckGround } from './factCheck.ts';
import { isInOneLanguage } from './normaliseText.ts';
import { unstated } from './licence.ts';
import { wrongAnswer } from './wrongAnswer.ts';

/** Questions in vain that are tried for one example wanted. */
const triesPerExample = 4;

/** Facts of registers and interrupts of every chip, and questions for what it does not have. */
export async function* collectRegisterFacts({ chips, rest }: Pick<DatasetSource, 'chips' | 'rest'>, options: CollectOptions): AsyncGenerator<Draft> {
  for (const chip of chips) {
    if (options.signal?.aborted === true) return;
    const { device, licence, problems = [] } = await chip.open();
    for (const problem of problems) options.tell?.(problem);
    if (device === undefined) continue;
    const share = (source: ExampleSource): number => Math.max(1, Math.floor(mostOf(options, source) / chips.length));
    const ground: ChipGround = { chip, licence: licence ?? unstated, device, ground: { device, facts: noFacts } };
    const streams = registerFactCases(device, options.random);
    const tricks = trickCases(device, options.random);
    for await (const draft of inTurn(streams, share('register'), ground, options)) {
      yield draft;
      await rest();
    }
    for await (const draft of inTurn(new Map([[trickKind, tricks]]), share('trick'), ground, options)) yield draft;
  }
}

interface ChipGround {
  readonly chip: ChipFile;
  readonly licence: string;
  readonly device: Device;
  readonly ground: CheckGround;
}

/** One of every kind in turn, until there are enough. */
async function* inTurn(streams: Map<string, Iterator<AnswerCase>>, most: number, chip: ChipGround, options: CollectOptions): AsyncGenerator<Draft> {
  let [made, tried] = [0, 0];
  while (streams.size > 0 && made < most && tried < most * triesPerExample) {
    for (const [kind, stream] of streams) {
      const next = stream.next();
      tried += 1;
      if (next.done === true) streams.delete(kind);
      else if (made < most) {
        const draft = await draftOf(next.value, chip, options);
        if (draft === undefined) continue;
        made += 1;
        yield draft;
      }
    }
  }
}

async function draftOf(asked: AnswerCase, { chip, device, licence, ground }: ChipGround, { drop, random }: CollectOptions): Promise<Draft | undefined> {
  const source = asked.kind === trickKind ? 'trick' : 'register';
  const known = await factsAsked(asked.question, ground);
  const answer = known === undefined ? '' : answerOf(known);
  const reason = await leftOut(asked, known, answer, ground);
  if (known === undefined || reason !== undefined) {
    drop({ source, reason: reason ?? 'no facts', question: asked.question, file: chip.file });
    return undefined;
  }
  const path = known.facts[0]?.path;
  const place = path === undefined ? undefined : findRegisters(device, path)[0]?.place;
  // Half are asked with the register's card at hand, as retrieval gives it; half must be known.
  const context = place !== undefined && random() < 0.5 ? registerPromptText(place, { device: device.name, mostCharacters: 900 }) : undefined;
  const rejected = await wrongAnswer(asked, answer, ground, random);
  const factKey = factKeyOf(known, device);
  return {
    source, question: asked.question, answer, ...(context !== undefined && { context }), ...(rejected !== undefined && { rejected }), ...(factKey !== undefined && { factKey }),
    provenance: { files: [chip.file], chip: device.name, family: chipFamily(device), licence },
  };
}

async function leftOut(asked: AnswerCase, known: AnswerFacts | undefined, answer: string, ground: CheckGround): Promise<string | undefined> {
  // The question's maker and the facts look the same thing up by two ways: where they differ, neither is taught.
  if (known === undefined || judgeAnswer(answer, asked) !== 'right') return 'the facts do not give the expected answer';
  if ((await contradictionsIn(asked.question, answer, ground)).length > 0) return 'the check contradicts the facts';
  // Five hundred buffers that differ in their number teach how to count.
  if (/\[(?:1[6-9]|[2-9]\d|\d{3,})\]|[A-Z_]\d{3,}[HL]?\b/.test(known.facts[0]?.path ?? asked.question)) return 'far element of an array';
  return isInOneLanguage({ question: asked.question, answer }) ? undefined : 'answered in another language';
}
