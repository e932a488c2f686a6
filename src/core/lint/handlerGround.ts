import type { Device } from '../device/device.ts';
import type { Graph } from '../graph/graph.ts';
import { callTree, type CallTree, type TreeFunction } from '../isr/callTree.ts';
import type { Handler, Handlers } from '../isr/handlers.ts';
import { sharedVariables } from '../isr/sharedVariables.ts';
import type { SharedVariable } from '../isr/dossier.ts';
import { touches, type Touch } from '../isr/touched.ts';

/** What is known of one handler when the rules about handlers look at it. */
export interface HandlerGround {
  readonly handler: Handler;
  readonly handlers: Handlers;
  readonly tree: CallTree;
  readonly touches: readonly Touch[];
  readonly shared: readonly SharedVariable[];
  /** Files that hold a vector table. */
  readonly tables: number;
  readonly device: Device | undefined;
  readonly graph: Graph;
}

export async function handlerGround(handler: Handler, { handlers, tables, graph, device }: Pick<HandlerGround, 'handlers' | 'tables' | 'graph' | 'device'>): Promise<HandlerGround> {
  const tree = await callTree(graph.source, handler);
  return { handler, handlers, tables, graph, device, tree, touches: await touches(tree, graph, device), shared: await sharedVariables(graph.source, tree) };
}

/** Files whose facts a handler's findings follow from. */
export function footprint({ tree, shared }: HandlerGround): string[] {
  return [...new Set([...tree.functions.map(({ file }) => file), ...shared.flatMap(({ declared, elsewhere }) => [declared.file, ...elsewhere.map(({ file }) => file)])])];
}

/** A fault handler that reports and stops for ever does what it should; so may NMI's. */
export function isFault({ irq, function: { name } }: Handler): boolean {
  return (irq !== undefined && irq <= -9) || /fault|^NMI_/i.test(name);
}

/** How a function of the tree is reached, in words. */
export function within({ handler }: HandlerGround, { function: { name }, depth }: TreeFunction): string {
  return depth === 0 ? name : `${name}, which ${handler.function.name} calls`;
}
