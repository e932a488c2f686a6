import type { Device, Interrupt, Peripheral } from './device.ts';
import { looseName } from './names.ts';

/** An interrupt and the peripheral the file lists it under: not always the one it comes from. */
export interface FoundInterrupt {
  readonly peripheral: Peripheral;
  readonly interrupt: Interrupt;
}

/** The peripheral of that name: as written, else in other case, else loosely (`NRF_UARTE0`, `uart0_hw`). */
export function findPeripheral(device: Device, name: string): Peripheral | undefined {
  return findPeripherals(device, name)[0];
}

/** Every peripheral that `name` may mean, of the closest kind of match only: `UARTE0` gives `UARTE0_NS` and `UARTE0_S` where there is no plain one. */
export function findPeripherals(device: Device, name: string): Peripheral[] {
  const exact = device.peripherals.filter(peripheral => peripheral.name === name);
  if (exact.length > 0) return exact;
  for (const wanted of new Set([looseName(name), codeName(name)])) {
    const same = device.peripherals.filter(peripheral => looseName(peripheral.name) === wanted);
    if (same.length > 0) return same;
  }
  // Since there are two ports, Nordic's headers take the older name of the only one for the first.
  if (name === 'NRF_GPIO') return findPeripherals(device, 'NRF_P0');
  const wanted = codeName(name);
  const common = wanted.includes('COMMON') ? device.peripherals.filter(peripheral => withoutDigits(looseName(peripheral.name)) === withoutDigits(wanted)) : [];
  return common.length > 0 ? common : variants(device, wanted);
}

/** Where `wanted` is the name of a group, longer names outside of it are other things: Nordic's GPIO is P0 and P1, never GPIOTE. */
function variants(device: Device, wanted: string): Peripheral[] {
  const isGroup = ({ groupName }: Peripheral) => groupName !== undefined && looseName(groupName) === wanted;
  const longer = device.peripherals.filter(({ name }) => isVariant(looseName(name), wanted));
  return device.peripherals.some(isGroup) ? longer.filter(isGroup) : longer;
}

/** Peripherals of a group, or instances of a kind: `USART` gives USART1, USART2, …: header macros such as `USART_CR1_UE` name only the kind. */
export function peripheralsOfGroup(device: Device, group: string): Peripheral[] {
  const wanted = codeName(group);
  return device.peripherals.filter(({ name, groupName }) => looseName(groupName ?? '') === wanted || withoutDigits(looseName(name)) === wanted || /^(.*[0-9])[A-Z]$/.exec(looseName(name))?.[1] === wanted || looseName(name).replace(/[0-9A-K]$/, '') === wanted);
}

/** Interrupts by IRQ number, or by name with or without `_IRQHandler`, `_IRQn`; equal numbers under two names are all given. */
export function findInterrupts(device: Device, nameOrNumber: string | number): FoundInterrupt[] {
  const all = device.peripherals.flatMap(peripheral => peripheral.interrupts.map(interrupt => ({ peripheral, interrupt })));
  if (typeof nameOrNumber === 'number') return all.filter(({ interrupt }) => interrupt.value === nameOrNumber);
  const name = nameOrNumber.replace(/_?(IRQHandler|IRQn|_isr|_vect|IRQ)$/i, '');
  const exact = all.filter(({ interrupt }) => interrupt.name === name);
  if (exact.length > 0) return exact;
  const wanted = interruptName(name);
  const same = wanted === '' ? [] : all.filter(({ interrupt }) => interruptName(interrupt.name) === wanted);
  return same.length > 0 || !name.includes('_') ? same : all.filter(({ interrupt }) => partsOfName(interrupt.name) === partsOfName(name));
}

/** Nordic's headers and files list the blocks of one interrupt in different orders: `UARTE0_UART0`, `UART0_UARTE0`. */
function partsOfName(name: string): string {
  return name.toUpperCase().split('_').sort().join('_');
}

/** What header files put around a peripheral's name. */
function codeName(name: string): string {
  return looseName(name.replace(/^(NRF|R)_(?=[A-Z])/, '').replace(/(_hw|_BASE|_PERI)$/i, ''));
}

/** `UARTE0NS` for `UARTE0`, `ETHERNETMAC` for `ETH`: longer, and not just the next instance number. */
function isVariant(name: string, wanted: string): boolean {
  return wanted.length >= 3 && name.startsWith(wanted) && !/^[0-9]/.test(name.slice(wanted.length));
}

function withoutDigits(name: string): string {
  return name.replace(/[0-9]+/g, '');
}

/** `DMA1_CH1` and `DMA1_Channel1` are one interrupt under two names. */
function interruptName(name: string): string {
  return looseName(name).replace(/CHANNEL/g, 'CH').replace(/STREAM/g, 'S').replace(/IRQ$/, '');
}
