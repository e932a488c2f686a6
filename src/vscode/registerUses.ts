import * as path from 'node:path';
import * as vscode from 'vscode';
import { notFollowedText, type RegisterAccess, type RegisterCall, type XrefReport } from '../core/index.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import { isRow, withChip } from './peripheralCommands.ts';
import { pickPlace, type PlaceItem } from './previewPick.ts';
import { hardwareAtCursor, pathOf } from './registerAtCursor.ts';
import { pickRegister } from './registerPick.ts';

/** Registers "Find Uses of Register…": of a path, a row of the Peripherals view, what is at the cursor, or what is picked. */
export function registerRegisterUses(sessions: FolderSessions): vscode.Disposable {
  return vscode.commands.registerCommand('halcyon.findRegisterUses', async (target?: unknown) => {
    if (isRow(target)) await showUses(target.session, target.node?.path ?? '');
    else await withChip(sessions, async session => {
      const name = typeof target === 'string' ? target : pathOf(await hardwareAtCursor(session), true) ?? (await pickRegister(session, vscode.l10n.t('Find Uses of Register')))?.path;
      if (name !== undefined) await showUses(session, name);
    });
  });
}

async function showUses(session: FolderSession, name: string): Promise<void> {
  const report = await session.engine.xref(name);
  const uses = [...report.accesses, ...report.calls ?? []];
  if (uses.length === 0) {
    await vscode.window.showInformationMessage(report.problems[0]?.message ?? `${vscode.l10n.t('No use of {0} seen in the indexed files.', name)} ${notFollowedText(report)}`);
    return;
  }
  if (await pickPlace(session, usePicker(titleOf(name, report), uses)) !== undefined) await showReferences(session, uses);
}

/** Uses as the Peripherals view counts them, then the calls that it leaves out. */
function titleOf(name: string, { accesses, calls = [] }: XrefReport): string {
  const uses = accesses.length === 1 ? vscode.l10n.t('{0}: 1 use', name) : vscode.l10n.t('{0}: {1} uses', name, accesses.length);
  return calls.length === 0 ? uses : `${uses} · ${calls.length === 1 ? vscode.l10n.t('1 call that reaches it') : vscode.l10n.t('{0} calls that reach it', calls.length)}`;
}

type Use = RegisterAccess | RegisterCall;

/** A list of the places with a button that shows all of them as references. */
function usePicker(title: string, accesses: readonly Use[]): vscode.QuickPick<PlaceItem> {
  const picker = vscode.window.createQuickPick<PlaceItem>();
  picker.title = title;
  picker.placeholder = vscode.l10n.t('Choose a place; type read, write, modify or address, a file or a function to narrow the list');
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.buttons = [{ iconPath: new vscode.ThemeIcon('references'), tooltip: vscode.l10n.t('Show as References') }];
  picker.items = accesses.map(itemOf);
  return picker;
}

function itemOf(use: Use): PlaceItem {
  const kinds = { read: ['eye', vscode.l10n.t('read')], write: ['edit', vscode.l10n.t('write')], modify: ['replace', vscode.l10n.t('modify')], address: ['link', vscode.l10n.t('address taken')] } as const;
  const [icon, kind] = kinds[use.kind];
  return {
    place: use, label: `$(${icon}) ${path.posix.basename(use.file)}:${use.line}`,
    description: [kind, use.function ?? '', use.fields.join(', '), wayOf(use), use.inactive === true ? vscode.l10n.t('inactive in this build') : ''].filter(part => part !== '').join(' · '),
    detail: use.expression,
  };
}

/** By what it is reached, where not by its own name. */
function wayOf(use: Use): string {
  if ('by' in use) return vscode.l10n.t('by {0}', use.by);
  if (use.aliasOf !== undefined) return vscode.l10n.t('through {0}', use.path);
  return use.how !== 'type' ? '' : use.path.includes(':') ? use.path.split(':', 1)[0] ?? '' : vscode.l10n.t('any instance');
}

async function showReferences(session: FolderSession, uses: readonly Use[]): Promise<void> {
  const locations = uses.map(use => new vscode.Location(session.uriOf(use.file), new vscode.Position(use.line - 1, 'column' in use ? use.column - 1 : 0)));
  const [first] = locations;
  if (first === undefined) return;
  await vscode.window.showTextDocument(first.uri, { selection: first.range, preview: true });
  await vscode.commands.executeCommand('editor.action.showReferences', first.uri, first.range.start, locations);
}
