import * as vscode from 'vscode';
import type { HandlerPlace } from './explainIsr.ts';
import { handlerFiles } from './firmwareFiles.ts';
import type { FolderSessions } from './folderSessions.ts';
import type { Log } from './outputChannel.ts';
import { sentenceOf } from './sentence.ts';

/** Not a quick fix and not a refactoring: it changes nothing. */
export const explainKind = vscode.CodeActionKind.Empty.append('halcyon.explain');

/** Offers "Explain this ISR" in the light bulb anywhere inside an interrupt handler. */
export function registerIsrCodeAction(sessions: FolderSessions, log: Log): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(handlerFiles, {
    provideCodeActions: async (document, range, context) => {
      const session = sessions.of(document.uri);
      if (session === undefined || session.status.crash !== undefined) return [];
      if (context.only !== undefined && !context.only.contains(explainKind)) return [];
      try {
        const { isrs } = await session.engine.isr({ file: session.fileOf(document.uri), line: range.start.line + 1, ...(document.isDirty && { text: document.getText() }) });
        return isrs.slice(0, 1).flatMap(({ name, line }) => actionsOf({ uri: document.uri.toString(), line, name }));
      } catch (error) {
        log.error(`The handler at ${document.uri.fsPath}:${range.start.line + 1} was not read: ${sentenceOf(error)}`);
        return [];
      }
    },
  }, { providedCodeActionKinds: [explainKind] });
}

function actionsOf(handler: HandlerPlace): vscode.CodeAction[] {
  return [
    actionOf(vscode.l10n.t('Explain this ISR ({0})', handler.name), 'halcyon.explainIsr', handler),
    actionOf(vscode.l10n.t('Show ISR dossier ({0})', handler.name), 'halcyon.showIsrDossier', handler),
  ];
}

function actionOf(title: string, command: string, handler: HandlerPlace): vscode.CodeAction {
  const action = new vscode.CodeAction(title, explainKind);
  action.command = { title, command, arguments: [handler] };
  return action;
}
