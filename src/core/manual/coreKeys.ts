import type { KeyFact } from './manualFamily.ts';
import type { ManualPlace } from './placeNames.ts';

/** A key of a register of Arm's own blocks, and the manual that states it. */
export interface CoreKey {
  readonly fact: Omit<KeyFact, 'register' | 'fields'>;
  /** The bits that hold the key. */
  readonly mask: bigint;
  readonly source: string;
}

/** The key that a core register takes, by its address, as vendors name these registers in many ways. */
export function coreKey({ peripheral, register }: ManualPlace): CoreKey | undefined {
  return coreKeys.get(peripheral.baseAddress + register.addressOffset);
}

const systemManual = 'Armv7-M Architecture Reference Manual (DDI 0403)';
/** The non-secure block, as secure software reaches it. */
const nonSecureTwin = 0x20000n;

const resetControl: CoreKey = {
  mask: 0xFFFF0000n, source: `${systemManual}, Application Interrupt and Reset Control Register`,
  fact: { text: 'A write counts only with the key in the upper half; without it the whole write is ignored.', keys: [{ value: 0x05FAn, meaning: 'the write counts' }], readsOtherwise: true },
};

const haltingControl: CoreKey = {
  mask: 0xFFFF0000n, source: `${systemManual}, Debug Halting Control and Status Register`,
  fact: { text: 'A write counts only with the key in the upper half, which reads as status bits; without it the whole write is ignored.', keys: [{ value: 0xA05Fn, meaning: 'the write counts' }], readsOtherwise: true },
};

const softwareLock: CoreKey = {
  mask: 0xFFFFFFFFn, source: 'CoreSight Architecture Specification (IHI 0029), Lock Access Register',
  fact: { text: 'Opens the block for writes by software, where there is a lock; any other value locks it.', keys: [{ value: 0xC5ACCE55n, meaning: 'unlocks' }, { value: 0n, meaning: 'locks' }] },
};

const coreKeys: ReadonlyMap<bigint, CoreKey> = new Map([
  [0xE000ED0Cn, resetControl],
  [0xE000ED0Cn + nonSecureTwin, resetControl],
  [0xE000EDF0n, haltingControl],
  [0xE000EDF0n + nonSecureTwin, haltingControl],
  // ITM, DWT, FPB, PMU, TPIU, ETM, CTI; the lock of Armv8-M's debug block.
  ...[0xE0000FB0n, 0xE0001FB0n, 0xE0002FB0n, 0xE0003FB0n, 0xE0040FB0n, 0xE0041FB0n, 0xE0042FB0n, 0xE000EFB0n].map(address => [address, softwareLock] as const),
]);
