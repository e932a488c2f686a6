import * as vscode from 'vscode';
import { descriptionFile } from './descriptionFile.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import type { Log } from './outputChannel.ts';
import { createPeripheralRowStore, type PeripheralRowStore } from './peripheralRowStore.ts';
import { chipItem, nodeItem, rowId, type PeripheralRow } from './peripheralRows.ts';
import { sentenceOf } from './sentence.ts';
import { createUseCounts, type UseCounts } from './useCounts.ts';

/** The Peripherals view, for commands. */
export interface PeripheralsTree {
  /** Shows the row of a peripheral, register or field, by path or id; false when there is none. */
  reveal(session: FolderSession, target: { readonly path?: string; readonly id?: string }): Promise<boolean>;
  filter(): string;
  setFilter(words: string): Promise<void>;
}

/** Times that a row is shown anew because the view was refreshed meanwhile. */
const mostReveals = 3;

/** Registers the view: every chip with its peripherals, registers and fields, without a debug session. */
export function registerPeripheralsTree(sessions: FolderSessions, log: Log): { readonly tree: PeripheralsTree; readonly registration: vscode.Disposable } {
  const changed = new vscode.EventEmitter<PeripheralRow | undefined>();
  let refreshes = 0;
  changed.event(() => { refreshes += 1; });
  const store = createPeripheralRowStore(sessions);
  const counts = createUseCounts(sessions, log, () => { changed.fire(undefined); });
  const view = vscode.window.createTreeView('halcyon.peripherals', { treeDataProvider: providerOf({ store, counts, log, changed: changed.event }), showCollapseAll: true });
  sessions.onStatusChange(({ device, crash }) => [device?.device, descriptionFile(device), crash], () => {
    store.clear();
    changed.fire(undefined);
  });
  const setFilter = async (words: string): Promise<void> => {
    store.clear(words.trim());
    view.message = store.filter === '' ? '' : vscode.l10n.t('Only what matches “{0}” is shown.', store.filter);
    await vscode.commands.executeCommand('setContext', 'halcyon.peripheralsFiltered', store.filter !== '');
    changed.fire(undefined);
  };
  const reveal = async (session: FolderSession, target: { readonly path?: string; readonly id?: string }): Promise<boolean> => {
    if (store.filter !== '') await setFilter('');
    // A refresh meanwhile, when the uses are counted, closes what is being opened.
    for (let attempt = 0, before = -1; attempt < mostReveals && before !== refreshes; attempt += 1) {
      before = refreshes;
      const row = await store.find(session, target);
      if (row === undefined) return false;
      const kind = row.node?.kind;
      await view.reveal(row, { select: true, focus: true, expand: kind === 'register' || kind === 'peripheral' });
    }
    return true;
  };
  return { tree: { reveal, setFilter, filter: () => store.filter }, registration: vscode.Disposable.from(view, changed, new vscode.Disposable(counts.stop)) };
}

interface ProviderParts {
  readonly store: PeripheralRowStore;
  readonly counts: UseCounts;
  readonly log: Log;
  readonly changed: vscode.Event<PeripheralRow | undefined>;
}

function providerOf({ store, counts, log, changed }: ProviderParts): vscode.TreeDataProvider<PeripheralRow> {
  return {
    onDidChangeTreeData: changed,
    getChildren: async row => {
      try {
        return row === undefined ? store.top() : await store.below(row);
      } catch (error) {
        log.error(`The Peripherals view failed: ${sentenceOf(error)}`);
        return [];
      }
    },
    getTreeItem: row => {
      const { session, node } = row;
      if (node === undefined) return chipItem(session, store.filter);
      const uses = node.kind === 'register' && node.address !== undefined ? counts.of(session, node.address) : undefined;
      const item = nodeItem(node, uses, store.filter !== '' && (node.kind === 'group' || node.kind === 'peripheral'));
      // With the filter in it: what was closed without one opens under it.
      item.id = `${rowId(row)}#${store.filter}`;
      return item;
    },
    getParent: row => store.parentOf(row),
    resolveTreeItem: async (item, { session, node }) => {
      if (node !== undefined) item.tooltip = new vscode.MarkdownString((await session.engine.outlineCard(node.id)).markdown ?? '');
      return item;
    },
  };
}
