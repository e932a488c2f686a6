import type { Device, Field, RegisterPlace } from '../device/device.ts';
import { registerPlaces } from '../device/places.ts';
import { bitMask, hex } from '../device/numbers.ts';

/** What an SDK's macro or function does to a register, as far as its name tells. */
export interface ConventionalAccess {
  readonly base: string;
  readonly members: readonly string[];
  readonly operator?: string;
  readonly value?: string;
  /** The one field concerned. */
  readonly field?: string;
  /** "sets RCC.AHB1ENR.GPIOAEN." */
  readonly text: string;
}

/** The access that a well-known macro or function stands for; undefined for names that follow no convention, or mean nothing on this chip. */
export function conventionalAccess(device: Device, name: string, given: readonly string[]): ConventionalAccess | undefined {
  return clockAccess(device, name) ?? peripheralClockAccess(device, name, given) ?? listedAccess(name, given);
}

const clockWords: Readonly<Record<string, { readonly suffix: string; readonly register: RegExp; readonly sets: boolean }>> = {
  CLK_ENABLE: { suffix: 'EN', register: /ENR/, sets: true }, CLK_DISABLE: { suffix: 'EN', register: /ENR/, sets: false },
  FORCE_RESET: { suffix: 'RST', register: /RSTR/, sets: true }, RELEASE_RESET: { suffix: 'RST', register: /RSTR/, sets: false },
  CLK_SLEEP_ENABLE: { suffix: 'LPEN', register: /LPENR|SMENR/, sets: true }, CLK_SLEEP_DISABLE: { suffix: 'LPEN', register: /LPENR|SMENR/, sets: false },
};

/** `__HAL_RCC_USART2_CLK_ENABLE()` sets USART2EN in one of RCC's enable registers. */
function clockAccess(device: Device, name: string): ConventionalAccess | undefined {
  const [, block = '', verb = ''] = /^__HAL_RCC_(\w+?)_(CLK_SLEEP_ENABLE|CLK_SLEEP_DISABLE|CLK_ENABLE|CLK_DISABLE|FORCE_RESET|RELEASE_RESET)$/.exec(name) ?? [];
  const word = clockWords[verb];
  const found = word === undefined ? undefined : fieldOfRcc(device, `${block}${word.suffix}`, word.register) ?? fieldOfRcc(device, `${block}SMEN`, word.register);
  if (word === undefined || found === undefined) return undefined;
  const { place, field } = found;
  const mask = hex(bitMask(field.bitOffset, field.bitWidth));
  return {
    base: place.peripheral.name, members: place.path.split('.').slice(1), field: field.name,
    operator: word.sets ? '|=' : '&=', value: word.sets ? mask : `~${mask}`, text: `${word.sets ? 'sets' : 'clears'} ${place.path}.${field.name}.`,
  };
}

/** libopencm3's `rcc_periph_clock_enable(RCC_GPIOC)`; on older parts the port's gate is IOPCEN. */
function peripheralClockAccess(device: Device, name: string, [given = '']: readonly string[]): ConventionalAccess | undefined {
  const verb = /^rcc_periph_clock_(enable|disable)$/.exec(name)?.[1];
  const block = /^RCC_([A-Z]\w*)$/.exec(given)?.[1];
  if (verb === undefined || block === undefined) return undefined;
  const found = fieldOfRcc(device, `${block}EN`, /ENR/) ?? fieldOfRcc(device, `${block.replace(/^GPIO(?=[A-K]$)/, 'IOP')}EN`, /ENR/);
  if (found === undefined) return undefined;
  const { place, field } = found;
  const mask = hex(bitMask(field.bitOffset, field.bitWidth));
  return {
    base: place.peripheral.name, members: place.path.split('.').slice(1), field: field.name, text: `${verb === 'enable' ? 'sets' : 'clears'} ${place.path}.${field.name}.`,
    operator: verb === 'enable' ? '|=' : '&=', value: verb === 'enable' ? mask : `~${mask}`,
  };
}

function fieldOfRcc(device: Device, name: string, register: RegExp): { readonly place: RegisterPlace; readonly field: Field } | undefined {
  for (const place of registerPlaces({ ...device, peripherals: device.peripherals.filter(peripheral => peripheral.name === 'RCC') })) {
    const field = register.test(place.register.name) && !/LPENR|SMENR/.test(place.register.name) === !/LPENR/.test(register.source) ? place.register.fields.find(candidate => candidate.name === name) : undefined;
    if (field !== undefined) return { place, field };
  }
  return undefined;
}

