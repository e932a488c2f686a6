// The whole way of fine-tuning, in miniature: a tiny random Llama is trained by the real recipe, its
// adapter converted, loaded, and asked. Needs Python's packages (`halcyon tune prepare`), and so is no part of `npm test`.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { checkAdapter } from '../../src/node/adapterCheck.ts';
import { tuneRecipeFolder } from '../../src/node/folders.ts';
import { LlamaLanguageModel } from '../../src/node/llamaLanguageModel.ts';
import { mergeLora } from '../../src/node/mergeLora.ts';
import { tune, type TuneRequest, type Tuned } from '../../src/node/tune.ts';
import { openTuneEnvironment } from '../../src/node/tuneEnvironment.ts';
import type { TuneEvent } from '../../src/node/tuneProcess.ts';
import { writeTinyLlama } from './tinyLlama.ts';

const absent = await openTuneEnvironment({ recipe: tuneRecipeFolder(), mayDownload: false }).then(() => false as const, (error: unknown) => String(error));
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-tune-'));
const base = path.join(home, 'tiny.gguf');
writeTinyLlama(base, 1);
const question = 'Which bit?';
const [rows, checked] = [24, 4];
const lines = (count: number, line: (index: number) => object): string => Array.from({ length: count }, (_, index) => `${JSON.stringify(line(index))}\n`).join('');
const asked = (index: number): object[] => [{ role: 'user', content: index % 2 === 0 ? question : `And ${index}?` }];
const answered = (index: number): object => ({ id: `e${index}`, messages: [...asked(index), { role: 'assistant', content: 'the the the the' }] });
const preferred = (index: number): object => ({ prompt: asked(index), chosen: [{ role: 'assistant', content: 'the' }], rejected: [{ role: 'assistant', content: 'zzzz' }] });
const triplet = (index: number): object => ({ query: `Which bit enables timer ${index}?`, positive: `R${index}.EN, bit ${index % 32}, enables timer ${index}.`, negative: `R${index + 1}.EN, bit 3, enables timer ${index + 1}.` });
for (const [part, count] of [['train', rows], ['validation', checked]] as const) {
  fs.writeFileSync(path.join(home, `chat.${part}.jsonl`), lines(count, answered));
  fs.writeFileSync(path.join(home, `dpo.${part}.jsonl`), lines(count, preferred));
  fs.writeFileSync(path.join(home, `triplets.${part}.jsonl`), lines(count, triplet));
}
fs.writeFileSync(path.join(home, 'teacher.jsonl'), lines(rows, index => ({ id: `e${index}`, answer: 'on on on on' })));
process.on('exit', () => { fs.rmSync(home, { recursive: true, force: true }); });

interface Trained extends Tuned {
  readonly events: readonly TuneEvent[];
}

/** Trains in a folder of this name for six steps; `stopAt` ends it at the first event that it holds for. */
async function train(name: string, request: Partial<TuneRequest> = {}, stopAt: (event: TuneEvent) => boolean = () => false): Promise<Trained> {
  const controller = new AbortController();
  const events: TuneEvent[] = [];
  const choices = { maxSteps: 6, evaluateEvery: 2, batch: 4, learningRate: 2e-2, threads: 1, dropout: 0, patience: 0, ...request.choices };
  const tuned = await tune({ method: 'lora', base, data: home, output: path.join(home, name), recipe: tuneRecipeFolder(), mayDownload: false, ...request, choices }, { signal: controller.signal, onEvent: event => {
    events.push(event);
    if (stopAt(event)) controller.abort();
  } });
  return { ...tuned, events };
}

/** Trains with this method, and names the folder with what came of it. */
async function check(request: Partial<TuneRequest> & Pick<TuneRequest, 'method'>, folder: string): Promise<void> {
  const { events, output, adapter, steps } = await train(request.method, request);
  assert.equal(steps, 6);
  assert.ok(fs.existsSync(path.join(output, folder)) && !fs.existsSync(path.join(output, `${folder}.part`)) && !fs.existsSync(path.join(output, 'checkpoints')));
  const losses = lossesOf(events);
  assert.ok(losses.length === 6 && losses.every(loss => loss >= 0), losses.join(' '));
  if (adapter === undefined) return;
  await checkAdapter(adapter, base);
  const changed = await answerOf({ adapter });
  assert.notEqual(changed, await answerOf({}));
  const merged = path.join(output, 'merged.gguf');
  await mergeLora({ model: base, adapter, output: merged, type: 'F16' });
  assert.equal(await answerOf({ file: merged }), changed);
}

