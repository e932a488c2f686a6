import type { IpBlock } from './manualFamily.ts';

const writeZero = 'Cleared by writing 0; writing 1 has no effect. Clear it with a plain write (~flag), as read-modify-write can clear flags set in between.';

/** Blocks of the first STM32 generations. */
export const stm32Blocks: readonly IpBlock[] = [
  {
    peripheral: /^US?ART$/,
    effects: [
      { register: /^SR$/, fields: /^(CTS|LBD|TC|RXNE)$/, text: 'Cleared by writing 0; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear', heading: 'USART status register (USART_SR)' },
      { register: /^SR$/, fields: /^(IDLE|ORE|NF|NE|FE|PE)$/, text: 'Cleared by reading SR and then reading DR (PE: or writing DR).', heading: 'USART status register (USART_SR)' },
      { register: /^DR$/, text: 'Reading takes the received byte and clears SR.RXNE, and after a read of SR the flags PE, FE, NF, ORE and IDLE; writing hands over a byte to send and clears SR.TXE.', readAction: 'modifyExternal', heading: 'USART data register (USART_DR)' },
    ],
  },
  {
    peripheral: /^(TIM|TIMS|TIMER)$/,
    effects: [
      { register: /^SR$/, text: writeZero, modifiedWriteValues: 'zeroToClear', heading: 'TIMx status register (TIMx_SR)' },
      { register: /^EGR$/, text: 'Writing 1 generates the event; hardware clears the bit.', modifiedWriteValues: 'oneToSet', heading: 'TIMx event generation register (TIMx_EGR)' },
    ],
  },
  {
    peripheral: /^EXTI$/,
    effects: [
      { register: /^PR$/, text: 'Writing 1 clears the pending bit; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', heading: 'Pending register (EXTI_PR)' },
    ],
  },
  {
    peripheral: /^DMA$/,
    effects: [
      { register: /^(LISR|HISR|ISR)$/, text: 'Flags are set by hardware and cleared by writing 1 to the same bit of the flag clear register (LIFCR, HIFCR or IFCR).', heading: 'DMA interrupt status register' },
      { register: /^(LIFCR|HIFCR|IFCR)$/, text: 'Writing 1 clears the flag in the status register; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', heading: 'DMA interrupt flag clear register' },
    ],
  },
  {
    peripheral: /^GPIO$/,
    effects: [
      { register: /^BSRR$/, fields: /^BS\d+$/, text: 'Writing 1 sets the pin\'s output bit; writing 0 has no effect. Reads as 0.', modifiedWriteValues: 'oneToSet', heading: 'GPIO port bit set/reset register (GPIOx_BSRR)' },
      { register: /^BSRR$/, fields: /^BR\d+$/, text: 'Writing 1 clears the pin\'s output bit; writing 0 has no effect; the set bit wins when both are written. Reads as 0.', modifiedWriteValues: 'oneToClear', heading: 'GPIO port bit set/reset register (GPIOx_BSRR)' },
      { register: /^BRR$/, text: 'Writing 1 clears the pin\'s output bit; writing 0 has no effect.', modifiedWriteValues: 'oneToClear', heading: 'GPIO port bit reset register (GPIOx_BRR)' },
    ],
  },
  {
    peripheral: /^SPI$/,
    effects: [
      { register: /^SR$/, fields: /^OVR$/, text: 'Cleared by reading DR and then reading SR.', heading: 'SPI status register (SPI_SR)' },
      { register: /^SR$/, fields: /^MODF$/, text: 'Cleared by reading SR and then writing CR1.', heading: 'SPI status register (SPI_SR)' },
      { register: /^SR$/, fields: /^CRCERR$/, text: 'Cleared by writing 0; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear', heading: 'SPI status register (SPI_SR)' },
    ],
  },
  {
    peripheral: /^I2C$/,
    effects: [
      { register: /^SR1$/, fields: /^(SMBALERT|TIMEOUT|PECERR|OVR|AF|ARLO|BERR)$/, text: 'Cleared by writing 0; writing 1 has no effect.', modifiedWriteValues: 'zeroToClear', heading: 'I2C Status register 1 (I2C_SR1)' },
      { register: /^SR1$/, fields: /^ADDR$/, text: 'Cleared by reading SR1 and then reading SR2.', heading: 'I2C Status register 1 (I2C_SR1)' },
      { register: /^SR1$/, fields: /^STOPF$/, text: 'Cleared by reading SR1 and then writing CR1.', heading: 'I2C Status register 1 (I2C_SR1)' },
      { register: /^SR1$/, fields: /^SB$/, text: 'Cleared by reading SR1 and then writing DR.', heading: 'I2C Status register 1 (I2C_SR1)' },
    ],
  },
  {
    peripheral: /^ADC$/,
    effects: [
      { register: /^SR$/, text: 'Cleared by writing 0; writing 1 has no effect. EOC is also cleared by reading DR.', modifiedWriteValues: 'zeroToClear', heading: 'ADC status register (ADC_SR)' },
    ],
  },
  {
    peripheral: /^IWDG$/,
    keys: [{ register: /^KR$/, text: 'Takes keys.', keys: [{ value: 0xAAAAn, meaning: 'reloads the counter' }, { value: 0x5555n, meaning: 'unlocks PR and RLR' }, { value: 0xCCCCn, meaning: 'starts the watchdog' }], heading: 'Key register (IWDG_KR)' }],
  },
  {
    peripheral: /^FLASH$/,
    keys: [{ register: /^KEYR$/, text: 'Unlocks CR; another value or order locks it until the next reset.', keys: [{ value: 0x45670123n }, { value: 0xCDEF89ABn }], isSequence: true, heading: 'FLASH key register (FLASH_KEYR)' }],
  },
];
