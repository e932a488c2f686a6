import type { CallTree } from './callTree.ts';

/** Where a line of the call tree stands in the handler's run: the lines of the calls that lead to it, then its own. */
export type TouchOrder = readonly number[];

/** The lines of calls that lead to each function of the tree, by its name; the handler's own is empty. */
export function callPaths({ functions, callees }: CallTree): ReadonlyMap<string, TouchOrder> {
  const paths = new Map<string, TouchOrder>();
  const [handler] = functions;
  if (handler !== undefined) paths.set(handler.function.name, []);
  for (const { name, caller, line } of callees) {
    const before = caller === undefined ? [] : paths.get(caller) ?? [];
    if (!paths.has(name)) paths.set(name, [...before, line]);
  }
  return paths;
}

/** A place in the order of the run. */
export interface Placed {
  readonly order: TouchOrder;
  readonly column: number;
}

/** Whether one place comes behind another as the code is written; where a line does not tell, as it may. */
export function comesAfter(one: Placed, other: Placed): boolean {
  const shared = Math.min(one.order.length, other.order.length);
  for (let level = 0; level < shared; level += 1) {
    const [its, others] = [one.order[level] ?? 0, other.order[level] ?? 0];
    if (its !== others) return its > others;
  }
  return one.order.length !== other.order.length || one.column > other.column;
}
