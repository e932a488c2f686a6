import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chunkDocument } from '../../../src/core/chunk/chunkDocument.ts';
import { conditionHolds, conditionOf, namesInCondition } from '../../../src/core/chunk/conditionHolds.ts';
import { readConditions } from '../../../src/core/chunk/conditions.ts';
import { emptyFacts } from '../../../src/core/parse/emptyFacts.ts';

/** The condition around the line that holds `here`, and around all from there to `there` where that stands. */
function check(lines: readonly string[], expected: string | undefined): void {
  const first = lines.indexOf('here') + 1;
  assert.equal(readConditions(lines).around(first, lines.includes('there') ? lines.indexOf('there') + 1 : first), expected);
}

test('what stands in an #ifdef is conditional', () => { check(['#ifdef USE_DMA', 'here', '#endif'], 'defined(USE_DMA)'); });
test('conditions around each other are joined', () => { check(['#if defined(STM32F4) || X', '#ifndef USE_HAL // not', 'here', '#endif', '#endif'], '(defined(STM32F4) || X) && !defined(USE_HAL)'); });
test('an #else negates what is before it', () => { check(['#if A > 1', '#elif defined(B)', '#else', 'here', '#endif'], '!(A > 1) && !defined(B)'); });
test('an #elif names both', () => { check(['#ifndef A', '#elif B', 'here', '#endif'], 'defined(A) && B'); });
test('an include guard is no condition', () => { check(['#ifndef X_H', '#define X_H', 'here', '#endif'], undefined); });
test('a guard by defined() is none either', () => { check(['#if !defined(X_H)', '// words', '#define X_H', 'here', '#endif'], undefined); });
test('C++ is no condition', () => { check(['#ifdef __cplusplus', 'here', '#endif'], undefined); });
test('a condition is written over several lines', () => { check(['#if defined(A) && \\', '    defined(B)', 'here', '#endif'], 'defined(A) && defined(B)'); });
test('nothing is conditional behind #endif', () => { check(['#if A', '#endif', 'here'], undefined); });
test('only what is around all lines counts', () => { check(['#if A', '#if B', 'here', '#endif', 'there', '#endif'], 'A'); });
test('directives that do not match do no harm', () => { check(['#endif', '#else', 'here', '#elif X'], undefined); });
test('a passage begins with its condition', () => {
  const { chunks } = chunkDocument('a.c', '#if USE_DMA\nint dma;\n#endif\nint other;\n', { ...emptyFacts('c'), variables: [{ name: 'dma', line: 2, type: 'int', isStatic: false, isVolatile: false, isConst: false, isExtern: false }] });
  assert.deepEqual(chunks.filter(({ kind }) => kind === 'variables').map(({ text }) => text), ['condition: USE_DMA\nint dma;']);
});

const known: Readonly<Record<string, string | false>> = { STM32F407xx: '1', VERSION: '(3U)', LEVEL: 'VERSION', OFF: '0', ABSENT: false, EMPTY: '' };
const holds = (condition: string, expected: boolean | undefined) => { assert.equal(conditionHolds(condition, name => known[name]), expected, condition); };

test('conditions are told from what the build defines', () => {
  holds('defined(STM32F407xx)', true);
  holds('defined ABSENT', false);
  holds('!defined(ABSENT) && VERSION >= 2', true);
  holds('LEVEL == 3UL', true);
  holds('OFF', false);
  holds('ABSENT', false);
  holds('(defined(ABSENT) || OFF) && defined(UNKNOWN)', false);
});
test('what is not known is not told', () => {
  holds('defined(UNKNOWN)', undefined);
  holds('UNKNOWN || OFF', undefined);
  holds('UNKNOWN || VERSION', true);
  holds('VERSION + 1 > 2', undefined);
  holds('HAS(VERSION)', undefined);
  holds('defined(STM32F407xx) && (VERSIO…', undefined);
  holds('', undefined);
  holds('EMPTY', undefined);
});
test('a condition is read off a passage', () => {
  assert.equal(conditionOf('void f(void) … (part 2 of 2)\ncondition: A && B\nx'), 'A && B');
  assert.equal(conditionOf('void f(void)\n{\n condition: no\n'), undefined);
  assert.deepEqual(namesInCondition('defined(A) && B > 0x10'), ['A', 'B']);
});
