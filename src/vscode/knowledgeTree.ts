import * as vscode from 'vscode';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import { indexText } from './indexText.ts';
import { knowledgeItem, rowsBelow, type KnowledgeRow } from './knowledgeRows.ts';
import { hasEmbedder, type ModelsWatch } from './modelsInUse.ts';
import type { Log } from './outputChannel.ts';
import { sentenceOf } from './sentence.ts';
import { rowsOfSessions } from './sessionRows.ts';

/** Registers the Knowledge view: which folders are indexed, how far, and what was left out and why. */
export function registerKnowledgeTree(sessions: FolderSessions, models: ModelsWatch, log: Log): vscode.Disposable {
  const changed = new vscode.EventEmitter<KnowledgeRow | undefined>();
  const view = vscode.window.createTreeView('halcyon.knowledge', {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (row?: KnowledgeRow) => (row === undefined ? topRows(sessions, log) : rowsBelow(row)),
      getTreeItem: row => knowledgeItem(row, hasEmbedder(models.current())),
    },
  });
  sessions.onStatus(() => { view.message = sessions.all().map(messageOf).filter(message => message !== '').join(' '); });
  // Progress comes many times a second: the rows follow the index in steps.
  sessions.onStatusChange(({ index, facts, isReader, crash, progress = 0, phase }) => [index, facts, isReader, crash, phase === 'embed' ? Math.floor(progress * steps) : 0], () => { changed.fire(undefined); });
  return vscode.Disposable.from(view, changed);
}

/** How often the shares with vectors change while these are made: each time, every file of an SDK is looked at. */
const steps = 10;

/** The folders of every session; one whose words are not read yet has nothing to tell. */
function topRows(sessions: FolderSessions, log: Log): Promise<KnowledgeRow[]> {
  return rowsOfSessions(sessions, {
    isReady: ({ status }) => status.index !== undefined || status.facts !== undefined,
    onFailure: error => { log.error(`The Knowledge view failed: ${sentenceOf(error)}`); },
  }, async session => {
    const { roots, problems } = await session.engine.knowledge();
    return [...roots.map((root): KnowledgeRow => ({ kind: 'root', session, root })), ...problems.map((problem): KnowledgeRow => ({ kind: 'problem', session, problem }))];
  });
}

/** What is under way; nothing when the rows tell all there is. */
function messageOf(session: FolderSession): string {
  const { progress, paused, isReader, crash, index } = session.status;
  const isBusy = progress !== undefined || paused === true || isReader === true || crash !== undefined || index?.status === 'failed';
  return isBusy ? `${session.folder.name}: ${indexText(session)}` : '';
}
