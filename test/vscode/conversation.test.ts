import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Turn } from '../../webview/protocol.ts';
import { openConversation, type Conversation, type ConversationChange } from '../../src/vscode/conversation.ts';

test('a turn waits, gets text and is finished', () => { check(conversation => {
  const id = conversation.begin('file:///f', 'why?');
  conversation.appendText(id, 'Be');
  conversation.appendText(id, 'cause.');
  conversation.change(id, { status: 'done' });
}, { turns: [{ question: 'why?', text: 'Because.', status: 'done' }], changes: ['turn', 'text at 0', 'text at 2', 'turn'] }); });

test('text for a turn that was cleared away goes nowhere', () => { check(conversation => {
  const id = conversation.begin('file:///f', 'why?');
  conversation.clear();
  conversation.appendText(id, 'late');
  conversation.change(id, { status: 'done' });
}, { turns: [], changes: ['turn', 'cleared'] }); });

test('a long answer is saved while it streams', () => { check(conversation => {
  conversation.appendText(conversation.begin('file:///f', 'why?'), 'x'.repeat(500));
}, { turns: [{ question: 'why?', text: 'x'.repeat(500), status: 'waiting' }], changes: ['turn', 'text at 0'], stored: 500 }); });

test('an answer that the window was closed on comes back as stopped', () => {
  const stored: Turn = { id: 'a', folder: 'file:///f', question: 'why?', status: 'streaming', evidence: [], dropped: [], text: 'half' };
  const { conversation } = opened([stored]);
  assert.deepEqual(conversation.turns(), [{ ...stored, status: 'stopped' }]);
});

for (const [name, value] of Object.entries({ nothing: undefined, 'a text': 'turns', 'other objects': [{ id: 1 }, null, 7] })) {
  test(`a store that holds ${name} gives an empty conversation`, () => { assert.deepEqual(opened(value).conversation.turns(), []); });
}

test('the store keeps the last fifty turns', async () => {
  const { conversation, store } = opened(undefined);
  for (let number = 0; number < 60; number++) conversation.begin('file:///f', String(number));
  await conversation.save();
  assert.deepEqual(storedTurns(store.value).map(({ question }) => question).slice(0, 1), ['10']);
  assert.equal(conversation.turns().length, 60);
});

interface Expected {
  readonly turns: readonly Pick<Turn, 'question' | 'text' | 'status'>[];
  readonly changes: readonly string[];
  /** Length of the text in the store. */
  readonly stored?: number;
}

function check(act: (conversation: Conversation) => void, expected: Expected): void {
  const { conversation, store } = opened(undefined);
  const changes: ConversationChange[] = [];
  conversation.onChange(change => changes.push(change));
  act(conversation);
  assert.deepEqual(conversation.turns().map(({ question, text, status }) => ({ question, text, status })), expected.turns);
  assert.deepEqual(changes.map(change => change.type === 'text' ? `text at ${change.at}` : change.type), expected.changes);
  if (expected.stored !== undefined) assert.equal(storedTurns(store.value)[0]?.text.length, expected.stored);
}

function opened(value: unknown): { readonly conversation: Conversation; readonly store: { value: unknown } } {
  const store = { value };
  const conversation = openConversation({ get: () => store.value, update: async (_key, changed) => { store.value = changed; } });
  return { conversation, store };
}

function storedTurns(value: unknown): readonly Turn[] {
  return value as readonly Turn[];
}
