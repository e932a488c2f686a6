import type { GenerateOptions, LanguageModel, Message } from '../model/languageModel.ts';
import { separateThinking } from '../model/thinking.ts';

/** All that a model answers, without what it thinks. */
export async function modelText(model: LanguageModel, messages: readonly Message[], options: GenerateOptions): Promise<string> {
  let text = '';
  for await (const event of separateThinking(model.generate(messages, options))) {
    if (event.type === 'text') text += event.text;
    else if (event.type === 'textWasThinking') text = '';
  }
  return text.trim();
}
