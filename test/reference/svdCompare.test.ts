// The comparison itself: what it must not overlook.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareLines } from './svdCompare.ts';

const device = ['device', 'D', null, null, null, 8, 32, null];
const peripheral = (name: string, address = '0x1000', interrupts: unknown[] = []) => ['peripheral', name, address, null, null, null, null, null, [], interrupts];
const register = (name: string, fields: unknown[] = [], size = 32, reset: string | null = null) => ['register', name, '0x1004', size, 'read-write', reset, null, fields];
const field = (name: string, values: unknown[] = [], access = 'read-write') => [name, 0, 1, access, null, null, values];

function check(sentence: string, [ours, theirs]: readonly [unknown[][], unknown[][]], kinds: readonly string[]): void {
  test(sentence, () => {
    const text = (lines: unknown[][]) => [device, ...lines].map(line => JSON.stringify(line));
    assert.deepEqual(compareLines(text(ours), text(theirs)).differences.map(({ kind }) => kind), kinds);
  });
}

const p = peripheral('P');
check('equal readings do not differ', [[p, register('R', [field('F')])], [p, register('R', [field('F')])]], []);
check('a peripheral that one lacks differs', [[p], [peripheral('Q')]], ['peripheral only ours', 'peripheral only theirs']);
check('a peripheral at another address differs', [[p], [peripheral('P', '0x2000')]], ['peripheral only ours', 'peripheral only theirs']);
check('interrupts differ', [[peripheral('P', '0x1000', [[1, 'I']])], [p]], ['peripheral interrupts']);
check('a register that one lacks differs', [[p, register('R')], [p, register('S')]], ['register only ours', 'register only theirs']);
check('a register that one repeats differs', [[p, register('R'), register('R')], [p, register('R')]], ['register only ours']);
check('size and reset value differ', [[p, register('R', [], 8, '0x1')], [p, register('R', [], 32, '0x2')]], ['register size: 8, theirs 32', 'register resetValue']);
check('a field that one lacks differs', [[p, register('R', [field('F')])], [p, register('R', [field('G')])]], ['field only ours', 'field only theirs']);
check('the access of a field differs', [[p, register('R', [field('F', [], 'read-only')])], [p, register('R', [field('F')])]], ['field access: read-only, theirs read-write']);
check('names and values of enumerated values differ', [[p, register('R', [field('F', [['A', '0x1', 'read', false]])])], [p, register('R', [field('F', [['A', '0x2', 'read', false]])])]], ['enumerated values']);
check('the number of enumerated values differs', [[p, register('R', [field('F', [['A', '0x1', 'read', false]])])], [p, register('R', [field('F')])]], ['number of enumerated values, theirs none']);
