import * as vscode from 'vscode';
import { descriptionFile } from './descriptionFile.ts';
import type { FolderSessions } from './folderSessions.ts';
import { interruptItem, interruptRows, rowsBelow, type InterruptRow } from './interruptRows.ts';
import type { Log } from './outputChannel.ts';
import { sentenceOf } from './sentence.ts';
import { rowsOfSessions } from './sessionRows.ts';

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
  sessions.onStatusChange(({ device, facts, crash }) => [device?.device, descriptionFile(device), facts, crash], () => { changed.fire(undefined); });
  return vscode.Disposable.from(view, changed);
}

/** The handlers of every session that has read its files. */
function topRows(sessions: FolderSessions, log: Log): Promise<InterruptRow[]> {
  return rowsOfSessions(sessions, {
    isReady: ({ status }) => status.facts !== undefined,
    onFailure: error => { log.error(`The Interrupts view failed: ${sentenceOf(error)}`); },
  }, async session => interruptRows(session, await session.engine.isr()));
}
