// What tasks put into the prompt, through the engine on a real index; without a model, so that all of it is seen.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Answer, AnswerEvent, AskRequest, ExplainRequest } from '../../src/core/index.ts';
import { grammarsFolder } from '../../src/node/folders.ts';
import { openEngine, type OpenEngine } from '../../src/node/openEngine.ts';

const fixture = path.resolve(import.meta.dirname, '../fixtures/lint');
const map = [' .text.serial_init', '                0x0000000008000100       0x40 serial.o', '                0x0000000008000100                serial_init', '                0x0000000008000200                main', ''].join('\n');
const handler = [
  '#include "chip.h"', '', 'static uint32_t received;', '', '/* Counts what comes in. */', 'void USART2_IRQHandler(void)', '{', '  if (USART2->SR & USART_SR_RXNE)', '  {', '    received++;', '    USART2->SR &= ~USART_SR_TC;', '  }', '}', '',
].join('\n');
const diff = [
  'diff --git a/serial.c b/serial.c', 'index 1111111..2222222 100644', '--- a/serial.c', '+++ b/serial.c', '@@ -8,3 +8,4 @@ void USART2_IRQHandler(void)', '   if (USART2->SR & USART_SR_RXNE)', '   {', '-    received++;', '+    received += 1;', '+    USART2->CR1 |= USART_CR1_UE;',
  'diff --git a/logo.png b/logo.png', 'new file mode 100644', 'Binary files /dev/null and b/logo.png differ', '',
].join('\n');

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-tasks-'));
const folder = path.join(root, 'firmware');
let engine: OpenEngine;
before(async () => {
  fs.mkdirSync(folder);
  for (const file of ['chip.svd', 'chip.h', 'startup.c', 'cases/clock-not-enabled.c']) fs.copyFileSync(path.join(fixture, file), path.join(folder, path.basename(file)));
  fs.writeFileSync(path.join(folder, 'serial.c'), handler);
  fs.writeFileSync(path.join(folder, 'firmware.map'), map);
  engine = openEngine({ workspace: folder, storage: path.join(root, 'index'), grammars: grammarsFolder(), svd: path.join(folder, 'chip.svd') });
  await Array.fromAsync(engine.index());
});
after(async () => {
  await engine.close();
  fs.rmSync(root, { recursive: true, force: true });
});

interface Seen {
  /** Title and text of each piece of evidence, quoted or left out, in its order. */
  readonly evidence: readonly string[];
  readonly facts: readonly string[];
  readonly answer: Answer;
}

function check(name: string, request: AskRequest | ExplainRequest, expect: (seen: Seen) => void): void {
  test(name, async () => {
    const events: AnswerEvent[] = await Array.fromAsync('question' in request ? engine.ask(request) : engine.explain(request));
    const evidence = events.find(event => event.type === 'evidence');
    const facts = events.find(event => event.type === 'facts');
    const last = events.at(-1);
    assert.ok(last?.type === 'answer');
    expect({ evidence: [...evidence?.quoted ?? [], ...evidence?.dropped ?? []].map(({ title, text }) => `${title}\n${text}`), facts: facts?.facts.facts.map(({ text }) => text) ?? [], answer: last.answer });
  });
}

/** That the evidence has a piece that all patterns match. */
function has({ evidence }: Seen, ...patterns: readonly RegExp[]): void {
  assert.ok(evidence.some(text => patterns.every(pattern => pattern.test(text))), `${patterns.join(' ')} in\n${evidence.join('\n---\n')}`);
}

const lines = (file: string, line: number): NonNullable<AskRequest['attached']> => [{ kind: 'file', file, line, wholeFunction: true }];

check('a review brings the findings, the dossier, the code with its lines, and the registers with the fields in question', { task: 'reviewFunction', question: 'USART2_IRQHandler' }, seen => {
  has(seen, /^Facts: findings/, /serial\.c:11: .*\(rmw-on-w1c, certain\)/);
  has(seen, /^Facts about USART2_IRQHandler/, /Registers written/);
  has(seen, /^USART2_IRQHandler, lines 5 to 13\n5: \/\* Counts/, /^11: {5}USART2->SR &= ~USART_SR_TC;$/m);
  has(seen, /^Register USART2\.SR/, /RXNE\[5\]/);
  assert.match(seen.facts.join('\n'), /serial\.c:11: /);
});

