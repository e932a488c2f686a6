import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deadLines } from '../../../src/core/lint/deadLines.ts';

function check(name: string, text: string, expected: readonly number[], deviceName?: string): void {
  test(name, () => { assert.deepEqual([...deadLines(text.split('\n'), deviceName)], expected); });
}

check('lines behind #if 0 are dead up to #endif', 'a\n#if 0\nb\nc\n#endif\nd', [3, 4]);
check('what follows #else lives again', '#if 0\na\n#else\nb\n#endif', [2]);
check('conditions within are dead too', '#if 0\n#ifdef X\na\n#else\nb\n#endif\nc\n#endif\nd', [2, 3, 5, 7]);
check('other conditions say nothing', '#if X\na\n#endif\n#ifdef Y\nb\n#endif\n#if 0x1\nc\n#endif', []);
check('a comment may follow the 0', '#if 0 // later\na\n#endif\n# if (0) /* never */\nb\n#endif', [2, 5]);
check('an #endif too many, and one too few, change nothing else', '#endif\na\n#if 0\nb', [4]);
check('lines for other AVR chips are dead', '#ifdef __AVR_ATmega128__ // large\na\n#else\nb\n#endif\n#if defined(__AVR_ATmega128__) || defined __AVR_ATmega1280__\nc\n#endif', [2, 7], 'ATmega328P');
check('lines for this AVR chip among others live', '#if defined(__AVR_ATmega128__) || defined(__AVR_ATmega328P__)\na\n#endif\n#ifndef __AVR_ATmega128__\nb\n#endif\n#if defined(__AVR_ATmega128__) || FAST\nc\n#endif', [], 'ATmega328P');
check('of another kind of chip AVR names say nothing', '#ifdef __AVR_ATmega128__\na\n#endif', [], 'STM32F407');