interface Listed {
  readonly name: RegExp;
  /** The first is given the instance in place of `$0`, the value `$1`, `$2`. */
  readonly base: string;
  readonly members: readonly string[];
  readonly operator?: string;
  readonly value?: string;
  readonly text: string;
}

const listed: readonly Listed[] = [
  { name: /^LL_GPIO_SetOutputPin$/, base: '$0', members: ['BSRR'], operator: '=', value: '$1', text: 'sets output pins through BSRR.' },
  { name: /^LL_GPIO_ResetOutputPin$/, base: '$0', members: ['BSRR'], text: 'clears output pins: the upper half of BSRR, or BRR where there is one.' },
  { name: /^LL_GPIO_TogglePin$/, base: '$0', members: ['ODR'], text: 'toggles output pins of ODR.' },
  { name: /^LL_GPIO_IsInputPinSet$|^LL_GPIO_ReadInputPort$|^HAL_GPIO_ReadPin$|^GPIO_ReadInputDataBit$/, base: '$0', members: ['IDR'], text: 'reads IDR.' },
  { name: /^HAL_GPIO_WritePin$|^GPIO_WriteBit$/, base: '$0', members: ['BSRR'], text: 'sets or clears pins through BSRR.' },
  { name: /^HAL_GPIO_TogglePin$/, base: '$0', members: ['ODR'], text: 'reads ODR and writes the toggled pins through BSRR.' },
  { name: /^LL_GPIO_SetPinMode$/, base: '$0', members: ['MODER'], text: 'sets two bits of MODER for each pin.' },
  { name: /^gpio_set$/, base: '$0', members: ['BSRR'], operator: '=', value: '$1', text: 'sets output pins through BSRR.' },
  { name: /^gpio_clear$/, base: '$0', members: ['BSRR'], text: 'clears output pins through the upper half of BSRR.' },
  { name: /^gpio_toggle$/, base: '$0', members: ['ODR'], text: 'reads ODR and writes the toggled pins through BSRR.' },
  { name: /^gpio_get$/, base: '$0', members: ['IDR'], text: 'reads IDR.' },
  { name: /^LL_TIM_EnableCounter$/, base: '$0', members: ['CR1'], operator: '|=', value: '1', text: 'sets CR1.CEN.' },
  { name: /^LL_TIM_DisableCounter$/, base: '$0', members: ['CR1'], operator: '&=', value: '~1', text: 'clears CR1.CEN.' },
  { name: /^LL_TIM_SetAutoReload$/, base: '$0', members: ['ARR'], operator: '=', value: '$1', text: 'writes ARR.' },
  { name: /^LL_TIM_SetPrescaler$/, base: '$0', members: ['PSC'], operator: '=', value: '$1', text: 'writes PSC.' },
  { name: /^LL_TIM_SetCounter$/, base: '$0', members: ['CNT'], operator: '=', value: '$1', text: 'writes CNT.' },
  { name: /^LL_TIM_GetCounter$/, base: '$0', members: ['CNT'], text: 'reads CNT.' },
  { name: /^LL_TIM_ClearFlag_UPDATE$/, base: '$0', members: ['SR'], operator: '=', value: '~1', text: 'clears SR.UIF.' },
  { name: /^LL_USART_(TransmitData[89]|ReceiveData[89])$/, base: '$0', members: ['DR'], text: 'uses DR.' },
  { name: /^nrf_gpio_pin_set$/, base: 'P0', members: ['OUTSET'], text: 'writes the pin\'s bit to OUTSET of its port.' },
  { name: /^nrf_gpio_pin_clear$/, base: 'P0', members: ['OUTCLR'], text: 'writes the pin\'s bit to OUTCLR of its port.' },
  { name: /^gpio_put$/, base: 'SIO', members: ['GPIO_OUT_SET'], text: 'writes the pin\'s bit to GPIO_OUT_SET or GPIO_OUT_CLR.' },
  { name: /^NVIC_EnableIRQ$|^HAL_NVIC_EnableIRQ$/, base: 'NVIC', members: ['ISER[0]'], text: 'sets the interrupt\'s bit in ISER.' },
];

function listedAccess(name: string, given: readonly string[]): ConventionalAccess | undefined {
  const entry = listed.find(candidate => candidate.name.test(name));
  if (entry === undefined) return undefined;
  const fill = (text: string) => text.replace(/\$(\d)/g, (_, index: string) => given[Number(index)] ?? '');
  const { members, operator, value, text } = entry;
  return { base: fill(entry.base), members, text, ...(operator !== undefined && { operator }), ...(value !== undefined && { value: fill(value) }) };
}
