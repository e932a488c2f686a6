import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GenerationEvent } from '../../../src/core/model/languageModel.ts';
import { separateThinking } from '../../../src/core/model/thinking.ts';

/** Cuts the reply at every size and looks at what each half gets. */
async function check(reply: string, expected: { readonly thinking: string; readonly text: string }): Promise<void> {
  for (let size = 1; size <= reply.length; size++) {
    const found = { thinking: '', text: '' };
    for await (const event of separateThinking(pieces(reply, size))) {
      if (event.type === 'textWasThinking') Object.assign(found, { thinking: found.thinking + found.text, text: '' });
      else if (event.type !== 'end') found[event.type] += event.text;
    }
    assert.deepEqual(found, expected, `in pieces of ${size}`);
  }
}

async function* pieces(reply: string, size: number): AsyncGenerator<GenerationEvent> {
  for (let at = 0; at < reply.length; at += size) yield { type: 'text', text: reply.slice(at, at + size) };
  yield { type: 'end', usage: { promptTokens: 1, cachedTokens: 0, outputTokens: 1, firstTokenMs: 1, totalMs: 1, stopReason: 'end' } };
}

test('a plain reply is all text', () => check('CR1 is at 0x40004400.', { thinking: '', text: 'CR1 is at 0x40004400.' }));
test('what stands between the tags is thinking', () => check('<think>\nHm, CR1?\n</think>\n\nCR1.', { thinking: 'Hm, CR1?\n', text: 'CR1.' }));
test('a closing tag alone makes all before it thinking', () => check('Hm, CR1?</think>\nCR1.', { thinking: 'Hm, CR1?', text: 'CR1.' }));
test('thinking that never ends stays thinking', () => check('<think>Hm, CR1', { thinking: 'Hm, CR1', text: '' }));
test('empty thinking leaves nothing behind', () => check('<think>\n\n</think>\n\nCR1.', { thinking: '', text: 'CR1.' }));
test('comparisons and shifts are no tags', () => check('if (a <thin) b = 1 << 3; x </b>', { thinking: '', text: 'if (a <thin) b = 1 << 3; x </b>' }));
test('a second thought is thinking too', () => check('<think>a</think>b <think>c</think>d', { thinking: 'ac', text: 'b d' }));
test('a tag that is only begun at the end is text', () => check('a <th', { thinking: '', text: 'a <th' }));
