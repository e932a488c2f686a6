// What is decided and refused before Python starts, and what is made of its words; the recipe itself runs in test/tune (`npm run test:tune`).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { requireSpace } from '../../src/node/diskSpace.ts';
import { tuneRecipeFolder } from '../../src/node/folders.ts';
import { tune } from '../../src/node/tune.ts';
import { findTuneData } from '../../src/node/tuneData.ts';
import { writeDeployment } from '../../src/node/tuneDeployment.ts';
import { openTuneEnvironment } from '../../src/node/tuneEnvironment.ts';
import { makeTuneJob, tuneMethods, type TuneMethod } from '../../src/node/tuneJob.ts';
import { lossLine, lossPlot } from '../../src/node/tuneLossPlot.ts';
import { runTuneProcess, type TuneEvent } from '../../src/node/tuneProcess.ts';
import { chatModel, withKeys, writeGguf, type SmallGguf } from './smallGguf.ts';

interface Case {
  readonly method?: TuneMethod;
  /** The base file; null: none. */
  readonly base?: SmallGguf | null;
  /** Files of the data folder. */
  readonly data?: Readonly<Record<string, string>>;
  readonly job?: object;
}

const chat = (count: number): string => Array.from({ length: count }, (_, index) => `${JSON.stringify({ id: `e${index}`, messages: [{ role: 'user', content: `Question ${index}?` }, { role: 'assistant', content: 'An answer.' }] })}\n`).join('');
const common = { train: '/data/train.jsonl', validation: null, output: '/out', base: '/base.gguf' };

/** Asks for a training, which is refused with this sentence, and leaves nothing that looks like a result. */
async function check({ method = 'lora', base = chatModel, data = { 'chat.train.jsonl': chat(30) }, job }: Case, refusal: RegExp): Promise<void> {
  await inFolder(async folder => {
    const output = path.join(folder, 'out');
    if (base !== null) fs.writeFileSync(path.join(folder, 'base.gguf'), writeGguf(base));
    for (const [name, text] of Object.entries(data)) fs.writeFileSync(path.join(folder, name), text);
    if (job !== undefined) {
      fs.mkdirSync(path.join(output, 'checkpoints', 'checkpoint-5'), { recursive: true });
      fs.writeFileSync(path.join(output, 'job.json'), JSON.stringify(job));
    }
    await assert.rejects(tune({ method, base: path.join(folder, 'base.gguf'), data: folder, output, recipe: tuneRecipeFolder(), choices: {}, mayDownload: false, environments: path.join(folder, 'python') }, { onEvent: () => undefined }), refusal);
    assert.ok(!fs.existsSync(path.join(output, 'adapter')) && !fs.existsSync(path.join(output, 'adapter.gguf')));
  });
}

