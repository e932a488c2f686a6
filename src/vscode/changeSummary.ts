import * as vscode from 'vscode';
import type { ChatView } from './chatView.ts';
import type { FolderSessions } from './folderSessions.ts';
import { sentenceOf } from './sentence.ts';

/** The part of the Git extension's interface that is used here. */
interface GitExtension {
  getAPI(version: 1): { getRepository(uri: vscode.Uri): GitRepository | null };
}

interface GitRepository {
  /** `true`: what is staged. */
  diff(cached: boolean): Promise<string>;
}

/** What is kept with the conversation; a model reads far less. */
const mostCharacters = 200_000;

/** Registers "Summarise Changes as Commit Message": what is staged, else all that changed. */
export function registerChangeSummary(sessions: FolderSessions, chat: ChatView): vscode.Disposable {
  return vscode.commands.registerCommand('halcyon.summariseChanges', async () => {
    try {
      const session = sessions.current();
      if (session === undefined) throw new Error(vscode.l10n.t('Open a firmware folder first.'));
      const { text, isStaged } = await changeOf(session.folder.uri);
      const question = isStaged ? vscode.l10n.t('Summarise the staged changes as a commit message') : vscode.l10n.t('Summarise the changes as a commit message');
      await chat.submit({ folder: session.folder.uri.toString(), question, request: { kind: 'ask', question: 'The change is quoted above.', attached: [{ kind: 'change', text: text.slice(0, mostCharacters) }], task: 'commitSummary' } });
    } catch (error) {
      await vscode.window.showWarningMessage(sentenceOf(error));
    }
  });
}

/** Read through the editor's own Git, which runs what the user trusts it with; no command line is put together here. */
async function changeOf(folder: vscode.Uri): Promise<{ readonly text: string; readonly isStaged: boolean }> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  const repository = extension === undefined ? null : (await extension.activate()).getAPI(1).getRepository(folder);
  if (repository === null) throw new Error(vscode.l10n.t('This folder is in no Git repository that the editor has opened.'));
  const staged = await repository.diff(true);
  if (staged.trim() !== '') return { text: staged, isStaged: true };
  const text = await repository.diff(false);
  if (text.trim() === '') throw new Error(vscode.l10n.t('Nothing has changed since the last commit.'));
  return { text, isStaged: false };
}
