import * as vscode from 'vscode';
import type { ChatView } from './chatView.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import { sentenceOf } from './sentence.ts';

/** An interrupt handler as code lens and code action hand it over. */
export interface HandlerPlace {
  readonly uri: string;
  readonly line: number;
  readonly name: string;
}

/** Registers "Explain This ISR": for the given handler, the one at the cursor, or one picked from a list. */
export function registerExplainIsr(sessions: FolderSessions, chat: ChatView): vscode.Disposable {
  return vscode.commands.registerCommand('halcyon.explainIsr', async (place?: unknown) => {
    try {
      const chosen = await chooseHandler(sessions, place, vscode.l10n.t('Explain This ISR'));
      if (chosen !== undefined) await chat.explain(chosen.session, chosen.handler);
    } catch (error) {
      await vscode.window.showErrorMessage(sentenceOf(error));
    }
  });
}

/** The handler a command is about: the given one, the one at the cursor, or one picked from a list with this title. */
export async function chooseHandler(sessions: FolderSessions, place: unknown, title: string): Promise<{ readonly session: FolderSession; readonly handler: HandlerPlace } | undefined> {
  const given = placeOf(place);
  const session = given !== undefined ? sessions.of(vscode.Uri.parse(given.uri)) : sessions.current();
  if (session === undefined) {
    await vscode.window.showWarningMessage(vscode.l10n.t('Open a firmware folder first: Halcyon explains handlers of a workspace.'));
    return undefined;
  }
  const handler = given ?? await handlerAtCursor(session) ?? await pickHandler(session, title);
  return handler === undefined ? undefined : { session, handler };
}

/** A handler's place itself, or a row of the Interrupts view that has one. */
function placeOf(value: unknown): HandlerPlace | undefined {
  if (isHandlerPlace(value)) return value;
  return typeof value === 'object' && value !== null && 'handler' in value && isHandlerPlace(value.handler) ? value.handler : undefined;
}

async function handlerAtCursor(session: FolderSession): Promise<HandlerPlace | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.scheme !== 'file') return undefined;
  const { document } = editor;
  const { isrs } = await session.engine.isr({ file: session.fileOf(document.uri), line: editor.selection.active.line + 1, ...(document.isDirty && { text: document.getText() }) });
  const [isr] = isrs;
  return isr === undefined ? undefined : { uri: document.uri.toString(), line: isr.line, name: isr.name };
}

async function pickHandler(session: FolderSession, title: string): Promise<HandlerPlace | undefined> {
  const { isrs } = await session.engine.isr();
  if (isrs.length === 0) {
    await vscode.window.showInformationMessage(vscode.l10n.t('No interrupt handler was found in this folder.'));
    return undefined;
  }
  const items = isrs.map(isr => ({ label: isr.name, description: `${isr.file}:${isr.line}`, detail: isr.description ?? '', handler: { uri: session.uriOf(isr.file).toString(), line: isr.line, name: isr.name } }));
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t('Choose an interrupt handler'), matchOnDescription: true });
  return picked?.handler;
}

function isHandlerPlace(value: unknown): value is HandlerPlace {
  return typeof value === 'object' && value !== null && 'uri' in value && typeof value.uri === 'string' && 'line' in value && typeof value.line === 'number' && 'name' in value && typeof value.name === 'string';
}