check('the findings are shown though there is no model', { task: 'reviewFunction', question: 'the code of clock-not-enabled.c:11', attached: lines('clock-not-enabled.c', 11) }, seen => {
  assert.match(seen.answer.text, /^clock-not-enabled\.c:11: .*TIM2.* \[the clock is switched on here: clock-not-enabled\.c:12\] \(clock-not-enabled, likely\)$/);
  assert.doesNotMatch(seen.facts.join('\n'), /USART2/, 'those of other functions are not');
});

check('attached code is quoted once in a review', { task: 'reviewFunction', question: 'x', attached: lines('serial.c', 8) }, seen => { assert.equal(seen.evidence.filter(text => /^11: {5}USART2->SR &=/m.test(text)).length, 1); });
check('a review that finds nothing says so', { task: 'reviewFunction', question: 'port_init' }, seen => { assert.deepEqual(seen.facts, ['Halcyon\'s rules find no mistake in port_init. That is no proof that there is none.']); });
check('a review of nothing says what to do', { task: 'reviewFunction', question: 'something nice' }, seen => { assert.match(seen.answer.problems.map(({ message }) => message).join('\n'), /Name a function/); });
check('a review of unsaved text looks at that', { task: 'reviewFunction', question: 'x', attached: [{ kind: 'file', file: 'serial.c', text: handler.replace('    USART2->SR &= ~USART_SR_TC;\n', '') }] }, seen => { assert.doesNotMatch(seen.facts.join('\n'), /rmw-on-w1c/); });

check('init brings the clock, the order in this project, and the registers', { task: 'writeInit', question: 'USART2 at 115200 baud' }, seen => {
  has(seen, /^Facts: clock of USART2/, /RCC\.APB1ENR\.USART2EN/);
  has(seen, /^Register RCC\.APB1ENR/, /USART2EN\[17\]/);
  has(seen, /^Facts: order in which this project sets up USART2/, /1\. clock-not-enabled\.c:18 serial_init\(\): USART2->BRR = 0x16D/);
  has(seen, /^Register USART2\.BRR/);
});

check('init of what the project does not set up shows one like it', { task: 'writeInit', question: 'TIM3' }, seen => { has(seen, /order in which this project sets up TIM/); });
check('init of a peripheral that is not there is told', { task: 'writeInit', question: 'USART9' }, seen => { assert.match(seen.answer.text, /USART9/); });

const dump = 'CFSR=0x00008200 HFSR=0x40000000 BFAR=0x40004408 PC=0x08000110 LR=0x08000204';
check('a fault brings the functions of the map, their code, and the clock of the access', { task: 'explainFault', question: dump, map: path.join(folder, 'firmware.map') }, seen => {
  assert.match(seen.facts.join('\n'), /PC 0x08000110 is in serial_init \(\+0x10\)/);
  assert.match(seen.facts.join('\n'), /USART2\.BRR/);
  has(seen, /^serial_init, lines 16 to 20/, /^18: {3}USART2->BRR/m);
  has(seen, /^Facts: clock of USART2/);
});
check('a fault in a terminal\'s text counts too', { question: 'Why?', attached: [{ kind: 'text', title: 'Terminal', text: dump }] }, seen => { has(seen, /^Facts: clock of USART2/); });
check('a map that is not there is told, and the fault decoded all the same', { question: dump, map: 'no.map' }, seen => {
  assert.match(seen.answer.problems.map(({ message }) => message).join('\n'), /no\.map/);
  assert.match(seen.facts.join('\n'), /PRECISERR/);
});

check('a write is decoded field by field', { task: 'explainWrite', question: 'serial_init', attached: [{ kind: 'file', file: 'clock-not-enabled.c', line: 19 }] }, seen => {
  assert.match(seen.facts.join('\n'), /^clock-not-enabled\.c:19: USART2->CR1 = USART_CR1_UE writes USART2\.CR1: UE \(bit \d+\) = 0x1/);
  has(seen, /^Register USART2\.CR1/);
});

