// What is found for a question in the fixture projects, why, and how many of the written and of the made questions are answered.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { readRetrievalCases, type RetrievalEvaluation, type RetrievalEvaluationRequest } from '../../src/core/index.ts';
import { grammarsFolder } from '../../src/node/folders.ts';
import { openEngine, type OpenEngine } from '../../src/node/openEngine.ts';

const fixtures = path.resolve(import.meta.dirname, '../fixtures');
const projects = ['fictional-mcu', 'stm32f4-uart'] as const;
type Project = typeof projects[number];
const engines = new Map<Project, OpenEngine>();
let folder = '';

const extraFiles: Readonly<Record<string, string>> = {
  'Kconfig': 'config PUMP_FAST\n\tbool "Fast pump"\n',
  'errors.h': '#define EPUMP 37 /* the pump does not turn */\n#define PUMP_ERR_DRY -2\n',
  'crane.h': '/** Raise the hook of the winch until the end switch is hit. */\nint crane_up(int mm);\n\n/** Lower the load gently. */\nint crane_down(int mm);\n',
  'crane.c': '#include "crane.h"\nint crane_up(int mm)\n{\n  return mm + 1;\n}\n\nint crane_down(int mm)\n{\n  return mm - 1;\n}\n',
  'crane.md': '# Winch maintenance\nGrease the drum of the winch every month, then call `crane_down(20)`.\n',
  'Project files/TS100.ioc': '#MicroXplorer Configuration settings - do not modify\nFile.Version=6\nUSART1.BaudRate=115200\n',
  'TS100.md': '# TS100\nThe TS100 is an iron. TS100 TS100.\n\n## TS100 flashing\nHold the button of the TS100.\n',
  '.clang-format': 'IndentWidth: 2\n',
  '.gitignore': 'TS100_secret_folder\n',
  'board.dts': '/ {\n\twinch: winch {\n\t\tstatus = "okay";\n\t};\n};\n',
  'dma_names.c': '#define LEVEL_DMA_IRQHandler ADC_IRQHandler\nvoid LEVEL_DMA_IRQHandler(void)\n{\n  samples_ready();\n}\n',
};

