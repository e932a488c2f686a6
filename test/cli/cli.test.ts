// The command line as scripts use it: a real process, its exit code, and nothing but one JSON document on stdout.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';

const root = path.resolve(import.meta.dirname, '../..');
const fixtures = path.join(root, 'test/fixtures');
const fictional = path.join(fixtures, 'fictional-mcu');
// A cache of its own: no models, and an index that no other test sees.
const cache = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-cli-'));
after(() => { fs.rmSync(cache, { recursive: true, force: true }); });

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function halcyon(args: readonly string[]): Promise<Outcome> {
  return new Promise(resolve => {
    execFile(process.execPath, [path.join(root, 'src/cli/main.ts'), ...args], { env: { ...process.env, HALCYON_CACHE: cache }, maxBuffer: 256 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, stdout, stderr });
    });
  });
}

/** A folder with files of which there is something to say, each several times. */
function workspaceWithFaults(): string {
  const folder = path.join(cache, 'faults');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'uses.c'), 'extern int a;\n#if 0\nint get(void) { return a; }\n#endif\n');
  for (const name of ['a', 'b', 'c']) {
    fs.writeFileSync(path.join(folder, `${name}.png`), '');
    fs.writeFileSync(path.join(folder, `${name}.c`), `int ${name} = = 1;\n`);
  }
  return folder;
}

/** Runs the command line and holds exit code and output against what is expected. */
function check(args: readonly string[], code: number, expect: (outcome: Outcome) => void): void {
  test(`halcyon ${args.map(arg => path.basename(arg)).join(' ')} exits with ${code}`, async () => {
    const outcome = await halcyon(args);
    assert.equal(outcome.code, code, outcome.stderr);
    expect(outcome);
  });
}

const json = (outcome: Outcome): Record<string, unknown> => JSON.parse(outcome.stdout) as Record<string, unknown>;
const svdFile = path.join(fictional, fs.readdirSync(fictional, { recursive: true, encoding: 'utf8' }).find(name => name.endsWith('.svd')) ?? '');

