import * as vscode from 'vscode';
import { diagnosticPlace } from './codeQuestionCommands.ts';
import { firmwareFiles } from './firmwareFiles.ts';
import type { FolderSessions } from './folderSessions.ts';
import { explainKind } from './isrCodeAction.ts';
import { ruleOf } from './lintDiagnostics.ts';
import type { Log } from './outputChannel.ts';
import { sentenceOf } from './sentence.ts';

const mostDiagnostics = 3;

/** Offers to explain what is selected or written to a register, to review a function, and to ask about what a tool reports. */
export function registerCodeQuestionActions(sessions: FolderSessions, log: Log): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider(firmwareFiles, {
      provideCodeActions: async (document, range, context) => {
        // Where nothing is selected, a light bulb on every line would only be noise.
        const isWanted = !range.isEmpty || context.triggerKind === vscode.CodeActionTriggerKind.Invoke;
        if (sessions.of(document.uri) === undefined || !isWanted || context.only?.contains(explainKind) === false) return [];
        return [
          ...range.isEmpty ? [] : [actionOf(vscode.l10n.t('Explain selection'), 'halcyon.explainSelection')],
          ...await writeActions(document, range, { sessions, log }),
          actionOf(range.isEmpty ? vscode.l10n.t('Review function') : vscode.l10n.t('Review selection'), 'halcyon.reviewFunction'),
        ];
      },
    }, { providedCodeActionKinds: [explainKind] }),
    vscode.languages.registerCodeActionsProvider({ scheme: 'file' }, {
      provideCodeActions: (document, _range, { diagnostics }) => sessions.of(document.uri) === undefined ? [] : diagnostics.slice(0, mostDiagnostics).map(diagnostic => problemAction(document.uri, diagnostic)),
    }, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] }),
  );
}

/** Only where the engine finds a register on the left of an assignment: `x = 1` is none. */
async function writeActions(document: vscode.TextDocument, range: vscode.Range, { sessions, log }: { readonly sessions: FolderSessions; readonly log: Log }): Promise<vscode.CodeAction[]> {
  const session = sessions.of(document.uri);
  const { text } = document.lineAt(range.start.line);
  const [, before = '', target] = /^(\s*(?:\w+\s*\()?)\s*((?:[A-Za-z_*(][\w\s*()]*?)?[A-Za-z_]\w*(?:\[[^\]]*\])?(?:(?:->|\.)[A-Za-z_]\w*(?:\[[^\]]*\])?)*)\s*(?:[|&^+-]?=(?!=)|<<=|>>=|,)/.exec(text) ?? [];
  if (session === undefined || session.status.crash !== undefined || target === undefined) return [];
  try {
    // The last name of the expression is the register's.
    const column = before.length + target.replace(/\[[^\]]*\]$/, '').length;
    const { kind, register } = await session.engine.hover({ file: session.fileOf(document.uri), line: range.start.line + 1, column, ...(document.isDirty && { text: document.getText() }) });
    return kind === 'register' && register !== undefined ? [actionOf(vscode.l10n.t('Explain register write ({0})', register), 'halcyon.explainRegisterWrite')] : [];
  } catch (error) {
    log.error(`The register at ${document.uri.fsPath}:${range.start.line + 1} was not read: ${sentenceOf(error)}`);
    return [];
  }
}

function actionOf(title: string, command: string): vscode.CodeAction {
  const action = new vscode.CodeAction(title, explainKind);
  action.command = { title, command };
  return action;
}

/** A finding of our own is mended, what others report is asked about: the same question, other hopes. */
function problemAction(uri: vscode.Uri, diagnostic: vscode.Diagnostic): vscode.CodeAction {
  const rule = ruleOf(diagnostic);
  const title = rule === undefined ? vscode.l10n.t('Ask Halcyon about this problem') : vscode.l10n.t('Fix this finding of {0} with Halcyon', rule);
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.command = { title, command: 'halcyon.askAboutProblem', arguments: [diagnosticPlace(uri, diagnostic)] };
  return action;
}
