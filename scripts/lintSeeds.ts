/** One defect put into a copy of working code: in `file` the text `find`, which stands there once, becomes `replace`. */
export interface LintSeed {
  readonly rule: string;
  /** A folder of test/fixtures, or a name given with --real. */
  readonly project: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** The file in which the finding is expected, when it is another one. */
  readonly foundIn?: string;
}

type Patch = readonly [rule: string, file: string, find: string, replace: string, foundIn?: string];

const seedsOf = (project: string, patches: readonly Patch[]): LintSeed[] => patches.map(([rule, file, find, replace, foundIn]) => ({ rule, project, file, find, replace, ...(foundIn !== undefined && { foundIn }) }));

const console = seedsOf('stm32f4-uart', [
  ['rmw-on-w1c', 'timer.c', 'TIM2->SR = ~TIM_SR_UIF;\n    tick_ms++;', 'TIM2->SR &= ~TIM_SR_UIF;\n    tick_ms++;'],
  ['rmw-on-w1c', 'timer.c', 'TIM2->SR = ~TIM_SR_UIF;   /* the forced', 'TIM2->SR |= TIM_SR_UIF;   /* the forced'],
  ['rmw-on-w1c', 'i2c_sensor.c', 'TIM3->CNT = 0U;', 'TIM3->CNT = 0U;\n  TIM3->SR = TIM3->SR & ~TIM_SR_UIF;'],
  ['rmw-on-w1c', 'uart.c', 'USART2->BRR =', 'USART2->SR &= ~USART_SR_RXNE;\n  USART2->BRR ='],
  ['write-read-only', 'dma.c', 'DMA1->HIFCR = DMA_HIFCR_CTEIF5;', 'DMA1->HIFCR = DMA_HIFCR_CTEIF5;\n    DMA1->HISR = DMA_HISR_TEIF5;'],
  ['write-read-only', 'main.c', 'RCC->CR |= RCC_CR_PLLON;', 'RCC->CR |= RCC_CR_PLLRDY;'],
  ['write-read-only', 'main.c', 'RCC->CR |= RCC_CR_HSEON;', 'RCC->CR |= RCC_CR_HSERDY;'],
  ['write-read-only', 'main.c', 'led_init();\n  tick', 'led_init();\n  GPIOD->IDR = 1UL << GREEN_LED;\n  tick'],
  ['read-write-only', 'main.c', 'GPIOD->BSRR = on', 'GPIOD->BSRR |= on'],
  ['read-write-only', 'main.c', 'led_set(true);', 'led_set(!(GPIOD->BSRR & (1UL << GREEN_LED)));'],
  ['read-write-only', 'timer.c', 'TIM2->EGR = TIM_EGR_UG;', 'TIM2->EGR |= TIM_EGR_UG;'],
  ['reserved-bits', 'timer.c', 'TIM2->CR1 |= TIM_CR1_CEN;', 'TIM2->CR1 |= 0x2001;'],
  ['reserved-bits', 'uart.c', 'USART2->CR1 = USART_CR1_UE | USART_CR1_TE | USART_CR1_RE | USART_CR1_RXNEIE;', 'USART2->CR1 = 0x1000202C;'],
  ['reserved-bits', 'i2c_sensor.c', 'TIM3->DIER = TIM_DIER_UIE;', 'TIM3->DIER = 0x8001;'],
  ['value-too-wide', 'main.c', '(336U << RCC_PLLCFGR_PLLN_Pos)', '(672U << RCC_PLLCFGR_PLLN_Pos)'],
  ['value-too-wide', 'main.c', '(5U << FLASH_ACR_LATENCY_Pos)', '(21U << FLASH_ACR_LATENCY_Pos)'],
  ['value-too-wide', 'main.c', '(5U << RCC_CFGR_PPRE1_Pos)', '(9U << RCC_CFGR_PPRE1_Pos)'],
  ['value-too-wide', 'timer.c', 'TIM2->PSC = TIMER_CLOCK_HZ / 1000000UL - 1U;', 'TIM2->PSC = TIMER_CLOCK_HZ / 1000UL - 1U;'],
  ['foreign-mask', 'uart.c', 'USART2->CR1 |= USART_CR1_TXEIE;', 'USART2->CR1 |= USART_SR_TXE | USART_CR3_DMAR;'],
  ['foreign-mask', 'dma.c', 'USART2->CR3 |= USART_CR3_DMAR;', 'USART2->CR1 |= USART_CR3_DMAR;'],
  ['foreign-mask', 'timer.c', 'TIM2->CR1 |= TIM_CR1_CEN;', 'TIM2->CR2 |= TIM_CR1_CEN;'],
  ['foreign-mask', 'uart.c', 'RCC->APB1ENR |= RCC_APB1ENR_USART2EN;', 'RCC->APB1ENR |= RCC_APB1ENR_USART2EN | RCC_AHB1ENR_DMA1EN;'],
  ['clock-not-enabled', 'timer.c', '  RCC->APB1ENR |= RCC_APB1ENR_TIM2EN;\n', ''],
  ['clock-not-enabled', 'uart.c', '  RCC->APB1ENR |= RCC_APB1ENR_USART2EN;\n', ''],
  ['clock-not-enabled', 'dma.c', '  RCC->AHB1ENR |= RCC_AHB1ENR_DMA1EN;\n', ''],
  ['clock-not-enabled', 'main.c', '  RCC->AHB1ENR |= RCC_AHB1ENR_GPIODEN;\n', ''],
  ['side-effect-read', 'uart.c', 'uint32_t status = USART2->SR;\n', 'uint32_t status = USART2->SR;\n  if (USART2->DR == 3U || USART2->DR == 4U) { rx_lost = 0; }\n'],
  ['side-effect-read', 'uart.c', 'return rx_lost;', 'assert(USART2->DR != 0U);\n  return rx_lost;'],
  ['missing-volatile', 'timer.c', 'static volatile uint32_t tick_ms;', 'static uint32_t tick_ms;'],
  ['missing-volatile', 'dma.c', 'static volatile bool block_done;', 'static bool block_done;'],
  ['missing-volatile', 'uart.c', 'static volatile uint32_t rx_lost;', 'static uint32_t rx_lost;'],
  ['non-atomic-shared', 'timer.c', 'return tick_ms;', 'tick_ms += 1;\n  return tick_ms;'],
  ['non-atomic-shared', 'timer.c', 'static volatile uint32_t tick_ms;', 'static volatile uint64_t tick_ms;'],
  ['non-atomic-shared', 'uart.c', 'return rx_lost;', 'return rx_lost--;'],
  ['non-atomic-shared', 'dma.c', 'return block_errors;', 'block_errors >>= 1;\n  return block_errors;'],
  ['blocking-in-isr', 'timer.c', 'tick_ms++;', 'tick_ms++;\n    HAL_Delay(1);'],
  ['blocking-in-isr', 'dma.c', 'USART2->CR3 &= ~USART_CR3_DMAR;', 'printf("done\\n");\n  USART2->CR3 &= ~USART_CR3_DMAR;'],
  ['blocking-in-isr', 'uart.c', 'USART2->DR = byte;', 'while (!(USART2->SR & USART_SR_TC)) { }\n      USART2->DR = byte;'],
  ['blocking-in-isr', 'dma.c', 'DMA1->HIFCR = DMA_HIFCR_CTEIF5;', 'DMA1->HIFCR = DMA_HIFCR_CTEIF5;\n    xSemaphoreGive(failed);'],
  ['flag-never-cleared', 'timer.c', '    TIM2->SR = ~TIM_SR_UIF;\n    tick_ms++;', '    tick_ms++;'],
  ['flag-never-cleared', 'i2c_sensor.c', '  TIM3->SR |= TIM_SR_UIF;\n', '  if (!(TIM3->SR & TIM_SR_UIF)) { return; }\n'],
  ['handler-not-in-table', 'timer.c', 'void TIM2_IRQHandler', 'void TIM_2_IRQHandler'],
  ['handler-not-in-table', 'uart.c', 'void USART2_IRQHandler', 'void UASRT2_IRQHandler'],
  ['handler-not-in-table', 'dma.c', 'void DMA1_Stream5_IRQHandler', 'void DMA1_Steam5_IRQHandler'],
  ['missing-barrier', 'timer.c', 'TIM2->SR = ~TIM_SR_UIF;\n    tick_ms++;', 'tick_ms++;\n    TIM2->SR = ~TIM_SR_UIF;'],
  ['missing-barrier', 'i2c_sensor.c', '  TIM3->SR |= TIM_SR_UIF;\n  I2C1->CR1 |= I2C_CR1_STOP;\n  samples_failed++;', '  I2C1->CR1 |= I2C_CR1_STOP;\n  samples_failed++;\n  TIM3->SR = ~TIM_SR_UIF;'],
  ['wrong-width-access', 'uart.c', 'USART2->BRR = (APB1', '*(volatile uint8_t *) &USART2->BRR = (APB1'],
  ['wrong-width-access', 'timer.c', 'TIM2->DIER |= TIM_DIER_UIE;', '*(volatile uint16_t *) &TIM2->DIER = TIM_DIER_UIE;'],
  ['unreachable-interrupt', 'timer.c', '  NVIC_EnableIRQ(TIM2_IRQn);\n', ''],
  ['unreachable-interrupt', 'uart.c', '  NVIC_SetPriority(USART2_IRQn, PRIORITY_UART);\n  NVIC_EnableIRQ(USART2_IRQn);\n', ''],
  ['unreachable-interrupt', 'timer.c', '  TIM2->DIER |= TIM_DIER_UIE;\n', ''],
  ['unreachable-interrupt', 'dma.c', 'void DMA1_Stream5_IRQHandler(void)', 'static void on_block(void)'],
  ['priority-above-syscall-ceiling', 'i2c_sensor.c', '    samples_done++;', '    samples_done++;\n    xSemaphoreGiveFromISR(sampled, 0);\n#define configLIBRARY_MAX_SYSCALL_INTERRUPT_PRIORITY 5'],
  ['priority-above-syscall-ceiling', 'dma.c', '  block_done = true;', '  block_done = true;\n  vTaskNotifyGiveFromISR(receiver, 0);\n#define configMAX_SYSCALL_INTERRUPT_PRIORITY (5 << 4)'],
]);

