import type { Peripheral, Register, RegisterNode } from '../device/device.ts';

/** A register, and its path where clusters matter: enough of a `RegisterPlace` for what manuals say of it. */
export interface ManualPlace {
  readonly peripheral: Peripheral;
  readonly register: Register;
  /** `SERCOM0.USART.INTFLAG`. */
  readonly path?: string;
}

/** What kind of peripheral it is, in capitals: its group, and its name without number and security twin (`SEC_USART2` → `USART`, `GPIOB` → `GPIO`). */
export function peripheralKinds({ name, groupName }: Pick<Peripheral, 'name' | 'groupName'>): string[] {
  const plain = plainPeripheralName(name);
  const kind = /^(GPIO|PORT)[A-Z]$/.exec(plain)?.[1] ?? plain.replace(/\d+(?=_|$)/g, '');
  return [...new Set([...groupName === undefined ? [] : [groupName.toUpperCase()], kind, plain])];
}

/** The name in capitals, without what marks the secure or non-secure view: `SEC_TIM1` and `TIM1_S` → `TIM1`. */
export function plainPeripheralName(name: string): string {
  return name.toUpperCase().replace(/^(SEC|NS|S)_/, '').replace(/_(S|NS|SEC)$/, '');
}

/** The register's own name in capitals: `TIM2_SR` of TIM2 → `SR`, of a derived TIM4 too; an array's `CCR%s` → `CCR0`. */
export function plainRegisterName(register: Pick<Register, 'name'>, peripheral: Pick<Peripheral, 'name' | 'groupName'>): string {
  const name = register.name.toUpperCase().replace('[%S]', '0').replace('%S', '0');
  const before = peripheralKinds(peripheral).map(kind => (name.startsWith(kind) ? /^\d*_/.exec(name.slice(kind.length)) === null ? '' : name.slice(0, name.indexOf('_', kind.length) + 1) : ''));
  const prefix = before.reduce((longest, text) => (text.length > longest.length ? text : longest), '');
  return prefix.length === name.length ? name : name.slice(prefix.length);
}

/** The clusters between peripheral and register: `USART` of `SERCOM0.USART.INTFLAG`. */
export function clusterPath({ path }: ManualPlace): string {
  return path === undefined ? '' : path.split('.').slice(1, -1).join('.').toUpperCase();
}

/** Real peripherals have some hundreds; clusters nested alike in a hostile file would take 2 to the power of their depth. */
const mostNodes = 20_000;

/** Whether a register of that name stands anywhere in the peripheral. */
export function hasRegister(peripheral: Peripheral, pattern: RegExp): boolean {
  let left = mostNodes;
  const within = (nodes: readonly RegisterNode[]): boolean => nodes.some(node => {
    left -= 1;
    return left > 0 && (node.kind === 'cluster' ? within(node.registers) : pattern.test(plainRegisterName(node, peripheral)));
  });
  return within(peripheral.registers);
}
