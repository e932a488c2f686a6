import type { Device } from '../device/device.ts';
import type { Graph } from '../graph/graph.ts';
import { callTree, type CallTree, type TreeFunction } from '../isr/callTree.ts';
import type { Handler, Handlers } from '../isr/handlers.ts';
import type { InterruptSettings } from '../isr/priority.ts';
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
  /** What the code tells the interrupt controller, of all handlers. */
  readonly settings: InterruptSettings;
}

export async function handlerGround(handler: Handler, { handlers, tables, graph, device, settings }: Pick<HandlerGround, 'handlers' | 'tables' | 'graph' | 'device' | 'settings'>): Promise<HandlerGround> {
  const tree = await callTree(graph.source, handler);
  return { handler, handlers, tables, graph, device, settings, tree, touches: await touches(tree, graph, device), shared: await sharedVariables(graph.source, tree, device) };
}

/** Files whose facts a handler's findings follow from. */
export function footprint({ tree, shared }: HandlerGround): string[] {
  return [...new Set([...tree.functions.map(({ file }) => file), ...shared.flatMap(({ declared, elsewhere }) => [declared.file, ...elsewhere.map(({ file }) => file)])])];
}

/** How a function of the tree is reached, in words. */
export function within({ handler }: HandlerGround, { function: { name }, depth }: TreeFunction): string {
  return depth === 0 ? name : `${name}, which ${handler.function.name} calls`;
}
