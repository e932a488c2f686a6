import * as vscode from 'vscode';
import type { ChatView } from './chatView.ts';
import { codeQuestion, explainQuestion, linesAtCursor, type CodeLines } from './codeQuestions.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import { sentenceOf } from './sentence.ts';

/** A diagnostic as a code action hands it over: plain data. */
export interface DiagnosticPlace {
  readonly uri: string;
  readonly line: number;
  readonly message: string;
  readonly source?: string;
}

/** Registers the commands that ask about code: explain the selection or a register write, review a function, mend a finding. */
export function registerCodeQuestions(sessions: FolderSessions, chat: ChatView): vscode.Disposable {
  const aboutCode = (ask: (lines: CodeLines, session: FolderSession) => Promise<void>) => async (): Promise<void> => {
    const lines = linesAtCursor();
    const session = lines === undefined ? undefined : sessions.of(lines.uri);
    if (lines === undefined || session === undefined) await vscode.window.showWarningMessage(vscode.l10n.t('Put the cursor into a source file of the workspace first.'));
    else await ask(lines, session).catch(tell);
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand('halcyon.explainSelection', aboutCode(async (lines, session) => chat.submit(explainQuestion(lines, session)))),
    vscode.commands.registerCommand('halcyon.explainRegisterWrite', aboutCode(async (lines, session) => chat.submit(await writeQuestion(lines, session)))),
    vscode.commands.registerCommand('halcyon.reviewFunction', aboutCode(async (lines, session) => chat.submit(reviewQuestion(lines, session)))),
    vscode.commands.registerCommand('halcyon.askAboutProblem', async (place?: unknown) => {
      const known = isDiagnosticPlace(place) ? place : problemAtCursor();
      const session = known === undefined ? undefined : sessions.of(vscode.Uri.parse(known.uri));
      if (known === undefined || session === undefined) await vscode.window.showInformationMessage(vscode.l10n.t('No problem is reported at the cursor.'));
      else await chat.submit(problemQuestion(known, session)).catch(tell);
    }),
  );
}

async function tell(error: unknown): Promise<void> {
  await vscode.window.showErrorMessage(sentenceOf(error));
}

async function writeQuestion({ uri, line, endLine = line }: CodeLines, session: FolderSession): Promise<ReturnType<typeof codeQuestion>> {
  const document = await vscode.workspace.openTextDocument(uri);
  const text = document.getText(new vscode.Range(line - 1, 0, endLine - 1, Number.MAX_SAFE_INTEGER)).replace(/\s+/g, ' ').trim();
  return codeQuestion({ task: 'explainWrite', shown: vscode.l10n.t('Explain the register write {0}', text.slice(0, 120)), question: text.slice(0, 600), lines: { uri, line, endLine } }, session);
}

function reviewQuestion(lines: CodeLines, session: FolderSession): ReturnType<typeof codeQuestion> {
  const place = `${session.fileOf(lines.uri)}:${lines.line}${lines.endLine === undefined ? '' : `-${lines.endLine}`}`;
  return codeQuestion({ task: 'reviewFunction', shown: vscode.l10n.t('Review {0}', place), question: `the code of ${place}`, lines }, session);
}

function problemQuestion({ uri, line, message, source }: DiagnosticPlace, session: FolderSession): ReturnType<typeof codeQuestion> {
  const target = vscode.Uri.parse(uri);
  const said = message.replace(/\s+/g, ' ').slice(0, 400);
  return codeQuestion({ task: 'fixFinding', shown: vscode.l10n.t('What is wrong here, and how is it mended? {0}', said), question: `${session.fileOf(target)}:${line}: ${said}${source === undefined ? '' : ` (${source})`}`, lines: { uri: target, line } }, session);
}

function problemAtCursor(): DiagnosticPlace | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { document: { uri }, selection } = editor;
  const all = vscode.languages.getDiagnostics(uri).filter(({ range }) => range.start.line <= selection.active.line && selection.active.line <= range.end.line);
  const [first] = all.toSorted((one, other) => one.severity - other.severity);
  return first === undefined ? undefined : diagnosticPlace(uri, first);
}

/** What a command is told of a diagnostic. */
export function diagnosticPlace(uri: vscode.Uri, { range, message, source }: vscode.Diagnostic): DiagnosticPlace {
  return { uri: uri.toString(), line: range.start.line + 1, message, ...(source !== undefined && { source }) };
}

function isDiagnosticPlace(value: unknown): value is DiagnosticPlace {
  return typeof value === 'object' && value !== null && 'uri' in value && typeof value.uri === 'string' && 'line' in value && typeof value.line === 'number' && 'message' in value && typeof value.message === 'string';
}
