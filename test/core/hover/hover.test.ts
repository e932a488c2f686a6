// What the card under a cursor says, on the fictional chip and on real ones.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { HoverReport } from '../../../src/core/hover/report.ts';
import { fixtureTexts } from '../graph/factsOf.ts';
import { openTestParser } from '../parse/grammars.ts';
import { avr, fictional, hoverAt, real, type HoverBed } from './hoverAt.ts';

const parser = await openTestParser();
after(() => parser[Symbol.asyncDispose]());

const none = 'none';

/** `expected`: the kind with the register, field or title, and the decoded fields with a value; `text`: what the card must say. */
function check(bed: HoverBed, marked: string, expected: string, text: { readonly says?: RegExp; readonly file?: string } = {}): void {
  test(`${bed.svd}: ${marked.trim().slice(0, 90)}`, { skip: bed.device === undefined && bed.svd !== '' && `${bed.svd} is not here` }, async () => {
    const report = await hoverAt(bed, parser, /[{}#]/.test(marked) || text.file !== undefined ? marked : `void f(void) {\n  ${marked}\n}`, text.file);
    assert.equal(summary(report), expected);
    if (text.says !== undefined) assert.match(report.markdown ?? '', text.says);
    assert.deepEqual(report.problems, []);
  });
}

function summary(report: HoverReport): string {
  if (report.kind === 'none') return none;
  const title = report.register ?? /`([^`]+)`/.exec(report.markdown ?? '')?.[1] ?? '';
  const fields = report.fields === undefined ? '' : `: ${report.fields.join(' ')}`;
  const decoded = report.decoded === undefined ? '' : ` = ${report.decoded.value} {${report.decoded.fields.filter(({ value }) => value !== '0x0').map(({ name, value }) => `${name} ${value}`).join(', ')}}`;
  return `${report.kind} ${title}${fields}${decoded}`;
}

// The fictional chip, with its headers indexed.
check(fictional, 'SYS->CLOCK^EN |= SYS_CLOCKEN_TIMER0;', 'register SYS.CLOCKEN: TIMER0 = 0x4 {TIMER0 0x1}', { says: /0x40000000/ });
check(fictional, 'SY^S->CLOCKEN |= SYS_CLOCKEN_TIMER0;', 'peripheral SYS', { says: /base `0x40000000`/ });
check(fictional, 'SYS->CLOCKEN |= SYS_CLOCKEN_^TIMER0;', 'field SYS.CLOCKEN: TIMER0', { says: /Clock of TIMER0/ });
check(fictional, 'SYS->CLOCKEN |= SYS_CLOCKEN_^GPIO;', 'field SYS.CLOCKEN: GPIO');
check(fictional, 'UART0->CT^RL = UART_CTRL_EN | UART_CTRL_RXIE | (7UL << UART_CTRL_RXMARK_Pos);', 'register UART0.CTRL: EN RXIE RXMARK = 0x703 {RXMARK 0x7, RXIE 0x1, EN 0x1}');
check(fictional, 'UART0->CTRL = 7UL << UART_CTRL_RXMARK^_Pos;', 'field UART0.CTRL: RXMARK');
check(fictional, 'unsigned x = UART_CTRL_^RXIE;', 'field UART0.CTRL: RXIE', { says: /Also in UART1\.CTRL/ });
check(fictional, 'TIMER0->CTRL = TIMER_CTRL_^PRESCALE_DIV48;', 'field TIMER0.CTRL: PRESCALE');
check(fictional, 'TIMER0->CHANNEL[1].CON^FIG = TIMER_CONFIG_MODE_PWM;', 'register TIMER0.CHANNEL[1].CONFIG: MODE = 0x1 {MODE 0x1}', { says: /0x40020030/ });
check(fictional, 'GPIOA->PINC^FG[5] = GPIO_PINCFG_FUNCTION_TIMER;', 'register GPIOA.PINCFG[5]: FUNCTION = 0x3 {FUNCTION 0x3}');
check(fictional, 'if (TIMER0->EV^ENT == 1) {}', 'register TIMER0.EVENT = 0x1 {TOP 0x1}');
check(fictional, 'while (!(UART0->STATUS & UART_STATUS_^TXREADY)) {}', 'field UART0.STATUS: TXREADY');
check(fictional, 'void TIMER0_IRQ^Handler(void) {}', 'interrupt TIMER0', { says: /interrupt number 5 · slot 21/ });
check(fictional, 'irq_enable(UART0_^IRQn, 5);', 'interrupt UART0');
check(fictional, 'WATCH^DOG = SYS_WDKICK_KEY;', 'register SYS.WDKICK: KEY = 0xD06 {KEY 0xD06}');
check(fictional, '#define WATCHDOG (*(volatile uint32_t *) 0x4000^0008UL)\n', 'register SYS.WDKICK');
check(fictional, 'SYS->WD^KICK = 0x1234;', 'register SYS.WDKICK: KEY = 0x1234 {KEY 0x1234}', { says: /⚠ KEY takes 3334 to 3334; 4660 is outside/ });
check(fictional, 'SYS->WDKICK = 0x^D06;', 'register SYS.WDKICK: KEY = 0xD06 {KEY 0xD06}');
check(fictional, 'uint32_t start = UART1_^BASE;', 'peripheral UART1');
check(fictional, 'start(UART^1);', 'peripheral UART1');
check(fictional, '#define CONSOLE UART1\nvoid f(void) { start(CON^SOLE); }', 'peripheral UART1');
check(fictional, '#define CONSOLE UART1\nvoid f(void) { CONSOLE->BA^UD = 3; }', 'register UART1.BAUD: FRAC = 0x3 {FRAC 0x3}');
check(fictional, 'void f(UART_Type *port) { port->BA^UD = 48; }', 'register UART.BAUD: DIV = 0x30 {DIV 0x3}', { says: /May be any of UART0, UART1/ });
check(fictional, 'void f(void) { UART_Type *port = UART1; port->BA^UD = 48; }', 'register UART1.BAUD: DIV = 0x30 {DIV 0x3}');
check(fictional, 'void f(void) { UART_Type *port = UART1; po^rt->BAUD = 48; }', 'peripheral UART1');
check(fictional, '#define SPEED (3UL << UART_BAUD_DIV_Pos)\nvoid f(void) { UART0->BA^UD = SPEED; }', 'register UART0.BAUD: DIV = 0x30 {DIV 0x3}');
check(fictional, 'NVIC->IS^ER[0] = 8;', 'register NVIC.ISER[0]: SETENA = 0x8 {SETENA 0x8}', { says: /Source: Arm/ });
check(fictional, '  .word TIMER0_IRQ^Handler\n', 'interrupt TIMER0', { file: 'startup.s' });

check(fictional, 'NVIC_PRI^ORITY[3] = 1;', 'register NVIC.IP[0]');
check(fictional, '#define BASE 0x4001^1000UL\n', 'peripheral UART1');
check(fictional, '#define PORT_CTRL (*(volatile uint32_t *) 0x4001^1000UL)\n', 'register UART1.CTRL');
check(fictional, 'DMA->INTEN = DMA_INTEN_^DONE0;', 'field DMA.INTEN: DONE');
check(fictional, 'void SysTick_^Handler(void) {}', 'interrupt SysTick', { says: /slot 15/ });
check(fictional, 'UART0->CTRL = (UART0->CT^RL & ~UART_CTRL_EN) | 2;', 'register UART0.CTRL');

check(fictional, 'NVIC->IS^ER[irq >> 5] = 1;', 'register NVIC.ISER[0]: SETENA = 0x1 {SETENA 0x1}', { says: /The index `irq >> 5` is known only when the program runs; shown for 0/ });
check(fictional, 'enum { UART0_IRQn = 38 };\nvoid f(void) { NVIC->IS^ER[UART0_IRQn >> 5] = 1; }', 'register NVIC.ISER[1]: SETENA = 0x1 {SETENA 0x1}');
check(fictional, 'GPIOA->PINC^FG[pin] = 1;', 'register GPIOA.PINCFG[0]: FUNCTION = 0x1 {FUNCTION 0x1}');
check(fictional, 'GPIOA->PINC^FG[16] = 1;', none);
check(fictional, 'table->PINC^FG[pin] = 1;', none);
check(fictional, 'MODIFY_REG(UART0->CT^RL, UART_CTRL_EN | UART_CTRL_RXIE, UART_CTRL_EN);', 'register UART0.CTRL: EN RXIE = 0x1 {EN 0x1}', { says: /\| `1` \| `RXIE` \| `0x0` \|/ });
check(fictional, 'MODIFY_REG(UART0->CT^RL, UART_CTRL_EN, level);', 'register UART0.CTRL: EN = 0x0 {EN ?}');

// Nothing where no hardware is meant.
check(fictional, 'int CTRL = 0; CT^RL++;', none);
check(fictional, 'int UART0_CTRL_EN = 0; f(UART0_CTRL_^EN);', none);
check(fictional, '/* UART0->CT^RL */', none);
check(fictional, 'log("UART0->CT^RL");', none);
check(fictional, 'uint32_t le^vel = level_mean();', none);
check(fictional, 'console_wr^ite(1);', none);
check(fictional, 'struct ring { int CTRL; };\nvoid f(struct ring *ring) { ring->CT^RL = 1; }', none);
check(fictional, 'uint8_t byte = input[input_^tail % INPUT_SIZE];', none);
check(fictional, 'uint8_t byte = input[input_tail % INPUT_^SIZE];', none);
check(fictional, '#define TIMER_TOP 999\nvoid f(void) { TIMER0->TOP = TIMER_^TOP; }', none);
check(fictional, '#define DMA 3\nint x = DM^A;', none);
check(fictional, 'enum { ADC, PUMP };\nint x = AD^C;', none);
check(fictional, 'int x = 0x^40;', none);
check(fictional, 'UART0->DATA = byte & 0x^FF;', none);
check(fictional, 'if ((UART0->STATUS & mask) == flags << ^3) {}', none);
check(fictional, 'int x = 100^0;', none);
check(fictional, 'UART_Ty^pe *port;', none);
check(fictional, 'SE^T_BIT(UART0->CTRL, UART_CTRL_EN);', none);
check(fictional, 'f(UNKNOWN_^NAME);', none);
check(fictional, '#error "this chip has no DM^A"\n', none);
check(fictional, '#pragma message "see SY^S"\n', none);
check(fictional, '/* TIMER0_IRQ^Handler */\n', none, { file: 'startup.s' });
check({ ...fictional, device: undefined, svd: '' }, 'UART0->CT^RL = 1;', none);

// A real chip with its small fixture header.
const stm32 = real('STM32F407.svd', fixtureTexts('stm32f4-uart'));
check(stm32, 'RCC->AHB1^ENR |= RCC_AHB1ENR_GPIOAEN;', 'register RCC.AHB1ENR: GPIOAEN = 0x1 {GPIOAEN 0x1}', { says: /`0x40023830`/ });
check(stm32, 'RCC->AHB1ENR |= RCC_AHB1ENR_GPIO^AEN;', 'field RCC.AHB1ENR: GPIOAEN');
check(stm32, 'unsigned x = RCC_AHB1ENR_GPIOAEN_^Pos;', 'field RCC.AHB1ENR: GPIOAEN');
check(stm32, 'unsigned x = RCC_AHB1ENR_GPIOAEN_^Msk;', 'field RCC.AHB1ENR: GPIOAEN');
check(stm32, 'USART2->C^R1 = USART_CR1_UE | USART_CR1_TE;', 'register USART2.CR1: UE TE = 0x2008 {UE 0x1, TE 0x1}');
check(stm32, 'GPIOA->AF^R[1] = 7;', 'register GPIOA.AFRH: AFRH8 = 0x7 {AFRH8 0x7}');
check(stm32, '(&TIM3->CC^R1)[2] = 100;', 'register TIM3.CCR3: CCR3_L = 0x64 {CCR3_L 0x64}');
check(stm32, '(&values->CC^R1)[2] = 100;', none);
check(stm32, 'ITM->PORT[3].u^8 = 1;', 'register ITM.PORT[3]: FIFOREADY = 0x1 {FIFOREADY 0x1}');
check(stm32, 'GPIOA->MO^DER = 0xA8000000;', 'register GPIOA.MODER: MODER15 MODER14 MODER13 = 0xA8000000 {MODER15 0x2, MODER14 0x2, MODER13 0x2}');
check(stm32, 'GPIOA->MODER = 0xA80^00000;', 'register GPIOA.MODER: MODER15 MODER14 MODER13 = 0xA8000000 {MODER15 0x2, MODER14 0x2, MODER13 0x2}');
check(stm32, 'uint32_t a = 0x400^23830;', 'register RCC.AHB1ENR');
check(stm32, 'int x = (&TIM2->CCR^1)[2];', 'register TIM2.CCR3');
check(stm32, 'int x = USART2->SR & 0x4000^0000;', none);
check(stm32, 'int x = flags | 0x5000^0000;', none);
check(stm32, 'TIM2->ARR = 0x4000^0000;', 'register TIM2.ARR: ARR_H = 0x40000000 {ARR_H 0x4000}');
check(stm32, 'uint32_t table[] = { 0x4000^0000, 1 };', none);
check(stm32, 'copy(0x4002^3800);', 'peripheral RCC');
check(stm32, '*(volatile uint32_t *)0x4002^3830 |= 1;', 'register RCC.AHB1ENR: GPIOAEN = 0x1 {GPIOAEN 0x1}');
check(stm32, 'SET_BIT(USART1->C^R1, USART_CR1_RE);', 'register USART1.CR1: RE = 0x4 {RE 0x1}');
check(stm32, 'SET_BIT(USART1->CR1, USART_CR1_^RE);', 'field USART1.CR1: RE');
check(stm32, 'void f(UART_HandleTypeDef *huart) { huart->Instance->C^R1 = 0x2000; }', 'register USART.CR1: UE = 0x2000 {UE 0x1}', { says: /May be any of/ });
check(stm32, 'void f(UART_HandleTypeDef *huart) { huart->Inst^ance->CR1 = 0x2000; }', none);
check(stm32, 'void f(UART_HandleTypeDef *huart) { hu^art->Instance->CR1 = 0x2000; }', none);
check(stm32, 'DMA1_Stream5->C^R |= DMA_SxCR_EN;', 'register DMA1.S5CR: EN = 0x1 {EN 0x1}');
check(stm32, 'DMA1_Stream5->CR |= DMA_SxCR_^EN;', 'field DMA1.S5CR: EN');
check(stm32, 'DMA1_Str^eam5->CR |= 1;', 'peripheral DMA1');
check(stm32, 'TIM2->S^R = ~TIM_SR_UIF;', 'register TIM2.SR: UIF = 0xFFFFFFFE {CC4OF 0x1, CC3OF 0x1, CC2OF 0x1, CC1OF 0x1, TIF 0x1, CC4IF 0x1, CC3IF 0x1, CC2IF 0x1, CC1IF 0x1}');
check(stm32, 'TIM3->CCM^R1 = 0x68;', 'register TIM3.CCMR1_Output: OC1M OC1PE = 0x68 {OC1M 0x6, OC1PE 0x1}', { says: /CCMR1_Input/ });
check(stm32, 'void USART2_IRQ^Handler(void) {}', 'interrupt USART2', { says: /interrupt number 38/ });
check(stm32, 'NVIC_EnableIRQ(DMA1_Stream5_^IRQn);', 'interrupt DMA1_Stream5');
check(stm32, 'RCC_APB2^ENR |= RCC_APB2ENR_USART1EN;', 'register RCC.APB2ENR: USART1EN');
check(stm32, 'RCC_APB2ENR |= RCC_APB2ENR_USART^1EN;', 'field RCC.APB2ENR: USART1EN');
check(stm32, 'TIM_A^RR(TIM6) = 999;', 'register TIM6.ARR: ARR = 0x3E7 {ARR 0x3E7}');
check(stm32, 'void f(uint32_t timer) { TIM_A^RR(timer) = 999; }', 'register TIM.ARR = 0x3E7 {ARR 0x3E7}', { says: /May be any of TIM1, TIM2/ });
check(stm32, '#define MMIO32(addr) (addr)\n#define RCC_CR MMIO32(0x40023800U + 0)\nint x = RCC_^CR;', 'register RCC.CR');
check(stm32, 'TIM_RES^ET(TIM6);', none);
check(stm32, 'int C^R1 = 3;', none);
check(stm32, 'USART2->BRR = APB1_CLOCK_^HZ / 9600;', none);
check(stm32, 'ring->he^ad = 0;', none);
check(stm32, 'uart_in^it(115200);', none);

check(stm32, 'GPIOA->AFR[0] = (GPIOA->A^FR[0] & ~(0xFFUL << 8)) | (0x77UL << 8);', 'register GPIOA.AFRL');
check(stm32, 'while ((RCC->CFGR & RCC_CFGR_^SWS) != 8) {}', 'field RCC.CFGR: SWS1 SWS0');
check(stm32, 'RCC->PLLCFGR = 8 << RCC_PLLCFGR_PLL^M_Pos;', 'field RCC.PLLCFGR: PLLM5 PLLM4 PLLM3 PLLM2 PLLM1 PLLM0');
check(stm32, 'unsigned x = DMA_SxCR_CH^SEL;', 'field DMA1.S0CR: CHSEL');
check(stm32, '#define USART_CR3_CTSE (1UL << 9) /*!< CTS wire <b>on</b> */\nvoid f(void) { USART2->CR3 |= USART_CR3_CT^SE; }', 'field USART2.CR3: CTSE', { says: /Comment in `open\.c`:\* CTS wire &#60;b&#62;on/ });
check(stm32, 'unsigned x = USART_CR1_^UE;', 'field USART1.CR1: UE', { says: /UART4\.CR1/ });
check(stm32, 'start(DMA1_Str^eam5);', 'peripheral DMA1');

// The headers of another chip lie beside this one's: there, GPIOC is where this chip has USART1.
const twoChips = real('STM32F407.svd', { 'stm32f10x.h': '#define GPIOC_BASE 0x40011000UL\n#define GPIOC ((GPIO_TypeDef *) GPIOC_BASE)\n', ...fixtureTexts('stm32f4-uart') });
check(twoChips, '#define LED_PO^RT GPIOC\n', 'peripheral GPIOC');
check(twoChips, 'set(GPI^OC, 13);', 'peripheral GPIOC');

// A library's headers for every family lie side by side; only the chip's own tell addresses.
const manyFamilies = real('STM32F407.svd', {
  'stm32/f3/memorymap.h': '#define EXTI_BASE 0x40010400U\n#define CORDIC_BASE 0x40020C00U\n', 'stm32/f4/memorymap.h': '#define EXTI_BASE 0x40013C00U\n#define PERIPH_BASE 0x40000000U\n',
  'stm32/g0/exti.h': '#define EXTI_RPR1 MMIO32(EXTI_BASE + 0x0c)\n', 'stm32/g4/cordic.h': '#define CORDIC_RDATA MMIO32(CORDIC_BASE + 0x08)\n',
  'usart.h': '#define USART_ISR(base) MMIO32((base) + 0x1c)\n#define UART5_ISR USART_ISR(UART5_BASE)\n', 'options.h': '#define USE_GPIO_BASE 0\n', 'i2c.h': '#define I2C2_BASE 0x40022000U\n#define I2C2 I2C2_BASE\n',
});
check(manyFamilies, 'x = EXTI_^BASE;', 'peripheral EXTI');
check(manyFamilies, 'start(I2C^2);', 'peripheral I2C2');
check(manyFamilies, 'EXTI_RP^R1 = 1;', none);
check(manyFamilies, 'x = CORDIC_RD^ATA;', none);
check(manyFamilies, '#define TIM99_BASE (PERIPH_BA^SE + 4)\n', none);
check(manyFamilies, 'x = UART5_^ISR;', none);
check(manyFamilies, 'void uart5_^isr(void) {}', 'interrupt UART5');
check(manyFamilies, '#if USE_GPIO_^BASE\n#endif\n', none);
check(manyFamilies, '#define REGION 29U ///!< MPU Region, see M^PU\n', none);
check(manyFamilies, '#define NAME "MP^U"\n', none);
check(manyFamilies, '#define BLOCK M^PU /* the MPU */\n', 'peripheral MPU');
check(manyFamilies, '#define RCC_PLLCFGR_PLLP_SHIFT 16\nint x = RCC_PLLCFGR_PLLP_SH^IFT;', 'field RCC.PLLCFGR: PLLP1 PLLP0');

// Pins that a header defines once for each board.
const twoBoards = real('STM32F407.svd', { ...fixtureTexts('stm32f4-uart'), 'pins.h': '#ifdef BOARD_A\n#define LED_PORT GPIOA\n#else\n#define LED_PORT GPIOC\n#endif\n' });
check(twoBoards, 'set(LED_PO^RT, 13);', 'peripheral GPIOA', { says: /`LED_PORT` is defined in 2 places; shown as in `pins.h:2`/ });
check(twoBoards, '#ifdef BOARD_A\n#define LED_PORT GPIOA\n#else\n#define LED_PO^RT GPIOC\n#endif\n', 'peripheral GPIOC');
check(stm32, 'void f(TIM_TypeDef *TIMx) { TIMx->CCM^R1 |= 8; }', 'register TIM.CCMR1_Output: OC1PE = 0x8 {OC1PE 0x1}', { says: /CCMR1_Input/ });
check(stm32, 'unsigned x = SPI_CR2_TXDM^AEN;', 'field SPI1.CR2: TXDMAEN', { says: /I2S2ext/ });

// What is computed from a register's value is not part of it.
check(fictional, '#define FACTOR 1\nvoid f(void) { x = (UART0->CTRL & UART_CTRL_RXIE) / FAC^TOR; }', none);
check(fictional, '#define LIMIT 1\nvoid f(void) { while (UART0->CTRL < LIM^IT) {} }', none);
check(fictional, '#define READY 1\nvoid f(void) { while ((UART0->CTRL & UART_CTRL_RXIE) && REA^DY) {} }', none);
check(fictional, '#define READY 1\nvoid f(void) { while ((UART0->CTRL & REA^DY) == 0) {} }', 'field UART0.CTRL: EN');

// What the code declares itself is not the chip's, whatever its name.
check(fictional, 'struct pins { int UART^0; };', none);
check(fictional, 'void f() { bus.open(BusKind::UART^0); }', none, { file: 'open.cpp' });
check(fictional, 'void f() { bus.open(UART^0); }', 'peripheral UART0', { file: 'open.cpp' });

// With nothing indexed, types and the names that code gives are still not the chip's.
const bare = real('STM32F407.svd');
for (const marked of ['class RN^G x;', 'struct CR^C s;', 'namespace RT^C { int f(); }', 'using namespace RT^C;', 'template <typename DMA^1> void g(DMA1 d);', 'template <typename DMA1> void g(DMA^1 d);', 'class CAN : public DM^A2 { };', 'Queue<TIM^2> q;', 'void f(RT^C &clock) { }', 'void f() { RT^C clock; }', 'void f() { RTC::no^w(); }', 'void f() { new SPI^1(); }', 'void f() { static_cast<RT^C *>(r); }', 'enum class Bus { SPI^1, SPI2 };', 'friend class USART^1;', 'auto l = [](int GPIO^C) { return 0; };']) check(bare, marked, none, { file: 'open.cpp' });
for (const marked of ['struct RT^C { int a; };', 'void f(RT^C *r, int n) { }', 'int x = sizeof(struct RT^C);', 'int USART^2(void);', 'int (*TIM^4)(void);', 'int TIM^5[3];', 'struct S s = { .DMA^2 = 1 };', 'struct S s = { .SPI^1 = { 1 } };', 'enum RN^G { A, B };', 'void f(void) { goto WWD^G; WWDG: ; }', 'typedef struct { int a; } DA^C;']) check(bare, marked, none, { file: 'open.c' });
check(bare, 'void f(void) { start(SPI^1); }', 'peripheral SPI1', { file: 'open.cpp' });
check(bare, 'void USART2_IRQ^Handler(void);', 'interrupt USART2');
check(bare, '#define SPI1 ((SPI_TypeDef *) 0x40013000)\nPin<SPI^1> pin;', 'peripheral SPI1', { file: 'open.cpp' });

// Other vendors' styles.
const nordic = real('nrf52840.svd');
check(nordic, 'NRF_UARTE0->ENA^BLE = 8;', 'register UARTE0.ENABLE: ENABLE = 0x8 {ENABLE 0x8}');
check(nordic, 'NRF_UAR^TE0->ENABLE = 8;', 'peripheral UARTE0');
check(nordic, 'NRF_GP^IO->OUTSET = 1;', 'peripheral P0');
check(nordic, 'NRF_GPIO->OUT^SET = 1;', 'register P0.OUTSET: PIN0 = 0x1 {PIN0 0x1}');
// A driver's class keeps its pointer; the header of the class is C++ though it is called `.h`.
const classes = real('nrf52840.svd', { 'SpiMaster.h': '#pragma once\n#include "nrf_spim.h"\nnamespace Drivers {\n  class SpiMaster {\n  public:\n    bool Init();\n\n  private:\n    NRF_SPIM_Type* spiBaseAddress;\n  };\n}\n' });
check(classes, '#include "SpiMaster.h"\nbool SpiMaster::Init() {\n  spiBaseAddress->ENA^BLE = 7;\n  return true;\n}\n', 'register SPIM.ENABLE: ENABLE = 0x7 {ENABLE 0x7}', { file: 'SpiMaster.cpp', says: /May be any of SPIM0, SPIM1/ });
check(classes, 'bool Other::Init() {\n  spiBaseAddress->ENA^BLE = 7;\n  return true;\n}\n', none, { file: 'Other.cpp' });
const nordicSecure = real('nrf5340_application.svd');
check(nordicSecure, 'NRF_UARTE0->ENA^BLE = 8;', 'register UARTE.ENABLE = 0x8 {ENABLE 0x8}', { says: /May be any of UARTE0_NS, UARTE0_S/ });
const pico = real('RP2040.svd', {
  'pwm.h': 'typedef volatile uint32_t io_rw_32;\ntypedef struct {\n  _REG_(PWM_CH0_CSR_OFFSET) // PWM_CH0_CSR\n  io_rw_32 csr;\n  io_rw_32 div, ctr, cc, top;\n} pwm_slice_hw_t;\ntypedef struct { pwm_slice_hw_t slice[8]; io_rw_32 en; } pwm_hw_t;\n#define PWM_BASE _u(0x40050000)\n#define _u(x) x ## u\n#define pwm_hw ((pwm_hw_t *)PWM_BASE)\n',
});
check(pico, 'void f(spi_inst_t *spi) { hw_set^_bits(&spi_get_hw(spi)->dmacr, 3); }', 'register SPI.SSPDMACR: TXDMAE RXDMAE = 0x3 {TXDMAE 0x1, RXDMAE 0x1}');
check(pico, 'i2c0_hw->data_c^md = 1;', 'register I2C0.IC_DATA_CMD: DAT = 0x1 {DAT 0x1}');
check(pico, 'uart0_hw->c^r = 0x301;', 'register UART0.UARTCR: RXE TXE UARTEN = 0x301 {RXE 0x1, TXE 0x1, UARTEN 0x1}');
check(pico, 'void isr_u^art0(void) {}', 'interrupt UART0_IRQ');
check(pico, 'void isr_ir^q20(void) {}', 'interrupt UART0_IRQ');
check(pico, 'int isr_c^ount = 0;', none);
check(pico, 'uart0^_hw->cr = 0x301;', 'peripheral UART0');
check(pico, 'pwm_hw->slice[3].c^sr = 1;', 'register PWM.CH3_CSR: EN = 0x1 {EN 0x1}');
check(pico, 'pwm_hw->slice[pins[pin].slice].c^sr = 1;', 'register PWM.CH0_CSR: EN = 0x1 {EN 0x1}', { says: /The index `pins\[pin\]\.slice` is known only/ });
check(pico, 'pwm_hw->slice[channel >> 1].c^sr = 1;', 'register PWM.CH0_CSR: EN = 0x1 {EN 0x1}', { says: /The index `channel >> 1` is known only when the program runs/ });
check(pico, 'hw_write_masked(&adc_hw->c^s, 2 << 12, 7 << 12);', 'register ADC.CS: AINSEL = 0x2000 {AINSEL 0x2}');
const sam = real('ATSAMD21E18A.svd');
check(sam, 'void SERCOM0_Hand^ler(void) {}', 'interrupt SERCOM0');
check(sam, 'void HardFault_Hand^ler(void) {}', 'interrupt HardFault');
check(nordic, 'void UARTE1_Hand^ler(void) {}', none);
check(sam, 'SERCOM0->USART.CTRLA.bit.ENA^BLE = 1;', 'field SERCOM0.USART.CTRLA: ENABLE = 0x2 {ENABLE 0x1}');
check(sam, 'SERCOM0->USART.CTRLA.bit.MO^DE = 1;', 'field SERCOM0.USART.CTRLA: MODE = 0x4 {MODE 0x1}', { says: /`MODE` \| `0x1`[^\n]*USART_INT_CLK/ });
check(sam, 'SERCOM0->USART.CTRLA.bit.MO^DE == 3;', 'field SERCOM0.USART.CTRLA: MODE = 0xC {MODE 0x3}', { says: /`MODE` \| `0x3`[^\n]*SPI_MASTER/ });
check(sam, 'SERCOM0->USART.CTR^LA.bit.ENABLE = 1;', 'register SERCOM0.USART.CTRLA: ENABLE = 0x2 {ENABLE 0x1}');
check(sam, 'SERCOM0->USART.CTRLA.re^g = 2;', 'register SERCOM0.USART.CTRLA: ENABLE = 0x2 {ENABLE 0x1}');
const esp = real('esp32.svd');
check(esp, 'GPIO.out_w^1ts = 1;', 'register GPIO.OUT_W1TS: OUT_DATA_W1TS = 0x1 {OUT_DATA_W1TS 0x1}');
check(esp, 'UART0.conf0.txd_^inv = 1;', 'field UART0.CONF0: TXD_INV = 0x400000 {TXD_INV 0x1}');
check(esp, 'UART0.con^f0.txd_inv = 1;', 'register UART0.CONF0: TXD_INV = 0x400000 {TXD_INV 0x1}');
check(esp, 'UART0.conf0.txd_inv = ^1;', 'field UART0.CONF0: TXD_INV = 0x400000 {TXD_INV 0x1}');
check(esp, 'UART0.conf0.parity = ^9;', 'field UART0.CONF0: PARITY = 0x1 {PARITY 0x1}', { says: /PARITY has 1 bit: of `?0x9`? it keeps `?0x1/ });
check(esp, 'UART0.conf0.v^al = 1;', 'register UART0.CONF0: PARITY = 0x1 {PARITY 0x1}');
check(esp, 'GPIO.pin[n].int_^type = 2;', 'field GPIO.PIN0: INT_TYPE = 0x100 {INT_TYPE 0x2}', { says: /The index `n` is known only/ });
check(esp, 'GPIO.pi^n[n].int_type = 2;', 'register GPIO.PIN0: INT_TYPE = 0x100 {INT_TYPE 0x2}');
check(esp, 'UART0.int_ena.rxfifo_^full = 1;', 'field UART0.INT_ENA: RXFIFO_FULL_INT_ENA = 0x1 {RXFIFO_FULL_INT_ENA 0x1}');
check(esp, 'UART0.int_^ena.rxfifo_full = 1;', 'register UART0.INT_ENA: RXFIFO_FULL_INT_ENA = 0x1 {RXFIFO_FULL_INT_ENA 0x1}');
check(esp, 'void f(uart_dev_t *hw) { hw->conf0.pari^ty = 1; }', 'field UART0.CONF0: PARITY = 0x1 {PARITY 0x1}');
check(esp, 'void f(uart_dev_t *hw) { hw->con^f0.parity = 1; }', 'register UART.CONF0: PARITY = 0x1 {PARITY 0x1}', { says: /May be any of UART0, UART1, UART2/ });
check(esp, 'REG_SET_BIT(GPIO_OUT_R^EG, 1 << 5);', 'register GPIO.OUT: DATA = 0x20 {DATA 0x20}');
const kinetis = real('MK21D5.svd');
check(kinetis, 'PORTC->PC^R[5] = PORT_PCR_MUX(1);', 'register PORTC.PCR5: MUX');
check(kinetis, 'SIM_SCGC5 |= SIM_SCGC5_POR^TC_MASK;', 'field SIM.SCGC5: PORTC');
const gigaDevice = real('GD32VF103.svd');
check(gigaDevice, 'GPIO_BO^P(GPIOA) = 1;', 'register GPIOA.BOP: BOP0 = 0x1 {BOP0 0x1}');
check(avr, '#define STATUS UCSR0A\nvoid f(void) { STA^TUS = 1; }', 'register USART0.UCSR0A: LOST = 0x1 {LOST 0x1}');
check(avr, '#define STATUS UCSR^0A\n', 'register USART0.UCSR0A');
check(avr, '#define STATUS counters\nvoid f(void) { STA^TUS = 1; }', none);
