import * as vscode from 'vscode';
import { descriptionFile } from './descriptionFile.ts';
import type { HandlerPlace } from './explainIsr.ts';
import { handlerFiles } from './firmwareFiles.ts';
import type { FolderSession, FolderStatus } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import type { Log } from './outputChannel.ts';
import { sentenceOf } from './sentence.ts';

/** Puts "Explain this ISR" above every interrupt handler of a document. */
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
        return isrs.map(({ name, line, irq }) => lensOf({ uri: document.uri.toString(), line, name }, irq));
      } catch (error) {
        log.error(`Handlers of ${document.uri.fsPath} were not read: ${sentenceOf(error)}`);
        return [];
      }
    },
  });
  return vscode.Disposable.from(changed, provider);
}

/** What makes a function a handler: the chip and the vector tables. Lenses that change for nothing swallow clicks. */
function basisOf({ device, index }: FolderStatus): string {
  return JSON.stringify([device?.device, descriptionFile(device), index?.files, index?.chunks]);
}

function lensOf(handler: HandlerPlace, irq: number | undefined): vscode.CodeLens {
  const at = new vscode.Position(handler.line - 1, 0);
  const title = irq === undefined ? vscode.l10n.t('Explain this ISR') : vscode.l10n.t('Explain this ISR (IRQ {0})', irq);
  return new vscode.CodeLens(new vscode.Range(at, at), { title: `$(zap) ${title}`, command: 'halcyon.explainIsr', arguments: [handler] });
}
