import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, AnswerEvent } from '../../../src/core/answer/answer.ts';
import { ask, type AskParts, type AskQuestion } from '../../../src/core/answer/ask.ts';
import { explain, type CodeToExplain } from '../../../src/core/answer/explain.ts';
import type { Chunk } from '../../../src/core/chunk/chunk.ts';
import { isrDossiers } from '../../../src/core/isr/isrDossiers.ts';
import { dossierMarkdown, dossierPromptText } from '../../../src/core/isr/dossierText.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import type { Evidence } from '../../../src/core/prompt/prompt.ts';
import type { Retriever } from '../../../src/core/retrieve/hit.ts';
import { fixtureText, fixtureTexts, sourceOf } from '../graph/factsOf.ts';
import { quotingModel } from './quotingModel.ts';

const facts = await sourceOf(fixtureTexts('fictional-mcu'));
const { device } = parseSvd(fixtureText('fictional-mcu', 'AX32.svd'), 'AX32.svd');
assert.ok(device !== undefined);
const handlers = (await isrDossiers(facts, device, {})).isrs;

const chunk = (id: string, text: string): Chunk => ({ id, file: 'console.c', startLine: 5, endLine: 9, kind: 'function', symbol: id, text });

/** Finds the passages that share a word with the question. */
function passages(...chunks: readonly Chunk[]): Retriever {
  return {
    search: async (question, { limit = 10 } = {}) => chunks.filter(({ text }) => question.toLowerCase().split(/\W+/).some(word => word.length > 3 && text.toLowerCase().includes(word)))
      .slice(0, limit).map((found, index) => ({ rank: index + 1, score: 1, sources: ['words'], why: [], chunk: found })),
  };
}

const parts: AskParts = {
  openModel: async () => ({ model: quotingModel() }), device, facts, now: () => 0, source: 'AX32.svd',
  retriever: passages(chunk('console_init', 'void console_init(void) { /* baud rate */ }'), chunk('motor_stop', 'void motor_stop(void) { /* brake */ }')),
  dossierOf: async name => {
    const dossier = handlers.find(handler => handler.name === name);
    return dossier === undefined ? undefined : { dossier, text: dossierPromptText(dossier) };
  },
};

interface Seen {
  readonly order: readonly AnswerEvent['type'][];
  readonly quoted: readonly Evidence[];
  readonly dropped: readonly Evidence[];
  readonly streamed: string;
  readonly answer: Answer;
}

async function watch(events: AsyncIterable<AnswerEvent>): Promise<Seen> {
  const all: AnswerEvent[] = [];
  for await (const event of events) all.push(event);
  const evidence = all.find(event => event.type === 'evidence');
  const last = all.at(-1);
  assert.ok(evidence !== undefined && last?.type === 'answer', 'evidence comes, and the answer comes last');
  const order = all.map(({ type }) => type);
  return {
    order: order.filter((type, index) => type !== order[index - 1]), quoted: evidence.quoted, dropped: evidence.dropped, answer: last.answer,
    streamed: all.map(event => (event.type === 'text' ? event.text : '')).join(''),
  };
}

/** Asks, with some parts replaced, and looks at what came. */
function check(name: string, asked: AskQuestion, changed: Partial<AskParts>, expect: (seen: Seen) => void): void {
  test(name, async () => { expect(await watch(ask(asked, { ...parts, ...changed }))); });
}

const peripheral = device.peripherals.find(({ registers }) => registers.some(node => node.kind === 'register' && node.fields.length > 0));
const register = peripheral?.registers.find(node => node.kind === 'register' && node.fields.length > 0 && node.dim === undefined);
assert.ok(peripheral !== undefined && register?.kind === 'register');
const path = `${peripheral.name}->${register.name}`;
const handler = handlers[0];
assert.ok(handler !== undefined);

