import * as vscode from 'vscode';
import { lintRulePage, type LintFinding } from '../core/index.ts';
import { descriptionFile } from './descriptionFile.ts';
import { firmwareFiles } from './firmwareFiles.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import type { Log } from './outputChannel.ts';
import { sentenceOf } from './sentence.ts';
import { onSettingsChange, readSettings } from './settings.ts';

/** Milliseconds without a change before a text is looked at. */
const typingPauseMs = 350;
/** A generated table of megabytes is nobody's typing. */
const mostCharacters = 3_000_000;

/** The findings that an editor shows, for those who offer to mend them. */
export interface ShownFindings {
  /** What a diagnostic was made of. */
  readonly behind: (document: vscode.TextDocument, diagnostic: vscode.Diagnostic) => LintFinding | undefined;
}

interface Run {
  readonly abort: AbortController;
  timer: NodeJS.Timeout | undefined;
}

/** Marks register misuse and interrupt mistakes in open C and C++ files, while typing; `halcyon.lint.enabled` and `halcyon.lint.rules` decide what is shown. */
export function registerLintDiagnostics(sessions: FolderSessions, log: Log, extensionUri: vscode.Uri): { readonly shown: ShownFindings; readonly registration: vscode.Disposable } {
  const collection = vscode.languages.createDiagnosticCollection('halcyon');
  const found = new Map<string, readonly LintFinding[]>();
  const runs = new Map<string, Run>();
  const forget = (document: vscode.TextDocument): void => {
    stop(runs, document);
    found.delete(document.uri.toString());
    collection.delete(document.uri);
  };
  const show = (document: vscode.TextDocument, findings: readonly LintFinding[], session: FolderSession): void => {
    const chosen = readSettings(session.folder).lintRules;
    found.set(document.uri.toString(), findings);
    collection.set(document.uri, findings.filter(({ rule }) => chosen[rule] !== 'off').map(finding => diagnosticOf(finding, chosen[finding.rule], file => session.uriOf(file), extensionUri)));
  };
  const later = (document: vscode.TextDocument, delayMs: number): void => {
    if (vscode.languages.match(firmwareFiles, document) === 0 || vscode.workspace.getWorkspaceFolder(document.uri) === undefined) return;
    stop(runs, document);
    const abort = new AbortController();
    runs.set(document.uri.toString(), { abort, timer: setTimeout(() => { void look(document, abort.signal, { sessions, log, show, forget }); }, delayMs) });
  };
  const all = (): void => {
    const seen = new Set(vscode.window.visibleTextEditors.map(({ document }) => document));
    // Behind other tabs findings are listed too.
    for (const document of vscode.workspace.textDocuments) if (seen.has(document) || runs.has(document.uri.toString())) later(document, typingPauseMs);
  };
  const registration = vscode.Disposable.from(
    collection, followStatus(sessions, all), onSettingsChange(all),
    vscode.workspace.onDidOpenTextDocument(document => { later(document, 0); }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => { if (contentChanges.length > 0) later(document, typingPauseMs); }),
    vscode.window.onDidChangeVisibleTextEditors(editors => { for (const { document } of editors) if (!runs.has(document.uri.toString())) later(document, 0); }),
    vscode.workspace.onDidCloseTextDocument(forget),
    new vscode.Disposable(() => { for (const { abort, timer } of runs.values()) { clearTimeout(timer); abort.abort(); } }),
  );
  all();
  return { shown: { behind: (document, diagnostic) => found.get(document.uri.toString())?.find(finding => ruleOf(diagnostic) === finding.rule && rangeOf(finding).isEqual(diagnostic.range)) }, registration };
}

interface Outlet {
  readonly sessions: FolderSessions;
  readonly log: Log;
  readonly show: (document: vscode.TextDocument, findings: readonly LintFinding[], session: FolderSession) => void;
  readonly forget: (document: vscode.TextDocument) => void;
}

/** Has the engine look at the document as it is now; what comes too late is not shown. */
async function look(document: vscode.TextDocument, signal: AbortSignal, { sessions, log, show, forget }: Outlet): Promise<void> {
  const session = sessions.of(document.uri);
  if (session === undefined || session.status.crash !== undefined || !readSettings(session.folder).lint || document.getText().length > mostCharacters) {
    forget(document);
    return;
  }
  const { version } = document;
  try {
    for await (const event of session.engine.lint({ file: session.fileOf(document.uri), text: document.getText() }, signal)) {
      if (event.type === 'done' && !signal.aborted && !document.isClosed && document.version === version) show(document, event.report.findings, session);
    }
  } catch (error) {
    if (!signal.aborted) log.error(`${document.uri.fsPath} was not checked: ${sentenceOf(error)}`);
  }
}

/** The rule of one of our diagnostics; undefined for those of others. */
export function ruleOf({ source, code }: vscode.Diagnostic): string | undefined {
  return source === 'Halcyon' && typeof code === 'object' ? String(code.value) : undefined;
}

function stop(runs: Map<string, Run>, { uri }: vscode.TextDocument): void {
  const run = runs.get(uri.toString());
  clearTimeout(run?.timer);
  run?.abort.abort();
  runs.delete(uri.toString());
}

/** Calls the listener when the chip is another one, or the facts of files may have changed. */
function followStatus(sessions: FolderSessions, listener: () => void): vscode.Disposable {
  let shown = '';
  sessions.onStatus(() => {
    const basis = JSON.stringify(sessions.all().map(({ status: { device, facts } }) => [device?.device, descriptionFile(device), facts]));
    if (basis !== shown) listener();
    shown = basis;
  });
  return new vscode.Disposable(() => { shown = ''; });
}

const severities: Readonly<Record<string, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error, warning: vscode.DiagnosticSeverity.Warning, information: vscode.DiagnosticSeverity.Information, hint: vscode.DiagnosticSeverity.Hint,
};

function diagnosticOf(finding: LintFinding, chosen: string | undefined, uriOf: (file: string) => vscode.Uri, extensionUri: vscode.Uri): vscode.Diagnostic {
  const severity = severities[chosen ?? finding.severity] ?? severities[finding.severity];
  const diagnostic = new vscode.Diagnostic(rangeOf(finding), finding.message, severity);
  diagnostic.source = 'Halcyon';
  diagnostic.code = { value: finding.rule, target: vscode.Uri.joinPath(extensionUri, lintRulePage(finding.rule)) };
  diagnostic.relatedInformation = finding.related.map(({ file, line, message }) => new vscode.DiagnosticRelatedInformation(new vscode.Location(uriOf(file), new vscode.Position(line - 1, 0)), message));
  return diagnostic;
}

/** A range of the editor, which counts from 0. */
export function rangeOf({ startLine, startColumn, endLine, endColumn }: Pick<LintFinding, 'startLine' | 'startColumn' | 'endLine' | 'endColumn'>): vscode.Range {
  return new vscode.Range(startLine - 1, startColumn - 1, endLine - 1, endColumn - 1);
}