before(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-retrieval-'));
  for (const project of projects) {
    const workspace = path.join(folder, project);
    fs.cpSync(path.join(fixtures, project), workspace, { recursive: true });
    if (project === 'fictional-mcu') for (const [name, text] of Object.entries(extraFiles)) { fs.mkdirSync(path.dirname(path.join(workspace, name)), { recursive: true }); fs.writeFileSync(path.join(workspace, name), text); }
    const engine = openEngine({ workspace, storage: path.join(folder, 'storage'), grammars: grammarsFolder() });
    engines.set(project, engine);
    assert.equal((await Array.fromAsync(engine.index({ embed: false }))).at(-1)?.type, 'done');
  }
});
after(async () => {
  for (const engine of engines.values()) await engine.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

function engineOf(project: Project): OpenEngine {
  const engine = engines.get(project);
  assert.ok(engine);
  return engine;
}

interface Expected {
  /** Place in the answer, 1 when not given. */
  readonly within?: number;
  readonly why: RegExp;
  readonly project?: Project;
}

/** The passage `file symbol` is among the first for the question, and why it is. */
function check(question: string, place: string, { within = 1, why, project = 'fictional-mcu' }: Expected): void {
  test(`${question} finds ${place}`, async () => {
    const { hits } = await engineOf(project).search(question);
    const described = hits.map(hit => `${path.posix.basename(hit.file)} ${hit.symbol ?? ''}`.trim());
    const at = described.indexOf(place);
    assert.ok(at !== -1 && at < within, hits.map((hit, rank) => `${described[rank] ?? ''} (${hit.why})`).join('\n'));
    assert.match(hits[at]?.why ?? '', why);
  });
}

check('what does motor_set do', 'motor.c motor_set', { why: /^names motor_set/ });
check('MOTOR_SET', 'motor.c motor_set', { why: /^names motor_set/ });
check('PUMP_FAST', 'Kconfig CONFIG_PUMP_FAST', { why: /names PUMP_FAST/ });
check('where is montor_set', 'motor.c motor_set', { why: /montor_set is nearly motor_set/ });
check('console.c:30', 'console.c console_read', { why: /at console\.c:30/ });
check('what is in console.c', 'console.c console.c', { why: /is file console\.c/ });
check('TS100.ioc', 'TS100.ioc', { why: /in TS100\.ioc/ });
check('what is configured in Project files/TS100.ioc', 'TS100.ioc', { within: 3, why: /in .*TS100\.ioc/ });
check('.clang-format', '.clang-format', { why: /in \.clang-format/ });
check('CONFIG_PUMP_FAST', 'Kconfig CONFIG_PUMP_FAST', { why: /names CONFIG_PUMP_FAST/ });
check('what does -EPUMP mean', 'errors.h', { why: /names EPUMP/ });
check('PUMP_ERR_DRY', 'errors.h', { why: /names PUMP_ERR_DRY/ });
check('what is at 0x40000008', 'AX32.svd SYS.WDKICK', { why: /0x40000008 is register SYS\.WDKICK/ });
check('UART0->CTRL', 'AX32.svd UART0.CTRL', { why: /UART0->CTRL is register UART0\.CTRL/ });
check('who clears UART0.STATUS', 'console.c UART0_IRQHandler', { why: /writes UART0\.STATUS/ });
check('where is TIMER0.CTRL configured', 'motor.c motor_init', { why: /writes TIMER0\.CTRL/ });
check('which handler serves the DMA interrupt', 'level.c DMA_IRQHandler', { why: /DMA_IRQHandler serves the DMA interrupt/ });
check('which handler serves the ADC interrupt', 'dma_names.c LEVEL_DMA_IRQHandler', { within: 3, why: /LEVEL_DMA_IRQHandler is ADC_IRQHandler and serves the ADC interrupt/ });
check('what does main do', 'main.c main', { why: /names main/ });
check('who feeds the dog, console_write', 'pump.h', { within: 10, why: /declares console_write/ });
check('level_init', 'main.c main', { within: 10, why: /main calls level_init/ });
check('level_init', 'level.c block_start', { within: 10, why: /block_start is called by level_init/ });
check('motor: speed up setting the duty', 'motor.c motor_set', { why: /in motor\.c/ });
check('where is the overrun error flag cleared', 'console.c UART0_IRQHandler', { within: 3, why: /words: overrun/ });
check('占空比在哪里设置', 'motor.c motor_set', { within: 3, why: /words: duty \(占空比\)/ });
check('raise the hook of the winch', 'crane.c crane_up', { within: 10, why: /crane_up is described in crane\.h/ });
check('lower the load gently', 'crane.c crane_down', { within: 10, why: /crane_down is described in crane\.h/ });
check('grease the drum', 'crane.c crane_down', { within: 10, why: /crane_down is described in crane\.md/ });
check('which code makes the winch', 'board.dts winch', { within: 3, why: /^words: winch$/ });

/** The questions of a request are answered as well as the bars want it, without an embedding model. */
function checkBars(name: string, project: Project, request: () => RetrievalEvaluationRequest, least: number): void {
  test(name, async () => {
    const report = await evaluated(engineOf(project), request());
    assert.ok(report.questions >= least, `${report.questions} questions`);
    assert.deepEqual(report.bars.filter(({ holds }) => !holds), [], JSON.stringify(report.failures, undefined, 2));
    assert.deepEqual(report.kinds.map(({ mode }) => mode).filter(mode => mode === 'vectors'), []);
  });
}

async function evaluated(engine: OpenEngine, request: RetrievalEvaluationRequest): Promise<RetrievalEvaluation> {
  const last = (await Array.fromAsync(engine.evaluateRetrieval(request))).at(-1);
  assert.ok(last?.type === 'done');
  return last.report;
}

function written(project: Project): RetrievalEvaluationRequest {
  const file = path.resolve(import.meta.dirname, `../eval/${project}.json`);
  const { cases, problems } = readRetrievalCases(fs.readFileSync(file, 'utf8'), file);
  assert.deepEqual(problems, []);
  return { cases };
}

for (const project of projects) {
  checkBars(`the written questions on ${project} are answered`, project, () => written(project), 49);
  checkBars(`questions made from ${project} are answered`, project, () => ({ perKind: 20 }), 40);
}

test('the same seed makes the same questions, another seed others', async () => {
  const kinds = async (seed: number) => (await evaluated(engineOf('fictional-mcu'), { perKind: 10, seed, modes: ['words'] })).failures.map(({ question }) => question);
  assert.deepEqual(await kinds(3), await kinds(3));
  assert.notDeepEqual(await kinds(3), await kinds(4));
});

test('an evaluation can be stopped', async () => {
  await assert.rejects(Array.fromAsync(engineOf('fictional-mcu').evaluateRetrieval({}, AbortSignal.abort())), /abort/i);
});

test('rules of what is left out are no hits', async () => {
  const { hits } = await engineOf('fictional-mcu').search('TS100_secret_folder');
  assert.deepEqual(hits.filter(({ file }) => file.endsWith('.gitignore')), []);
});
