import * as vscode from 'vscode';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import type { PeripheralRow } from './peripheralRows.ts';
import type { PeripheralsTree } from './peripheralsTree.ts';
import { pickRegister } from './registerPick.ts';
import { sentenceOf } from './sentence.ts';

/** Registers finding, filtering and copying in the Peripherals view. */
export function registerPeripheralCommands(sessions: FolderSessions, tree: PeripheralsTree): vscode.Disposable {
  const copy = (textOf: (row: PeripheralRow) => string | undefined) => async (row?: unknown): Promise<void> => {
    const text = isRow(row) ? textOf(row) : undefined;
    if (text === undefined) return;
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}', text), 3000);
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand('halcyon.findRegister', () => withChip(sessions, async session => {
      const node = await pickRegister(session, vscode.l10n.t('Find Register'));
      if (node !== undefined) await tree.reveal(session, { id: node.id });
    })),
    vscode.commands.registerCommand('halcyon.filterPeripherals', async () => {
      const words = await vscode.window.showInputBox({ title: vscode.l10n.t('Filter Peripherals'), value: tree.filter(), prompt: vscode.l10n.t('Words of names, addresses and descriptions; empty shows everything') });
      if (words !== undefined) await tree.setFilter(words);
    }),
    vscode.commands.registerCommand('halcyon.clearPeripheralFilter', () => tree.setFilter('')),
    vscode.commands.registerCommand('halcyon.copyRegisterAddress', copy(({ node }) => node?.address)),
    vscode.commands.registerCommand('halcyon.copyRegisterName', copy(({ node }) => node?.path ?? node?.label)),
    vscode.commands.registerCommand('halcyon.copyRegisterExpression', copy(({ node }) => node?.expression ?? node?.path)),
  );
}

/** Runs on the folder in use, with a word to the user where there is none or something fails. */
export async function withChip(sessions: FolderSessions, run: (session: FolderSession) => Promise<void>): Promise<void> {
  const session = sessions.current();
  if (session === undefined) {
    await vscode.window.showWarningMessage(vscode.l10n.t('Open a firmware folder first.'));
    return;
  }
  try {
    await run(session);
  } catch (error) {
    await vscode.window.showErrorMessage(sentenceOf(error));
  }
}

/** A row of the view, as its menus hand it over. */
export function isRow(value: unknown): value is PeripheralRow {
  return typeof value === 'object' && value !== null && 'session' in value && 'node' in value;
}