check(['--workspace', fictional, '--json', 'device'], 0, outcome => { assert.match(String(json(outcome)['svd']), /\.svd$/); });
check(['--workspace', fictional, '--json', 'svd', svdFile], 0, outcome => {
  const device = json(outcome)['device'] as { peripherals: { baseAddress: string; registers: { address: string }[] }[] };
  assert.ok(device.peripherals.length > 3);
  assert.match(device.peripherals[0]?.registers[0]?.address ?? '', /^0x[0-9A-F]+$/);
});
check(['--json', 'svd', path.join(fixtures, 'broken/page.svd')], 1, outcome => {
  assert.match(outcome.stderr, /page\.svd/);
  assert.ok(Array.isArray(json(outcome)['problems']));
});
check(['svd', '/nowhere/chip.svd'], 1, outcome => { assert.match(outcome.stderr, /\/nowhere\/chip\.svd: no such file/); });
check(['--workspace', fictional, 'register', 'NO_SUCH_REGISTER'], 1, outcome => { assert.match(outcome.stderr, /NO_SUCH_REGISTER: no such register/); });
check(['--workspace', fictional, 'register', 'UART0'], 0, outcome => { assert.match(outcome.stdout, /^UART0 — [^]*0x000 +CTRL/); });
check(['--workspace', fictional, 'register', 'UART'], 0, outcome => { assert.match(outcome.stdout, /^2 peripherals; name one to see its registers:\n {2}0x\w+ +UART0 /); });
check(['--workspace', fictional, 'register', 'USRT0.CTRL'], 1, outcome => { assert.match(outcome.stderr, /Did you mean UART0\.CTRL/); });
check(['--workspace', fictional, '--json', 'decode', 'UART0.CTRL', '-0x80000000'], 0, outcome => { assert.equal(json(outcome)['value'], '0x80000000'); });
check(['--workspace', fictional, '--json', 'isr'], 0, outcome => { assert.ok(Array.isArray(json(outcome)['isrs'])); });
check(['--workspace', fictional, '--json', '--quiet', 'index'], 0, outcome => {
  assert.ok(Number(json(outcome)['files']) > 5);
  assert.equal(outcome.stderr, '');
});
check(['--workspace', workspaceWithFaults(), 'index'], 0, outcome => {
  assert.match(outcome.stdout, /^ {2}\/\S*faults: \d+ files, \d+ chunks, \d+ kB$/m);
  assert.match(outcome.stdout, /^ {2}skipped 3: not a text file \(\.png\) \(a\.png, …\)$/m);
  assert.match(outcome.stderr, /^a\.c:1: 1 place could not be parsed as C; the rest was read \(and 2 more such\)$/m);
  assert.equal(outcome.stderr.match(/could not be parsed/g)?.length, 1);
});
check(['--workspace', workspaceWithFaults(), 'xref', 'a'], 0, outcome => {
  assert.match(outcome.stdout, /^uses\.c:1 {2}declares {2}variable a$/m);
  assert.match(outcome.stdout, /^uses\.c:3 {2}read +get {2}\(inactive in this build\) {2}a$/m);
});
check(['--workspace', fictional, '--json', 'models', 'list'], 0, outcome => { assert.ok((json(outcome)['models'] as unknown[]).length > 3); });
check(['--workspace', fictional, '--offline', '--endpoint', 'https://gateway.example/v1', 'ask', 'what is this?'], 1, outcome => { assert.match(outcome.stderr, /gateway\.example is not asked: offline mode is on/); });
check(['--workspace', fictional, '--endpoint', 'http://127.0.0.1:9', 'ask', 'what is UART0.CTRL?'], 1, outcome => { assert.match(outcome.stderr, /No model server answers at 127\.0\.0\.1:9|could not be asked/); });
check(['models', 'sell'], 2, outcome => { assert.match(outcome.stderr, /models sell: no such action/); });
check(['models', 'recommend', '--context', 'long'], 2, outcome => { assert.match(outcome.stderr, /--context long/); });
check(['--json', 'models', 'recommend'], 0, outcome => {
  const { machine, advice } = json(outcome) as { machine: { cores: number }; advice: { id: string; needBytes: number; license: string }[] };
  assert.ok(machine.cores >= 1);
  assert.ok(advice.every(({ needBytes, license }) => needBytes > 0 && license !== 'unknown'));
});
check(['models', 'verify', 'no-such-model'], 1, outcome => { assert.match(outcome.stderr, /no-such-model: no such id/); });
check(['models', 'delete', 'qwen2.5-coder-7b'], 1, outcome => { assert.match(outcome.stderr, /nothing to delete/); });
check(['models', 'import', path.join(fixtures, 'broken/model.gguf')], 1, outcome => { assert.match(outcome.stderr, /broken\/model\.gguf/); });
check(['--offline', 'models', 'download', 'qwen2.5-coder-7b'], 1, outcome => { assert.match(outcome.stderr, /offline mode is on/); });
check(['models', 'bench'], 1, outcome => { assert.match(outcome.stderr, /No chat model is on this machine/); });
check(['--workspace', fictional, '--json', 'ask', 'what is this?'], 1, outcome => {
  assert.match(outcome.stderr, /No model is chosen/);
  assert.equal(json(outcome)['answer'], '');
});
check(['--workspace', fictional, 'hover', 'src/main.c'], 2, outcome => { assert.match(outcome.stderr, /FILE:LINE:COLUMN/); });
check(['--workspace', fictional, '--json', 'hover', 'gone.c:1:1'], 1, outcome => { assert.match(JSON.stringify(json(outcome)['problems']), /gone\.c/); });
check(['--workspace', fictional, '--json', 'dataset'], 1, outcome => { assert.match(JSON.stringify(json(outcome)['problems']), /name what to do/); });
check(['--workspace', fictional, 'search', 'uart', '-k', '0'], 2, outcome => { assert.match(outcome.stderr, /whole number/); });
check(['--workspace', '/nowhere', 'device'], 1, outcome => { assert.match(outcome.stderr, /\/nowhere: no such folder/); });
check(['--model', '/nowhere/model.gguf', 'device'], 1, outcome => { assert.match(outcome.stderr, /\/nowhere\/model\.gguf/); });
check(['--embedder', path.join(fixtures, 'broken/model.gguf'), 'device'], 1, outcome => { assert.match(outcome.stderr, /broken\/model\.gguf/); });
check(['--reranker', path.join(fixtures, 'broken/model.gguf'), 'device'], 1, outcome => { assert.match(outcome.stderr, /broken\/model\.gguf/); });
check(['--workspace', fictional, 'eval'], 1, outcome => { assert.match(outcome.stderr, /halcyon eval retrieval/); });
check(['--workspace', fictional, 'eval', 'retrieval', '--limit', 'many'], 2, outcome => { assert.match(outcome.stderr, /whole number/); });
check(['--workspace', fictional, 'eval', 'retrieval', '--mode', 'guess'], 2, outcome => { assert.match(outcome.stderr, /--mode guess/); });
check(['--workspace', fictional, 'eval', 'retrieval', '--suite', '/nowhere/suite.json'], 1, outcome => { assert.match(outcome.stderr, /\/nowhere\/suite\.json: no such file/); });
check(['--workspace', path.join(fixtures, 'broken'), 'eval', 'retrieval'], 1, outcome => { assert.match(outcome.stderr, /nothing is indexed/); });
check(['--workspace', fictional, 'xref', 'console_init'], 0, outcome => { assert.match(outcome.stdout, /^console\.c:16 {2}defines {2}function console_init\nmain\.c:20 {2}call {5}main {2}console_init\(\)$/m); });
check(['--workspace', fictional, '--json', 'xref', 'UART0.NOSUCH'], 1, outcome => { assert.match(JSON.stringify(json(outcome)['problems']), /UART0\.NOSUCH is no register or field of AX32/); });
check(['nonsense'], 2, outcome => { assert.match(outcome.stderr, /unknown command/); });
check(['register'], 2, outcome => { assert.match(outcome.stderr, /missing required argument/); });
check(['--nonsense', 'device'], 2, outcome => { assert.match(outcome.stderr, /unknown option/); });
check(['--help'], 0, outcome => { for (const name of ['device', 'svd', 'register', 'decode', 'hover', 'index', 'search', 'xref', 'isr', 'lint', 'ask', 'explain', 'eval', 'models', 'dataset', 'tune', 'feedback', 'mcp']) assert.match(outcome.stdout, new RegExp(`\\b${name}\\b`)); });