const pump = seedsOf('fictional-mcu', [
  ['rmw-on-w1c', 'level.c', 'DMA->INTSTAT = DMA_INTSTAT_BUSERR;', 'DMA->INTSTAT |= DMA_INTSTAT_BUSERR;'],
  ['rmw-on-w1c', 'console.c', 'UART0->STATUS = status & (UART_STATUS_OVERRUN | UART_STATUS_FRAMING);', 'UART0->STATUS |= UART_STATUS_OVERRUN;'],
  ['missing-volatile', 'motor.c', 'static volatile uint32_t milliseconds;', 'static uint32_t milliseconds;'],
  ['missing-volatile', 'console.c', 'static volatile uint32_t overruns;', 'static uint32_t overruns;'],
  ['non-atomic-shared', 'console.c', 'return overruns;', 'overruns -= 1U;\n  return overruns;'],
  ['non-atomic-shared', 'motor.c', 'static volatile uint32_t milliseconds;', 'static volatile uint64_t milliseconds;'],
  ['blocking-in-isr', 'motor.c', '    milliseconds++;', '    milliseconds++;\n    delay_ms(1);'],
  ['blocking-in-isr', 'console.c', '    overruns++;', '    overruns++;\n    free(malloc(4));'],
  ['side-effect-read', 'motor.c', 'uint32_t event = TIMER0->EVENT;', 'uint32_t event = TIMER0->EVENT;\n  printf("%x", TIMER0->EVENT);'],
  ['write-read-only', 'level.c', 'ADC->CTRL |= ADC_CTRL_START;', 'ADC->CTRL |= ADC_CTRL_START;\n  ADC->RESULT = 0;'],
  ['foreign-mask', 'level.c', 'ADC->CTRL |= ADC_CTRL_START;', 'ADC->CTRL |= ADC_STATUS_LATE;'],
  ['flag-never-cleared', 'level.c', '    DMA->INTSTAT |= DMA_INTSTAT_DONE0;\n', ''],
  ['handler-not-in-table', 'motor.c', 'void TIMER0_IRQHandler', 'void TMER0_IRQHandler'],
  ['handler-not-in-table', 'console.c', 'void UART0_IRQHandler', 'void UATR0_IRQHandler'],
]);

