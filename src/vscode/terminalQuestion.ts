import * as path from 'node:path';
import * as vscode from 'vscode';
import { isFaultDump, type Attached } from '../core/index.ts';
import type { ReferenceItem } from '../../webview/protocol.ts';
import type { ChatView } from './chatView.ts';
import type { AskedTurn } from './chatRunner.ts';
import { placeText } from './codeQuestions.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import { newestMap } from './linkerMapFile.ts';
import { sentenceOf } from './sentence.ts';
import { placesInBuild, plainOutput, tellingLines } from './terminalText.ts';

const mostCharacters = 8000;

/** Registers "Ask Halcyon" on a terminal's selection: a build's errors with the code they name, a fault decoded by the linker's map. */
export function registerTerminalQuestion(sessions: FolderSessions, chat: ChatView): vscode.Disposable {
  return vscode.commands.registerCommand('halcyon.askAboutTerminal', async () => {
    try {
      const session = sessions.current();
      const text = plainOutput(await selectedText()).trim();
      if (session === undefined || text === '') await vscode.window.showInformationMessage(vscode.l10n.t('Select text in a terminal first, in a window with a firmware folder.'));
      else await chat.submit(isFaultDump(text) ? await faultQuestion(text, session) : await buildQuestion(text, session));
    } catch (error) {
      await vscode.window.showErrorMessage(sentenceOf(error));
    }
  });
}

/** The editor tells no extension what is selected in a terminal, but copies it; what was on the clipboard comes back. */
async function selectedText(): Promise<string> {
  const kept = await vscode.env.clipboard.readText();
  await vscode.env.clipboard.writeText('');
  try {
    await vscode.commands.executeCommand('workbench.action.terminal.copySelection');
    return await vscode.env.clipboard.readText();
  } finally {
    await vscode.env.clipboard.writeText(kept);
  }
}

async function faultQuestion(text: string, session: FolderSession): Promise<AskedTurn> {
  const map = await newestMap(session);
  return { folder: session.folder.uri.toString(), question: `${vscode.l10n.t('What caused this fault?')}\n${tellingLines(text)}`, request: { kind: 'ask', question: text.slice(0, mostCharacters), attached: [], task: 'explainFault', ...(map !== undefined && { map }) } };
}

async function buildQuestion(text: string, session: FolderSession): Promise<AskedTurn> {
  const named = await Promise.all(placesInBuild(text).map(async ({ file, line }) => ({ file: await workspaceFile(file, session), line })));
  const places = named.flatMap(({ file, line }) => (file === undefined ? [] : [{ file, line }]));
  const attached: Attached[] = [{ kind: 'text', title: 'Terminal', text: text.slice(0, mostCharacters) }, ...places.map(place => ({ kind: 'file' as const, ...place, wholeFunction: true as const }))];
  const references: ReferenceItem[] = places.map(({ file, line }) => ({ label: placeText(path.posix.basename(file), { line }), file, line }));
  return { folder: session.folder.uri.toString(), question: `${vscode.l10n.t('What does this mean, and how is it mended?')}\n${tellingLines(text)}`, references, request: { kind: 'ask', question: 'What does this output mean, and how is it mended?', attached } };
}

/** A build names files from its own folder: by that name below the workspace, else by the end of it. */
async function workspaceFile(named: string, session: FolderSession): Promise<string | undefined> {
  const root = session.folder.uri;
  const direct = path.isAbsolute(named) ? vscode.Uri.file(named) : vscode.Uri.joinPath(root, named);
  if (direct.path.startsWith(`${root.path}/`) && await exists(direct)) return session.fileOf(direct);
  const found = await vscode.workspace.findFiles(new vscode.RelativePattern(root, `**/${path.posix.basename(named.replaceAll('\\', '/')).replace(/[[\]{}*?]/g, '?')}`), undefined, 8);
  const [best] = found.toSorted((one, other) => commonEnd(other.path, named) - commonEnd(one.path, named));
  return best === undefined ? undefined : session.fileOf(best);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(() => true, () => false);
}

function commonEnd(one: string, other: string): number {
  let length = 0;
  while (length < Math.min(one.length, other.length) && one.at(-1 - length) === other.at(-1 - length)) length++;
  return length;
}
