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
    assert.deepEqual([found.findings.length, found.suppressed], [shown, suppressed]);
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