check('evidence comes before the text, and the answer last', { question: 'How is the baud rate set?' }, {}, ({ order, quoted, streamed, answer }) => {
  assert.deepEqual(order, ['evidence', 'text', 'answer']);
  assert.deepEqual(quoted.map(({ title }) => title), ['console_init']);
  assert.equal(answer.text, streamed);
  assert.deepEqual(answer.citations.map(({ id, file, line }) => ({ id, file, line })), [{ id: 1, file: 'console.c', line: 5 }]);
  assert.deepEqual(answer.problems, []);
});

check('what a task brings of a register is not found by the search once more', { question: 'How is the baud rate set?', material: { first: [{ kind: 'register', title: 'Register UART0.BAUD', text: 'card', path: 'UART0.BAUD' }], then: [{ kind: 'register', title: 'Register UART0.CTRL', text: 'card', path: 'UART0.CTRL' }], problems: [], isComplete: false } },
  { retriever: passages(chunk('UART0.BAUD', 'the baud rate'), chunk('UART0.CTRL', 'the baud rate is on'), chunk('console_init', 'sets the baud rate')) }, ({ quoted }) => {
    assert.deepEqual(quoted.map(({ title }) => title), ['Register UART0.BAUD', 'Register UART0.CTRL', 'console_init']);
  });

check('a register that the question names is looked up and quoted first', { question: `What does ${path} do to the baud rate?` }, {}, ({ quoted }) => {
  assert.equal(quoted[0]?.path, path.replace('->', '.'));
  assert.match(quoted[0].title, /AX32\.svd/);
  assert.ok(quoted.some(({ title }) => title === 'console_init'));
});

check('a handler that the question names brings its facts', { question: `When does ${handler.name} run?` }, {}, ({ quoted }) => {
  assert.equal(quoted[0]?.kind, 'dossier');
  assert.match(quoted[0].text, new RegExp(handler.name));
});

check('what the budget leaves no room for is named', { question: 'How is the baud rate set?' }, {
  retriever: passages(chunk('small', 'baud rate'), chunk('huge', 'baud rate '.repeat(2000)), chunk('last', 'baud rate again')),
}, ({ quoted, dropped, answer }) => {
  assert.deepEqual(quoted.map(({ title }) => title), ['small', 'last']);
  assert.deepEqual(dropped.map(({ title }) => title), ['huge']);
  assert.deepEqual({ quoted: answer.prompt.quoted, dropped: answer.prompt.dropped }, { quoted: 2, dropped: 1 });
});

check('wrong claims of the model are marked', { question: 'How is the baud rate set?' }, {
  openModel: async () => ({ model: quotingModel({ adding: `${path} is at 0x40009998. See [9].` }) }),
}, ({ answer }) => {
  const contradicted = answer.findings.filter(({ verdict }) => verdict === 'contradicted').map(({ claim }) => claim);
  assert.ok(contradicted.includes('[9]'), JSON.stringify(answer.findings));
  for (const { start, end, claim } of answer.findings) assert.equal(answer.text.slice(start, end), claim);
});

check('without a model the evidence is shown with what to do', { question: 'How is the baud rate set?' }, {
  openModel: async () => ({ problem: { file: '', message: 'No model is chosen.' } }),
}, ({ order, quoted, answer }) => {
  assert.deepEqual(order, ['evidence', 'answer']);
  assert.equal(quoted.length, 1);
  assert.equal(answer.text, '');
  assert.deepEqual(answer.citations.map(({ id }) => id), [1]);
  assert.deepEqual(answer.problems.map(({ message }) => message), ['No model is chosen.']);
});

check('an answer without evidence says so', { question: 'Anything at all?' }, { retriever: passages(), device: undefined }, ({ quoted, answer }) => {
  assert.deepEqual(quoted, []);
  assert.match(answer.problems[0]?.message ?? '', /rests on no evidence/);
});

check('a broken index is told, and the registers answer all the same', { question: `What is ${path}?` }, {
  retriever: { search: async () => { throw new Error('The index is damaged.'); } },
}, ({ quoted, answer }) => {
  assert.equal(quoted[0]?.kind, 'register');
  assert.deepEqual(answer.problems.map(({ message }) => message), ['The index is damaged.']);
});