test('a LoRA adapter is trained, loaded, and changes the answer', { skip: absent }, () => check({ method: 'lora' }, 'adapter'));
test('a model learns what its teacher says', { skip: absent }, () => check({ method: 'distill', teacher: path.join(home, 'teacher.jsonl') }, 'adapter'));
test('a model learns what is preferred', { skip: absent }, () => check({ method: 'dpo' }, 'adapter'));
test('every weight is trained', { skip: absent }, () => check({ method: 'full' }, 'model'));
test('(IA)³ is trained', { skip: absent }, () => check({ method: 'ia3' }, 'adapter'));
test('a prefix is trained', { skip: absent }, () => check({ method: 'prefix' }, 'adapter'));
test('a prompt is trained', { skip: absent }, () => check({ method: 'prompt' }, 'adapter'));

/** A folder of safetensors as sentence-transformers saves them: a random one has nothing that triplets could improve. */
const embedder = process.env['HALCYON_TEST_EMBEDDER'];
test('an embedder is trained, and gives the same vectors as ONNX', { skip: absent || (embedder === undefined && 'HALCYON_TEST_EMBEDDER names no folder of an embedder') }, async () => {
  const { events } = await train('embedder', { method: 'embedder', base: embedder ?? '', choices: { maxSteps: 4, learningRate: 2e-5 } });
  const [first = 0, ...others] = events.flatMap(event => (event.type === 'step' && event.validationLoss !== undefined ? [event.validationLoss] : []));
  assert.ok((others.at(-1) ?? Infinity) < first);
  const exported = events.find(event => event.type === 'exported');
  assert.ok(exported !== undefined && exported.farthest < 1e-3 && fs.existsSync(path.join(home, 'embedder', exported.file)));
});

test('an adapter is refused for another model of the same shape', { skip: absent }, async () => {
  const { adapter = '' } = await train('other');
  writeTinyLlama(path.join(home, 'other.gguf'), 2);
  await assert.rejects(checkAdapter(adapter, path.join(home, 'other.gguf')), /it was trained on Tiny 1, whose weights are not those of this model/);
});

test('a training that was stopped goes on from where it was, and ends as one that was not', { skip: absent }, async () => {
  const stopped = await train('stopped', {}, event => event.type === 'step' && event.step === 3);
  assert.ok(stopped.stopped && stopped.steps >= 3 && stopped.steps < 6 && !fs.existsSync(path.join(stopped.output, 'adapter')));
  const resumed = await train('stopped');
  assert.deepEqual(resumed.events.find(({ type }) => type === 'resumed'), { type: 'resumed', step: stopped.steps });
  const whole = await train('whole');
  const plotted = fs.readFileSync(path.join(resumed.output, 'steps.jsonl'), 'utf8').split('\n').filter(line => line !== '').map(line => JSON.parse(line) as TuneEvent);
  assert.deepEqual(lossesOf(plotted), lossesOf(whole.events));
});

test('a stop ends the whole search, and trials that were made are not made again', { skip: absent }, async () => {
  const search = { choices: { search: true, searchSteps: 4 } };
  const stopped = await train('search', search, event => event.type === 'tried');
  assert.ok(stopped.stopped && stopped.steps === 0);
  const before = triedOf(stopped.events);
  const { events, job } = await train('search', search);
  assert.equal(before + triedOf(events), 6);
  assert.ok(before < 6);
  assert.equal(lossesOf(events).length, 6, 'the steps of trials are not among those of the training');
  const best = (JSON.parse(fs.readFileSync(path.join(job.output, 'search.json'), 'utf8')) as { readonly tried: readonly { readonly learningRate: number; readonly batch: number; readonly validationLoss: number }[] }).tried.toSorted((one, other) => one.validationLoss - other.validationLoss)[0];
  assert.deepEqual([job.learningRate, job.batch], [best?.learningRate, best?.batch]);
});

function lossesOf(events: readonly TuneEvent[]): number[] {
  return events.flatMap(event => (event.type === 'step' && event.loss !== undefined ? [event.loss] : []));
}

function triedOf(events: readonly TuneEvent[]): number {
  return events.filter(({ type }) => type === 'tried').length;
}

async function answerOf({ file = base, adapter }: { readonly file?: string; readonly adapter?: string }): Promise<string> {
  await using model = await LlamaLanguageModel.open({ file, contextTokens: 256, threads: 1, ...(adapter !== undefined && { adapters: [{ file: adapter }] }) });
  const events = await Array.fromAsync(model.generate([{ role: 'user', text: question }], { maxTokens: 12 }));
  return events.map(event => (event.type === 'text' ? event.text : '')).join('');
}
