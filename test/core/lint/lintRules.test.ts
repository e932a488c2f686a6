// Every rule on C that compiles: a line that ends in `// finds: RULE [CERTAINTY]`, once or several times, is found by that rule, every other line by none.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import manifest from '../../../package.json' with { type: 'json' };
import { lintRulePage, lintRules } from '../../../src/core/lint/lintRules.ts';
import { lintCases, lintDevice, lintFixture, lintTexts } from './lintProject.ts';

const device = lintDevice();

for (const name of lintCases()) {
  test(`${name}: what is marked is found, and nothing else`, async () => {
    const text = lintFixture(`cases/${name}`);
    const shared = { 'chip.h': lintFixture('chip.h'), 'startup.c': lintFixture('startup.c'), ...(!text.includes('// without clocks.c') && { 'clocks.c': lintFixture('clocks.c') }) };
    const found = await lintTexts({ ...shared, [name]: text }, device);
    const expected = text.split('\n').flatMap((line, index) =>
      [...line.matchAll(/\/\/ finds: ([\w-]+)(?: (\w+))?(?=$| \/\/)/g)].map(([, rule = '', certainty]) => ({ line: index + 1, rule, certainty })));
    const graded = new Map(expected.map(({ line, rule, certainty }) => [`${line} ${rule}`, certainty]));
    assert.deepEqual(found.map(({ file, startLine, rule, certainty }) => `${file}:${startLine} ${rule}${graded.get(`${startLine} ${rule}`) === undefined ? '' : ` ${certainty}`}`), expected.map(({ line, rule, certainty }) => `${name}:${line} ${rule}${certainty === undefined ? '' : ` ${certainty}`}`));
  });
}

test('every rule has a file of cases, and a page', () => {
  assert.deepEqual(lintRules.map(({ id }) => `${id}.c`).filter(name => !lintCases().includes(name)), []);
  for (const { id, title } of lintRules) {
    const page = fs.readFileSync(path.resolve(import.meta.dirname, '../../..', lintRulePage(id)), 'utf8');
    assert.ok(page.startsWith(`# ${id}\n\n**${title}**`), id);
    assert.ok(page.includes(`halcyon-disable-next-line ${id}`), id);
  }
});

test('the setting for severities knows every rule', () => {
  assert.deepEqual(manifest.contributes.configuration.properties['halcyon.lint.rules'].propertyNames.enum, lintRules.map(({ id }) => id));
});

test('what is compiled for other AVR chips alone is no finding', async () => {
  assert.ok(device);
  const texts = { 'chip.h': lintFixture('chip.h'), 'a.c': '#include "chip.h"\n#ifdef __AVR_ATmega128__\nvoid generate(void) { TIM2->EGR |= TIM_EGR_UG; }\n#endif\n' };
  assert.deepEqual((await lintTexts(texts, { ...device, name: 'ATmega128' })).map(({ rule }) => rule), ['read-write-only']);
  assert.deepEqual(await lintTexts(texts, { ...device, name: 'ATmega328P' }), []);
});

test('of a block under which the description lists only another\'s interrupt nothing is said', async () => {
  assert.ok(device);
  const texts = { 'chip.h': lintFixture('chip.h'), 'clocks.c': lintFixture('clocks.c'), 'a.c': '#include "chip.h"\nvoid listen(void) { NVIC_EnableIRQ(TIM2_IRQn); USART2->CR1 |= USART_CR1_RXNEIE; }\n' };
  const rules = async (name: string) => (await lintTexts(texts, { ...device, peripherals: device.peripherals.map(block => block.name === 'USART2' ? { ...block, interrupts: [{ name, value: 38 }] } : block) })).map(({ rule }) => rule);
  assert.deepEqual(await rules('USART2'), ['unreachable-interrupt']);
  assert.deepEqual(await rules('FPU'), []);
});