const grbl = seedsOf('grbl', [
  ['rmw-on-w1c', 'stepper.c', 'TCCR0B = 0; // Disable Timer0 to prevent', 'TIFR0 |= (1<<TOV0);\n  TCCR0B = 0; // Disable Timer0 to prevent'],
  ['rmw-on-w1c', 'system.c', 'PCICR |= (1 << CONTROL_INT);', 'PCIFR |= (1 << CONTROL_INT);\n  PCICR |= (1 << CONTROL_INT);'],
  ['missing-volatile', 'main.c', 'volatile uint8_t sys_rt_exec_state;', 'uint8_t sys_rt_exec_state;'],
  ['missing-volatile', 'stepper.c', 'static volatile uint8_t segment_buffer_tail;', 'static uint8_t segment_buffer_tail;'],
  ['blocking-in-isr', 'system.c', '  uint8_t pin = system_control_get_state();\n  if (pin) {\n    if', '  uint8_t pin = system_control_get_state();\n  _delay_ms(10);\n  if (pin) {\n    if'],
  ['blocking-in-isr', 'serial.c', 'uint8_t tail = serial_tx_buffer_tail; // Temporary serial_tx_buffer_tail', 'printf("x");\n  uint8_t tail = serial_tx_buffer_tail; // Temporary serial_tx_buffer_tail'],
  ['non-atomic-shared', 'serial.c', 'serial_rx_buffer_tail = serial_rx_buffer_head;', 'serial_rx_buffer_head++;\n  serial_rx_buffer_tail = serial_rx_buffer_head;'],
  ['value-too-wide', 'stepper.c', 'TCCR0A = 0; // Normal operation', 'TCCR0A = 0x100; // Normal operation'],
]);

