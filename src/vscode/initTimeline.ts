import * as path from 'node:path';
import * as vscode from 'vscode';
import type { InitTimelineReport } from '../core/index.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import { isRow, withChip } from './peripheralCommands.ts';
import { hardwareAtCursor, pathOf } from './registerAtCursor.ts';

type InitStep = InitTimelineReport['steps'][number];

interface StepItem extends vscode.QuickPickItem {
  readonly step?: InitStep;
}

/** Registers "Show Init Timeline": the order in which a peripheral is set up, of a row of the Peripherals view or of what is at the cursor. */
export function registerInitTimeline(sessions: FolderSessions): vscode.Disposable {
  return vscode.commands.registerCommand('halcyon.showInitTimeline', async (target?: unknown) => {
    await withChip(sessions, async current => {
      const session = isRow(target) ? target.session : current;
      const name = isRow(target) ? target.node?.path ?? target.node?.label : typeof target === 'string' ? target : await atCursor(session) ?? await ask(session);
      if (name !== undefined) await showTimeline(session, name);
    });
  });
}

/** The peripheral at the cursor, or the one whose register stands there. */
async function atCursor(session: FolderSession): Promise<string | undefined> {
  const report = await hardwareAtCursor(session);
  const editor = vscode.window.activeTextEditor;
  if (report?.kind !== 'peripheral' || editor === undefined) return pathOf(report, false)?.split('.', 1)[0];
  return editor.document.getText(editor.document.getWordRangeAtPosition(editor.selection.active));
}

/** One of the peripherals that the chip has. */
async function ask(session: FolderSession): Promise<string | undefined> {
  const { nodes } = await session.engine.outline();
  const labels = (await Promise.all(nodes.map(async node => (node.kind === 'group' ? (await session.engine.outline({ parent: node.id })).nodes : [node])))).flat().map(({ label }) => label);
  return vscode.window.showQuickPick(labels, { title: vscode.l10n.t('Show Init Timeline'), placeHolder: vscode.l10n.t('Choose a peripheral') });
}

async function showTimeline(session: FolderSession, name: string): Promise<void> {
  const report = await session.engine.initTimeline(name);
  if (report.steps.length === 0) {
    await vscode.window.showInformationMessage([vscode.l10n.t('{0} is not written between reset and the main loop, as far as the indexed files tell.', report.peripheral ?? name), ...report.problems.map(({ message }) => message)].join(' '));
    return;
  }
  const before = vscode.window.activeTextEditor;
  const chosen = await pickStep(session, report);
  if (chosen !== undefined) await show(session, chosen, false);
  else if (before !== undefined) await vscode.window.showTextDocument(before.document, { selection: before.selection, ...(before.viewColumn !== undefined && { viewColumn: before.viewColumn }) });
}

/** A list in the program's order that shows each place while the user goes through it. */
function pickStep(session: FolderSession, { peripheral = '', steps, start, end, problems }: InitTimelineReport): Promise<InitStep | undefined> {
  const picker = vscode.window.createQuickPick<StepItem>();
  picker.title = vscode.l10n.t('{0}: {1} writes from {2} on', peripheral, steps.length, start?.name ?? '');
  picker.placeholder = vscode.l10n.t('In the order in which the program starts; choose a place');
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  const notes = [end === undefined ? '' : `${end.what} (${end.file}:${end.line})`, ...problems.map(({ message }) => message)].filter(text => text !== '');
  picker.items = [...steps.map(itemOf), ...notes.map((label): StepItem => ({ label, kind: vscode.QuickPickItemKind.Separator }))];
  return new Promise(resolve => {
    picker.onDidChangeActive(([item]) => { if (item?.step !== undefined) void show(session, item.step, true); });
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]?.step);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function itemOf(step: InitStep, index: number): StepItem {
  const place = `${path.posix.basename(step.file)}:${step.line}`;
  return {
    step, label: `${index + 1}. $(${step.isClock === true ? 'clock' : step.kind === 'modify' ? 'replace' : 'edit'}) ${step.path}${step.fields.length > 0 ? ` [${step.fields.join(', ')}]` : ''}`,
    description: [(step.task === undefined ? [...step.through.slice(1), step.function] : [...step.through, step.function]).join(' › '), place, step.how === 'type' ? vscode.l10n.t('any instance') : ''].filter(text => text !== '').join(' · '), detail: step.expression,
  };
}

async function show(session: FolderSession, { file, line }: InitStep, isPreview: boolean): Promise<void> {
  const at = new vscode.Position(line - 1, 0);
  await vscode.window.showTextDocument(session.uriOf(file), { selection: new vscode.Range(at, at), preserveFocus: isPreview, preview: true });
}
