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
check('ones written do not clear where 0 clears', 'TIM4_IRQHandler', 'uint32_t s = TIM4->SR;\nTIM4->SR = 0xFFFF;\nif (s & TIM_SR_UIF) { x++; }', ['! TIM4.SR.UIF']);
check('lines written back as they were', 'EXTI3_IRQHandler', 'uint32_t p = EXTI->PR;\nif (p & EXTI_PR_PR3) { x++; }\nEXTI->PR = p;', ['EXTI.PR.PR3 by writing 1 where it was read as set']);
check('the complement of a bit by its number', 'TIM4_IRQHandler', 'TIM4->SR = ~BIT(1);', ['TIM4.SR.CC1IF by writing 0']);
check('a value that only the program knows may clear, and is not said to', 'TIM4_IRQHandler', 'if (TIM4->SR & TIM_SR_UIF) { TIM4->SR = pending; }', []);
check('reading the data clears the end of a conversion', 'ADC_IRQHandler', 'if (ADC1->SR & ADC_SR_EOC) { x = ADC1->DR; }', ['ADC1.SR.EOC by reading DR']);
check('reading what is captured clears its own channel', 'TIM3_IRQHandler', 'if (TIM3->SR & TIM_SR_CC1IF) { x = TIM3->CCR1; }', ['TIM3.SR.CC1IF by reading CCR1, in capture mode']);
check('reading what another channel captured does not', 'TIM3_IRQHandler', 'if (TIM3->SR & TIM_SR_CC1IF) { x = TIM3->CCR2; }', ['! TIM3.SR.CC1IF']);
check('a flag whose enable is taken away stays, and does no harm', 'TIM3_IRQHandler', 'if (TIM3->SR & TIM_SR_UIF) { TIM3->DIER &= ~TIM_DIER_UIE; }', []);
check('another timer\'s flag is another', 'TIM3_IRQHandler', 'if (TIM3->SR & TIM_SR_UIF) { TIM4->SR = ~TIM_SR_UIF; }', ['TIM4.SR.UIF by writing 0', '! TIM3.SR.UIF']);
check('a macro of ST\'s that clears bits', 'TIM7_IRQHandler', 'if (TIM7->SR & TIM_SR_UIF) { CLEAR_BIT(TIM7->SR, TIM_SR_UIF); }', ['TIM7.SR.UIF by writing 0']);
check('a HAL macro whose body is not there clears what it names', 'TIM2_IRQHandler', { body: 'if (TIM2->SR & TIM_SR_UIF) { __HAL_TIM_CLEAR_FLAG(&htim2, TIM_FLAG_UPDATE); }', beside: 'TIM_HandleTypeDef htim2;\nvoid init(void) { htim2.Instance = TIM2; }' }, ['TIM2.SR.UIF by calling __HAL_TIM_CLEAR_FLAG']);
check('it clears nothing else', 'TIM2_IRQHandler', { body: 'if (TIM2->SR & TIM_SR_CC1IF) { __HAL_TIM_CLEAR_FLAG(&htim2, TIM_FLAG_UPDATE); }', beside: 'TIM_HandleTypeDef htim2;\nvoid init(void) { htim2.Instance = TIM2; }' }, ['TIM2.SR.UIF by calling __HAL_TIM_CLEAR_FLAG', '! TIM2.SR.CC1IF']);
check('ST\'s older library', 'TIM2_IRQHandler', 'if (TIM2->SR & TIM_SR_UIF) { TIM_ClearITPendingBit(TIM2, TIM_IT_Update | TIM_IT_CC1); }', ['TIM2.SR.UIF by calling TIM_ClearITPendingBit', 'TIM2.SR.CC1IF by calling TIM_ClearITPendingBit']);
check('ST\'s low-level driver', 'TIM2_IRQHandler', 'if (TIM2->SR & TIM_SR_UIF) { LL_TIM_ClearFlag_UPDATE(TIM2); }', ['TIM2.SR.UIF by calling LL_TIM_ClearFlag_UPDATE']);
check('a line of EXTI', 'EXTI3_IRQHandler', 'if (EXTI->PR & EXTI_PR_PR3) { EXTI_ClearITPendingBit(EXTI_Line3); }', ['EXTI.PR.PR3 by calling EXTI_ClearITPendingBit']);
check('a pin\'s line', 'EXTI3_IRQHandler', 'if (EXTI->PR & EXTI_PR_PR3) { __HAL_GPIO_EXTI_CLEAR_IT(GPIO_PIN_3); }', ['EXTI.PR.PR3 by calling __HAL_GPIO_EXTI_CLEAR_IT']);
check('another line stays', 'EXTI3_IRQHandler', 'if (EXTI->PR & EXTI_PR_PR3) { EXTI_ClearITPendingBit(EXTI_Line4); }', ['EXTI.PR.PR4 by calling EXTI_ClearITPendingBit', '! EXTI.PR.PR3']);
check('libopencm3', 'TIM2_IRQHandler', 'if (TIM2->SR & TIM_SR_UIF) { timer_clear_flag(TIM2, TIM_SR_UIF); }', ['TIM2.SR.UIF by calling timer_clear_flag']);
check('flags that only the program knows may be any', 'TIM2_IRQHandler', 'if (TIM2->SR & TIM_SR_UIF) { TIM_ClearFlag(TIM2, pending); }', []);
check('a handle given to a function that is not there may be cleared by it', 'TIM2_IRQHandler', { body: 'if (TIM2->SR & TIM_SR_UIF) { x++; }\nHAL_TIM_IRQHandler(&htim2);', beside: 'TIM_HandleTypeDef htim2;\nvoid init(void) { htim2.Instance = TIM2; }' }, []);

