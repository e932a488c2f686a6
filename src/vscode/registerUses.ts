import * as path from 'node:path';
import * as vscode from 'vscode';
import type { RegisterAccess } from '../core/index.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import { isRow, withChip } from './peripheralCommands.ts';
import { hardwareAtCursor, pathOf } from './registerAtCursor.ts';
import { pickRegister } from './registerPick.ts';

interface UseItem extends vscode.QuickPickItem {
  readonly use: RegisterAccess;
}

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
  const { accesses, problems } = await session.engine.xref(name);
  if (accesses.length === 0) {
    await vscode.window.showInformationMessage(problems[0]?.message ?? vscode.l10n.t('{0} is not used in the indexed files.', name));
    return;
  }
  const before = vscode.window.activeTextEditor;
  const chosen = await pickUse(session, name, accesses);
  if (chosen === 'references') await showReferences(session, accesses);
  else if (chosen !== undefined) await show(session, chosen, false);
  // What was only looked at goes again.
  else if (before !== undefined) await vscode.window.showTextDocument(before.document, { selection: before.selection, ...(before.viewColumn !== undefined && { viewColumn: before.viewColumn }) });
}

/** A list that shows each place in the editor while the user goes through it; a button shows all of them as references. */
function pickUse(session: FolderSession, name: string, accesses: readonly RegisterAccess[]): Promise<RegisterAccess | 'references' | undefined> {
  const picker = vscode.window.createQuickPick<UseItem>();
  const peek: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('references'), tooltip: vscode.l10n.t('Show as References') };
  picker.title = accesses.length === 1 ? vscode.l10n.t('{0}: 1 use', name) : vscode.l10n.t('{0}: {1} uses', name, accesses.length);
  picker.placeholder = vscode.l10n.t('Choose a place; type read, write, modify or address, a file or a function to narrow the list');
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.buttons = [peek];
  picker.items = accesses.map(itemOf);
  return new Promise(resolve => {
    picker.onDidChangeActive(([item]) => { if (item !== undefined) void show(session, item.use, true); });
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]?.use);
      picker.hide();
    });
    picker.onDidTriggerButton(() => {
      resolve('references');
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function itemOf(use: RegisterAccess): UseItem {
  const kinds = { read: ['eye', vscode.l10n.t('read')], write: ['edit', vscode.l10n.t('write')], modify: ['replace', vscode.l10n.t('modify')], address: ['link', vscode.l10n.t('address taken')] } as const;
  const [icon, kind] = kinds[use.kind];
  return {
    use, label: `$(${icon}) ${path.posix.basename(use.file)}:${use.line}`,
    description: [kind, use.function ?? '', use.fields.join(', '), use.how === 'type' ? use.path.includes(':') ? use.path.split(':', 1)[0] ?? '' : vscode.l10n.t('any instance') : '', use.aliasOf === undefined ? '' : vscode.l10n.t('through {0}', use.path)].filter(part => part !== '').join(' · '),
    detail: use.expression,
  };
}

async function show(session: FolderSession, { file, line, column }: RegisterAccess, isPreview: boolean): Promise<void> {
  const at = new vscode.Position(line - 1, column - 1);
  await vscode.window.showTextDocument(session.uriOf(file), { selection: new vscode.Range(at, at), preserveFocus: isPreview, preview: true });
}

async function showReferences(session: FolderSession, accesses: readonly RegisterAccess[]): Promise<void> {
  const locations = accesses.map(({ file, line, column }) => new vscode.Location(session.uriOf(file), new vscode.Position(line - 1, column - 1)));
  const [first] = locations;
  if (first === undefined) return;
  await vscode.window.showTextDocument(first.uri, { selection: first.range, preview: true });
  await vscode.commands.executeCommand('editor.action.showReferences', first.uri, first.range.start, locations);
}
