// Which flags a handler of an STM32F407 clears, and how; and which it is said not to clear.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isrDossiers } from '../../../src/core/isr/isrDossiers.ts';
import { realDevice } from '../device/realDevice.ts';
import { sourceOf } from '../graph/factsOf.ts';

const f407 = realDevice('STM32F407.svd');
const header = '#define TIM_SR_UIF 0x1U\n#define TIM_SR_CC1IF 0x2U\n#define EXTI_PR_PR3 0x8U\n#define FLASH_CR_PG 0x1U\n#define SPI_SR_OVR 0x40U\n#define ADC_SR_EOC 0x2U\n#define DMA_LISR_TCIF1 0x800U\n#define DMA_LIFCR_CTCIF1 0x800U\n';

/** What is said to be cleared, each as `path.flag by how`, and behind a `!` each flag that is said not to be. */
function check(name: string, handler: string, code: string | { readonly body: string; readonly beside: string }, expected: readonly string[]): void {
  const { body, beside } = typeof code === 'string' ? { body: code, beside: '' } : code;
  test(name, { skip: f407 === undefined && 'no SVD file beside the repository' }, async () => {
    const { isrs: [isr] } = await isrDossiers(await sourceOf({ 'chip.h': header, 'beside.c': beside, 'it.c': `#include "chip.h"\nvoid ${handler}(void)\n{\n${body}\n}\n` }), f407, { name: handler });
    const missed = (isr?.hazards ?? []).filter(({ id }) => id === 'flag-not-cleared').map(({ message }) => `! ${message.split(' ', 1)[0] ?? ''}`);
    assert.deepEqual([...(isr?.flagsCleared ?? []).map(({ path, flag, how = '?' }) => `${path}.${flag} by ${how}`), ...missed], expected);
  });
}

check('a control register is none for clearing flags', 'FLASH_IRQHandler', 'FLASH->CR |= FLASH_CR_PG;', []);
check('a value of several bits that is written is no flag', 'WWDG_IRQHandler', 'WWDG->CR = 0x7F;', []);
check('a status that is read twice is not read in the order that clears', 'SPI2_IRQHandler', 'if (SPI2->SR & SPI_SR_OVR) { (void) SPI2->SR; }', []);
check('the order that clears', 'SPI2_IRQHandler', 'if (SPI2->SR & SPI_SR_OVR) { (void) SPI2->DR; (void) SPI2->SR; }', ['SPI2.SR.OVR by reading DR then SR']);
check('the other order does not clear', 'USART1_IRQHandler', 'x = USART1->DR;\nif (USART1->SR & USART_SR_IDLE) { y++; }', []);
check('the order holds over calls', 'USART1_IRQHandler', { body: 'if (USART1->SR & USART_SR_IDLE) { take(); }', beside: '\nint take(void) { return USART1->DR; }' }, ['USART1.SR.IDLE by reading SR then DR']);
check('0 clears every flag that 0 clears', 'TIM6_DAC_IRQHandler', 'if (TIM6->SR & TIM_SR_UIF) { TIM6->SR = 0; }', ['TIM6.SR.UIF by writing 0']);
check('flags written back upside down', 'TIM4_IRQHandler', 'uint32_t s = TIM4->SR;\nTIM4->SR = ~s;\nif (s & TIM_SR_UIF) { x++; }', ['TIM4.SR.UIF by writing 0 where it was read as set']);
check('flags written back as they were do not clear where 0 clears', 'TIM4_IRQHandler', 'uint32_t s = TIM4->SR;\nTIM4->SR = 0xFFFF;\nif (s & TIM_SR_UIF) { x++; }', ['! TIM4.SR.UIF']);
check('lines written back as they were', 'EXTI3_IRQHandler', 'uint32_t p = EXTI->PR;\nif (p & EXTI_PR_PR3) { x++; }\nEXTI->PR = p;', ['EXTI.PR.PR3 by writing 1 where it was read as set']);
check('the complement of a bit by its number', 'TIM4_IRQHandler', 'TIM4->SR = ~BIT(1);', ['TIM4.SR.CC1IF by writing 0']);
check('a value that only the program knows may clear, and is not said to', 'TIM4_IRQHandler', 'if (TIM4->SR & TIM_SR_UIF) { TIM4->SR = pending; }', []);
check('reading the data clears the end of a conversion', 'ADC_IRQHandler', 'if (ADC1->SR & ADC_SR_EOC) { x = ADC1->DR; }', ['ADC1.SR.EOC by reading DR']);
check('reading what is captured clears its own channel', 'TIM3_IRQHandler', 'if (TIM3->SR & TIM_SR_CC1IF) { x = TIM3->CCR1; }', ['TIM3.SR.CC1IF by reading CCR1, in capture mode']);
check('reading what another channel captured does not', 'TIM3_IRQHandler', 'if (TIM3->SR & TIM_SR_CC1IF) { x = TIM3->CCR2; }', ['! TIM3.SR.CC1IF']);
check('a flag whose enable is taken away stays, and does no harm', 'TIM3_IRQHandler', 'if (TIM3->SR & TIM_SR_UIF) { TIM3->DIER &= ~TIM_DIER_UIE; }', []);
check('another timer\'s flag is another', 'TIM3_IRQHandler', 'if (TIM3->SR & TIM_SR_UIF) { TIM4->SR = ~TIM_SR_UIF; }', ['TIM4.SR.UIF by writing 0', '! TIM3.SR.UIF']);
check('a macro of ST\'s that clears bits', 'TIM7_IRQHandler', 'if (TIM7->SR & TIM_SR_UIF) { CLEAR_BIT(TIM7->SR, TIM_SR_UIF); }', ['TIM7.SR.UIF by writing 0']);

test('a flag that its register for clearing clears is not said to stay', { skip: f407 === undefined && 'no SVD file beside the repository' }, async () => {
  const { isrs: [isr] } = await isrDossiers(await sourceOf({ 'chip.h': header, 'a.c': 'void init(void) { DMA2_Stream1->CR |= DMA_SxCR_TCIE; }\nvoid DMA2_Stream1_IRQHandler(void)\n{\n  DMA2->LIFCR = DMA_LIFCR_CTCIF1;\n}\n' }), f407, { name: 'DMA2_Stream1_IRQHandler' });
  assert.deepEqual(isr?.raisedBy?.map(({ flag, isCleared }) => [flag, isCleared]), [['TCIF1', true]]);
});