test('a reader that closes the pipe early is no failure', async () => {
  const child = spawn(process.execPath, [path.join(root, 'src/cli/main.ts'), '--json', 'svd', svdFile], { env: { ...process.env, HALCYON_CACHE: cache } });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', text => { complaint += String(text); });
  child.stdout.destroy();
  const code = await new Promise(resolve => { child.on('close', resolve); });
  assert.deepEqual({ code, complaint }, { code: 0, complaint: '' });
});

check(['--workspace', fictional, 'ask'], 2, ({ stderr }) => { assert.match(stderr, /ask needs a question, or --at/); });
check(['--workspace', fictional, 'ask', '--at', 'level.c', 'Why?'], 2, ({ stderr }) => { assert.match(stderr, /give a place as FILE:LINE/); });
check(['--workspace', fictional, '--json', 'ask', '--task', 'reviewFunction', '--at', 'level.c:39'], 0, outcome => { assert.match(String(json(outcome)['answer']), /^level\.c:39: .*\(rmw-on-w1c, /m); });
check(['--workspace', fictional, 'ask', '--task', 'commitSummary', '--diff', path.join(fixtures, 'README.md')], 1, ({ stderr }) => { assert.match(stderr, /There is no change to summarise/); });
check(['--workspace', fictional, '--json', 'ask', 'CFSR=0x00000400', '--map', path.join(fixtures, 'no-such.map')], 0, outcome => { assert.match(JSON.stringify(json(outcome)['problems']), /no-such\.map/); });
check(['eval', 'compare', '/nowhere/a.json', '/nowhere/b.json'], 1, ({ stderr }) => { assert.match(stderr, /\/nowhere\/a\.json: no such file/); });
check(['eval', 'compare', path.join(fixtures, 'README.md'), path.join(fixtures, 'README.md')], 1, ({ stderr }) => { assert.match(stderr, /is no run of halcyon eval/); });
check(['eval', 'compare', 'a.json', 'b.json', '--seed', 'x'], 2, ({ stderr }) => { assert.match(stderr, /--seed x/); });
check(['--workspace', fictional, 'eval', 'answers', '--baseline', '/nowhere/b.json'], 1, ({ stderr }) => { assert.match(stderr, /\/nowhere\/b\.json: no such file/); });
check(['--workspace', fictional, 'eval', 'retrieval', '--baseline', path.join(fixtures, 'README.md')], 1, ({ stderr }) => { assert.match(stderr, /is no baseline/); });
check(['--workspace', fictional, 'eval', 'retrieval', '--slack', '2'], 2, ({ stderr }) => { assert.match(stderr, /--slack 2/); });
check(['feedback'], 1, ({ stderr }) => { assert.match(stderr, /show, analyse, export or erase/); });
check(['feedback', 'show', '/nowhere/feedback.jsonl'], 1, ({ stderr }) => { assert.match(stderr, /\/nowhere\/feedback\.jsonl: no such file/); });
check(['feedback', 'erase', '/nowhere/feedback.jsonl'], 2, ({ stderr }) => { assert.match(stderr, /either --all or --answer/); });
check(['feedback', 'erase', path.join(fixtures, 'README.md'), '--all'], 1, ({ stderr }) => { assert.match(stderr, /are no feedback, so the file was left/); });
check(['feedback', 'erase', path.join(fixtures, 'README.md'), '--answer', 'x'], 1, ({ stderr }) => { assert.match(stderr, /holds nothing of this answer/); });
