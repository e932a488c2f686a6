import * as path from 'node:path';
import * as vscode from 'vscode';
import { descriptionFile } from './descriptionFile.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import { indexText } from './indexText.ts';
import { chatModelName, type ModelsWatch } from './modelsInUse.ts';
import { problemLine } from './sentence.ts';

/** Shows the detected device and the index's state; a click opens the menu. */
export function registerStatusBar(sessions: FolderSessions, models: ModelsWatch): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('halcyon.status', vscode.StatusBarAlignment.Right, 90);
  item.name = 'Halcyon';
  item.command = 'halcyon.showMenu';
  const refresh = (): void => { render(item, sessions.current(), chatModelName(models.current())); };
  sessions.onStatus(refresh);
  refresh();
  item.show();
  return vscode.Disposable.from(
    item,
    vscode.window.onDidChangeActiveTextEditor(refresh),
    vscode.commands.registerCommand('halcyon.showMenu', () => showMenu(sessions, chatModelName(models.current()))),
  );
}

function render(item: vscode.StatusBarItem, session: FolderSession | undefined, model: string | undefined): void {
  const device = session?.status.device?.device;
  item.text = `${iconOf(session)} ${device ?? 'Halcyon'}${progressOf(session)}`;
  item.tooltip = tooltipOf(session, model);
  item.backgroundColor = session?.status.crash === undefined ? undefined : new vscode.ThemeColor('statusBarItem.errorBackground');
  item.accessibilityInformation = { label: `Halcyon: ${[device, indexText(session)].filter(part => part !== undefined).join(', ')}` };
}

function iconOf(session: FolderSession | undefined): string {
  if (session?.status.crash !== undefined) return '$(error)';
  if (session?.status.paused === true) return '$(debug-pause)';
  if (session?.status.progress !== undefined) return '$(sync~spin)';
  if (session?.status.isReader === true) return '$(eye)';
  return session?.status.index?.status === 'failed' ? '$(warning)' : '$(circuit-board)';
}

function progressOf(session: FolderSession | undefined): string {
  const { progress, phase, paused } = session?.status ?? {};
  if (paused === true) return ` ${vscode.l10n.t('paused')}`;
  if (progress === undefined) return '';
  const percent = Math.floor(progress * 100);
  return ` ${phase === 'embed' ? vscode.l10n.t('embedding {0} %', percent) : vscode.l10n.t('indexing {0} %', percent)}`;
}

function tooltipOf(session: FolderSession | undefined, model: string | undefined): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  const line = (name: string, value: string): void => { tooltip.appendMarkdown(`**${name}** `).appendText(value).appendMarkdown('\n\n'); };
  const device = session?.status.device;
  line(vscode.l10n.t('Device'), device?.device ?? vscode.l10n.t('not detected'));
  for (const { file, line: at, evidence } of device?.sources.slice(0, 3) ?? []) tooltip.appendText(`${file}${at === undefined ? '' : `:${at}`} ${evidence}`).appendMarkdown('\n\n');
  const described = descriptionFile(device);
  line('SVD', described === undefined ? vscode.l10n.t('none') : path.basename(described));
  for (const problem of device?.problems.slice(0, 3) ?? []) tooltip.appendText(`⚠ ${problemLine(problem)}`).appendMarkdown('\n\n');
  line(vscode.l10n.t('Model'), model ?? vscode.l10n.t('none'));
  line(vscode.l10n.t('Index'), indexText(session));
  return tooltip;
}

async function showMenu(sessions: FolderSessions, model: string | undefined): Promise<void> {
  const session = sessions.current();
  const entry = (label: string, command: string, description = ''): vscode.QuickPickItem & { command: string } => ({ label, description, command });
  const device = session?.status.device;
  const picked = await vscode.window.showQuickPick([
    entry(`$(circuit-board) ${vscode.l10n.t('Choose Chip…')}`, 'halcyon.chooseChip', device?.device),
    entry(`$(search) ${vscode.l10n.t('Find Register…')}`, 'halcyon.findRegister'),
    entry(`$(symbol-numeric) ${vscode.l10n.t('Decode Register Value…')}`, 'halcyon.decodeRegister'),
    entry(`$(file) ${vscode.l10n.t('Choose SVD File…')}`, 'halcyon.chooseSvd', device?.svd === undefined ? '' : path.basename(device.svd)),
    entry(`$(cloud-download) ${vscode.l10n.t('Download SVD…')}`, 'halcyon.downloadSvd'),
    entry(`$(hubot) ${vscode.l10n.t('Select Model…')}`, 'halcyon.selectModel', model),
    entry(`$(book) ${vscode.l10n.t('Search Knowledge…')}`, 'halcyon.searchKnowledge'),
    entry(`$(add) ${vscode.l10n.t('Add SDK to Knowledge…')}`, 'halcyon.addKnowledgeFolder'),
    ...(session?.status.paused === true ? [entry(`$(debug-continue) ${vscode.l10n.t('Resume Indexing')}`, 'halcyon.resumeIndexing')] : [entry(`$(debug-pause) ${vscode.l10n.t('Pause Indexing')}`, 'halcyon.pauseIndexing')]),
    entry(`$(refresh) ${vscode.l10n.t('Rebuild Index')}`, 'halcyon.rebuildIndex', indexText(session)),
    entry(`$(debug-restart) ${vscode.l10n.t('Restart Engine')}`, 'halcyon.restartEngine'),
    entry(`$(output) ${vscode.l10n.t('Show Output')}`, 'halcyon.showOutput'),
  ], { title: 'Halcyon', placeHolder: device?.device ?? vscode.l10n.t('No device was detected') });
  if (picked !== undefined) await vscode.commands.executeCommand(picked.command);
}