check('a length limit is told', { question: 'How is the baud rate set?', maxTokens: 1 }, {}, ({ answer }) => {
  assert.equal(answer.stopReason, 'length');
  assert.equal(answer.timing.outputTokens, 1);
});

test('a cancelled answer keeps and checks what was written', async () => {
  const controller = new AbortController();
  const seen: AnswerEvent[] = [];
  for await (const event of ask({ question: 'How is the baud rate set?' }, { ...parts, openModel: async () => ({ model: quotingModel({ adding: 'and so on '.repeat(50) }) }) }, controller.signal)) {
    seen.push(event);
    if (event.type === 'text') controller.abort();
  }
  const last = seen.at(-1);
  assert.ok(last?.type === 'answer');
  assert.equal(last.answer.stopReason, 'cancelled');
  assert.equal(last.answer.text, 'console_init ');
});

test('a model that fails in the middle rejects, with its own sentence', async () => {
  const failing = { ...quotingModel(), async *generate() { yield { type: 'text' as const, text: 'It ' }; throw new Error('The model file is gone.'); } };
  await assert.rejects(watch(ask({ question: 'How is the baud rate set?' }, { ...parts, openModel: async () => ({ model: failing }) })), /The model file is gone/);
});

const code: CodeToExplain = {
  code: [{ kind: 'selection', title: handler.name, file: handler.file, line: handler.line, endLine: handler.endLine, text: fixtureText('fictional-mcu', handler.file).split('\n').slice(handler.line - 1, handler.endLine).join('\n') }],
  beside: [{ kind: 'register', title: `Register ${path}`, text: 'a card', path }], title: handler.name,
};

test('an explained handler shows its facts before anything else, and all of them reach the prompt', async () => {
  for (const dossier of handlers) {
    const text = dossierPromptText(dossier);
    const { order, quoted, answer } = await watch(explain({ ...code, title: dossier.name, handler: { dossier, text, markdown: dossierMarkdown(dossier) } }, parts));
    assert.deepEqual(order, ['dossier', 'evidence', 'text', 'answer']);
    assert.equal(quoted.find(({ kind }) => kind === 'dossier')?.text, text);
    assert.ok(answer.prompt.tokens <= 1500, `${dossier.name}: ${answer.prompt.tokens} tokens`);
  }
});

test('other code is explained from its own text and what is beside it', async () => {
  const { order, quoted } = await watch(explain({ ...code, title: 'console.c:12' }, parts));
  assert.deepEqual(order, ['evidence', 'text', 'answer']);
  assert.deepEqual(quoted.map(({ kind }) => kind).slice(0, 2), ['selection', 'register']);
});

check('what is attached is quoted before what is found', { question: 'How is the baud rate set?', attached: { candidates: [{ kind: 'selection', title: 'mine.c, lines 1 to 2', text: '1: int a;' }], problems: [{ file: '', message: 'UART9 is not there.' }] } }, {}, ({ quoted, answer }) => {
  assert.deepEqual(quoted.map(({ title }) => title), ['mine.c, lines 1 to 2', 'console_init']);
  assert.deepEqual(answer.problems.map(({ message }) => message), ['UART9 is not there.']);
});

check('an answer that broke off goes on, and is checked as a whole', { question: 'How is the baud rate set?', soFar: 'By [9] ' }, {}, ({ streamed, answer }) => {
  assert.equal(answer.text, `By [9] ${streamed}`);
  assert.ok(answer.findings.some(({ claim, start }) => claim === '[9]' && start === 3));
});

test('thinking streams apart from the answer', async () => {
  const thinker = quotingModel();
  const model = { ...thinker, generate: async function* (...asked: Parameters<typeof thinker.generate>) {
    yield { type: 'text' as const, text: '<think>Is it [9]?</think>' };
    yield* thinker.generate(...asked);
  } };
  const { answer, streamed } = await watch(ask({ question: 'How is the baud rate set?' }, { ...parts, openModel: async () => ({ model }) }));
  assert.equal(answer.thinking, 'Is it [9]?');
  assert.equal(answer.text, streamed);
  assert.ok(!streamed.includes('think') && answer.findings.every(({ claim }) => claim !== '[9]'));
});
