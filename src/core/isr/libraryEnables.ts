import type { CallFact } from '../parse/facts.ts';

/** A vendor library's call that lets a peripheral raise its interrupt. */
export interface LibraryEnable {
  /** The peripheral, or the handle that holds it, as written. */
  readonly target: string;
  /** Names of enables or of their flags, in the manual's words: `RXNE`, `UIE`. */
  readonly words: readonly string[];
  /** The channel within the peripheral, where another argument gives it. */
  readonly channel?: string;
}

/** A family of blocks with the names of all calls that enable its interrupts. */
interface Family {
  readonly peripherals: RegExp;
  readonly calls: Readonly<Record<string, Reading>>;
}

/** Words that a call always means, or how its arguments tell them. */
type Reading = readonly string[] | ((call: CallFact) => readonly string[]);

/** The calls that may enable interrupts of a peripheral, by its name. */
export function enablingCalls(peripheral: string): readonly string[] {
  const family = families.find(({ peripherals }) => peripherals.test(peripheral));
  return family === undefined ? [] : Object.keys(family.calls);
}

/** What a call enables; undefined for any other call, and for one that disables. */
export function readLibraryEnable(call: CallFact): LibraryEnable | undefined {
  const reading = readings.get(call.name);
  const [target] = call.arguments;
  if (reading === undefined || target === undefined || call.arguments.some(argument => /^(DISABLE|RESET|false)$/.test(argument.trim()) && !call.name.startsWith('uart_set_irq'))) return undefined;
  const words = typeof reading === 'function' ? reading(call) : reading;
  const channel = call.arguments.slice(1).map(argument => /(?:STREAM|CHANNEL|CH)_?(\d+)$/.exec(argument.trim())?.[1]).find(found => found !== undefined);
  return words.length === 0 ? undefined : { target: target.trim(), words, ...(channel !== undefined && { channel }) };
}

/** `RXNE` of `USART_IT_RXNE`, `UIE` of `TIM_DIER_UIE`, every one that is or'ed together. */
function constants({ arguments: given }: CallFact): string[] {
  return given.slice(1).flatMap(argument => [...argument.matchAll(/\b[A-Z]\w*?_(?:IT|INT|DIER|IER|CR\d)_(\w+)/gi)].map(match => match[1] ?? ''));
}

/** `CC2` of `TIM_CHANNEL_2`. */
function channels({ arguments: given }: CallFact): string[] {
  return given.slice(1).flatMap(argument => [...argument.matchAll(/\bTIM_CHANNEL_(\d)\b/g)].map(match => `CC${match[1] ?? ''}`));
}

/** `uart_set_irq_enables(uart0, true, false)`: when it has received, when it can send. */
function picoUart({ arguments: [, received, sent] }: CallFact): string[] {
  return [...received?.trim() === 'true' ? ['RX', 'RT'] : [], ...sent?.trim() === 'true' ? ['TX'] : []];
}

/** ST's low-level driver has a function for each enable. */
function lowLayer(block: string, flags: string): Readonly<Record<string, Reading>> {
  return Object.fromEntries(flags.split(' ').map(flag => [`LL_${block}_EnableIT_${flag}`, flag.split('_')] as const));
}

function halFunctions(block: string, verbs: string, words: readonly string[]): Readonly<Record<string, Reading>> {
  return Object.fromEntries(verbs.split(' ').map(verb => [`HAL_${block}_${verb}_IT`, words] as const));
}

