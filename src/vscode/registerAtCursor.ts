import * as vscode from 'vscode';
import type { HoverReport } from '../core/index.ts';
import type { FolderSession } from './folderSession.ts';

/** What hardware stands at the cursor of the active editor, as its hover tells it. */
export async function hardwareAtCursor(session: FolderSession): Promise<HoverReport | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.scheme !== 'file') return undefined;
  const { document, selection: { start } } = editor;
  return session.engine.hover({ file: session.fileOf(document.uri), line: start.line + 1, column: start.character + 1, ...(document.isDirty && { text: document.getText() }) });
}

/** The path of the register, or with `withField` of the single field, that a report is about. */
export function pathOf(report: HoverReport | undefined, withField: boolean): string | undefined {
  const [field, ...others] = report?.fields ?? [];
  return withField && report?.kind === 'field' && report.register !== undefined && field !== undefined && others.length === 0 ? `${report.register}.${field}` : report?.register;
}