const crazyflie = seedsOf('crazyflie', [
  ['rmw-on-w1c', 'src/hal/src/usec_time.c', 'TIM7->CNT = 0;', 'TIM7->CNT = 0;\n  TIM7->SR &= ~TIM_SR_UIF;\n  EXTI->PR |= EXTI_PR_PR1;'],
  ['missing-volatile', 'src/hal/src/sensors_mpu9250_lps25h.c', 'static volatile uint64_t imuIntTimestamp;', 'static volatile uint64_t imuIntTimestamp;\nstatic uint32_t seenEdges;\nvoid __attribute__((used)) EXTI3_IRQHandlerSeed(void);\nuint32_t edgesSeen(void) { return seenEdges; }\nvoid __attribute__((interrupt)) seedEdge(void) { seenEdges++; }'],
  ['blocking-in-isr', 'src/drivers/src/exti.c', 'void __attribute__((used)) EXTI0_IRQHandler(void)\n{', 'void __attribute__((used)) EXTI0_IRQHandler(void)\n{\n  vTaskDelay(1);'],
  ['blocking-in-isr', 'src/hal/src/usec_time.c', 'void __attribute__((used)) TIM7_IRQHandler(void)\n{', 'void __attribute__((used)) TIM7_IRQHandler(void)\n{\n  xSemaphoreTake(0, portMAX_DELAY);'],
  ['read-write-only', 'src/hal/src/usec_time.c', 'TIM7->CNT = 0;', 'TIM7->CNT = 0;\n  GPIOA->BSRRL |= GPIO_BSRR_BS_1;\n  TIM7->EGR |= TIM_EGR_UG;'],
  ['foreign-mask', 'src/hal/src/usec_time.c', 'TIM7->CNT = 0;', 'TIM7->CNT = 0;\n  TIM7->CR1 |= TIM_DIER_UIE;'],
  ['handler-not-in-table', 'src/drivers/src/exti.c', 'EXTI2_IRQHandler(void)', 'EXT2_IRQHandler(void)'],
  ['value-too-wide', 'src/hal/src/usec_time.c', 'TIM7->CNT = 0;', 'TIM7->CNT = 0;\n  TIM7->ARR = 0x12345;'],
]);

/** Every seeded defect. */
export const lintSeeds: readonly LintSeed[] = [...console, ...pump, ...grbl, ...crazyflie];