const families: readonly Family[] = [
  {
    peripherals: /^(LP)?US?ART/i,
    calls: {
      USART_ITConfig: constants, UART_ITConfig: constants, usart_interrupt_enable: constants, __HAL_UART_ENABLE_IT: constants, __HAL_USART_ENABLE_IT: constants,
      HAL_UART_Receive_IT: ['RXNE', 'PE', 'ERR'], HAL_UARTEx_ReceiveToIdle_IT: ['RXNE', 'IDLE', 'PE', 'ERR'], HAL_UART_Transmit_IT: ['TXE', 'TC'], HAL_USART_Receive_IT: ['RXNE', 'PE', 'ERR'], HAL_USART_Transmit_IT: ['TXE', 'TC'], HAL_UARTEx_ReceiveToIdle_DMA: ['IDLE'],
      ...lowLayer('USART', 'RXNE RXNE_RXFNE TXE TXE_TXFNF TC IDLE PE ERROR CTS LBD RTO CM'), ...lowLayer('LPUART', 'RXNE RXNE_RXFNE TXE TXE_TXFNF TC IDLE PE ERROR CTS CM'),
      usart_enable_rx_interrupt: ['RXNE'], usart_enable_tx_interrupt: ['TXE'], usart_enable_tx_complete_interrupt: ['TC'], usart_enable_idle_interrupt: ['IDLE'], usart_enable_error_interrupt: ['ERR'],
      uart_set_irq_enables: picoUart, uart_set_irqs_enabled: picoUart,
    },
  },
  {
    peripherals: /^(LP)?TIM/i,
    calls: {
      TIM_ITConfig: constants, timer_interrupt_enable: constants, timer_enable_irq: constants, __HAL_TIM_ENABLE_IT: constants,
      ...halFunctions('TIM', 'Base_Start', ['UPDATE']), ...Object.fromEntries(['OC', 'PWM', 'IC', 'OnePulse', 'Encoder'].map(mode => [`HAL_TIM_${mode}_Start_IT`, channels] as const)),
      ...lowLayer('TIM', 'UPDATE CC1 CC2 CC3 CC4 TRIG BRK COM'),
    },
  },
  {
    peripherals: /^(SPI|I2S)/i,
    calls: {
      SPI_ITConfig: constants, SPI_I2S_ITConfig: constants, spi_i2s_interrupt_enable: constants, __HAL_SPI_ENABLE_IT: constants,
      ...halFunctions('SPI', 'Receive', ['RXNE', 'ERR']), ...halFunctions('SPI', 'Transmit', ['TXE', 'ERR']), ...halFunctions('SPI', 'TransmitReceive', ['RXNE', 'TXE', 'ERR']),
      ...lowLayer('SPI', 'RXNE TXE ERR RXP TXP EOT'),
      spi_enable_rx_buffer_not_empty_interrupt: ['RXNE'], spi_enable_tx_buffer_empty_interrupt: ['TXE'], spi_enable_error_interrupt: ['ERR'],
    },
  },
  {
    peripherals: /^I2C/i,
    calls: {
      I2C_ITConfig: constants, i2c_interrupt_enable: constants, i2c_enable_interrupt: constants, __HAL_I2C_ENABLE_IT: constants,
      ...halFunctions('I2C', 'Master_Transmit Master_Receive Slave_Transmit Slave_Receive Mem_Write Mem_Read EnableListen', ['EVT', 'BUF', 'ERR']), ...lowLayer('I2C', 'EVT BUF ERR RX TX ADDR NACK STOP TC'),
    },
  },
  {
    peripherals: /^B?DMA/i,
    calls: {
      DMA_ITConfig: constants, dma_interrupt_enable: constants, __HAL_DMA_ENABLE_IT: constants, HAL_DMA_Start_IT: ['TC', 'TE'], ...lowLayer('DMA', 'TC HT TE'),
      dma_enable_transfer_complete_interrupt: ['TC'], dma_enable_half_transfer_interrupt: ['HT'], dma_enable_transfer_error_interrupt: ['TE'],
    },
  },
  {
    peripherals: /^ADC/i,
    calls: {
      ADC_ITConfig: constants, adc_interrupt_enable: constants, __HAL_ADC_ENABLE_IT: constants, HAL_ADC_Start_IT: ['EOC', 'EOS'], ...lowLayer('ADC', 'EOC EOS EOCS JEOS OVR AWD1'),
      adc_enable_eoc_interrupt: ['EOC'], adc_enable_eoc_interrupt_injected: ['JEOC'], adc_enable_analog_watchdog_interrupt: ['AWD'], adc_enable_overrun_interrupt: ['OVR'],
    },
  },
  { peripherals: /^B?X?CAN/i, calls: { CAN_ITConfig: constants, can_interrupt_enable: constants, can_enable_irq: constants, __HAL_CAN_ENABLE_IT: constants, HAL_CAN_ActivateNotification: constants } },
  { peripherals: /^RTC/i, calls: { RTC_ITConfig: constants, __HAL_RTC_ALARM_ENABLE_IT: constants, HAL_RTC_SetAlarm_IT: ['ALRA'], HAL_RTCEx_SetWakeUpTimer_IT: ['WUT'], ...lowLayer('RTC', 'ALRA ALRB WUT') } },
];

const readings: ReadonlyMap<string, Reading> = new Map(families.flatMap(({ calls }) => Object.entries(calls)));
