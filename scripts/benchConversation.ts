// What a user waits for in a conversation: the facts, a follow-up, a stop.
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Answer, AskRequest, Engine } from '../src/core/index.ts';
import type { Figure } from './benchMeasures.ts';

/** Each of these asks for facts of the chip, which are shown before the model is asked. */
const factQuestions = ['What is the reset value of USART2.CR1?', 'Which bit enables the clock of USART2?', 'What is the address of TIM2.CR1?', 'What does USART2_IRQHandler do?'];
/** With the first question ten turns, more than the model's context keeps word for word: one of them pays for the cut. */
const followUps = [
  'And which bit enables its transmitter?', 'How is that flag cleared?', 'What should I check first if bytes are lost?', 'Does it clear the flag itself?', 'Which functions share data with it?',
  'Is that safe?', 'And where is its baud rate set?', 'Why is it done there?', 'What would you change first?',
];
const longQuestion = `${'Consider every register of the serial port, each of its fields, and all of the code that writes it. '.repeat(12)}What is wrong?`;

/** Measures on an engine whose model is loaded. */
export async function conversationFigures(engine: Engine, modelFile: string): Promise<Figure[]> {
  const of = path.basename(modelFile);
  const facts = [];
  for (const question of factQuestions) facts.push(await firstFacts(engine, question));
  const shares = await followUpShares(engine);
  const writing = await stopMs(engine, { question: 'What does this firmware do?', maxTokens: 300 }, 'text');
  const reading = await stopMs(engine, { question: longQuestion, maxTokens: 8 }, 'evidence');
  return [
    { what: 'first visible content: facts, worst', value: facts.every(ms => ms !== undefined) ? `${Math.max(...facts).toFixed(0)} ms` : '–', of: `${facts.length} questions about the chip, each stopped then` },
    { what: 'follow-up, share of its prompt that is evaluated, mean and worst', value: `${(shares.reduce((sum, { share }) => sum + share, 0) / shares.length * 100).toFixed(0)} %, ${(Math.max(...shares.map(({ share }) => share)) * 100).toFixed(0)} %`, of: shares.map(({ fresh, tokens }) => `${fresh} of ${tokens} tokens`).join(', ') },
    { what: 'stop while the prompt is evaluated', value: reading === undefined ? '–' : `${reading.toFixed(0)} ms`, of },
    { what: 'stop while text is written', value: writing === undefined ? '–' : `${writing.toFixed(0)} ms`, of },
  ];
}

/** Milliseconds from the question to its facts. */
async function firstFacts(engine: Engine, question: string): Promise<number | undefined> {
  const started = performance.now();
  for await (const event of engine.ask({ question })) if (event.type === 'facts') return performance.now() - started;
  return undefined;
}

async function followUpShares(engine: Engine): Promise<{ readonly share: number; readonly fresh: number; readonly tokens: number }[]> {
  const history: { role: 'user' | 'assistant'; text: string }[] = [];
  const shares = [];
  for (const question of ['How does uart.c receive bytes with USART2_IRQHandler?', ...followUps]) {
    const { text, timing: { promptTokens, cachedTokens } } = await answerTo(engine, { question, maxTokens: 64, history: [...history] });
    if (history.length > 0 && promptTokens > 0) shares.push({ share: (promptTokens - cachedTokens) / promptTokens, fresh: promptTokens - cachedTokens, tokens: promptTokens });
    history.push({ role: 'user', text: question }, { role: 'assistant', text });
  }
  return shares;
}

async function answerTo(engine: Engine, request: AskRequest): Promise<Answer> {
  for await (const event of engine.ask(request)) if (event.type === 'answer') return event.answer;
  throw new Error(`No answer to "${request.question}".`);
}

/** Milliseconds from the stop to the end of the answer; stops a little after the first event of the kind. Undefined: it had ended before. */
async function stopMs(engine: Engine, request: AskRequest, after: 'evidence' | 'text'): Promise<number | undefined> {
  const stop = new AbortController();
  let stoppedAt: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  for await (const event of engine.ask(request, stop.signal)) {
    if (event.type === after) timer ??= setTimeout(() => { stoppedAt = performance.now(); stop.abort(); }, 150);
    if (event.type === 'answer') {
      clearTimeout(timer);
      return stoppedAt === undefined || event.answer.stopReason !== 'cancelled' ? undefined : performance.now() - stoppedAt;
    }
  }
  return undefined;
}
