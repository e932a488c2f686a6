import * as vscode from 'vscode';
import { descriptionFile } from './descriptionFile.ts';
import { firmwareFiles } from './firmwareFiles.ts';
import type { FolderSessions } from './folderSessions.ts';
import type { Log } from './outputChannel.ts';
import { sentenceOf } from './sentence.ts';
import { onSettingsChange, readSettings } from './settings.ts';

/** Shows behind a register write what its value means, where `halcyon.inlayHints.registerValues` is on. */
export function registerRegisterInlayHints(sessions: FolderSessions, log: Log): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  let shown = '';
  sessions.onStatus(() => {
    // Progress is told ten times a second, and changes no hint.
    const basis = JSON.stringify(sessions.all().map(({ status: { device, facts } }) => [device?.device, descriptionFile(device), facts]));
    if (basis !== shown) changed.fire();
    shown = basis;
  });
  const settings = onSettingsChange(() => { changed.fire(); });
  const provider = vscode.languages.registerInlayHintsProvider(firmwareFiles, {
    onDidChangeInlayHints: changed.event,
    provideInlayHints: async (document, range, token) => {
      const session = sessions.of(document.uri);
      if (session === undefined || session.status.crash !== undefined || !readSettings(session.folder).inlayHints) return [];
      const abort = new AbortController();
      const cancelling = token.onCancellationRequested(() => { abort.abort(); });
      try {
        const { inlays } = await session.engine.inlays({ file: session.fileOf(document.uri), startLine: range.start.line + 1, endLine: range.end.line + 1, ...(document.isDirty && { text: document.getText() }) }, abort.signal);
        return inlays.map(({ line, column, label, markdown }) => {
          const hint = new vscode.InlayHint(new vscode.Position(line - 1, column - 1), label);
          hint.paddingLeft = true;
          hint.tooltip = new vscode.MarkdownString(markdown);
          return hint;
        });
      } catch (error) {
        if (!abort.signal.aborted) log.error(`Register writes were not decoded: ${sentenceOf(error)}`);
        return [];
      } finally {
        cancelling.dispose();
      }
    },
  });
  return vscode.Disposable.from(changed, settings, provider);
}
