// Chat and vectors from llama.cpp's own server: what a well-behaved imitation cannot show.
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { modelServerFolder } from '../../scripts/modelServer.mjs';
import type { Answer, GenerationUsage, Message } from '../../src/core/index.ts';
import type { Endpoint } from '../../src/node/endpoint.ts';
import { openEndpointEmbedder } from '../../src/node/endpointEmbedder.ts';
import { openEndpointModel } from '../../src/node/endpointLanguageModel.ts';
import { grammarsFolder } from '../../src/node/folders.ts';
import { openEngine } from '../../src/node/openEngine.ts';
import { embedderModel, missing, smallChatModel } from './models.ts';

interface Server {
  readonly endpoint: Endpoint;
  readonly process: ChildProcess;
}

interface Outcome {
  readonly text: string;
  readonly usage?: GenerationUsage;
  readonly failure?: string;
}

/** One case on a server that was started for it, with a key. */
function check(name: string, file: string, use: (server: Server) => Promise<void>): void {
  const skip = missing(file) || (fs.existsSync(modelServerFolder()) ? false : 'no model server: node scripts/modelServer.mjs');
  test(name, { skip }, async () => {
    const embeddings = file === embedderModel ? ['--embeddings', '--context', '256'] : [];
    const child = spawn('python3', [path.join(import.meta.dirname, 'modelServer.py'), modelServerFolder(), file, '--key', 'right', ...embeddings], { stdio: ['pipe', 'pipe', 'ignore'] });
    const ended = once(child, 'exit');
    try {
      await use({ process: child, endpoint: { url: await addressOf(child), model: 'small', apiKey: 'right', contextTokens: 2048 } });
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
  });
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  assert.ok(stdout !== null);
  for await (const line of createInterface(stdout)) if (line.startsWith('http')) return line;
  throw new Error('the server ended without an address');
}

async function ask(endpoint: Endpoint, messages: readonly Message[], { maxTokens = 12, onText }: { maxTokens?: number; onText?: (stop: AbortController) => void } = {}): Promise<Outcome> {
  const stop = new AbortController();
  let text = '';
  let usage: GenerationUsage | undefined;
  try {
    for await (const event of openEndpointModel(endpoint).generate(messages, { maxTokens, signal: stop.signal })) {
      if (event.type === 'end') usage = event.usage;
      else {
        text += event.text;
        onText?.(stop);
      }
    }
  } catch (error) {
    return { text, failure: error instanceof Error ? error.message : String(error) };
  }
  return { text, ...(usage !== undefined && { usage }) };
}

const system: Message = { role: 'system', text: `You are brief. ${'The status register holds one flag for each event. '.repeat(20)}` };
const question: Message = { role: 'user', text: 'Complete the sentence: The capital of France is' };

check('a real server streams an answer, and a follow-up reads only what is new', smallChatModel, async ({ endpoint }) => {
  const first = await ask(endpoint, [system, question]);
  assert.match(first.text, /Paris/);
  assert.ok((first.usage?.promptTokens ?? 0) > 200 && (first.usage?.outputTokens ?? 0) > 1, JSON.stringify(first));
  const { usage } = await ask(endpoint, [system, question, { role: 'assistant', text: first.text }, { role: 'user', text: 'And of Italy?' }]);
  assert.ok(usage !== undefined && usage.promptTokens - usage.cachedTokens <= 0.2 * usage.promptTokens, JSON.stringify(usage));
});

check('a real server is stopped in the middle, and answers the next question', smallChatModel, async ({ endpoint }) => {
  const stopped = await ask(endpoint, [question], { maxTokens: 1500, onText: stop => { stop.abort(); } });
  assert.equal(stopped.usage?.stopReason, 'cancelled');
  assert.ok(stopped.text !== '');
  // One slot: a generation that went on would hold it.
  assert.ok((await ask(endpoint, [question])).text !== '');
});

check('a real server tells a reply that is as long as it may be', smallChatModel, async ({ endpoint }) => {
  assert.equal((await ask(endpoint, [question], { maxTokens: 3 })).usage?.stopReason, 'length');
});

check('a real server refuses a wrong key, and the key is not repeated', smallChatModel, async ({ endpoint }) => {
  const { failure } = await ask({ ...endpoint, apiKey: 'wrong-one' }, [question]);
  assert.match(failure ?? '', /does not accept the key \(401\)/);
  assert.doesNotMatch(failure ?? '', /wrong-one/);
});

check('a real server refuses a prompt beyond its context, and its words are told', smallChatModel, async ({ endpoint }) => {
  const { failure } = await ask(endpoint, [{ role: 'user', text: 'word '.repeat(4000) }]);
  assert.match(failure ?? '', /context/);
});

check('a real server that reads for too long is given up, and serves the next question', smallChatModel, async ({ endpoint }) => {
  const { failure } = await ask({ ...endpoint, firstByteMs: 100 }, [{ role: 'user', text: 'Consider another register. '.repeat(300) }]);
  assert.match(failure ?? '', /did not begin to answer within 0\.1 seconds/);
  assert.ok((await ask(endpoint, [question])).text !== '');
});

check('a real server that dies in the middle leaves its text; then it is told to be down', smallChatModel, async ({ endpoint, process: server }) => {
  const cut = await ask(endpoint, [question], { maxTokens: 1500, onText: () => { server.kill('SIGKILL'); } });
  assert.ok(cut.text !== '');
  assert.match(cut.failure ?? '', /What has arrived is kept/);
  assert.match((await ask(endpoint, [question])).failure ?? '', /^No model server answers at 127\.0\.0\.1:\d+\. Start it/);
});

check('vectors of a real server: near words are nearer', embedderModel, async ({ endpoint }) => {
  const embedder = await openEndpointEmbedder(endpoint);
  const [clock, clocks, ring] = await embedder.embed(['enable the clock of the peripheral', 'the peripheral clock is switched on', 'a ring buffer of bytes']);
  assert.ok(clock !== undefined && clocks !== undefined && ring !== undefined);
  const cosine = (other: Float32Array): number => clock.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
  assert.equal(embedder.dimensions, 384);
  assert.ok(cosine(clocks) > cosine(ring) + 0.1, `${cosine(clocks)} ${cosine(ring)}`);
});

check('the engine answers through a real server with the same facts and checks', smallChatModel, async ({ endpoint }) => {
  const storage = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-server-'));
  const engine = openEngine({ workspace: path.resolve(import.meta.dirname, '../fixtures/fictional-mcu'), storage, grammars: grammarsFolder(), endpoint, offline: true });
  try {
    let answer: Answer | undefined;
    for await (const event of engine.ask({ question: 'What does the CLOCKEN register of SYS do?', maxTokens: 24 })) if (event.type === 'answer') answer = event.answer;
    assert.equal(answer?.writtenBy, 'model');
    assert.ok(answer.text !== '' && answer.timing.promptTokens > 100 && answer.prompt.quoted > 0, JSON.stringify(answer));
  } finally {
    await engine.close();
    fs.rmSync(storage, { recursive: true });
  }
});
