// Hints behind register writes, on the fixture projects' own headers.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { registerInlays } from '../../../src/core/inlay/registerInlays.ts';
import { fixtureTexts } from '../graph/factsOf.ts';
import { memoryFactSource } from '../graph/memoryFactSource.ts';
import { fictional, real, type HoverBed } from '../hover/hoverAt.ts';
import { openTestParser } from '../parse/grammars.ts';

const parser = await openTestParser();
after(() => parser[Symbol.asyncDispose]());
const f407 = real('STM32F407.svd', fixtureTexts('stm32f4-uart'));

/** `statement` in a function gives hints like these, each behind a semicolon. */
function check(name: string, statement: string, expected: readonly RegExp[], bed: HoverBed = f407): void {
  test(name, { skip: bed.device === undefined && 'no SVD file beside the repository' }, async () => {
    const facts = memoryFactSource(new Map(Object.entries(bed.texts).filter(([file]) => file.endsWith('.h')).map(([file, text]) => [file, parser.parse(text, file).facts])));
    const text = `void f(void)\n{\n${statement}\n}\n`;
    const inlays = await registerInlays({ file: 'open.c', text, startLine: 1, endLine: text.split('\n').length }, { device: bed.device, parser, facts });
    assert.equal(inlays.length, expected.length, inlays.map(({ label }) => label).join('\n'));
    for (const [index, pattern] of expected.entries()) assert.match(inlays[index]?.label ?? '', pattern);
    for (const { line, column, markdown, path } of inlays) {
      assert.equal(text.split('\n')[line - 1]?.[column - 2], ';');
      assert.ok(markdown.includes(path));
    }
  });
}

check('a plain number is decoded', 'GPIOA->MODER = 0xA8000000;', [/^MODER15,14,13=2( \(|$)/]);
check('more fields than three are counted', 'GPIOA->MODER = 0xAA;', [/^MODER3,2,1=2.*, \+1$/]);
check('what the code names itself is not repeated', 'USART2->CR1 = USART_CR1_UE | USART_CR1_TE;', []);
check('a named bit that is set gives no hint', 'RCC->AHB1ENR |= RCC_AHB1ENR_GPIOAEN;', []);
check('of a change only the touched fields are told', 'GPIOA->MODER = (GPIOA->MODER & ~(0xFUL << 4)) | (0xAUL << 4);', [/^MODER3,2=2( \(|$)/]);
check('reserved bits are warned of', 'USART2->CR1 = 0x80002000;', [/^⚠ 0x80000000 reserved, UE=1/]);
check('a read gives none', 'uint32_t x = USART2->SR;', []);
check('what is known only at run time gives none', 'USART2->BRR = baud;', []);
check('a statement over two lines has its hint at its end', 'GPIOA->MODER =\n  0xA8000000;', [/^MODER15,14,13=2( \(|$)/]);
check('a semicolon in a comment ends nothing', 'GPIOA->MODER = /* ; */ 0x80000000;', [/^MODER15=2/]);
check('a statement without an end gives none', 'GPIOA->MODER = 0x80000000', []);
check('a number that is the only field\'s value is not repeated', 'RTC->WPR = 0x53;', []);
check('bits that are only partly known tell nothing', 'USART2->BRR = baud << 2;', []);
check('of twins on one place the one that can be written is told', 'SCB->AIRCR = 0x05FA0000 | (3 << 8);', [/^VECTKEY=0x5FA/]);
check('what writing means is told, not what reading would', 'NRF_RADIO->INTENCLR = 1;', [/^READY=1 \(Clear\)$/], real('nrf52840.svd'));
check('a field with named values tells the name', 'GPIOA->PINCFG[0] = 2;', [/^FUNCTION=2 \(Uart\)$/], fictional);

test('a cancelled request gives none', { skip: f407.device === undefined && 'no SVD file beside the repository' }, async () => {
  const facts = memoryFactSource(new Map());
  assert.deepEqual(await registerInlays({ file: 'a.c', text: 'void f(void) { GPIOA->MODER = 1; }', startLine: 1, endLine: 1 }, { device: f407.device, parser, facts }, AbortSignal.abort()), []);
});
