// The conversation in use, on a real disk.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { openConversation, type ConversationChange } from '../../src/vscode/conversation.ts';
import { openConversationFiles } from '../../src/vscode/conversationFiles.ts';
import { logLine, type KeptTurn } from '../../src/vscode/conversationLog.ts';

type Opened = ReturnType<typeof openConversation>;

interface Ground {
  readonly conversation: Opened;
  readonly folder: string;
  readonly memory: Map<string, unknown>;
  /** Another window on the same folder. */
  readonly open: () => Opened;
  readonly changes: readonly string[];
  readonly failures: readonly unknown[];
}

function check(name: string, act: (ground: Ground) => void | Promise<void>, remembered?: unknown): void {
  test(name, async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-conversations-'));
    const memory = new Map<string, unknown>(remembered === undefined ? [] : [['halcyon.conversation', remembered]]);
    const failures: unknown[] = [];
    const open = (): Opened => openConversation({ files: openConversationFiles(folder), memory: { get: key => memory.get(key), update: async (key, value) => { memory.set(key, value); } }, onFailure: error => { failures.push(error); } });
    const conversation = open();
    const changes: string[] = [];
    conversation.onChange(change => changes.push(nameOf(change)));
    try {
      await conversation.restore();
      await act({ conversation, folder, memory, open, changes, failures });
    } finally {
      await conversation.save().catch(() => undefined);
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
}

function nameOf(change: ConversationChange): string {
  return change.type === 'text' ? `${change.channel} at ${change.at}` : change.type;
}

/** What is on disk of a conversation once it has this text, without asking for it to be written. */
async function written(folder: string, id: string, text: string): Promise<unknown> {
  for (let round = 0; round < 200; round++) {
    const kept = await openConversationFiles(folder).read(id);
    if (kept?.turns.some(turn => turn.text === text) === true) return short(kept.turns);
    await new Promise(resolve => { setTimeout(resolve, 10); });
  }
  return undefined;
}

const asked = { folder: 'file:///f', question: 'why?' };
const short = (turns: readonly KeptTurn[]): unknown => turns.map(({ question, text, status }) => ({ question, text, status }));

check('a turn waits, gets text and is finished', ({ conversation, changes }) => {
  const id = conversation.begin(asked);
  conversation.append(id, 'text', 'Be');
  conversation.append(id, 'thinking', 'Hm');
  conversation.append(id, 'text', 'cause.');
  conversation.change(id, { status: 'done' });
  assert.deepEqual(short(conversation.turns()), [{ question: 'why?', text: 'Because.', status: 'done' }]);
  assert.deepEqual(changes, ['turn', 'text at 0', 'thinking at 0', 'text at 2', 'turn']);
});

check('text for a turn that is gone goes nowhere', async ({ conversation, changes }) => {
  const id = conversation.begin(asked);
  await conversation.startNew();
  conversation.append(id, 'text', 'late');
  conversation.change(id, { status: 'done' });
  assert.deepEqual(conversation.turns(), []);
  assert.deepEqual(changes, ['turn', 'replaced']);
});

check('the next window has all of it, with the streamed text and what was asked of the engine', async ({ conversation, open }) => {
  const id = conversation.begin({ ...asked, request: { kind: 'explain', place: { file: 'a.c', line: 3 } } });
  for (const piece of ['one ', 'two ', 'three']) conversation.append(id, 'text', piece);
  conversation.change(id, { status: 'done' });
  await conversation.save();
  const next = open();
  await next.restore();
  assert.deepEqual(next.turns(), conversation.turns());
});

check('a window killed in mid-answer loses little, and its half line nothing else', async ({ conversation, folder, open }) => {
  const id = conversation.begin(asked);
  conversation.append(id, 'text', 'x'.repeat(500));
  await written(folder, conversation.id(), 'x'.repeat(500));
  fs.appendFileSync(path.join(folder, conversation.id(), 'log.jsonl'), '{"type":"text","id":"');
  const next = open();
  await next.restore();
  assert.deepEqual(short(next.turns()), [{ question: 'why?', text: 'x'.repeat(500), status: 'stopped' }]);
});

check('words and thoughts, some of them taken back, are kept in their order', async ({ conversation, open }) => {
  const id = conversation.begin(asked);
  conversation.append(id, 'thinking', 'Hm, ');
  conversation.append(id, 'text', 'wrong');
  conversation.change(id, { text: '' });
  conversation.append(id, 'thinking', 'UART.');
  conversation.append(id, 'text', 'right');
  await conversation.save();
  const next = open();
  await next.restore();
  assert.deepEqual(next.turns().map(({ text, thinking }) => ({ text, thinking })), [{ text: 'right', thinking: 'Hm, UART.' }]);
});

check('a conversation that is left keeps its last words', async ({ conversation, folder }) => {
  conversation.append(conversation.begin(asked), 'text', 'half');
  const old = conversation.id();
  void conversation.startNew();
  assert.deepEqual(await written(folder, old, 'half'), [{ question: 'why?', text: 'half', status: 'stopped' }]);
});

check('what is written behind a half line is read again', async ({ folder, conversation }) => {
  conversation.begin(asked);
  await conversation.save();
  fs.appendFileSync(path.join(folder, conversation.id(), 'log.jsonl'), '{"type":');
  conversation.begin({ ...asked, question: 'and then?' });
  await conversation.save();
  const kept = await openConversationFiles(folder).read(conversation.id());
  assert.deepEqual([kept?.turns.map(({ question }) => question), kept?.unreadLines], [['why?', 'and then?'], 1]);
});

check('two windows on one conversation: the second goes on in a copy', async ({ conversation, open, folder }) => {
  conversation.begin(asked);
  await conversation.save();
  const second = open();
  await second.restore();
  second.begin({ ...asked, question: 'from the second window' });
  await second.save();
  conversation.begin({ ...asked, question: 'from the first' });
  await conversation.save();
  assert.notEqual(second.id(), conversation.id());
  const files = openConversationFiles(folder);
  assert.deepEqual((await files.read(conversation.id()))?.turns.map(({ question }) => question), ['why?', 'from the first']);
  assert.deepEqual((await files.read(second.id()))?.turns.map(({ question }) => question), ['why?', 'from the second window']);
});

check('a conversation that one window has left is another one\'s to write', async ({ conversation, open }) => {
  conversation.begin(asked);
  await conversation.save();
  const left = conversation.id();
  await conversation.startNew();
  const second = open();
  assert.equal(await second.open(left), true);
  second.begin({ ...asked, question: 'from the second window' });
  await second.save();
  assert.equal(second.id(), left);
});

check('a turn asked again is as it was before its answer', async ({ conversation, open }) => {
  const id = conversation.begin(asked);
  conversation.change(id, { status: 'done', text: 'wrong', dossier: 'facts', thinking: 'hm' });
  conversation.reset(id, { ...asked, question: 'why not?' });
  await conversation.save();
  const next = open();
  await next.restore();
  assert.deepEqual(next.turns(), [{ ...asked, question: 'why not?', id, status: 'stopped', text: '', evidence: [], dropped: [] }]);
});

check('turns taken out stay out', async ({ conversation, open, changes }) => {
  conversation.begin(asked);
  conversation.remove([conversation.begin({ ...asked, question: 'second' })]);
  await conversation.save();
  const next = open();
  await next.restore();
  assert.equal(next.turns().length, 1);
  assert.equal(changes.at(-1), 'removed');
});

check('a new conversation leaves the old one in the list', async ({ conversation, folder }) => {
  conversation.begin(asked);
  const old = conversation.id();
  await conversation.startNew();
  conversation.begin({ ...asked, question: 'another' });
  await conversation.save();
  const files = openConversationFiles(folder);
  assert.deepEqual((await files.list()).map(({ title }) => title).toSorted(), ['another', 'why?']);
  assert.equal(await conversation.open(old), true);
  assert.deepEqual(short(conversation.turns()), [{ question: 'why?', text: '', status: 'stopped' }]);
  assert.equal(await conversation.open('../../etc'), false);
});

check('renamed and deleted conversations', async ({ conversation, folder }) => {
  conversation.begin(asked);
  await conversation.save();
  const files = openConversationFiles(folder);
  await files.rename(conversation.id(), 'Baud rate');
  assert.deepEqual((await files.list()).map(({ title, turns }) => ({ title, turns })), [{ title: 'Baud rate', turns: 1 }]);
  await files.remove(conversation.id());
  assert.deepEqual(await files.list(), []);
});

check('what was still being written does not bring a deleted conversation back', async ({ conversation, folder, failures }) => {
  const id = conversation.begin(asked);
  for (let piece = 0; piece < 50; piece++) conversation.append(id, 'text', 'x'.repeat(500));
  const old = conversation.id();
  await conversation.startNew();
  const files = openConversationFiles(folder);
  await files.remove(old);
  conversation.append(id, 'text', 'late');
  await conversation.save();
  assert.deepEqual([await files.list(), failures], [[], []]);
});

check('the copy of a second window keeps the name', async ({ conversation, open, folder }) => {
  conversation.begin(asked);
  await conversation.save();
  const files = openConversationFiles(folder);
  await files.rename(conversation.id(), 'Baud rate');
  const second = open();
  await second.restore();
  second.begin({ ...asked, question: 'and then?' });
  await second.save();
  assert.notEqual(second.id(), conversation.id());
  assert.equal((await files.read(second.id()))?.title, 'Baud rate');
});

check('a disk that cannot be written is told, and the turns stay', async ({ conversation, folder }) => {
  fs.rmSync(folder, { recursive: true });
  fs.writeFileSync(folder, 'a file where the folder should be');
  conversation.begin(asked);
  await assert.rejects(conversation.save());
  assert.equal(conversation.turns().length, 1);
});

const former: KeptTurn = { id: 'a', folder: 'file:///f', question: 'before?', status: 'streaming', evidence: [], dropped: [], text: 'half' };
check('the conversation of an earlier version is taken over', async ({ conversation, memory }) => {
  assert.deepEqual(short(conversation.turns()), [{ question: 'before?', text: 'half', status: 'stopped' }]);
  await conversation.save();
  assert.equal(memory.get('halcyon.conversation'), conversation.id());
}, [former, { id: 1 }, null]);

for (const value of ['no-such-id', 7, { id: 1 }]) check(`a memory that holds ${JSON.stringify(value)} gives an empty conversation`, ({ conversation }) => { assert.deepEqual(conversation.turns(), []); }, value);

check('a log of nonsense is an empty conversation', async ({ folder, conversation }) => {
  fs.mkdirSync(path.join(folder, 'odd'));
  fs.writeFileSync(path.join(folder, 'odd', 'log.jsonl'), `null\n7\n{"type":"turn","turn":{}}\n{"type":"change","id":"x","change":{"text":1}}\n${logLine({ type: 'remove', ids: ['y'] })}`);
  assert.equal(await conversation.open('odd'), true);
  assert.deepEqual(conversation.turns(), []);
});
