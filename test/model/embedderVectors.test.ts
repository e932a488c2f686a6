// The converted embedder against a reference: the published F32 weights, run in double precision by a program of its own
// with the published tokenizer. It catches a wrong vocabulary, pooling or layer norm, which searching would only blur.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { LlamaEmbedder } from '../../src/node/llamaEmbedder.ts';
import { embedderModel, missing } from './models.ts';

const register = 'The receive interrupt of USART2 reads the data register and clears RXNE.';
const handler = 'A handler stores each byte that the serial port received.';
const clock = 'Enable the clock of GPIOA in RCC->AHB1ENR before writing MODER.';
const cat = 'The cat sleeps on the warm windowsill.';
const foreign = '为什么中断没有触发？ Überlauf naïve café 0x40023830';
const code = 'static volatile uint32_t tick_count = 0; void SysTick_Handler(void) { tick_count++; }';

/** Every 32nd component of the reference vector. */
const references: readonly (readonly [text: string, everyThirtySecond: readonly number[]])[] = [
  [register, [0.0411, 0.0426, 0.0207, 0.0247, -0.1141, 0.0038, 0.0101, -0.0173, -0.0025, 0.0262, -0.0158, 0.0156]],
  [handler, [-0.0029, -0.0266, 0.0026, -0.0093, -0.0075, -0.0398, 0.0809, 0.0023, 0.0516, 0.0077, 0.0055, 0.0489]],
  [clock, [-0.0674, 0.0631, -0.0275, 0.044, 0.1011, -0.0858, -0.0039, 0.0788, 0.0081, 0.0546, -0.0502, 0.0714]],
  [cat, [0.1075, -0.0689, 0.0052, 0.0566, 0.0247, -0.0439, 0.0409, -0.0204, -0.0641, -0.0947, -0.0358, 0.0075]],
  [foreign, [0.0356, 0.0738, 0.0228, 0.0547, -0.0458, -0.0492, -0.0236, 0.0888, -0.0044, 0.0708, -0.0166, -0.0373]],
  [code, [0.0137, -0.075, 0.0005, 0.0412, -0.0276, -0.0334, 0.0188, -0.0358, 0.0191, 0.0304, -0.0305, 0.0653]],
];

const similarities: readonly (readonly [one: string, other: string, cosine: number])[] = [
  [register, handler, 0.3979], [register, clock, 0.3104], [register, cat, 0.0092], [handler, code, 0.3499], [clock, code, 0.303], [cat, foreign, 0.0268],
];

/** Eight bits a weight cost this much at most; a wrong conversion costs ten times as much. */
const tolerance = 0.01;

describe('the converted embedder', { skip: missing(embedderModel) }, () => {
  const vectors = new Map<string, Float32Array>();

  before(async () => {
    // Not disposed: the process ends with the test.
    const embedder = await LlamaEmbedder.open({ file: embedderModel, threads: 1 });
    const texts = references.map(([text]) => text);
    for (const [index, vector] of (await embedder.embed(texts)).entries()) vectors.set(texts[index] ?? '', vector);
  });

  for (const [text, expected] of references) {
    test(`gives the reference's components for: ${text}`, () => {
      const sampled = [...vectorOf(text)].filter((_, index) => index % 32 === 0);
      const worst = Math.max(...expected.map((value, index) => Math.abs(value - (sampled[index] ?? NaN))));
      assert.ok(worst < tolerance, `off by ${worst}: ${sampled.map(value => value.toFixed(4)).join(' ')}`);
    });
  }

  for (const [one, other, expected] of similarities) {
    test(`finds the reference's cosine ${expected} of: ${one} | ${other}`, () => {
      const found = vectorOf(one).reduce((sum, value, index) => sum + value * (vectorOf(other)[index] ?? NaN), 0);
      assert.ok(Math.abs(found - expected) < tolerance, `found ${found}`);
    });
  }

  function vectorOf(text: string): Float32Array {
    const vector = vectors.get(text);
    assert.equal(vector?.length, 384);
    return vector;
  }
});
