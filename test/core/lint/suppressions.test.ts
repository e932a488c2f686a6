// What comments hide, and which files are not the project's to mend.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsOf } from '../../../src/core/lint/findings.ts';
import { suppressionComment } from '../../../src/core/lint/suppressions.ts';
import { isVendorFile } from '../../../src/core/lint/vendorFiles.ts';

/** A text with two hits of one rule, in its last two lines: how many are shown and how many are hidden. */
function check(name: string, text: string, shown: number, suppressed: number): void {
  test(name, () => {
    const lines = text.split('\n').length;
    const hits = [lines - 1, lines].map(line => ({ rule: 'foreign-mask', certainty: 'certain' as const, file: 'a.c', line, message: 'x' }));
    const found = findingsOf(hits, text);
    assert.deepEqual([found.findings.length, found.hidden.length], [shown, suppressed]);
  });
}

check('without a comment all are shown', 'a;\nb;', 2, 0);
check('a comment for the file hides all', '// halcyon-disable-file foreign-mask generated\na;\nb;', 0, 2);
check('a comment for the file about another rule hides none', '// halcyon-disable-file rmw-on-w1c generated\na;\nb;', 2, 0);
check('the comment that is offered hides the next line alone', `${suppressionComment('foreign-mask')}\na;\nb;`, 1, 1);
check('what no build holds is neither shown nor counted as hidden', '#if 0\na;\nb;', 0, 0);

for (const [file, expected] of [['Drivers/CMSIS/Include/core_cm4.h', true], ['Core/Src/system_stm32f4xx.c', true], ['lib/stm32f4xx_hal_uart.c', true], ['STM32F4xx_StdPeriph_Lib_V1.8.0-rc1/src/misc.c', true], ['src/stm32f4xx_hal_conf.h', false], ['src/main.c', false]] as const) {
  test(`${file} is ${expected ? '' : 'not '}a vendor's`, () => { assert.equal(isVendorFile(file), expected); });
}

check('a string that quotes the comment hides none', 'const char *s = "// halcyon-disable-file";\na;\nb;', 2, 0);
check('a string over two lines of a macro that quotes it hides none', 'const char *s = "x \\\n// halcyon-disable-file";\na;\nb;', 2, 0);
check('a raw string that quotes it hides none', 'auto s = R"x(\n" // halcyon-disable-file\n)x";\na;\nb;', 2, 0);
check('a quotation mark as a character opens no string', "char c = '\"'; // halcyon-disable-file\na;\nb;", 0, 2);
check('a quotation mark in a comment opens no string', '// " /* \n/* halcyon-disable-file */\na;\nb;', 0, 2);
check('a string without an end ends with its line', '#error "no end\n// halcyon-disable-file\na;\nb;', 0, 2);
check('of a block of several lines the marker\'s own line counts', '/* why:\n   halcyon-disable-next-line foreign-mask */\na;\nb;', 1, 1);
check('carriage returns belong to no reason', '// halcyon-disable-file foreign-mask\r\na;\r\nb;', 0, 2);

test('a hidden finding keeps the reason and the line of its comment', () => {
  const { hidden } = findingsOf([{ rule: 'foreign-mask', certainty: 'certain', file: 'a.c', line: 2, message: 'x' }], '/* halcyon-disable-next-line foreign-mask, rmw-on-w1c the twin bit is meant */\na;\n');
  assert.deepEqual(hidden.map(({ reason, commentLine }) => [reason, commentLine]), [['the twin bit is meant', 1]]);
});

test('two things of one line are two findings, and one thing that two handlers lead to is one', () => {
  const hit = (expression: string, certainty: 'certain' | 'likely') => ({ rule: 'missing-volatile', certainty, file: 'a.c', line: 1, expression, message: expression });
  const { findings } = findingsOf([hit('aa', 'likely'), hit('a', 'likely'), hit('a', 'certain')], 'static int aa, a;');
  assert.deepEqual(findings.map(({ startColumn, endColumn, certainty }) => [startColumn, endColumn, certainty]), [[12, 14, 'likely'], [16, 17, 'certain']]);
});
