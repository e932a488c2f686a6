import * as vscode from 'vscode';
import { pageCommands, type FromPage, type ToPage } from '../../webview/protocol.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import type { Log } from './outputChannel.ts';

/** What the page's requests need. */
export interface PageRequests {
  readonly sessions: FolderSessions;
  readonly log: Log;
}

type PageRequest = Extract<FromPage, { type: 'openPlace' | 'showCard' | 'run' }>;

/** Carries out a click on the page; the reply, if any, goes back to it. */
export async function carryOut(request: PageRequest, { sessions }: PageRequests): Promise<ToPage | undefined> {
  switch (request.type) {
    case 'openPlace':
      await openPlace(request, sessions);
      return undefined;
    case 'showCard':
      return await cardOf(request, sessions);
    case 'run':
      // The page's word is not taken for it: a list decides what a button may start.
      if (pageCommands.includes(request.command)) await vscode.commands.executeCommand(request.command === 'openFolder' ? 'workbench.action.files.openFolder' : `halcyon.${request.command}`);
      return undefined;
  }
}

async function openPlace({ folder, file, line }: { folder: string; file: string; line?: number }, sessions: FolderSessions): Promise<void> {
  const uri = sessionOf(folder, sessions).uriOf(file);
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    throw new Error(vscode.l10n.t('{0} does not exist in this folder (any more).', file));
  }
  const at = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at), preview: true, viewColumn: vscode.ViewColumn.One });
}

async function cardOf({ folder, requestId, path }: { folder: string; requestId: number; path: string }, sessions: FolderSessions): Promise<ToPage> {
  const { matches, problems } = await sessionOf(folder, sessions).engine.register(path);
  const markdown = matches[0]?.markdown ?? [vscode.l10n.t('{0} is not in the SVD file in use.', path), ...problems.map(problem => problem.message)].join('\n\n');
  return { type: 'card', requestId, title: matches[0]?.path ?? path, markdown };
}

function sessionOf(folder: string, sessions: FolderSessions): FolderSession {
  const session = sessions.all().find(({ folder: { uri } }) => uri.toString() === folder);
  if (session === undefined) throw new Error(vscode.l10n.t('The folder of this answer is not open any more.'));
  return session;
}
