import * as vscode from 'vscode';
import type { HoverReport } from '../core/index.ts';
import { hoverFiles } from './firmwareFiles.ts';
import type { FolderSessions } from './folderSessions.ts';
import type { Log } from './outputChannel.ts';
import { pathOf } from './registerAtCursor.ts';
import { sentenceOf } from './sentence.ts';

/** Shows the card of the register, field, peripheral or interrupt under the cursor. */
export function registerRegisterHover(sessions: FolderSessions, log: Log): vscode.Disposable {
  return vscode.languages.registerHoverProvider(hoverFiles, {
    provideHover: async (document, position, token) => {
      const session = sessions.of(document.uri);
      if (session === undefined || session.status.crash !== undefined) return undefined;
      try {
        const begun = performance.now();
        const file = session.fileOf(document.uri);
        const report = await session.engine.hover({ file, line: position.line + 1, column: position.character + 1, ...(document.isDirty && { text: document.getText() }) });
        log.trace(`Hover at ${file}:${position.line + 1}: ${report.kind} in ${(performance.now() - begun).toFixed(1)} ms`);
        return token.isCancellationRequested ? undefined : hoverOf(report, position);
      } catch (error) {
        log.error(`Hover failed: ${sentenceOf(error)}`);
        return undefined;
      }
    },
  });
}

function hoverOf(report: HoverReport, position: vscode.Position): vscode.Hover | undefined {
  if (report.kind === 'none' || report.markdown === undefined) return undefined;
  const { range } = report;
  // Below the title: at the end of a long card nobody would find them.
  const [title = '', ...rest] = report.markdown.split('\n\n');
  const contents = [new vscode.MarkdownString(title), ...askLink(report), new vscode.MarkdownString(rest.join('\n\n'))].filter(({ value }) => value !== '');
  return range === undefined
    ? new vscode.Hover(contents)
    : new vscode.Hover(contents, new vscode.Range(position.line, range.startColumn - 1, position.line, range.endColumn - 1));
}

/** A string of its own, so that trust covers these two links and nothing that came out of an SVD file. */
function askLink(report: HoverReport): vscode.MarkdownString[] {
  const { register } = report;
  if (register === undefined) return [];
  const question = vscode.l10n.t('What is {0} for, and how does this project use it?', register);
  const link = (icon: string, text: string, command: string, argument: string): string => `[$(${icon}) ${text}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;
  const links = new vscode.MarkdownString([
    link('references', vscode.l10n.t('Where it is used'), 'halcyon.findRegisterUses', pathOf(report, true) ?? register),
    link('comment-discussion', vscode.l10n.t('Ask Halcyon about this register'), 'halcyon.ask', question),
  ].join('&nbsp;&nbsp;·&nbsp;&nbsp;'), true);
  links.isTrusted = { enabledCommands: ['halcyon.ask', 'halcyon.findRegisterUses'] };
  return [links];
}
