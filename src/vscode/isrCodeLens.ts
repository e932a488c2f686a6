import * as vscode from 'vscode';
import type { IsrDossier } from '../core/index.ts';
import { descriptionFile } from './descriptionFile.ts';
import type { HandlerPlace } from './explainIsr.ts';
import { handlerFiles } from './firmwareFiles.ts';
import type { FolderSession, FolderStatus } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import { isrSummary } from './isrSummary.ts';
import type { Log } from './outputChannel.ts';
import { sentenceOf } from './sentence.ts';

/** Puts "Explain this ISR" and a summary of its dossier above every interrupt handler of a document. */
export function registerIsrCodeLens(sessions: FolderSessions, log: Log): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const shown = new WeakMap<FolderSession, string>();
  sessions.onStatus(session => {
    if (session === undefined || shown.get(session) === basisOf(session.status)) return;
    shown.set(session, basisOf(session.status));
    changed.fire();
  });
  const provider = vscode.languages.registerCodeLensProvider(handlerFiles, {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: async document => {
      const session = sessions.of(document.uri);
      if (session === undefined || session.status.crash !== undefined) return [];
      try {
        const { isrs } = await session.engine.isr({ file: session.fileOf(document.uri), ...(document.isDirty && { text: document.getText() }) });
        return isrs.flatMap(isr => lensesOf({ uri: document.uri.toString(), line: isr.line, name: isr.name }, isr));
      } catch (error) {
        log.error(`Handlers of ${document.uri.fsPath} were not read: ${sentenceOf(error)}`);
        return [];
      }
    },
  });
  return vscode.Disposable.from(changed, provider);
}

/** What makes a function a handler: the chip and the vector tables. Lenses that change for nothing swallow clicks. */
function basisOf({ device, index, facts }: FolderStatus): string {
  return JSON.stringify([device?.device, descriptionFile(device), index?.files, index?.chunks, facts]);
}

function lensesOf(handler: HandlerPlace, isr: IsrDossier): vscode.CodeLens[] {
  const at = new vscode.Position(handler.line - 1, 0);
  const range = new vscode.Range(at, at);
  return [
    new vscode.CodeLens(range, { title: `$(zap) ${vscode.l10n.t('Explain this ISR')}`, command: 'halcyon.explainIsr', arguments: [handler] }),
    new vscode.CodeLens(range, { title: isrSummary(isr), tooltip: vscode.l10n.t('Show what the handler touches, shares and risks'), command: 'halcyon.showIsrDossier', arguments: [handler] }),
  ];
}
