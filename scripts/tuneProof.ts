// Whether a small model answers better after training: dataset → LoRA → adapter → answers about a chip that it was not
// trained on, without and with the adapter. Every step leaves a file and is not done again; delete it to do it anew.
//   node scripts/tuneProof.ts [FOLDER] [--steps 60] [--questions 40]
// Needs the small models (scripts/models.mjs), `halcyon tune prepare`, and descriptions of chips in ../shared/svd.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { mcNemar, wilson } from '../src/core/eval/proportions.ts';
import { modelsFolder } from '../src/node/folders.ts';

const root = path.resolve(import.meta.dirname, '..');
const { values, positionals } = parseArgs({ allowPositionals: true, options: { steps: { type: 'string', default: '60' }, questions: { type: 'string', default: '40' } } });
const folder = path.resolve(positionals[0] ?? path.join(root, 'artifacts/tune-proof'));
const model = path.join(modelsFolder(), 'SmolLM2-135M-Instruct-Q4_1.gguf');
const descriptions = path.resolve(root, '../shared/svd');
const heldOut = path.join(descriptions, 'STM32F407.svd');
/** Chips of other families than the one that is asked about. */
const trainedOn = ['STM32F103', 'RP2040', 'STM32G431', 'STM32H753', 'XMC4800', 'ATSAMD51G18A', 'nrf5340_application', 'esp32c3', 'GD32VF103', 'MK21D5', 'e310x'].map(name => path.join(descriptions, `${name}.svd`));

interface Text {
  readonly judgement: string;
}

interface Answered extends Text {
  readonly seed: number;
  readonly case: { readonly kind: string; readonly question: string };
  readonly closedBook?: Text;
  readonly narration?: Text;
}

const dataset = path.join(folder, 'dataset');
const training = path.join(folder, 'lora');
fs.mkdirSync(folder, { recursive: true });
step(path.join(dataset, 'export'), () => {
  halcyon(['--workspace', path.join(root, 'test/fixtures/fictional-mcu'), '--offline', 'dataset', 'build', '--out', dataset, '--licence', 'any', '--most', 'register=3000', 'trick=300', '--chip', ...trainedOn]);
  halcyon(['dataset', 'export', '--out', dataset, '--format', 'chat']);
});
step(path.join(training, 'adapter.gguf'), () => { halcyon(['--offline', '--threads', '1', '--progress', 'tune', 'run', '--base', model, '--data', path.join(dataset, 'export'), '--out', training, '--max-tokens', '160', '--max-steps', values.steps, '--evaluate-every', '20', '--learning-rate', '1e-3']); });
const before = ask('before', []);
const after = ask('after', ['--adapter', path.join(training, 'adapter.gguf')]);
console.log(table(before, after));

function step(result: string, work: () => void): void {
  if (fs.existsSync(result)) return;
  console.error(`tuneProof: ${path.relative(folder, result)}`);
  work();
  if (!fs.existsSync(result)) throw new Error(`${result} was not made; what was said above tells why.`);
}

function halcyon(args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(root, 'src/cli/main.ts'), ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  // 1 tells of bars that a model of this size misses, too: what counts is whether the result is there.
  if (status !== 0) console.error(`tuneProof: ended with ${status ?? 'a signal'}: ${args.join(' ')}`);
}

/** The answers to the same questions; a file under another name was not answered to its end. */
function ask(name: string, options: readonly string[]): readonly Answered[] {
  const file = path.join(folder, `${name}.jsonl`);
  step(file, () => {
    halcyon(['--workspace', path.join(root, 'test/fixtures/stm32f4-uart'), '--svd', heldOut, '--offline', '--model', model, ...options, '--threads', '1', 'eval', 'answers', '--limit', values.questions, '--raw', `${file}.part`]);
    fs.renameSync(`${file}.part`, file);
  });
  return fs.readFileSync(file, 'utf8').split('\n').filter(line => line !== '').map(line => JSON.parse(line) as Answered);
}

function table(one: readonly Answered[], other: readonly Answered[]): string {
  const key = ({ seed, case: { question } }: Answered): string => `${seed} ${question}`;
  const later = new Map(other.map(answered => [key(answered), answered]));
  const pairs = one.flatMap(answered => { const again = later.get(key(answered)); return again === undefined ? [] : [[answered, again] as const]; });
  const rows = ([['closed book', ({ closedBook }) => closedBook], ['model\'s text with evidence', ({ narration }) => narration], ['whole answer', answered => answered]] as const satisfies readonly (readonly [string, (answered: Answered) => Text | undefined])[]).map(([name, textOf]) => {
    const right = pairs.flatMap(([first, second]) => { const [was, is] = [textOf(first), textOf(second)]; return was === undefined || is === undefined ? [] : [[was.judgement === 'right', is.judgement === 'right'] as const]; });
    const share = (side: 0 | 1): string => { const { share: part, low, high, hits, of } = wilson(right.filter(pair => pair[side]).length, right.length); return `${part.toFixed(3)} (${low.toFixed(2)}–${high.toFixed(2)}), ${hits}/${of}`; };
    return `| ${name} | ${share(0)} | ${share(1)} | ${mcNemar(right).p.toPrecision(2)} |`;
  });
  return ['| right | before | after | McNemar p |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
