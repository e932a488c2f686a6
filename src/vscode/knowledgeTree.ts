import * as vscode from 'vscode';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import { knowledgeItem, rowsBelow, type KnowledgeRow } from './knowledgeRows.ts';
import type { Log } from './outputChannel.ts';
import { sentenceOf } from './sentence.ts';

/** Registers the Knowledge view: which folders are indexed, how far, and what was left out and why. */
export function registerKnowledgeTree(sessions: FolderSessions, log: Log): vscode.Disposable {
  const changed = new vscode.EventEmitter<KnowledgeRow | undefined>();
  const view = vscode.window.createTreeView('halcyon.knowledge', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (row?: KnowledgeRow) => (row === undefined ? topRows(sessions, log) : rowsBelow(row)),
      getTreeItem: knowledgeItem,
    },
  });
  const shown = new WeakMap<FolderSession, string>();
  sessions.onStatus(session => {
    if (session !== undefined) {
      view.message = session.status.paused === true ? vscode.l10n.t('Indexing is paused.') : '';
      // Progress comes ten times a second: the rows only change with the index itself.
      const { index, facts } = session.status;
      const basis = JSON.stringify([index, facts]);
      if (shown.get(session) === basis) return;
      shown.set(session, basis);
    }
    changed.fire(undefined);
  });
  return vscode.Disposable.from(view, changed);
}

/** The folders of every session; one that has no engine yet has nothing to tell. */
async function topRows(sessions: FolderSessions, log: Log): Promise<KnowledgeRow[]> {
  const rows = await Promise.all(sessions.all().filter(({ status }) => (status.index !== undefined || status.isReader === true) && status.crash === undefined).map(async session => {
    try {
      const { roots, problems } = await session.engine.knowledge();
      return [...roots.map((root): KnowledgeRow => ({ kind: 'root', session, root })), ...problems.map((problem): KnowledgeRow => ({ kind: 'problem', session, problem }))];
    } catch (error) {
      log.error(`The Knowledge view failed: ${sentenceOf(error)}`);
      return [];
    }
  }));
  return rows.flat();
}
