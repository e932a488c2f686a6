import type { Interrupt } from '../device/device.ts';
import type { AtdfElement } from './atdfXml.ts';

export interface InterruptOwner {
  readonly peripheral: string;
  /** All peripherals of the device. */
  readonly names: readonly string[];
  readonly architecture: string;
}

/** The interrupts that belong to a peripheral, named as their vectors are in C: `TCA0_OVF` for `ISR(TCA0_OVF_vect)`. */
export function peripheralInterrupts(interrupts: readonly AtdfElement[], { peripheral, names, architecture }: InterruptOwner): Interrupt[] {
  return interrupts.filter(interrupt => ownerOf(interrupt, names) === peripheral).flatMap(interrupt => asInterrupt(interrupt, architecture));
}

/** The interrupts that belong to none. */
export function unboundInterrupts(interrupts: readonly AtdfElement[], names: readonly string[], architecture: string): Interrupt[] {
  return interrupts.filter(interrupt => ownerOf(interrupt, names) === undefined).flatMap(interrupt => asInterrupt(interrupt, architecture));
}

function asInterrupt({ attributes }: AtdfElement, architecture: string): Interrupt[] {
  const value = Number(attributes['index'] ?? '');
  const { name = '', caption, 'module-instance': instance } = attributes;
  // Negative numbers are the core's own exceptions, which have no line of the interrupt controller.
  if (name === '' || !Number.isInteger(value) || value < 0) return [];
  const isPart = instance !== undefined && architecture.startsWith('AVR') && !name.startsWith(instance);
  return [{ name: isPart ? `${instance}_${name}` : name, value, ...(caption !== undefined && caption !== '' && { description: caption }) }];
}

/** Classic AVR files name no owner; their vectors' names tell it. */
const ownersByName: readonly (readonly [RegExp, (match: RegExpExecArray) => string[]])[] = [
  [/^TIM(?:ER)?(\d)_/, ([, number = '']) => [`TC${number}`]],
  [/^USART(\d)_/, ([, number = '']) => [`USART${number}`]],
  [/^USART_/, () => ['USART0', 'USART']],
  [/^(?:P?CINT|INT)\d+$/, () => ['EXINT']],
  [/^SPI\d?_/, () => ['SPI', 'SPI0']],
  [/^TWI\d?$/, () => ['TWI', 'TWI0']],
  [/^(?:EE_READY|EE_RDY)$/, () => ['EEPROM']],
  [/^(?:ANALOG_COMP|ANA_COMP)$/, () => ['AC']],
  [/^USI_/, () => ['USI']],
  [/^SPM_/i, () => ['CPU', 'BOOT_LOAD']],
];

function ownerOf({ attributes }: AtdfElement, names: readonly string[]): string | undefined {
  const instance = attributes['module-instance']?.split(' ')[0];
  if (instance !== undefined) return names.find(name => name === instance);
  const name = attributes['name'] ?? '';
  const told = ownersByName.flatMap(([pattern, owners]) => {
    const match = pattern.exec(name);
    return match === null ? [] : owners(match);
  });
  return told.find(owner => names.includes(owner)) ?? names.find(candidate => candidate === name);
}
