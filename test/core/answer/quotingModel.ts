import type { GenerateOptions, GenerationEvent, LanguageModel, Message } from '../../../src/core/model/languageModel.ts';

/**
 * The smallest thing that answers from a prompt: it repeats the heading of each piece of evidence with its number, word by
 * word, and what `adding` says behind it.
 */
export function quotingModel({ contextTokens = 2048, adding = '' }: { contextTokens?: number; adding?: string } = {}): LanguageModel {
  const words = (text: string): string[] => text.split(/\s+/).filter(word => word !== '');
  return {
    info: { name: 'quoting', contextTokens },
    countTokens: async text => words(text).length,
    async *generate(messages: readonly Message[], { maxTokens = 512, signal }: GenerateOptions = {}): AsyncGenerator<GenerationEvent> {
      const prompt = messages.map(({ text }) => text).join('\n');
      const headings = [...(messages.at(-1)?.text ?? '').matchAll(/^\[(\d+)\] (.+)\n<<<$/gm)].map(([, id, title]) => `${title ?? ''} [${id ?? ''}].`);
      const reply = words(`${headings.join(' ')} ${adding}`).slice(0, maxTokens);
      let outputTokens = 0;
      for (const word of reply) {
        if (signal?.aborted === true) break;
        outputTokens++;
        yield { type: 'text', text: `${word} ` };
      }
      const stopReason = outputTokens < reply.length ? 'cancelled' : reply.length === maxTokens ? 'length' : 'end';
      yield { type: 'end', usage: { promptTokens: words(prompt).length, cachedTokens: 0, outputTokens, firstTokenMs: 1, totalMs: 2, stopReason } };
    },
  };
}
