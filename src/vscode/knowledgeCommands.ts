import * as path from 'node:path';
import * as vscode from 'vscode';
import { isWithin } from '../node/isWithin.ts';
import { pickFolder } from './chipCommands.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import type { RootRow } from './knowledgeRows.ts';
import { readSettings, writeFolders } from './settings.ts';

/** Registers adding and removing folders, and pausing. */
export function registerKnowledgeCommands(sessions: FolderSessions): vscode.Disposable {
  sessions.onStatus(() => { void vscode.commands.executeCommand('setContext', 'halcyon.indexingPaused', sessions.all().some(({ status }) => status.paused === true)); });
  return vscode.Disposable.from(
    vscode.commands.registerCommand('halcyon.addKnowledgeFolder', () => addFolder(sessions)),
    vscode.commands.registerCommand('halcyon.removeKnowledgeFolder', (row?: unknown) => (isRoot(row) ? removeFolder(row.session, row) : undefined)),
    vscode.commands.registerCommand('halcyon.reviewDataset', async () => { await (await import('./datasetReview.ts')).reviewDataset(sessions); }),
    vscode.commands.registerCommand('halcyon.pauseIndexing', async () => pauseAll(sessions, true)),
    vscode.commands.registerCommand('halcyon.resumeIndexing', async () => pauseAll(sessions, false)),
  );
}

async function pauseAll(sessions: FolderSessions, paused: boolean): Promise<void> {
  await Promise.all(sessions.all().map(session => session.pause(paused)));
}

async function addFolder(sessions: FolderSessions): Promise<void> {
  const session = await pickFolder(sessions);
  if (session === undefined) return;
  const chosen = await vscode.window.showOpenDialog({ canSelectFiles: false, canSelectFolders: true, canSelectMany: true, openLabel: vscode.l10n.t('Add to Knowledge'), title: vscode.l10n.t('SDKs, libraries or documents beside {0}', session.folder.name) });
  if (chosen === undefined) return;
  const { knowledgeFolders, ignoredFolders } = readSettings(session.folder);
  const folders = chosen.map(({ fsPath }) => fsPath);
  const inside = folders.find(folder => isWithin(folder, session.folder.uri.fsPath));
  if (inside !== undefined) {
    await vscode.window.showInformationMessage(vscode.l10n.t('{0} lies in the workspace and is indexed with it.', path.basename(inside)));
    return;
  }
  await writeFolders('knowledge.ignoredFolders', ignoredFolders.filter(folder => !folders.includes(folder)), session.folder);
  await writeFolders('knowledge.folders', [...new Set([...knowledgeFolders, ...folders])], session.folder);
}

async function removeFolder(session: FolderSession, { root }: RootRow): Promise<void> {
  const { knowledgeFolders, ignoredFolders } = readSettings(session.folder);
  const same = (folder: string): boolean => path.relative(folder, root.folder) === '';
  if (root.kind === 'added') await writeFolders('knowledge.folders', knowledgeFolders.filter(folder => !same(folder)), session.folder);
  // The build still includes it: it has to be told to stay away.
  else await writeFolders('knowledge.ignoredFolders', [...ignoredFolders, root.folder], session.folder);
}

function isRoot(value: unknown): value is RootRow {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'root';
}
