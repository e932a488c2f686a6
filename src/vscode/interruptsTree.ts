import * as vscode from 'vscode';
import { descriptionFile } from './descriptionFile.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import { interruptItem, interruptRows, rowsBelow, type InterruptRow } from './interruptRows.ts';
import type { Log } from './outputChannel.ts';
import { sentenceOf } from './sentence.ts';

/** Registers the Interrupts view: every handler of the project with what it calls and what is doubtful there. */
export function registerInterruptsTree(sessions: FolderSessions, log: Log): vscode.Disposable {
  const changed = new vscode.EventEmitter<InterruptRow | undefined>();
  const view = vscode.window.createTreeView('halcyon.interrupts', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (row?: InterruptRow) => (row === undefined ? topRows(sessions, log) : rowsBelow(row)),
      getTreeItem: interruptItem,
    },
  });
  const shown = new WeakMap<FolderSession, string>();
  sessions.onStatus(session => {
    if (session !== undefined) {
      const { device, facts, crash } = session.status;
      const basis = JSON.stringify([device?.device, descriptionFile(device), facts, crash]);
      if (shown.get(session) === basis) return;
      shown.set(session, basis);
    }
    changed.fire(undefined);
  });
  return vscode.Disposable.from(view, changed);
}

/** The handlers of every session that has read its files. */
async function topRows(sessions: FolderSessions, log: Log): Promise<InterruptRow[]> {
  const rows = await Promise.all(sessions.all().filter(({ status }) => status.facts !== undefined && status.crash === undefined).map(async session => {
    try {
      return interruptRows(session, await session.engine.isr());
    } catch (error) {
      log.error(`The Interrupts view failed: ${sentenceOf(error)}`);
      return [];
    }
  }));
  return rows.flat();
}
