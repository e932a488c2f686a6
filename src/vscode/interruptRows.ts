import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Hazard, IsrDossier, IsrReport } from '../core/index.ts';
import type { HandlerPlace } from './explainIsr.ts';
import type { FolderSession } from './folderSession.ts';
import { isrSummary } from './isrSummary.ts';

type Callee = IsrDossier['callees'][number];

/** A row of the Interrupts view. */
export type InterruptRow =
  | { readonly kind: 'handler'; readonly session: FolderSession; readonly isr: IsrDossier; readonly handler: HandlerPlace }
  | { readonly kind: 'callee'; readonly session: FolderSession; readonly isr: IsrDossier; readonly callee: Callee }
  | { readonly kind: 'hazard'; readonly session: FolderSession; readonly hazard: Hazard };

/** The top rows: what is wrong with the table as a whole, then the handlers by their interrupts' numbers, those without a number last. */
export function interruptRows(session: FolderSession, { isrs, findings = [] }: IsrReport): InterruptRow[] {
  const sorted = isrs.toSorted((one, other) => (one.irq ?? Infinity) - (other.irq ?? Infinity) || one.name.localeCompare(other.name));
  return [
    ...findings.map((hazard): InterruptRow => ({ kind: 'hazard', session, hazard })),
    ...sorted.map((isr): InterruptRow => ({ kind: 'handler', session, isr, handler: { uri: session.uriOf(isr.file).toString(), line: isr.line, name: isr.name } })),
  ];
}

/** Below a function: what is doubtful in it, then what it calls. */
export function rowsBelow(row: InterruptRow): InterruptRow[] {
  if (row.kind === 'hazard') return [];
  const { session, isr } = row;
  const name = row.kind === 'handler' ? isr.name : row.callee.name;
  const hazards = row.kind === 'handler' ? isr.hazards.filter(hazard => !isr.callees.some(callee => liesIn(hazard, callee))) : isr.hazards.filter(hazard => liesIn(hazard, row.callee));
  return [
    ...hazards.map((hazard): InterruptRow => ({ kind: 'hazard', session, hazard })),
    ...isr.callees.filter(({ caller }) => caller === name).map((callee): InterruptRow => ({ kind: 'callee', session, isr, callee })),
  ];
}

function liesIn({ file, line }: Hazard, { definition }: Callee): boolean {
  return definition?.file === file && definition.line <= line && line <= (definition.endLine ?? definition.line);
}

/** How a row looks. */
export function interruptItem(row: InterruptRow): vscode.TreeItem {
  switch (row.kind) {
    case 'handler': return handlerItem(row.session, row.isr);
    case 'callee': return calleeItem(row);
    case 'hazard': return hazardItem(row.session, row.hazard);
  }
}

/** Doubts in a tooltip; the dossier has all. */
const mostDoubts = 4;

function handlerItem(session: FolderSession, isr: IsrDossier): vscode.TreeItem {
  const item = new vscode.TreeItem(isr.name, isr.callees.length + isr.hazards.length > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
  item.id = `${session.folder.uri.toString()}#${isr.file}#${isr.name}`;
  item.description = isrSummary(isr);
  item.iconPath = isr.hazards.length > 0 ? new vscode.ThemeIcon('zap', new vscode.ThemeColor('list.warningForeground')) : new vscode.ThemeIcon('zap');
  item.tooltip = tooltip([isr.description ?? '', `${isr.file}:${isr.line}`, ...isr.problems.slice(0, mostDoubts).map(({ message }) => message), isr.problems.length > mostDoubts ? vscode.l10n.t('and {0} more', isr.problems.length - mostDoubts) : '']);
  item.contextValue = 'handler';
  item.command = opening(session, isr.file, isr.line);
  return item;
}

function calleeItem(row: Extract<InterruptRow, { kind: 'callee' }>): vscode.TreeItem {
  const { session, isr, callee } = row;
  const isOpen = isr.hazards.some(hazard => liesIn(hazard, callee));
  const hasMore = isOpen || isr.callees.some(({ caller }) => caller === callee.name);
  const item = new vscode.TreeItem(`${callee.name}()`, hasMore ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
  item.description = callee.definition === undefined ? vscode.l10n.t('not in the indexed files') : `${path.posix.basename(callee.definition.file)}:${callee.definition.line}`;
  item.iconPath = isOpen ? new vscode.ThemeIcon('symbol-function', new vscode.ThemeColor('list.warningForeground')) : new vscode.ThemeIcon('symbol-function');
  if (callee.through !== undefined) item.tooltip = tooltip([vscode.l10n.t('Called through {0}: it may be another function.', callee.through)]);
  if (callee.definition !== undefined) item.command = opening(session, callee.definition.file, callee.definition.line);
  return item;
}

function hazardItem(session: FolderSession, { message, file, line, certainty }: Hazard): vscode.TreeItem {
  const item = new vscode.TreeItem(message);
  item.description = `${path.posix.basename(file)}:${line}`;
  item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  item.tooltip = tooltip([message, certainty === 'likely' ? vscode.l10n.t('Likely: what is not indexed may change it.') : '', `${file}:${line}`]);
  item.command = opening(session, file, line);
  return item;
}

/** As text: names and messages come from the sources. */
function tooltip(lines: readonly string[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  for (const line of lines.filter(each => each !== '')) text.appendText(line).appendMarkdown('\n\n');
  return text;
}

function opening(session: FolderSession, file: string, line: number): vscode.Command {
  return { command: 'halcyon.openPlace', title: vscode.l10n.t('Open'), arguments: [session.uriOf(file).toString(), line] };
}
