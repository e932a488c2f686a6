import type { Peripheral, RegisterNode } from './device.ts';

/** The peripheral with its registers changed when they are first asked for, so that a large device costs nothing before. */
export function withLazyRegisters(peripheral: Peripheral, change: (peripheral: Peripheral) => readonly RegisterNode[]): Peripheral {
  let registers: readonly RegisterNode[] | undefined;
  return Object.defineProperties({}, {
    ...Object.getOwnPropertyDescriptors(peripheral),
    registers: { enumerable: true, configurable: true, get: () => registers ??= change(peripheral) },
  }) as Peripheral;
}
