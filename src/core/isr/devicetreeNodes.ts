import type { FactSource } from '../graph/factSource.ts';
import type { NodeInterrupts, PartFact, SourceFacts } from '../parse/facts.ts';

/** A node with what every file says of it, the board's word over the chip's. */
export interface DevicetreeNode {
  readonly label: string;
  readonly interrupts: NodeInterrupts;
  /** The interrupt controller it is wired to, where its own node is indexed. */
  readonly controller?: Controller;
  /** Where its interrupts are written last. */
  readonly file: string;
  readonly line: number;
}

interface Controller {
  readonly compatible: string;
  readonly cellCount: number;
}

/** One place in a file that says something of a node. */
interface Placed {
  readonly file: string;
  readonly facts: SourceFacts;
  readonly part: PartFact;
}

/** Files looked at for one name. */
const mostFiles = 60;

/** The node of a label. */
export async function devicetreeNode(source: FactSource, label: string): Promise<DevicetreeNode | undefined> {
  const placed = await placesOf(source, label);
  const said = placed.findLast(({ part: { interrupts } }) => interrupts?.cells !== undefined || interrupts?.extended !== undefined);
  if (said === undefined) return undefined;
  const merged = placed.reduce<NodeInterrupts>((all, { part }) => ({ ...all, ...part.interrupts }), {});
  // The last that is written counts: each of the two replaces the other.
  const extended = said.part.interrupts?.extended;
  const parent = extended?.[0]?.replace(/^&/, '') ?? merged.parent ?? inheritedParent(placed);
  const controller = await controllerOf(source, parent);
  return { label, interrupts: extended === undefined ? merged : { ...merged, cells: extended.slice(1) }, file: said.file, line: said.part.line, ...(controller !== undefined && { controller }) };
}

/** Nodes of a compatible, written as macros write it, that are not disabled. */
export async function enabledNodes(source: FactSource, compatible: string): Promise<DevicetreeNode[]> {
  const labels = new Set((await placesOf(source, compatible)).map(({ part }) => part.name));
  const found: DevicetreeNode[] = [];
  for (const label of labels) {
    const node = await devicetreeNode(source, label);
    if (node !== undefined && node.interrupts.isEnabled !== false) found.push(node);
  }
  return found;
}

/** Every place of a name; what the build has made of all files stands for them, and overlays come last. */
async function placesOf(source: FactSource, name: string): Promise<Placed[]> {
  const placed: Placed[] = [];
  for (const file of new Set((await source.definitions(name)).filter(({ kind }) => kind === 'node').map(definition => definition.file).slice(0, mostFiles))) {
    const facts = await source.facts(file);
    for (const part of facts?.parts ?? []) if (facts !== undefined && part.kind === 'node' && (part.name === name || part.aliases?.includes(name) === true)) placed.push({ file, facts, part });
  }
  const built = placed.filter(({ file }) => /(^|\/)zephyr\.dts$/.test(file));
  return built.length > 0 ? built : placed.toSorted((one, other) => rank(one.file) - rank(other.file));
}

function rank(file: string): number {
  return /\.dtsi$/i.test(file) ? 0 : /\.overlay$/i.test(file) ? 2 : 1;
}

/** Of the innermost node around that names one. */
function inheritedParent(placed: readonly Placed[]): string | undefined {
  for (const { facts, part } of placed) {
    const around = (facts.parts ?? []).filter(each => each !== part && each.kind === 'node' && each.line <= part.line && part.endLine <= each.endLine && each.interrupts?.parent !== undefined);
    const innermost = around.toSorted((one, other) => other.line - one.line)[0];
    if (innermost?.interrupts?.parent !== undefined) return innermost.interrupts.parent;
  }
  return undefined;
}

/** Where nothing names one, as the file that does is not looked into, the usual labels of the one that a chip has. */
const usualControllers = ['nvic', 'gic', 'plic', 'eclic', 'clic', 'intc', 'core_intc'];

async function controllerOf(source: FactSource, label: string | undefined): Promise<Controller | undefined> {
  for (const name of label === undefined ? usualControllers : [label]) {
    for (const { part } of (await placesOf(source, name)).toReversed()) {
      if (part.interrupts?.cellCount !== undefined) return { compatible: `${name} ${part.title ?? ''}`, cellCount: part.interrupts.cellCount };
    }
  }
  return undefined;
}
