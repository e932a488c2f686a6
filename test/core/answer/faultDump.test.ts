import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceFacts } from '../../../src/core/answer/deviceFacts.ts';
import { decodeFault, faultMarkdown, isFaultDump } from '../../../src/core/answer/faultDump.ts';
import { readLinkerMap, symbolAt } from '../../../src/core/answer/linkerMap.ts';
import { testChip, testSources } from './testChip.ts';

const gnuMap = ' .text.uart_init\n                0x0800012c       0x54 ./uart.o\n                0x0800012c                uart_init\n                0x08000200                main\n';

/** What a dump decodes to, as markdown. */
function check(dump: string, ...expected: readonly RegExp[]): void {
  test(JSON.stringify(dump.slice(0, 80)), () => {
    const report = decodeFault(dump, { device: testChip, map: gnuMap });
    assert.ok(report !== undefined);
    for (const pattern of expected) assert.match(faultMarkdown(report), pattern);
  });
}

check('CFSR=0x00008200 HFSR=0x40000000 BFAR=0x40004408 PC=0x08000134', /PRECISERR: .*no clock/, /access was to 0x40004408, which is USART2\.BRR/, /PC 0x08000134 is in uart_init \(\+0x8\)/, /FORCED/);
check('cfsr: 0x00020000\r\nlr: 0xFFFFFFFD', /INVSTATE/, /process stack/);
check('SCB->CFSR = 0x02000000', /DIVBYZERO: an integer division by zero/);
check('CFSR 00000400 BFAR 20000000', /IMPRECISERR/, /BFARVALID is 0/, /DISDEFWBUF/);
check('MMFAR=0x00000004, CFSR=0x82', /DACCVIOL/, /pointer that is 0/);
check('HFSR=0x00000002', /VECTTBL/);
check('CFSR=0x00000000', /No fault flag is set/);
check('CFSR=0x00000100 PC=0x30000000', /IBUSERR/, /PC 0x30000000 is in no function of the linker map/);

test('a dump is told from the words of a build', () => {
  assert.deepEqual(['HardFault! CFSR: 0x00000400', 'HFSR=40000000', 'a.c:3: error: CFSR undeclared'].map(isFaultDump), [true, true, false]);
});

test('other text is no dump', () => {
  for (const text of ['', 'What does SCB->CFSR do?', 'PC=0x08000134', 'CFSR='.repeat(50_000)]) assert.equal(decodeFault(text), undefined);
});

test('a dump in a question is decoded before any model is asked', async () => {
  const found = await deviceFacts('Why does this fault? CFSR=0x02000000 PC=0x08000134', { device: testChip, facts: testSources, source: 'x.svd', dossiers: [] });
  assert.match(found?.facts[0]?.text ?? '', /division by zero/);
  assert.equal(found?.missing.length, 0);
});

test('maps of three linkers are read', () => {
  const symbols = readLinkerMap(`${gnuMap}    foo_arm                 0x08001001   Thumb Code    84  a.o(.text)\n 8002000  8002000  54  4                 foo_lld\nnonsense\n`);
  assert.deepEqual(symbols.map(({ name }) => name), ['uart_init', 'main', 'foo_arm', 'foo_lld']);
  assert.deepEqual(symbolAt(symbols, 0x08001011n), { name: 'foo_arm', offset: 0x10n });
  assert.equal(symbolAt(symbols, 0x100n), undefined);
  assert.deepEqual(readLinkerMap(''), []);
});
