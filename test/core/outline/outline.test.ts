// The chip's tree: rows, pages, filter, finding, and the way to a row; on the fictional chip and on vendors' files.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Device } from '../../../src/core/device/device.ts';
import { outlineChain, outlineRows } from '../../../src/core/outline/outline.ts';
import { outlineCard } from '../../../src/core/outline/outlineCard.ts';
import { findInOutline } from '../../../src/core/outline/outlineFind.ts';
import type { OutlineNode } from '../../../src/core/outline/outlineRow.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import { realDevice } from '../device/realDevice.ts';

const ax32 = parseSvd(fs.readFileSync(path.join(import.meta.dirname, '../../fixtures/fictional-mcu/AX32.svd'), 'utf8'), 'AX32.svd').device;
const f407 = realDevice('STM32F407.svd');
const huge = realDevice('nrf9220_flpr.svd');

/** Opens the rows with these labels one below the other, under the filter in a step `/…`, and looks at the last level. */
function check(name: string, device: Device | undefined, steps: readonly string[], expected: (rows: readonly OutlineNode[]) => void): void {
  test(name, { skip: device === undefined && 'no SVD file beside the repository' }, () => {
    assert.ok(device);
    const filter = steps.find(step => step.startsWith('/'))?.slice(1) ?? '';
    const labels = steps.filter(step => !step.startsWith('/'));
    let rows = outlineRows(device, undefined, filter);
    for (const label of labels) {
      const row = rows.find(candidate => candidate.label === label);
      assert.ok(row, `${label} is among ${rows.map(candidate => candidate.label).join(', ')}`);
      rows = outlineRows(device, row.id, filter);
    }
    expected(rows);
  });
}

const labelsOf = (rows: readonly OutlineNode[]): string[] => rows.map(({ label }) => label);

check('a small chip lists its peripherals without groups', ax32, [], rows => { assert.ok(rows.every(({ kind }) => kind === 'peripheral')); });
check('a large chip groups its peripherals, in the order of their numbers', f407, ['TIM'], rows => {
  assert.deepEqual(labelsOf(rows).filter(label => /^TIM(2|9|10)$/.test(label)), ['TIM2', 'TIM9', 'TIM10']);
});
check('registers come with address and access, by address', f407, ['USART', 'USART2'], rows => {
  assert.deepEqual(rows.slice(0, 2).map(({ label, detail }) => `${label} ${detail}`), ['SR 0x40004400', 'DR 0x40004404 rw']);
});
check('fields come with bits and access, the highest bit first', f407, ['USART', 'USART2', 'CR1'], rows => {
  assert.deepEqual([rows[0]?.label, rows[0]?.detail, rows.at(-1)?.label], ['OVER8', '[15] rw', 'SBK']);
});
check('an array is one row, its elements below', ax32, ['DMA', 'CH0…3'], rows => { assert.deepEqual(labelsOf(rows), ['CH0', 'CH1', 'CH2', 'CH3']); });
check('an array of sixteen million comes in pages of at most a hundred rows', huge, ['GLOBAL_STMDATA', 'DOMAIN[0…15]', 'DOMAIN[0]', 'DATA[0…16777215]', 'DATA[1000000…1999999]', 'DATA[1230000…1239999]', 'DATA[1234500…1234599]'], rows => {
  assert.deepEqual([rows.length, rows[67]?.label, rows[67]?.address?.length], [100, 'DATA[1234567]', 10]);
});
check('a filter leaves what leads to a match', f407, ['/usart2 cr1'], rows => { assert.deepEqual(labelsOf(rows), ['USART']); });
check('a filter goes by address', f407, ['/0x4000440c', 'USART', 'USART2'], rows => { assert.deepEqual(labelsOf(rows), ['CR1']); });
check('a filter goes by description', ax32, ['/watchdog'], rows => { assert.ok(rows.length > 0 && rows.length < 6); });
check('a filter that matches nothing leaves nothing', f407, ['/no such thing'], rows => { assert.deepEqual(rows, []); });

const finds: readonly (readonly [string, string, string])[] = [
  ['by path', 'USART2.CR1', 'USART2.CR1'], ['as C writes it', 'USART2->CR1', 'USART2.CR1'], ['by a header\'s macro', 'RCC_AHB1ENR_GPIOAEN', 'RCC.AHB1ENR.GPIOAEN'],
  ['by address', '0x4000440C', 'USART2.CR1'], ['by words of name and description', 'usart2 baud', 'USART2.BRR'], ['in another case', 'gpioa moder', 'GPIOA.MODER'],
];
for (const [how, query, wanted] of finds) {
  test(`a register is found ${how}`, { skip: f407 === undefined && 'no SVD file beside the repository' }, () => {
    assert.ok(f407);
    assert.equal(findInOutline(f407, query).nodes[0]?.path, wanted);
  });
}

test('what is listed is cut, and the total says so', { skip: f407 === undefined && 'no SVD file beside the repository' }, () => {
  assert.ok(f407);
  const { nodes, total } = findInOutline(f407, 'enable', 10);
  assert.deepEqual([nodes.length, total > 100], [10, true]);
});

for (const query of ['', '   ', '->', '(((', 'x'.repeat(10_000), '%s', '0x']) {
  test(`finding ${JSON.stringify(query.slice(0, 10))} gives no row of a wrong kind`, () => {
    assert.ok(ax32);
    assert.ok(findInOutline(ax32, query).nodes.every(({ id }) => outlineChain(ax32, { id }).length > 0));
  });
}

test('the way to a field goes through its array and cluster', () => {
  assert.ok(ax32);
  const chain = outlineChain(ax32, { path: 'DMA.CH2.CTRL.EN' });
  assert.deepEqual(labelsOf(chain), ['DMA', 'CH0…3', 'CH2', 'CTRL', 'EN']);
  assert.deepEqual(labelsOf(outlineChain(ax32, { id: chain.at(-1)?.id ?? '' })), labelsOf(chain));
  assert.match(outlineCard(ax32, chain.at(-1)?.id ?? '') ?? '', /DMA\.CH2\.CTRL\.EN/);
});

test('every row found on a whole chip has a way that leads to it and a card', { skip: f407 === undefined && 'no SVD file beside the repository' }, () => {
  assert.ok(f407);
  for (const { id, path: where } of findInOutline(f407, 'r', 400).nodes) {
    assert.equal(outlineChain(f407, { id }).at(-1)?.path, where);
    assert.ok(outlineCard(f407, id));
  }
});

for (const id of ['', 'p999', 'p0/n999', 'p0/f0', 'g:', 'p0/n0/e99999', 'p-1', 'p0/p0', 'p0/../p1', 'n0']) {
  test(`the id ${JSON.stringify(id)} names no row`, () => {
    assert.ok(ax32);
    assert.deepEqual([outlineRows(ax32, id), outlineChain(ax32, { id }), outlineCard(ax32, id)], [[], [], undefined]);
  });
}