test('three examples are too few', () => check({ data: { 'chat.train.jsonl': chat(3) } }, /has 3 examples, and 20 are the least/));
test('a folder without data says what makes it', () => check({ data: {} }, /has no chat\.train\.jsonl\. `halcyon dataset build` and `halcyon dataset export` make it/));
test('preferences are looked for by their own name', () => check({ method: 'dpo' }, /has no dpo\.train\.jsonl/));
test('a base that is not there', () => check({ base: null }, /base\.gguf: no such model/));
test('a base that cannot chat', () => check({ base: withKeys({ 'tokenizer.chat_template': undefined }) }, /is no chat model: it has no chat template/));
test('QLoRA of a GGUF file', () => check({ method: 'qlora' }, /QLoRA takes the base model as a folder of safetensors/));
test('an embedder out of a GGUF file', () => check({ method: 'embedder' }, /trained from a folder of safetensors/));
test('a distillation without a teacher', () => check({ method: 'distill' }, /needs the teacher's answers/));
test('packages that nobody agreed to fetch', () => check({}, /needs Python packages .* `halcyon tune prepare` downloads them/));
test('a training that was begun with other data', () => check({ job: makeTuneJob({ ...common, method: 'lora', parameters: 1e9, examples: 30 }, {}) }, /begun with another base and another train/));

test('a machine without Python is told what to install', () => inFolder(folder => assert.rejects(openTuneEnvironment({ recipe: tuneRecipeFolder(), folder, mayDownload: true, commands: [['no-such-python-anywhere']] }), /needs Python 3\.11 or newer with venv, and none was found/)));
test('a disk without room is told how much is missing', () => inFolder(folder => assert.rejects(requireSpace(folder, 1e18, 'the training'), /free, and the training may take 1000000000\.0 GB/)));

test('a teacher\'s answers take the place of the examples\' own, and what it left out is counted', () => inFolder(async folder => {
  fs.writeFileSync(path.join(folder, 'chat.train.jsonl'), chat(30));
  fs.writeFileSync(path.join(folder, 'teacher.jsonl'), Array.from({ length: 25 }, (_, index) => JSON.stringify({ id: `e${index}`, answer: `Taught ${index}.` })).join('\n'));
  const data = await findTuneData({ method: 'distill', data: folder, output: path.join(folder, 'out'), teacher: path.join(folder, 'teacher.jsonl') });
  assert.deepEqual([data.examples, data.unanswered], [25, 5]);
  assert.match(fs.readFileSync(data.train, 'utf8'), /"Question 24\?".*"Taught 24\."/);
}));

test('every method has numbers for every size of model, and smaller steps for larger ones', () => {
  for (const method of tuneMethods) {
    const jobs = [1e8, 1e9, 7e9, 7e10].map(parameters => makeTuneJob({ ...common, method, parameters, examples: 1000 }, {}));
    for (const job of jobs) assert.ok(Object.values(job).every(value => typeof value !== 'number' || Number.isFinite(value)));
    assert.deepEqual(jobs.map(({ learningRate }) => learningRate), jobs.map(({ learningRate }) => learningRate).toSorted((one, other) => other - one));
  }
});
test('what was decided stands', () => {
  const job = makeTuneJob({ ...common, method: 'lora', parameters: 1e8, examples: 100 }, { learningRate: 1e-3, batch: 2, rank: 4, search: true });
  assert.deepEqual([job.learningRate, job.batch, job.rank, job.alpha, job.searchBatches], [1e-3, 2, 4, 8, [2, 4]]);
});

test('the plot shows both losses', () => {
  const steps = [{ type: 'step', step: 1, of: 2, loss: 2 }, { type: 'step', step: 2, of: 2, loss: 1 }, { type: 'step', step: 2, of: 2, validationLoss: 1.5 }] as const;
  assert.match(lossPlot(steps), /points="320\.0,40\.0 600\.0,160\.0"[\s\S]*<circle cx="600\.0" cy="100\.0"/);
  assert.equal(lossLine(steps), '█▅');
  assert.match(lossPlot([]), /<\/svg>$/);
});

test('the files for other programs name the adapter and its model', () => inFolder(async output => {
  const job = makeTuneJob({ ...common, method: 'lora', parameters: 1e8, examples: 100 }, {});
  const files = await writeDeployment({ output, job, examples: 100, steps: 12, adapter: '/it\'s/adapter.gguf', model: '/base.gguf' });
  assert.deepEqual(files.map(line => line.split(':')[0]), ['README.md', 'deploy/llama-factory.yaml', 'deploy/dataset_info.json', 'deploy/Modelfile', 'deploy/llama-server.sh', 'deploy/merge.sh', 'deploy/vllm.sh']);
  assert.match(fs.readFileSync(path.join(output, 'deploy/Modelfile'), 'utf8'), /^FROM \/base\.gguf\nADAPTER \/it's\/adapter\.gguf\n/);
  for (const name of ['llama-server.sh', 'merge.sh', 'vllm.sh']) assert.equal(spawnSync('sh', ['-n', path.join(output, 'deploy', name)]).status, 0, name);
}));

const python = ['python3', 'python'].find(command => spawnSync(command, ['--version']).status === 0);
const skip = python === undefined && 'no Python';

/** Runs another recipe than ours: what a process can do to its reader. `stop` is used at the first event. */
async function run(recipe: string, stop?: AbortController): Promise<{ readonly events: TuneEvent[]; readonly end: Promise<TuneEvent> }> {
  return inFolder(async folder => {
    const events: TuneEvent[] = [];
    fs.writeFileSync(path.join(folder, 'main.py'), recipe);
    const end = runTuneProcess(makeTuneJob({ ...common, output: folder, method: 'lora', parameters: 1, examples: 1 }, {}), { recipe: folder, environment: { python: python ?? '' }, signal: stop?.signal, onEvent: event => {
      events.push(event);
      stop?.abort();
    } });
    await end.catch(() => undefined);
    return { events, end };
  });
}

test('lines of libraries among the events are passed over', { skip }, async () => {
  const { events, end } = await run('print("warning!")\nprint(\'{"type": "step", "step": 1, "of": 1, "loss": 1}\')\nprint(\'{"type": "trained", "step": 1}\')');
  assert.equal((await end).type, 'trained');
  assert.equal(events.length, 2);
});
test('a failure is its own sentence', { skip }, async () => { await assert.rejects((await run('print(\'{"type": "failed", "message": "No example fits."}\')\nraise SystemExit(1)')).end, /^Error: No example fits\.$/); });
test('a process that is killed says how to go on', { skip }, async () => { await assert.rejects((await run('import os\nos.kill(os.getpid(), 9)')).end, /killed, perhaps for want of memory\); run the same command again to go on/); });
test('a stop is waited for', { skip }, async () => {
  const recipe = 'import signal, sys, time\ndef stop(*_):\n    print(\'{"type": "stopped", "step": 7}\', flush=True)\n    sys.exit(0)\nsignal.signal(signal.SIGINT, stop)\nprint(\'{"type": "loading"}\', flush=True)\ntime.sleep(60)';
  assert.deepEqual(await (await run(recipe, new AbortController())).end, { type: 'stopped', step: 7 });
});

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-tune-'));
  try {
    return await use(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
