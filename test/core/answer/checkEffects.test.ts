import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Verdict } from '../../../src/core/answer/answer.ts';
import { checkEffects } from '../../../src/core/answer/checkEffects.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';

const field = (name: string, bit: number, clear: string): string => `<field><name>${name}</name><bitOffset>${bit}</bitOffset><bitWidth>1</bitWidth><modifiedWriteValues>${clear}</modifiedWriteValues></field>`;
const parsed = parseSvd(`<device><name>TEST1</name><addressUnitBits>8</addressUnitBits><width>32</width><access>read-write</access><peripherals>
<peripheral><name>TIM2</name><baseAddress>0x40000000</baseAddress><registers>
<register><name>SR</name><addressOffset>16</addressOffset><size>32</size><fields>${field('UIF', 0, 'zeroToClear')}</fields></register>
<register><name>ICR</name><addressOffset>20</addressOffset><size>32</size><fields>${field('CF', 0, 'oneToClear')}</fields></register>
<register><name>CNT</name><addressOffset>24</addressOffset><size>32</size><access>read-only</access></register>
</registers></peripheral></peripherals></device>`, 'test.svd');
assert.ok(parsed.device !== undefined);
const device = parsed.device;

/** Compares the verdict of the first finding, or that there is none. */
function check(answer: string, verdict: Verdict | 'nothing', fact = /(?:)/): void {
  test(`${answer} ${verdict}`, () => {
    const [finding] = checkEffects(answer, device);
    assert.equal(finding?.verdict ?? 'nothing', verdict);
    if (finding !== undefined) assert.match(finding.evidence, fact);
  });
}

check('TIM2->SR UIF is cleared by writing 0.', 'supported');
check('TIM2->SR UIF is cleared by writing 1.', 'contradicted', /cleared by writing 0/);
check('The flag CF of TIM2->ICR is cleared by writing a one.', 'supported');
check('TIM2->CNT is read-only.', 'supported');
check('TIM2->CNT is write-only.', 'contradicted', /is read-only/);
check('TIM2->SR is read-only.', 'contradicted', /is read-write/);
check('TIM2->SR is useful, TIM2->CNT is read-only.', 'nothing');
check('The variable is read-only.', 'nothing');
