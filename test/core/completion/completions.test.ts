// Completion of registers and fields, `^` being the cursor; the headers are those of the fixture projects.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { completionsAt, type Completion } from '../../../src/core/completion/completions.ts';
import { fixtureTexts } from '../graph/factsOf.ts';
import { memoryFactSource } from '../graph/memoryFactSource.ts';
import { fictional, real, type HoverBed } from '../hover/hoverAt.ts';
import { openTestParser } from '../parse/grammars.ts';

const parser = await openTestParser();
after(() => parser[Symbol.asyncDispose]());
const withHeader = real('STM32F407.svd', fixtureTexts('stm32f4-uart'));
const withoutHeader = real('STM32F407.svd');

function check(name: string, marked: string, expected: (items: readonly Completion[]) => void, bed: HoverBed = withHeader): void {
  test(name, { skip: bed.device === undefined && 'no SVD file beside the repository' }, async () => {
    const files = new Map(Object.entries(bed.texts).filter(([file]) => file.endsWith('.h')).map(([file, text]) => [file, parser.parse(text, file).facts]));
    const names = [...files.values()].flatMap(({ macros }) => macros.map(macro => macro.name)).sort();
    const before = marked.slice(0, marked.indexOf('^')).split('\n');
    const place = { file: 'open.c', text: marked.replace('^', ''), line: before.length, column: (before.at(-1) ?? '').length + 1 };
    const namesStarting = async (prefix: string, limit: number) => names.filter(known => known.startsWith(prefix)).slice(0, limit);
    const { items } = await completionsAt(place, { device: bed.device, parser, facts: { ...memoryFactSource(files), ...(files.size > 0 && { namesStarting }) } });
    expected(items);
  });
}

const has = (...labels: readonly string[]) => (items: readonly Completion[]) => {
  for (const label of labels) assert.ok(items.some(item => item.label === label), `${label} is among ${items.map(item => item.label).join(', ')}`);
};
const none = (items: readonly Completion[]) => { assert.deepEqual(items, []); };

check('registers after an arrow, as the header declares them', 'void f(void) { GPIOA->^ }', items => {
  has('MODER', 'AFR')(items);
  assert.ok(!items.some(({ label }) => /^(AFRL|RESERVED)/.test(label)));
});
check('macros that only the header has', 'int x = DMA_SxCR_CH^;', has('DMA_SxCR_CHSEL_Pos'));
check('with address and description of the chip', 'void f(void) { USART2->C^; }', items => {
  const cr1 = items.find(({ label }) => label === 'CR1');
  assert.deepEqual([cr1?.detail, cr1?.path], ['0x4000440C read-write', 'USART2.CR1']);
  assert.match(cr1?.description ?? '', /Control register 1/i);
});
check('after a pointer by its type', 'void f(USART_TypeDef *uart)\n{\n  uart->^\n}', has('CR1', 'BRR'));
check('after a pointer by what it points at', 'void f(void)\n{\n  USART_TypeDef *uart = USART2;\n  uart->^\n}', items => { assert.equal(items.find(({ label }) => label === 'CR1')?.path, 'USART2.CR1'); });
check('after a macro that stands for a block', '#define CONSOLE (USART2)\n#define PORT_ CONSOLE\nvoid f(void) { PORT_->^ }', has('CR1', 'BRR'));
check('after macros that go round in a circle nothing', '#define AAA BBB\n#define BBB AAA\nvoid f(void) { AAA->^ }', none);
check('of the structs of several families\' headers, this chip\'s', 'void f(void) { RCC->^ }', items => {
  has('AHB3RSTR')(items);
  assert.ok(!items.some(({ label }) => label === 'APB2OLD'));
}, { ...withHeader, texts: { 'stm32f10x.h': 'typedef struct { volatile unsigned CR; volatile unsigned APB2OLD; } RCC_TypeDef;\n', 'stm32f4xx.h': 'typedef struct { volatile unsigned CR; volatile unsigned AHB3RSTR; } RCC_TypeDef;\n#define RCC ((RCC_TypeDef *) 0x40023800)\n' } });
check('without a header, as the chip\'s description names them', 'void f(void) { GPIOA->^ }', has('MODER', 'AFRL'), withoutHeader);
check('field macros of the header', 'void f(void) { RCC->AHB1ENR |= RCC_AHB1ENR_^ }', items => {
  has('RCC_AHB1ENR_GPIOAEN')(items);
  assert.equal(items.find(({ label }) => label === 'RCC_AHB1ENR_GPIOAEN')?.detail, 'RCC.AHB1ENR [0]');
});
check('without a header, field names as CMSIS headers form them', 'void f(void) { x = RCC_AHB1ENR_GPIOA^ }', items => { assert.deepEqual(items.map(({ label }) => label), ['RCC_AHB1ENR_GPIOAEN']); }, withoutHeader);
check('registers in a cluster', 'void f(void) { DMA->CH[1].^ }', has('CTRL', 'SOURCE'), { ...fictional, texts: {} });
check('nothing after a struct of the program', 'struct s { int a; } *p;\nvoid f(void) { p->^ }', none);
check('nothing after a word that only looks like a macro', 'void f(void) { MY_OWN_^ }', none);
check('nothing in a comment', '// GPIOA->^', none);
check('nothing in a string', 'char *s = "GPIOA->^";', none);
check('nothing in an empty file', '^', none);
