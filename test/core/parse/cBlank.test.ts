// What is hidden from the grammar, and that nothing moves by it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blankSource } from '../../../src/core/parse/cBlank.ts';

/** `expected`: the blanked text with runs of blanks shortened to one. */
function check(name: string, text: string, expected: string): void {
  test(name, () => {
    const { blanked } = blankSource(text);
    assert.equal(blanked.length, text.length);
    assert.deepEqual(blanked.split('\n').length, text.split('\n').length);
    assert.equal(blanked.replace(/[ \t]+/g, ' '), expected);
  });
}

check('a qualifier', '__IO uint32_t CR;', ' uint32_t CR;');
check('a qualifier that is defined stays', '#define __IO volatile\n', '#define __IO volatile\n');
check('a note before a register', 'struct {\n  _REG_(PWM_EN_OFFSET) // PWM_EN\n  io_rw_32 en;\n};', 'struct {\n // PWM_EN\n io_rw_32 en;\n};');
check('the definition of that note stays', '#define _REG_(x)\n', '#define _REG_(x)\n');
check('a call of a like name stays', 'int a = _REG_(1);', 'int a = _REG_(1);');
check('flags of a handler', 'ISR(TIMER1_OVF_vect, ISR_NOBLOCK) {}', 'ISR(TIMER1_OVF_vect ) {}');
check('linkage', '#ifdef __cplusplus\nextern "C" {\n#endif\nint a;', ' \n \n \nint a;');
check('a project\'s own qualifier before a declaration', 'RAM_CODE static void f(void);\nTESTABLE uint8_t a;', ' static void f(void);\n uint8_t a;');
check('a project\'s own qualifier before a function\'s name', 'void DONT_DISCARD handler(int a)', 'void handler(int a)');
check('a type in upper case stays', 'UINT count;\nBOOL f(void);\nFRESULT const x;\nvoid MACRO(int a);\nint A = f(1);', 'UINT count;\nBOOL f(void);\nFRESULT const x;\nvoid MACRO(int a);\nint A = f(1);');
check('a long row of numbers, from its first comma to its last', `int t[] = { 1, ${'0x2A,\n-3, '.repeat(600)}4 };\nint a;`, `int t[] = { 1${' \n'.repeat(600)} , 4 };\nint a;`);
check('a short row of numbers stays', `int t[] = { ${'1, '.repeat(100)}2 };`, `int t[] = { ${'1, '.repeat(100)}2 };`);
check('a long row with names in it stays', `int t[] = { ${'1, START, '.repeat(600)}2 };`, `int t[] = { ${'1, START, '.repeat(600)}2 };`);
check('each of several tables', `int t[] = { ${'1,'.repeat(5000)}2 };\nint u[] = { ${'3,'.repeat(3000)}4 };`, 'int t[] = { 1 ,2 };\nint u[] = { 3 ,4 };');
