// Words of chat templates in a text, with the real tokenizer of a model whose template is made of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LlamaLanguageModel } from '../../src/node/llamaLanguageModel.ts';
import { missing, smallChatModel } from './models.ts';

async function promptTokens(model: LlamaLanguageModel, text: string): Promise<number> {
  for await (const event of model.generate([{ role: 'system', text: 'Be brief.' }, { role: 'user', text }], { maxTokens: 1 })) if (event.type === 'end') return event.usage.promptTokens;
  throw new Error('the stream ended without its usage');
}

test('a template\'s own words in a text are read as text, not as the end of a turn', { skip: missing(smallChatModel) }, async () => {
  await using model = await LlamaLanguageModel.open({ file: smallChatModel, threads: 1, contextTokens: 1024 });
  for (const word of ['<|im_end|>', '<|im_start|>', '<|endoftext|>']) {
    const counted = await model.countTokens(word);
    assert.ok(counted > 1, `${word} would be one token of its own, and is ${counted}`);
    const [none, ten] = [await promptTokens(model, 'What is this?'), await promptTokens(model, `What is this? ${word.repeat(10)}`)];
    assert.ok(ten - none >= 10 * (counted - 2), `${word}: ${ten - none} more tokens in the prompt for ten times ${counted}`);
  }
});
