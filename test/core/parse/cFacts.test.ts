// What is read out of C and C++: one line of source and the facts expected of it, in a short notation.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { SourceFacts } from '../../../src/core/parse/facts.ts';
import { openTestParser } from './grammars.ts';

const parser = await openTestParser();
after(() => parser[Symbol.asyncDispose]());

const views = {
  accesses: (facts: SourceFacts) => facts.accesses.map(({ kind, base, members, operator, value, through }) =>
    `${kind} ${[base, ...members].join('/')}${operator === undefined ? '' : ` ${operator}`}${value === undefined ? '' : ` ${value}`}${through === undefined ? '' : ` through ${through}`}`),
  functions: (facts: SourceFacts) => facts.functions.map(({ name, isStatic, attributes, parameters }) =>
    `${isStatic ? 'static ' : ''}${name}(${parameters.map(({ name: parameter, type }) => `${type} ${parameter}`).join(', ')})${attributes.map(text => ` ${text}`).join('')}`),
  calls: (facts: SourceFacts) => facts.functions.flatMap(({ calls }) => calls.map(({ name, arguments: texts }) => `${name}(${texts.join('; ')})`)),
  loops: (facts: SourceFacts) => facts.functions.flatMap(({ loops = [] }) => loops.map(({ condition, isEmpty, hasExit }) => `${condition}${isEmpty ? ' empty' : ''}${hasExit ? ' exit' : ''}`)),
  lines: (facts: SourceFacts) => facts.functions.map(({ name, docStartLine, startLine, endLine }) => `${name} ${docStartLine} ${startLine} ${endLine}`),
  variables: (facts: SourceFacts) => facts.variables.map(({ name, type, function: inside, isStatic, isVolatile, isExtern, initializer }) =>
    `${isStatic ? 'static ' : ''}${isExtern ? 'extern ' : ''}${isVolatile ? 'is-volatile ' : ''}${name}: ${type}${inside === undefined ? '' : ` in ${inside}`}${initializer === undefined ? '' : ` = ${initializer}`}`),
  uses: (facts: SourceFacts) => facts.uses.map(({ name, kind, member, addressTaken }) => `${kind} ${name}${member ?? ''}${addressTaken === true ? ' by address' : ''}`),
  macros: (facts: SourceFacts) => facts.macros.map(({ name, parameters, body, comment }) => `${name}${parameters === undefined ? '' : `(${parameters.join(',')})`} = ${body}${comment === undefined ? '' : ` # ${comment}`}`),
  types: (facts: SourceFacts) => facts.types.map(({ kind, name, members, aliasOf }) =>
    `${kind} ${name}${aliasOf === undefined ? '' : ` = ${aliasOf}`}${members.map(member => ` | ${member.type}${member.type === '' ? '' : ' '}${member.name}${member.dimensions.map(size => `[${size}]`).join('')}${member.value === undefined ? '' : ` = ${member.value}`}${member.members === undefined ? '' : ` {${member.members.map(inner => inner.name).join(' ')}}`}${member.comment === undefined ? '' : ` # ${member.comment}`}`).join('')}`),
  vectors: (facts: SourceFacts) => facts.vectors.map(({ handler, index, indexText }) => `${indexText ?? index} ${handler}`),
  pointers: (facts: SourceFacts) => (facts.pointers ?? []).map(({ member, value }) => `${member} = ${value}`),
  bareReads: (facts: SourceFacts) => (facts.bareReads ?? []).map(({ name, line, function: inside }) => `${name} ${line} ${inside}`),
  includes: (facts: SourceFacts) => facts.includes.map(({ path: included }) => included),
};

function check(name: string, code: string, expected: Partial<Record<keyof typeof views, string[]>>, file = 'test.c'): void {
  test(name, () => {
    const { facts } = parser.parse(code, file);
    for (const view of Object.keys(expected) as (keyof typeof views)[]) assert.deepEqual(views[view](facts), expected[view], view);
  });
}

const inFunction = (body: string) => `void f(void) { ${body} }`;

// Accesses, in every style.
check('a CMSIS register is written', inFunction('RCC->CR = RCC_CR_HSEON;'), { accesses: ['write RCC/CR = RCC_CR_HSEON'] });
check('a CMSIS register is modified', inFunction('USART2->CR1 |= USART_CR1_UE;'), { accesses: ['modify USART2/CR1 |= USART_CR1_UE'] });
check('a test against a mask is a read with its mask', inFunction('while (!(USART2->SR & USART_SR_TXE)) {}'), { accesses: ['read USART2/SR USART_SR_TXE'] });
check('a test of a local that holds a register goes through the local', inFunction('uint32_t sr = USART2->SR; if (sr & USART_SR_ORE) {}'), { accesses: ['read USART2/SR', 'read USART2/SR USART_SR_ORE through sr'] });
check('a local given another value no longer stands for the register', inFunction('uint32_t sr = USART2->SR; sr = 0; if (sr & 1) {}'), { accesses: ['read USART2/SR'] });
check('read, mask and write back is one modification', inFunction('GPIOA->MODER = (GPIOA->MODER & ~3UL) | 1UL;'), { accesses: ['modify GPIOA/MODER = (GPIOA->MODER & ~3UL) | 1UL'] });
check('array members keep their index', inFunction('GPIOA->AFR[1] = 7; TIM2->CCR[n - 1]++;'), { accesses: ['write GPIOA/AFR[1] = 7', 'modify TIM2/CCR[n - 1] ++'] });
check('nested blocks', inFunction('DMA->CH[3].CTRL = 1; SERCOM0->USART.CTRLA.reg = 2; GPIO.out_w1ts = BIT(3);'), { accesses: ['write DMA/CH[3]/CTRL = 1', 'write SERCOM0/USART/CTRLA/reg = 2', 'write GPIO/out_w1ts = BIT(3)'] });
check('a handle', 'void f(UART_HandleTypeDef *huart) { huart->Instance->CR1 &= ~USART_CR1_TXEIE; }', { accesses: ['modify huart->Instance/CR1 &= ~USART_CR1_TXEIE'] });
check('a pointer parameter', 'void f(TIM_TypeDef *TIMx) { TIMx->PSC = 83; }', { accesses: ['write TIMx/PSC = 83'] });
check('ST bit macros', inFunction('SET_BIT(USART1->CR1, USART_CR1_UE); MODIFY_REG(TIM2->CR1, TIM_CR1_CMS, TIM_CR1_CMS_0); if (READ_BIT(RCC->CR, RCC_CR_HSERDY)) {} WRITE_REG(TIM2->CNT, 0);'),
  { accesses: ['modify USART1/CR1 SET_BIT USART_CR1_UE', 'modify TIM2/CR1 MODIFY_REG TIM_CR1_CMS, TIM_CR1_CMS_0', 'read RCC/CR READ_BIT RCC_CR_HSERDY', 'write TIM2/CNT WRITE_REG 0'] });
check('a register read in a macro\'s value argument counts too', inFunction('WRITE_REG(TIM2->CNT, TIM3->CNT);'), { accesses: ['write TIM2/CNT WRITE_REG TIM3->CNT', 'read TIM3/CNT'] });
check('raw addresses', inFunction('*(volatile uint32_t *)0x40021018 |= 4; x = *((vu32 *)(USART_BASE + 4)); (*(volatile uint8_t *)(0x20)) = 1;'),
  { accesses: ['modify 0x40021018 |= 4', 'read USART_BASE + 4', 'write 0x20 = 1'] });
check('a struct laid over an address', inFunction('((USART_TypeDef *)0x40011000)->CR1 = 0;'), { accesses: ['write (USART_TypeDef *)0x40011000/CR1 = 0'] });
check('libopencm3 registers and address macros', inFunction('TIM1_CR1 = 1; TIM_ARR(TIM6) = 9; if (TIM_SR(TIM2) & TIM_SR_UIF) {} MMIO32(0x40000000) &= ~1;'),
  { accesses: ['write TIM1_CR1 = 1', 'write TIM_ARR(TIM6) = 9', 'read TIM_SR(TIM2) TIM_SR_UIF', 'modify 0x40000000 &= ~1'] });
check('AVR ports', inFunction('PORTB |= _BV(PB5); if (PIND & (1 << 2)) {}'), { accesses: ['modify PORTB |= _BV(PB5)', 'read PIND (1 << 2)'] });
check('Nordic, Pico and Espressif', inFunction('NRF_UARTE0->ENABLE = 8; uart0_hw->dr = c; hw_set_bits(&pads_bank0_hw->io[n], 4); REG_SET_BIT(GPIO_OUT_REG, BIT(5));'),
  { accesses: ['write NRF_UARTE0/ENABLE = 8', 'write uart0_hw/dr = c', 'modify pads_bank0_hw/io[n] hw_set_bits 4', 'modify GPIO_OUT_REG REG_SET_BIT BIT(5)'] });
check('PIC bit structures', inFunction('LATBbits.LATB0 = 1;'), { accesses: ['write LATBbits/LATB0 = 1'] });
check('an address alone is no bus access, and says so', inFunction('DMA->PAR = (uint32_t)&USART2->DR;'), { accesses: ['write DMA/PAR = (uint32_t)&USART2->DR', 'read USART2/DR &'] });
check('ordinary data is no register', 'struct node { int x; };' + inFunction('list->next = n; p->count++; config.speed = 3; ring.data[2] = 1; int x = MAX_SIZE; *q = 4; y = MASK_A & MASK_B;'), { accesses: [] });

// Uses of globals.
check('globals, not locals, parameters, callees or constants', 'static volatile int count; void f(int a) { int b = a; count++; g(b, LIMIT); total = count; }', { uses: ['modify count', 'write total', 'read count'] });
check('members say what is touched', inFunction('ring.head = 1; state->flags |= 2; buf[i].x++; send(&ring);').replace('void', 'char buf[8]; void'), { uses: ['write ring.head', 'modify state->flags', 'modify buf[].x', 'read i', 'read ring by address'] });
check('an array handed to a function is handed by address', 'static char buf[8];' + inFunction('memset(buf, 0, sizeof buf);'), { uses: ['read buf by address'] });

check('a global that a local starts with is read', 'static volatile int flag; static int ring[4];' + inFunction('int seen = flag; int last = ring[0], n[2] = { flag };'), { uses: ['read flag', 'read ring[]', 'read flag'] });

// Functions.
check('the handlers of MSP430 and PIC compilers', '#pragma vector=PORT1_VECTOR\n__interrupt void a(void) { }\nvoid __interrupt(high_priority) b(void) { }\nvoid __ISR(_UART_1_VECTOR, IPL2SOFT) c(void) { }\nvoid interrupt d(void) { }',
  { functions: ['a() vector(PORT1_VECTOR) __interrupt', 'b() __interrupt(high_priority)', 'c() __ISR(_UART_1_VECTOR, IPL2SOFT)', 'd() interrupt'] });
check('a function without closing brace ends before the next one', 'void a(void) {\n  if (x) { y++;\n\nvoid b(void)\n{\n  z++;\n', { lines: ['a 1 1 3', 'b 4 4 6'] });
check('functions put into members', 'struct ops o = { .read = spi_read, .mode = MODE, .next = &spi_next };\nvoid f(struct h *p, int n) { p->done = on_done; p->count = n; p->size = 4; }', { pointers: ['read = spi_read', 'next = spi_next', 'done = on_done'] });
check('attributes from macros, attributes and ISR()', 'static IRAM_ATTR void a(void) {}\nvoid __attribute__((interrupt("IRQ"), weak)) b(int n) {}\nISR(TIMER1_OVF_vect, ISR_NOBLOCK) { }\n__weak void c(const char *s, TIM_TypeDef *t) {}\nvoid __not_in_flash_func(d)(void) {}',
  { functions: ['static a() IRAM_ATTR', 'b(int n) interrupt("IRQ") weak', 'TIMER1_OVF_vect() ISR', 'c(const char * s, TIM_TypeDef * t) __weak', 'd() __not_in_flash_func'] });
check('the comment above belongs to the function, one after other code does not', '/* one */\n// two\nint *f(void)\n{\n}\nint x; /* of x */\nvoid g(void) {}\n', { lines: ['f 1 3 5', 'g 7 7 7'] });
check('calls with their arguments', inFunction('NVIC_SetPriority(USART2_IRQn, 5); dev->ops->send(dev, /* all */ a + 1);'), { calls: ['NVIC_SetPriority(USART2_IRQn; 5)', 'dev->ops->send(dev; a + 1)'] });
check('break leaves the nearest loop or switch, return leaves all', inFunction('for (;;) { switch (x) { case 1: break; } } while (a) { while (b) { return; } } while (c) { while (d) { break; } }'), { loops: ['', 'a exit', 'b exit', 'c', 'd exit'] });
check('loops with their conditions and exits', inFunction('while (!(I2C1->SR1 & 2)) { /* wait */ } for (;;) { if (x) break; } do { y++; } while (y < 4); while (1); while (busy) { ; }'), { loops: ['!(I2C1->SR1 & 2) empty', ' exit', 'y < 4', '1 empty', 'busy empty'] });
check('a function in an unfinished file is found', 'void f(void) { if (x', { calls: [] });
check('a function after a broken one is found', 'int a = = 3;\nvoid g(void) { h(); }', { calls: ['h()'] });

// Variables.
check('qualifiers hidden in macros', '__IO uint32_t a; static volatile uint8_t *b, *volatile c; extern const int d[4];',
  { variables: ['is-volatile a: volatile uint32_t', 'static b: volatile uint8_t *', 'static is-volatile c: volatile uint8_t *', 'extern d: const int[4]'] });
check('prototypes are no variables, function pointers are', 'int f(void); static void (*callback)(int) = 0;', { variables: ['static callback: void (*)() = 0'] });
check('locals with their initialisers', inFunction('USART_TypeDef *uart = USART2; for (int i = 0; i < 4; i++) {}'), { variables: ['uart: USART_TypeDef * in f = USART2', 'i: int in f = 0'] });

// Macros.
check('macros with comments on either side', '#define A (1U << 5) /*!< Five */\n#define B(x, y) ((x) + (y)) // both\n/* why */\n#define C 3\n#define D "//no"\n#define E\n#define F a \\\n  b\n',
  { macros: ['A = (1U << 5) # Five', 'B(x,y) = ((x) + (y)) # both', 'C = 3 # why', 'D = "//no"', 'E = ', 'F = a b'] });
check('a banner is not a description', '/********** Bits of CR1 **********/\n#define CR1_EN 1\n', { macros: ['CR1_EN = 1'] });
check('the macro that defines a qualifier keeps its name', '#define __IO volatile\n__IO int a;', { macros: ['__IO = volatile'], variables: ['is-volatile a: volatile int'] });

// Types.
check('a register block with comments, arrays and a nested union', 'typedef struct {\n  __IO uint32_t CR1; /*!< Control */\n  uint32_t RES[2];\n  union { __IO uint32_t IN; __O uint32_t OUT; };\n  struct { int x; } P[3];\n} T_TypeDef;',
  { types: ['struct T_TypeDef | volatile uint32_t CR1 # Control | uint32_t RES[2] | union  {IN OUT} | struct P[3] {x}'] });
check('tag and typedef are two names', 'typedef struct node { struct node *next; } node_t;', { types: ['struct node | struct node * next', 'struct node_t | struct node * next'] });
check('enumerators with values and comments', 'typedef enum { RESET = 0, /*!< off */ SET } FlagStatus; enum { A = 1 << 2 };', { types: ['enum FlagStatus | RESET = 0 # off | SET', 'enum  | A = 1 << 2'] });
check('a plain typedef', 'typedef volatile uint32_t reg_t;', { types: ['typedef reg_t = volatile uint32_t'] });

// Vector tables.
check('a table in its section', '__attribute__((section(".isr_vector"))) void (* const t[])(void) = { (void (*)(void))&_estack, Reset_Handler, 0, HardFault_Handler };', { vectors: ['1 Reset_Handler', '3 HardFault_Handler'] });
const placed = (slots: string) => `__attribute__((used, section(".vectors"))) void (* const vectors[])(void) = { ${slots} };`;
check('a table in its section whose handlers are named in no usual way', placed('&_stack_top, irq_handler_reset, irq_handler_nmi, 0, on_a, on_b, on_c, on_d, on_e, on_f'), { vectors: ['1 irq_handler_reset', '2 irq_handler_nmi', '4 on_a', '5 on_b', '6 on_c', '7 on_d', '8 on_e', '9 on_f'] });
check('a few names in that section are no table', placed('&image_start, &image_end, 0'), { vectors: [] });
check('designators that need the headers', 'const vector_t vector_table[] = { [1] = Reset_Handler, NMI_Handler, [USART2_IRQn + 16] = USART2_IRQHandler, [70 ... 71] = X_IRQHandler };',
  { vectors: ['1 Reset_Handler', '2 NMI_Handler', 'USART2_IRQn + 16 USART2_IRQHandler', '70 X_IRQHandler', '71 X_IRQHandler'] });
check('members of a table structure keep their order', 'const DeviceVectors exception_table = { .pvStack = (void*) (&_estack), .pfnReset_Handler = (void*) Reset_Handler, .pvReserved = 0, .pfnHardFault_Handler = (void*) HardFault_Handler };'.replace('exception_table', 'exception_vectors'), { vectors: ['1 Reset_Handler', '3 HardFault_Handler'] });
check('an array of callbacks is no vector table', 'static const fn table[] = { on_open, on_close };', { vectors: [] });

// C++ and the rest.
check('C++ methods, namespaces and linkage blocks', '#include "Arduino.h"\nextern "C" { void TIM2_IRQHandler(void) { TIM2->SR = 0; } }\nnamespace n { class Led { public: void on() { GPIOA->BSRR = 1; } }; }\nvoid Led::off() { Serial.begin(9600); }',
  { functions: ['TIM2_IRQHandler()', 'on()', 'Led::off()'], accesses: ['write TIM2/SR = 0', 'write GPIOA/BSRR = 1'], calls: ['Serial.begin(9600)'], includes: ['Arduino.h'] }, 'sketch.ino');
check('a linkage block around a C header', '#ifdef __cplusplus\nextern "C" {\n#endif\nvoid f(void) {}\n#ifdef __cplusplus\n}\n#endif\n', { lines: ['f 4 4 4'] });

// Bad input: never a throw, and what is lost is said.
function checkProblems(name: string, code: string, expected: RegExp[], file = 'bad.c'): void {
  test(name, () => {
    const { problems } = parser.parse(code, file);
    assert.equal(problems.length, expected.length, JSON.stringify(problems));
    expected.forEach((pattern, index) => { assert.match(problems[index]?.message ?? '', pattern); });
  });
}

checkProblems('an empty file has no problem', '', []);
checkProblems('code that does not parse is counted with its line', 'int a;\nint b = = ;\n', [/1 place could not be parsed as C/]);
checkProblems('binary text is counted', '\u0000\u0001\u0002 %%% \ufffd', [/could not be parsed/]);
checkProblems('a line of 5,000 characters is read', `int a[] = { ${'0x12, '.repeat(900)} };`, []);
checkProblems('more than 16 million characters are refused', ' '.repeat(16 * 1024 * 1024 + 1), [/more than the parser takes/]);

test('nesting of 20,000 parentheses does not overflow the stack', () => {
  const depth = 20_000;
  const { facts } = parser.parse(`void f(void) { x = ${'('.repeat(depth)}1${')'.repeat(depth)}; }\nvoid g(void) { y = ${'{'.repeat(depth)} }`, 'deep.c');
  assert.equal(facts.functions[0]?.name, 'f');
});

test('register macros in register macros do not overflow the stack', () => {
  const { facts } = parser.parse(`void f(void) { ${'SET_BIT('.repeat(5000)}A${')'.repeat(5000)}; }`, 'macros.c');
  assert.equal(facts.functions[0]?.name, 'f');
});

test('lines stay right behind blanked macros and carriage returns', () => {
  const { facts } = parser.parse('#ifdef __cplusplus\r\nextern "C" {\r\n#endif\r\n__STATIC_INLINE void f(void)\r\n{\r\n  TIM2->CR1 = 1;\r\n}\r\n', 'crlf.h');
  assert.deepEqual(facts.accesses.map(({ line, column }) => [line, column]), [[6, 3]]);
  assert.equal(facts.functions[0]?.isStatic, true);
});

// Names that may be registers, read by nothing but themselves.
const avr = '#include <avr/io.h>\n';
check('a bare name is read where code for AVR reads a value', `${avr}uint8_t f(void) {\n  uint8_t data = UDR0;\n  if (UDR0 == 4) put(PORTX, PORTX);\n  return TIMER1_CAPTURE;\n}`, { bareReads: ['UDR0 3 f', 'UDR0 4 f', 'PORTX 4 f', 'TIMER1_CAPTURE 5 f'] });
check('bits, cases, sizes, addresses and what is called are no reads', `${avr}void f(int n) {\n  PORTB = (1 << PB5) | _BV(PB6) | BIT(PB7);\n  switch (n) { case STATE_ON: n = sizeof TABLE; }\n  take(&UDR0);\n  SETTLE(n);\n}`, { bareReads: [] });
check('what is only asked for its size, type or offset is not read', `${avr}void f(void) {\n  n = sizeof(UDR0) + sizeof UDR0 + __alignof__(PORTX) + offsetof(REGS, PORTY);\n  typeof(PORTZ) value = 0;\n  __typeof__(PORTW) *other = &value;\n  n = sizeof(USART2->DR) + sizeof(*(volatile uint32_t *)0x40021018);\n  n = UDR1;\n}`, { bareReads: ['UDR1 7 f'], accesses: [] });
check('what C++ only asks for its type is not read', `${avr}void f() {\n  decltype(UDR0) value = 0;\n  static_assert(noexcept(PORTX));\n  value = UDR1;\n}`, { bareReads: ['UDR1 5 f'] }, 'test.cpp');
check('the value that a register is written with by itself is no other read', `${avr}void f(void) { PORTB = PORTB | LED; }`, { bareReads: ['LED 2 f'] });
check('what the file defines, variables and words of C libraries are no registers', `${avr}#define LIMIT 3\nenum mode { FAST_MODE };\nstatic int COUNTER;\nint f(int ARGUMENT) { return LIMIT + FAST_MODE + COUNTER + ARGUMENT + (NULL == TRUE) + BUFFER_SIZE; }`, { bareReads: [] });
check('a file that writes a bare name reads them, too', 'void f(void) { P1OUT = 1; }\nint g(void) { return P1XYZ; }', { bareReads: ['P1XYZ 2 g'] });
check('in any other file only names that leave no doubt are kept', 'int f(void) { return UDR0 + SREG + P1IN + P1XYZ + MAX_SPEED; }', { bareReads: ['UDR0 1 f', 'SREG 1 f', 'P1IN 1 f'] });

test('prototypes are told with their descriptions, but not of functions that the file defines', () => {
  const { facts } = parser.parse('/** Starts it. */\nint start(int speed,\n  int ramp);\nstatic void own(void);\nextern void *stop(void);\nint count, (*callback)(void);\nstatic void own(void) { int local(void); }\n', 'a.h');
  assert.deepEqual(facts.prototypes, [{ name: 'start', docStartLine: 1, startLine: 2, endLine: 3 }, { name: 'stop', docStartLine: 5, startLine: 5, endLine: 5 }]);
});
