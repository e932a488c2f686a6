import * as path from 'node:path';
import * as vscode from 'vscode';
import type { InitTimelineReport } from '../core/index.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import { isRow, withChip } from './peripheralCommands.ts';
import { pickPlace, type PlaceItem } from './previewPick.ts';
import { hardwareAtCursor, pathOf } from './registerAtCursor.ts';

type InitStep = InitTimelineReport['steps'][number];

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
  return report?.peripheral ?? pathOf(report, false)?.split('.', 1)[0];
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
    await vscode.window.showInformationMessage([report.peripheral === undefined || report.start === undefined ? '' : vscode.l10n.t('{0} is not written between reset and the main loop, as far as the indexed files tell.', report.peripheral), ...report.problems.map(({ message }) => message)].filter(text => text !== '').join(' '));
    return;
  }
  await pickPlace(session, stepPicker(report));
}

/** A list in the program's order. */
function stepPicker({ peripheral = '', steps, start, end, problems }: InitTimelineReport): vscode.QuickPick<PlaceItem> {
  const picker = vscode.window.createQuickPick<PlaceItem>();
  picker.title = vscode.l10n.t('{0}: {1} writes from {2} on', peripheral, steps.length, start?.name ?? '');
  picker.placeholder = vscode.l10n.t('In the order in which the program starts; choose a place');
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  const notes = [end === undefined ? '' : `${end.what} (${end.file}:${end.line})`, ...problems.map(({ message }) => message)].filter(text => text !== '');
  picker.items = [...steps.map(itemOf), ...notes.map((label): PlaceItem => ({ label, kind: vscode.QuickPickItemKind.Separator }))];
  return picker;
}

function itemOf(step: InitStep, index: number): PlaceItem {
  const place = `${path.posix.basename(step.file)}:${step.line}`;
  // Last, as it is long and what does not fit is cut off.
  const way = [...(step.task === undefined ? step.through.slice(1) : step.through), step.function].join(' › ');
  return {
    place: { file: step.file, line: step.line }, label: `${index + 1}. $(${step.isClock === true ? 'clock' : step.kind === 'modify' ? 'replace' : 'edit'}) ${step.path}${step.fields.length > 0 ? ` [${step.fields.join(', ')}]` : ''}`,
    description: [place, step.how === 'type' && !step.path.includes(':') ? vscode.l10n.t('any instance') : '', step.condition === undefined ? '' : vscode.l10n.t('if {0}', step.condition), step.inLoop === true ? vscode.l10n.t('in a loop') : '', way].filter(text => text !== '').join(' · '), detail: step.expression,
  };
}
