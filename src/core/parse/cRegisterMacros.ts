import type { AccessKind } from './facts.ts';

/** How a macro or function that touches a register takes its arguments. */
export interface RegisterMacro {
  readonly kind: AccessKind;
  /** Position of the register, or of its address. */
  readonly register: number;
  /** Positions of value and mask arguments. */
  readonly values: readonly number[];
}

/** The register macro of that name: CMSIS/ST, Espressif, Pico, Zephyr and Linux style, AVR; undefined for any other. */
export function registerMacro(name: string): RegisterMacro | undefined {
  return macros.get(name);
}

/** `MMIO32(address)` and its like under other names: stands for the register at an address. */
export function isAddressMacro(name: string): boolean {
  return /^(MMIO(8|16|32|64)|HWREG(8|16|32|B|H)?|REG(8|16|32)?|_REG(8|16|32)?|_SFR_(MEM|IO)(8|16)|_MMIO_(BYTE|WORD|DWORD)|IO_REG|reg(8|16|32)|ADDRESS_MAP)$/.test(name);
}

function entries(names: string, kind: AccessKind, register: number, ...values: number[]): [string, RegisterMacro][] {
  return names.split(' ').map(name => [name, { kind, register, values }]);
}

const macros: ReadonlyMap<string, RegisterMacro> = new Map([
  ...entries('SET_BIT CLEAR_BIT ATOMIC_SET_BIT ATOMIC_CLEAR_BIT ATOMIC_SETH_BIT ATOMIC_CLEARH_BIT TOGGLE_BIT', 'modify', 0, 1),
  ...entries('MODIFY_REG ATOMIC_MODIFY_REG ATOMIC_MODIFYH_REG', 'modify', 0, 1, 2),
  ...entries('WRITE_REG', 'write', 0, 1),
  ...entries('CLEAR_REG', 'write', 0),
  ...entries('READ_BIT', 'read', 0, 1),
  ...entries('READ_REG', 'read', 0),
  ...entries('REG_WRITE WRITE_PERI_REG DPORT_REG_WRITE DPORT_WRITE_PERI_REG', 'write', 0, 1),
  ...entries('REG_READ READ_PERI_REG DPORT_REG_READ DPORT_READ_PERI_REG', 'read', 0),
  ...entries('REG_SET_BIT REG_CLR_BIT REG_SET_BITS SET_PERI_REG_MASK CLEAR_PERI_REG_MASK DPORT_REG_SET_BIT DPORT_REG_CLR_BIT DPORT_SET_PERI_REG_MASK DPORT_CLEAR_PERI_REG_MASK', 'modify', 0, 1),
  ...entries('REG_SET_FIELD SET_PERI_REG_BITS', 'modify', 0, 1, 2),
  ...entries('REG_GET_BIT REG_GET_FIELD GET_PERI_REG_MASK GET_PERI_REG_BITS2', 'read', 0, 1),
  ...entries('hw_set_bits hw_clear_bits hw_xor_bits', 'modify', 0, 1),
  ...entries('hw_write_masked', 'modify', 0, 1, 2),
  ...entries('sys_write8 sys_write16 sys_write32 sys_write64 writel writew writeb', 'write', 1, 0),
  ...entries('sys_read8 sys_read16 sys_read32 sys_read64 readl readw readb', 'read', 0),
  ...entries('sys_set_bit sys_clear_bit sys_set_bits sys_clear_bits', 'modify', 0, 1),
  ...entries('mmio_write32', 'write', 0, 1),
  ...entries('mmio_read32', 'read', 0),
  ...entries('sbi cbi', 'modify', 0, 1),
  ...entries('bit_is_set bit_is_clear loop_until_bit_is_set loop_until_bit_is_clear', 'read', 0, 1),
]);
