import type { RawCluster, RawEnumeration, RawField, RawPeripheral, RawRegister, RawRegisterNode } from './svdRaw.ts';

/** A peripheral of its own with all that another one holds: what is changed in one does not change the other. */
export function copiedPeripheral(peripheral: RawPeripheral): RawPeripheral {
  const copy: RawPeripheral = { ...peripheral, addressBlocks: peripheral.addressBlocks.map(block => ({ ...block })), interrupts: peripheral.interrupts.map(interrupt => ({ ...interrupt })), children: [] };
  copy.children = peripheral.children.map(child => copiedNode(child, copy));
  return copy;
}

/** A register or cluster of its own, below `parent`. */
export function copiedNode(node: RawRegisterNode, parent: RawPeripheral | RawCluster): RawRegisterNode {
  return node.kind === 'register' ? copiedRegister(node, parent) : copiedCluster(node, parent);
}

/** A register of its own, below `parent`. */
export function copiedRegister(register: RawRegister, parent: RawPeripheral | RawCluster): RawRegister {
  const copy: RawRegister = { ...register, parent, fields: [] };
  copy.fields = register.fields.map(field => copiedField(field, copy));
  return copy;
}

function copiedField(field: RawField, parent: RawRegister): RawField {
  const copy: RawField = { ...field, parent, blocks: [] };
  copy.blocks = field.blocks.map((block): RawEnumeration => ({ ...block, parent: copy, values: block.values.map(value => ({ ...value })) }));
  return copy;
}

/** How many nodes a copy has. */
export function copySize(node: RawPeripheral | RawRegisterNode): number {
  return node.kind === 'register' ? 1 + node.fields.length : node.children.reduce((sum, child) => sum + copySize(child), 1);
}

function copiedCluster(cluster: RawCluster, parent: RawPeripheral | RawCluster): RawCluster {
  const copy: RawCluster = { ...cluster, parent, children: [] };
  copy.children = cluster.children.map(child => copiedNode(child, copy));
  return copy;
}