check('a change brings its files, its lines and its registers', { task: 'commitSummary', question: '', attached: [{ kind: 'change', text: diff }] }, seen => {
  has(seen, /^Change of 2 files\nchanged serial\.c \(\+2 -1\)\nadded logo\.png \(binary\)/);
  has(seen, /^Changed lines of serial\.c/, /^\+ {4}USART2->CR1 \|= USART_CR1_UE;$/m);
  has(seen, /^Register USART2\.CR1/);
});
check('changed code comes before what tools wrote', { task: 'commitSummary', question: '', attached: [{ kind: 'change', text: `diff --git a/package-lock.json b/package-lock.json\n--- a/package-lock.json\n+++ b/package-lock.json\n@@ -1,1 +1,1 @@\n-  "a": 1\n+  "a": 2\n${diff}` }] }, seen => {
  assert.deepEqual(seen.evidence.map(text => text.split('\n')[0]).filter(title => title?.startsWith('Changed')), ['Changed lines of serial.c', 'Changed lines of package-lock.json']);
});
check('no change is told', { task: 'commitSummary', question: '', attached: [{ kind: 'change', text: 'nothing\n' }] }, seen => { assert.match(seen.answer.problems[0]?.message ?? '', /no change to summarise/); });

check('a selection is quoted with its line numbers, what tools report there, and the function around it', { file: 'serial.c', line: 8, endLine: 10, diagnostics: [{ file: 'serial.c', line: 10, message: 'received is not volatile', source: 'Halcyon' }, { file: 'serial.c', line: 40, message: 'elsewhere' }] }, seen => {
  assert.match(seen.evidence[0] ?? '', /^USART2_IRQHandler, lines 8 to 10\n8: {3}if/);
  assert.match(seen.evidence[1] ?? '', /^Problems that tools report here\nserial\.c:10: received is not volatile \(Halcyon\)$/);
  has(seen, /^USART2_IRQHandler as a whole/, /^5: \/\* Counts/m);
});
check('of what tools report, a question gets what lies in the lines beside it', { question: 'Why?', attached: [{ kind: 'file', file: 'serial.c', line: 8, endLine: 10 }], diagnostics: [{ file: 'serial.c', line: 10, message: 'received is not volatile' }, { file: 'serial.c', line: 12, message: 'elsewhere' }] }, seen => {
  has(seen, /^Problems that tools report here\nserial\.c:10: received is not volatile$/);
});
check('without lines beside it a question gets all that tools report', { question: 'Why?', diagnostics: [{ file: 'serial.c', line: 10, message: 'received is not volatile' }, { file: 'serial.c', line: 12, message: 'elsewhere' }] }, seen => { has(seen, /^Problems that tools report here\nserial\.c:10: .*\nserial\.c:12: elsewhere$/); });
check('a hundred problems are cut, and counted', { file: 'serial.c', line: 6, diagnostics: Array.from({ length: 100 }, (_, index) => ({ file: 'serial.c', line: 6, message: `${index} ${'x'.repeat(1000)}` })) }, seen => {
  const reported = seen.evidence.find(text => text.startsWith('Problems')) ?? '';
  assert.match(reported, /\(and 90 more\)$/);
  assert.ok(reported.length < 3000);
});

test('init brings the names that the device header has for the registers', async () => {
  const storage = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-tasks-'));
  const fictional = openEngine({ workspace: path.resolve(import.meta.dirname, '../fixtures/fictional-mcu'), storage, grammars: grammarsFolder() });
  try {
    await Array.fromAsync(fictional.index());
    const events = await Array.fromAsync(fictional.ask({ task: 'writeInit', question: 'UART1 at 9600 baud' }));
    const evidence = events.find(event => event.type === 'evidence');
    assert.match(evidence?.quoted.map(({ text }) => text).join('\n') ?? '', /#include "ax32\.h"\npointer: UART1\nbit macros: .*UART_CTRL_EN .*UART_BAUD_DIV_Pos/);
    assert.ok(evidence?.quoted.some(({ title }) => title === 'Facts: order in which this project sets up UART0'), 'one like it shows the way');
  } finally {
    await fictional.close();
    fs.rmSync(storage, { recursive: true, force: true });
  }
});
