import type { DecodedValue } from '../device/decode.ts';

/** What an operator or register macro makes of a register's bits, as texts to be evaluated. */
export interface WriteUse {
  readonly operation: 'write' | 'set' | 'clear' | 'toggle' | 'modify';
  /** Mask of bits that become 0. */
  readonly clear?: string;
  /** Bits that become 1, or the whole value that is written. */
  readonly set?: string;
  /** Mask of bits that flip. */
  readonly toggle?: string;
}

/** Operators that only look at a register. */
export const readUses: ReadonlyMap<string, NonNullable<DecodedValue['operation']>> = new Map([
  ...['==', '!='].map(operator => [operator, 'compare'] as const),
  ...['&', 'READ_BIT', 'REG_GET_BIT', 'GET_PERI_REG_MASK', 'bit_is_set', 'bit_is_clear'].map(operator => [operator, 'test'] as const),
]);

/** The bits that an operator or macro writes, from its argument texts; undefined for those that write nothing. */
export function writtenBits(operator: string, given: readonly string[], value: string): WriteUse | undefined {
  const [first = '', second] = given;
  if (writes.has(operator)) return { operation: 'write', set: value };
  if (sets.has(operator)) return { operation: 'set', set: value };
  if (clears.has(operator)) return { operation: 'clear', clear: value };
  if (toggles.has(operator)) return { operation: 'toggle', toggle: value };
  if (operator === '&=') return { operation: 'clear', clear: `~(${value})` };
  if (operator === 'sbi' || operator === 'sys_set_bit') return { operation: 'set', set: `(1UL << (${value}))` };
  if (operator === 'cbi' || operator === 'sys_clear_bit') return { operation: 'clear', clear: `(1UL << (${value}))` };
  if (second === undefined) return undefined;
  if (operator === 'MODIFY_REG' || operator.startsWith('ATOMIC_MODIFY')) return { operation: 'modify', clear: first, set: second };
  // The Pico SDK's takes the values before the mask.
  return operator === 'hw_write_masked' ? { operation: 'modify', clear: second, set: first } : undefined;
}

const writes = new Set(['=', 'WRITE_REG', 'REG_WRITE', 'WRITE_PERI_REG', 'DPORT_REG_WRITE', 'DPORT_WRITE_PERI_REG', 'sys_write8', 'sys_write16', 'sys_write32', 'mmio_write32', 'writel']);
const sets = new Set(['|=', 'SET_BIT', 'ATOMIC_SET_BIT', 'ATOMIC_SETH_BIT', 'hw_set_bits', 'REG_SET_BIT', 'SET_PERI_REG_MASK', 'DPORT_REG_SET_BIT', 'DPORT_SET_PERI_REG_MASK', 'sys_set_bits']);
const clears = new Set(['CLEAR_BIT', 'ATOMIC_CLEAR_BIT', 'ATOMIC_CLEARH_BIT', 'hw_clear_bits', 'REG_CLR_BIT', 'CLEAR_PERI_REG_MASK', 'DPORT_REG_CLR_BIT', 'DPORT_CLEAR_PERI_REG_MASK', 'sys_clear_bits']);
const toggles = new Set(['^=', 'TOGGLE_BIT', 'hw_xor_bits']);
