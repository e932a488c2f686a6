import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AskTask, Attached, ReportedProblem } from '../core/index.ts';
import type { AskedTurn } from './chatRunner.ts';
import type { FolderSession } from './folderSession.ts';

/** Lines of a file; both 1-based. */
export interface CodeLines {
  readonly uri: vscode.Uri;
  readonly line: number;
  /** Absent: the function around the line. */
  readonly endLine?: number;
}

/** The selected lines of the active editor, or its cursor's. */
export function linesAtCursor(): CodeLines | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.scheme !== 'file') return undefined;
  const { start, end, isEmpty } = editor.selection;
  // A selection up to the beginning of a line does not mean that line.
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return { uri: editor.document.uri, line: start.line + 1, ...(!isEmpty && { endLine: last + 1 }) };
}

/** Explains lines, or the function around one. */
export function explainQuestion({ uri, line, endLine }: CodeLines, session: FolderSession): AskedTurn {
  const file = session.fileOf(uri);
  return { folder: session.folder.uri.toString(), question: vscode.l10n.t('Explain {0}', placeText(file, { line, endLine })), request: { kind: 'explain', place: { file, line, ...(endLine !== undefined && { endLine }) } } };
}

/** Asks a task about code. */
export function codeQuestion(asked: { readonly task: AskTask; readonly shown: string; readonly question: string; readonly lines: CodeLines }, session: FolderSession): AskedTurn {
  const { task, shown, question, lines: { uri, line, endLine } } = asked;
  const file = session.fileOf(uri);
  const attached: Attached = { kind: 'file', file, line, ...(endLine === undefined ? { wholeFunction: true as const } : { endLine }) };
  return { folder: session.folder.uri.toString(), question: shown, references: [{ label: placeText(path.posix.basename(file), { line, endLine }), file, line }], request: { kind: 'ask', question, attached: [attached], task } };
}

/** A file with its lines, as people read it. */
export function placeText(file: string, { line, endLine = line }: { readonly line?: number | undefined; readonly endLine?: number | undefined }): string {
  return `${file}${line === undefined ? '' : `:${line}`}${endLine === line || endLine === undefined ? '' : `-${endLine}`}`;
}

const mostReported = 50;

/** What tools report of a file, for the core to choose from. */
export function reportedOf(uri: vscode.Uri, session: FolderSession): ReportedProblem[] {
  const file = session.fileOf(uri);
  return vscode.languages.getDiagnostics(uri).slice(0, mostReported).map(({ range, message, source }) => ({ file, line: range.start.line + 1, message, ...(source !== undefined && { source }) }));
}
