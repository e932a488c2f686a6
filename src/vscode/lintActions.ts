import * as vscode from 'vscode';
import { suppressionComment } from '../core/index.ts';
import { firmwareFiles } from './firmwareFiles.ts';
import { rangeOf, ruleOf, type ShownFindings } from './lintDiagnostics.ts';

/** Offers to mend a finding where that is safe, and to hide it with a comment. */
export function registerLintActions(shown: ShownFindings): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(firmwareFiles, {
    provideCodeActions: (document, _range, { diagnostics }) => diagnostics.flatMap(diagnostic => {
      const rule = ruleOf(diagnostic);
      if (rule === undefined) return [];
      return [...fixActions(document, diagnostic, shown), hideAction(document, diagnostic, rule)];
    }),
  }, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] });
}

function fixActions(document: vscode.TextDocument, diagnostic: vscode.Diagnostic, shown: ShownFindings): vscode.CodeAction[] {
  const fix = shown.behind(document, diagnostic)?.fix;
  if (fix === undefined) return [];
  const action = quickFix(fix.title, diagnostic);
  for (const edit of fix.edits) action.edit?.replace(document.uri, rangeOf(edit), edit.text);
  action.isPreferred = true;
  return [action];
}

/** A comment above the line, as far in as the line itself. */
function hideAction(document: vscode.TextDocument, diagnostic: vscode.Diagnostic, rule: string): vscode.CodeAction {
  const line = document.lineAt(diagnostic.range.start.line);
  const action = quickFix(vscode.l10n.t('Hide this finding of {0} with a comment', rule), diagnostic);
  const indent = line.text.slice(0, line.firstNonWhitespaceCharacterIndex);
  action.edit?.insert(document.uri, line.range.start, `${indent}${suppressionComment(rule)}\n`);
  return action;
}

function quickFix(title: string, diagnostic: vscode.Diagnostic): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.edit = new vscode.WorkspaceEdit();
  return action;
}
