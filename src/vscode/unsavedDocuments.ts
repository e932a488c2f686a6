import * as vscode from 'vscode';
import type { FolderSessions } from './folderSessions.ts';

/** Milliseconds without a change before an unsaved text is handed over. */
const typingPauseMs = 800;

/** Keeps what is known of the code in step with editors that have not been saved. */
export function followUnsavedDocuments(sessions: FolderSessions): vscode.Disposable {
  const waiting = new Map<string, NodeJS.Timeout>();
  const stop = (document: vscode.TextDocument): void => {
    clearTimeout(waiting.get(document.uri.toString()));
    waiting.delete(document.uri.toString());
  };
  const later = (document: vscode.TextDocument): void => {
    stop(document);
    waiting.set(document.uri.toString(), setTimeout(() => {
      stop(document);
      // Saved or undone meanwhile, without a change of text that told so: what was handed over before must not stay.
      hand(sessions, document, document.isDirty && !document.isClosed ? document.getText() : undefined);
    }, typingPauseMs));
  };
  const settle = (document: vscode.TextDocument): void => {
    stop(document);
    hand(sessions, document, undefined);
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      // Undone or reverted: the file on disk says the same again. The editor may tell of the text first, while the document
      // still counts as changed, and that it no longer does in an event of its own, without any change of text.
      if (!document.isDirty) settle(document);
      else if (contentChanges.length > 0) later(document);
    }),
    vscode.workspace.onDidSaveTextDocument(settle),
    vscode.workspace.onDidCloseTextDocument(settle),
    new vscode.Disposable(() => { for (const timer of waiting.values()) clearTimeout(timer); }),
  );
}

function hand(sessions: FolderSessions, document: vscode.TextDocument, text: string | undefined): void {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  if (document.uri.scheme !== 'file' || folder === undefined) return;
  void sessions.of(document.uri)?.setUnsaved(document.uri, text);
}
