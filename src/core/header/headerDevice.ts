import type { Device, Interrupt, Peripheral, RegisterNode } from '../device/device.ts';
import { headerBlocks, type HeaderBlock } from './headerBlocks.ts';
import { headerFields, type FieldMacro, type RegisterFields } from './headerFields.ts';
import { enumerators, type HeaderNames } from './headerNames.ts';

/** A chip as its vendor's header describes it. */
export interface HeaderDevice {
  readonly device: Device;
  /** Macros that name bits of registers. */
  readonly macros: readonly FieldMacro[];
  /** Of each register block, by name: what its field macros begin with. */
  readonly kinds: ReadonlyMap<string, readonly string[]>;
  /** Lines where blocks are defined, by name. */
  readonly lines: ReadonlyMap<string, number>;
}

/** Reads a header's register blocks, fields and interrupts into the same model as an SVD file; every peripheral says where it is from. */
export function deviceFromHeader(names: HeaderNames, name: string): HeaderDevice {
  const blocks = headerBlocks(names);
  const fields = headerFields(names, registerKeys(blocks));
  const interrupts = headerInterrupts(names);
  const origin = `${names.file.slice(names.file.lastIndexOf('/') + 1)}, the vendor's header`;
  const peripherals = blocks.map((block): Peripheral => ({
    name: block.name, baseAddress: block.baseAddress, origin, groupName: block.kinds[0] ?? block.name,
    ...(block.structName !== undefined && { headerStructName: block.structName }),
    addressBlocks: block.size === undefined ? [] : [{ offset: 0n, size: BigInt(block.size), usage: 'registers' }],
    interrupts: interrupts.filter(interrupt => ownerOf(interrupt, blocks) === block.name),
    registers: withFields(block.registers, block.kinds, fields),
  }));
  const ownerless = interrupts.filter(interrupt => ownerOf(interrupt, blocks) === undefined);
  return {
    device: { name, addressUnitBits: 8, width: 32, peripherals: ownerless.length === 0 ? peripherals : [...peripherals, { name: 'VECTORS', description: 'Interrupts whose names tell no peripheral', baseAddress: 0n, origin, addressBlocks: [], registers: [], interrupts: ownerless }] },
    macros: [...fields.values()].flatMap(({ macros }) => macros),
    kinds: new Map(blocks.map(block => [block.name, block.kinds])),
    lines: new Map(blocks.map(block => [block.name, block.line])),
  };
}

/** What the field macros of a register begin with: `USART_CR1`, `DMA_SxCR`; of classic AVR registers the name alone. */
export function registerKey(kind: string, register: string): string {
  const plain = register.replace(/\[%s\]|%s/, '');
  return kind === '' ? plain : kind.endsWith('_Sx') ? kind + plain : `${kind}_${plain}`;
}

function registerKeys(blocks: readonly HeaderBlock[]): Map<string, number> {
  const keys = new Map<string, number>();
  const add = (nodes: readonly RegisterNode[], kinds: readonly string[]): void => {
    for (const node of nodes) {
      if (node.kind === 'cluster') add(node.registers, [...kinds, ...kinds.map(kind => `${kind}_${node.name.replace(/\[%s\]/, '')}`)]);
      else for (const kind of kinds) keys.set(registerKey(kind, node.name), node.size);
    }
  };
  for (const { registers, kinds } of blocks) add(registers, kinds);
  return keys;
}

function withFields(nodes: readonly RegisterNode[], kinds: readonly string[], fields: ReadonlyMap<string, RegisterFields>): RegisterNode[] {
  return nodes.map(node => {
    if (node.kind === 'cluster') return { ...node, registers: withFields(node.registers, [...kinds.map(kind => `${kind}_${node.name.replace(/\[%s\]/, '')}`), ...kinds], fields) };
    if (node.fields.length > 0) return node;
    const found = kinds.map(kind => fields.get(registerKey(kind, node.name))).find(known => (known?.fields.length ?? 0) > 0);
    return found === undefined ? node : { ...node, fields: found.fields };
  });
}

/** Enumerators `X_IRQn` of zero and up; AVR's `X_vect_num`. */
function headerInterrupts(names: HeaderNames): Interrupt[] {
  const ofEnums = names.enums.flatMap(type => enumerators(type).filter(([enumerator]) => enumerator.endsWith('_IRQn')).map(([enumerator, value]) => ({ name: enumerator.slice(0, -5), value: names.evaluate(value), comment: type.members.find(member => member.name === enumerator)?.comment })));
  const ofVectors = names.macros.filter(({ name }) => name.endsWith('_vect_num')).map(({ name, body, comment }) => ({ name: name.slice(0, -9), value: names.evaluate(body), comment }));
  return [...ofEnums, ...ofVectors].flatMap(({ name, value, comment }) => value === undefined || value < 0n || value > 4096n ? [] : [{ name, value: Number(value), ...(comment !== undefined && { description: comment }) }]);
}

/** The block whose name is the longest start of the interrupt's. */
function ownerOf({ name }: Interrupt, blocks: readonly HeaderBlock[]): string | undefined {
  const starts = blocks.filter(block => name === block.name || name.startsWith(`${block.name}_`)).map(block => block.name);
  return starts.toSorted((left, right) => right.length - left.length)[0];
}