test('a flag that its register for clearing clears is not said to stay', { skip: f407 === undefined && 'no SVD file beside the repository' }, async () => {
  const { isrs: [isr] } = await isrDossiers(await sourceOf({ 'chip.h': header, 'a.c': 'void init(void) { DMA2_Stream1->CR |= DMA_SxCR_TCIE; }\nvoid DMA2_Stream1_IRQHandler(void)\n{\n  DMA2->LIFCR = DMA_LIFCR_CTCIF1;\n}\n' }), f407, { name: 'DMA2_Stream1_IRQHandler' });
  assert.deepEqual(isr?.raisedBy?.map(({ flag, isCleared }) => [flag, isCleared]), [['TCIF1', true]]);
});

const nrf52 = realDevice('nrf52840.svd');

/** Each event that can raise the handler of an nRF52840, with `!` before those that nothing clears, and behind it how many interrupt storms are said. */
function checkEvents(name: string, handler: string, code: { readonly body: string; readonly enables: string }, expected: readonly string[]): void {
  test(name, { skip: nrf52 === undefined && 'no SVD file beside the repository' }, async () => {
    const { isrs: [isr] } = await isrDossiers(await sourceOf({ 'a.c': `void start(void) { ${code.enables} }\nvoid ${handler}(void)\n{\n${code.body}\n}\n` }), nrf52, { name: handler });
    const storms = (isr?.hazards ?? []).filter(({ id }) => id === 'flag-not-cleared').map(({ message }) => `storm ${message.split(' ', 1)[0] ?? ''}`);
    assert.deepEqual([...(isr?.raisedBy ?? []).map(({ path, isCleared }) => `${isCleared ? '' : '! '}${path}`), ...storms], expected);
  });
}

checkEvents('an event that is enabled and never cleared', 'TIMER0_IRQHandler', { enables: 'NRF_TIMER0->INTENSET = TIMER_INTENSET_COMPARE1_Msk;', body: 'ticks++;' }, ['! TIMER0.EVENTS_COMPARE[1]', 'storm TIMER0.EVENTS_COMPARE[1]']);
checkEvents('an event that is cleared', 'TIMER0_IRQHandler', { enables: 'NRF_TIMER0->INTENSET = TIMER_INTENSET_COMPARE1_Msk;', body: 'NRF_TIMER0->EVENTS_COMPARE[1] = 0;' }, ['TIMER0.EVENTS_COMPARE[1]']);
checkEvents('another event cleared', 'TIMER0_IRQHandler', { enables: 'NRF_TIMER0->INTENSET = TIMER_INTENSET_COMPARE1_Msk;', body: 'NRF_TIMER0->EVENTS_COMPARE[0] = 0;' }, ['! TIMER0.EVENTS_COMPARE[1]', 'storm TIMER0.EVENTS_COMPARE[1]']);
checkEvents('an event of Nordic\'s library cleared', 'RTC1_IRQHandler', { enables: 'NRF_RTC1->INTENSET = RTC_INTENSET_TICK_Msk;', body: 'nrf_rtc_event_clear(NRF_RTC1, NRF_RTC_EVENT_TICK);' }, ['RTC1.EVENTS_TICK']);
checkEvents('a handler of two peripherals at one place', 'UARTE0_UART0_IRQHandler', { enables: 'NRF_UARTE0->INTENSET = UARTE_INTENSET_ENDRX_Msk; NRF_UARTE0->INTENSET = UARTE_INTENSET_ENDTX_Msk;', body: 'NRF_UARTE0->EVENTS_ENDRX = 0;' }, ['UARTE0.EVENTS_ENDRX', '! UARTE0.EVENTS_ENDTX', 'storm UARTE0.EVENTS_ENDTX']);
checkEvents('a handler of six', 'SPIM0_SPIS0_TWIM0_TWIS0_SPI0_TWI0_IRQHandler', { enables: 'NRF_TWIM0->INTENSET = TWIM_INTENSET_STOPPED_Msk;', body: 'x++;' }, ['! TWIM0.EVENTS_STOPPED', 'storm TWIM0.EVENTS_STOPPED']);
