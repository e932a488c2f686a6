import type { Device } from '../device/device.ts';
import { splitArguments } from '../graph/accessFields.ts';
import { evaluateExpression } from '../graph/evaluate.ts';
import type { FactSource } from '../graph/factSource.ts';
import type { MacroTable } from '../graph/macroTable.ts';
import type { SourceFacts } from '../parse/facts.ts';
import { devicetreeNode, enabledNodes, type DevicetreeNode } from './devicetreeNodes.ts';
import type { DevicetreeIrq } from './dossier.ts';

/** What devicetree macros are looked up with; `facts`: of the file that they stand in. */
export interface DevicetreeGround {
  readonly source: FactSource;
  readonly macros: MacroTable;
  readonly device: Device | undefined;
  readonly facts: SourceFacts;
}

/** The interrupts that `DT_INST_IRQN(0)`, `DT_IRQN(DT_NODELABEL(usart2))` and their like stand for: one, one for each enabled node of the driver, or none where the devicetree is not indexed. */
export async function devicetreeIrqs(written: string, ground: DevicetreeGround): Promise<DevicetreeIrq[]> {
  const call = /^(DT_(?:INST_)?IRQ(?:N)?(?:_BY_(?:IDX|NAME))?)\s*\(([^]*)\)$/.exec(written.trim());
  if (call === null) return [];
  const [, name = '', inner = ''] = call;
  const [node = '', which = ''] = splitArguments(inner);
  const nodes = name.startsWith('DT_INST_') ? await instances(ground) : await nodesOf(node, ground);
  const found: DevicetreeIrq[] = [];
  for (const each of nodes) {
    const irq = await irqOf(each, name.endsWith('_NAME') ? each.interrupts.names?.indexOf(which.toLowerCase()) ?? -1 : name.endsWith('_IDX') ? Number(which) : 0, ground);
    if (irq !== undefined) found.push(irq);
  }
  return found;
}

/** Nodes of one driver that are listed; more are another chip's. */
const mostNodes = 12;

/** Enabled nodes of the driver's compatible: which of them an instance's number means only the build knows. */
async function instances({ source, facts }: DevicetreeGround): Promise<DevicetreeNode[]> {
  const compatible = facts.macros.find(({ name }) => name === 'DT_DRV_COMPAT')?.body.trim();
  return compatible === undefined ? [] : nodesOfDriver(source, compatible);
}

async function nodesOfDriver(source: FactSource, compatible: string): Promise<DevicetreeNode[]> {
  const nodes = await enabledNodes(source, compatible);
  return nodes.length > mostNodes ? [] : nodes;
}

/** Macros for nodes that are followed. */
const deepestMacro = 4;

async function nodesOf(written: string, ground: DevicetreeGround, depth = 0): Promise<DevicetreeNode[]> {
  const label = /^DT_NODELABEL\(\s*(\w+)\s*\)$/.exec(written)?.[1];
  if (label !== undefined) {
    const node = await devicetreeNode(ground.source, label);
    return node === undefined ? [] : [node];
  }
  if (/^DT_DRV_INST\(/.test(written)) return instances(ground);
  const compatible = /^DT_(?:INST\(\s*\w+\s*,\s*|COMPAT_GET_ANY_STATUS_OKAY\(\s*)(\w+)\s*\)$/.exec(written)?.[1];
  if (compatible !== undefined) return nodesOfDriver(ground.source, compatible);
  const body = /^\w+$/.test(written) && depth < deepestMacro ? ground.facts.macros.find(({ name, parameters }) => name === written && parameters === undefined)?.body.trim() : undefined;
  return body === undefined ? [] : nodesOf(body, ground, depth + 1);
}

async function irqOf({ label, interrupts, controller, file, line }: DevicetreeNode, index: number, { macros, device }: DevicetreeGround): Promise<DevicetreeIrq | undefined> {
  const isNvic = device?.cpu !== undefined && /^(CM|Cortex-?M)/i.test(device.cpu.name);
  // Every Cortex-M has the same controller, also where its own file is not indexed.
  const parent = controller ?? (isNvic ? { compatible: 'nvic', cellCount: 2 } : undefined);
  const cells = interrupts.cells;
  if (parent === undefined || cells === undefined || index < 0 || Number.isNaN(index)) return undefined;
  const own = cells.slice(index * parent.cellCount, (index + 1) * parent.cellCount);
  if (own.length < parent.cellCount) return undefined;
  await macros.load(own);
  const values = own.map(cell => evaluateExpression(cell.replace(/^IRQ_TYPE_\w+$/, '0'), macros.lookup));
  const { irq, priority } = meaning(parent.compatible, values.map(value => value === undefined ? undefined : Number(value)), own);
  return irq === undefined ? undefined : { node: label, irq, ...(priority !== undefined && { priority }), file, line };
}

/** What the cells mean to a controller: Arm's GIC counts shared interrupts from 32 on, private ones from 16 on. */
function meaning(compatible: string, values: readonly (number | undefined)[], written: readonly string[]): { readonly irq: number | undefined; readonly priority?: number | undefined } {
  const [first, second, , fourth] = values;
  if (/\bgic\b|gic[-_,]/i.test(compatible)) {
    const base = written[0] === 'GIC_SPI' || first === 0 ? 32 : written[0] === 'GIC_PPI' || first === 1 ? 16 : undefined;
    return { irq: base === undefined || second === undefined ? undefined : base + second, priority: fourth };
  }
  return { irq: first, priority: /nvic|plic|clic|esp\w*[-_,]intc|arcv2|cavs|xec|ioapic/i.test(compatible) ? second : undefined };
}
