import type { Device } from '../device/device.ts';
import { hex } from '../device/numbers.ts';
import { registerReads, type AccessOnChip } from '../graph/bareReads.ts';
import type { Graph } from '../graph/graph.ts';
import { resolveAccess, type ResolvedAccess } from '../graph/resolveAccess.ts';
import type { AccessFact } from '../parse/facts.ts';
import type { CallTree, TreeFunction } from './callTree.ts';
import type { RegisterUse } from './dossier.ts';
import { callPaths, type TouchOrder } from './touchOrder.ts';
import { writtenBits, type WrittenBits } from './writtenBits.ts';

/** One register access of the handler's call tree, resolved. */
export interface Touch {
  readonly access: AccessFact;
  readonly resolved: ResolvedAccess;
  readonly use: RegisterUse;
  /** Of a write, what is known of its value. */
  readonly written?: WrittenBits;
  /** Where it stands in the handler's run. */
  readonly order: TouchOrder;
}

/** Accesses that are joined to the chip; generated code has tens of thousands, and no reader. */
export const mostTouches = 3000;

/** Every register access of the tree, in call order, up to a number that no handler written by hand reaches. */
export async function touches(tree: CallTree, graph: Graph, device: Device | undefined): Promise<Touch[]> {
  const found: Touch[] = [];
  const paths = callPaths(tree);
  for (const { file, facts, function: { name, startLine, endLine } } of tree.functions) {
    const touch = async ({ access, resolved }: AccessOnChip): Promise<Touch> => {
      const written = await writtenBits(access, resolved, { graph, facts });
      return { access, resolved, use: toUse(access, resolved, { file, name }), order: [...paths.get(name) ?? [], access.line], ...(written !== undefined && { written }) };
    };
    for (const access of facts.accesses) {
      if (access.function !== name || access.line < startLine || access.line > endLine || access.operator === '&') continue;
      if (found.length >= mostTouches) return found;
      found.push(await touch({ access, resolved: await resolveAccess(access, { device, graph, facts }) }));
    }
    for (const read of await registerReads({ device, graph, facts }, each => each.function === name && each.line >= startLine && each.line <= endLine)) found.push(await touch(read));
  }
  return found;
}

function toUse(access: AccessFact, resolved: ResolvedAccess, where: { readonly file: string; readonly name: TreeFunction['function']['name'] }): RegisterUse {
  const [first] = resolved.places;
  return {
    path: resolved.path, resolved: first !== undefined, fields: resolved.fields, kind: access.kind, function: where.name, file: where.file, line: access.line, expression: access.expression,
    ...(first !== undefined && resolved.how !== 'type' && { address: hex(first.address, 8) }),
  };
}
