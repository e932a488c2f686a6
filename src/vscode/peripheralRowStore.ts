import type { OutlineNode } from '../core/index.ts';
import { descriptionFile } from './descriptionFile.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import { rowId, type PeripheralRow } from './peripheralRows.ts';

/** The rows of the Peripherals view that have been asked for: the view knows rows by identity. */
export interface PeripheralRowStore {
  readonly filter: string;
  /** One row for each folder whose chip is described. */
  top(): PeripheralRow[];
  below(row: PeripheralRow): Promise<PeripheralRow[]>;
  parentOf(row: PeripheralRow): PeripheralRow | undefined;
  /** The row for a path or an id, its ancestors at hand; undefined when the chip has none such. */
  find(session: FolderSession, target: { readonly path?: string; readonly id?: string }): Promise<PeripheralRow | undefined>;
  /** Forgets every row: the chip is another one, or the filter is. */
  clear(filter?: string): void;
}

export function createPeripheralRowStore(sessions: FolderSessions): PeripheralRowStore {
  const rows = new Map<string, PeripheralRow>();
  let filter = '';
  const kept = (row: PeripheralRow): PeripheralRow => {
    const known = rows.get(rowId(row)) ?? row;
    rows.set(rowId(row), known);
    return known;
  };
  return {
    get filter() { return filter; },
    top: () => sessions.all().filter(({ status }) => descriptionFile(status.device) !== undefined && status.crash === undefined).map(session => kept({ session })),
    below: async ({ session, node }) => {
      const { nodes } = await session.engine.outline({ ...(node !== undefined && { parent: node.id }), ...(filter !== '' && { filter }) });
      return nodes.map(child => kept({ session, node: child }));
    },
    parentOf: ({ session, node }) => {
      const end = node?.id.lastIndexOf('/') ?? -1;
      return node === undefined ? undefined : end === -1 ? kept({ session }) : rows.get(rowId({ session, node: idOnly(node, end) }));
    },
    find: async (session, target) => (await session.engine.outline(target)).nodes.map(node => kept({ session, node })).at(-1),
    clear: words => {
      filter = words ?? filter;
      rows.clear();
    },
  };
}

function idOnly(node: OutlineNode, end: number): OutlineNode {
  return { ...node, id: node.id.slice(0, end) };
}
