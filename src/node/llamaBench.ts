import { LlamaLanguageModel } from './llamaLanguageModel.ts';
import type { ModelTuning, TuningMeasurement } from './modelTuning.ts';

const outputTokens = 24;

/** Reads a prompt of some hundred tokens and writes a few, with the tuning; the model is loaded for it and unloaded again. */
export async function measureTuning(file: string, tuning: ModelTuning): Promise<TuningMeasurement> {
  await using model = await LlamaLanguageModel.open({ file, tuning, contextTokens: 1024 });
  // A first run pays for what is only set up once.
  await Array.fromAsync(model.generate([{ role: 'user', text: 'Hello' }], { maxTokens: 2 }));
  const text = Array.from({ length: 60 }, (_, index) => `Bit ${index} of the register at offset ${index * 4}.`).join(' ');
  const events = await Array.fromAsync(model.generate([{ role: 'user', text: `${text} Count from one to forty in words.` }], { maxTokens: outputTokens }));
  const last = events.at(-1);
  if (last?.type !== 'end') throw new Error(`${file} wrote nothing.`);
  const { promptTokens, cachedTokens, outputTokens: written, firstTokenMs, totalMs } = last.usage;
  return { ...tuning, promptTokensPerSecond: rate(promptTokens - cachedTokens, firstTokenMs), outputTokensPerSecond: rate(written - 1, totalMs - firstTokenMs) };
}

function rate(tokens: number, milliseconds: number): number {
  return milliseconds <= 0 ? 0 : Number((tokens / milliseconds * 1000).toPrecision(3));
}
