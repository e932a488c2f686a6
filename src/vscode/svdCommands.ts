import * as path from 'node:path';
import * as vscode from 'vscode';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import { writeSetting } from './settings.ts';

/** A file, none (`automatic`: by the part number), or nothing at all. */
type SvdDecision = { readonly file: string } | 'automatic' | 'cancelled';

interface SvdChoice extends vscode.QuickPickItem {
  readonly choose: () => Promise<SvdDecision>;
}

/** Registers "Choose SVD File…". */
export function registerSvdCommands(sessions: FolderSessions): vscode.Disposable {
  return vscode.commands.registerCommand('halcyon.chooseSvd', async () => {
    const session = sessions.current();
    if (session === undefined) {
      await vscode.window.showWarningMessage(vscode.l10n.t('Open a firmware folder first: the SVD file belongs to a folder.'));
      return;
    }
    const picked = await vscode.window.showQuickPick(choices(session), { title: vscode.l10n.t('Choose SVD File'), placeHolder: vscode.l10n.t('The file that describes the registers of your chip'), matchOnDescription: true });
    const decision = await picked?.choose() ?? 'cancelled';
    if (decision === 'cancelled') return;
    if (decision !== 'automatic' && !await isUsable(session, decision.file)) return;
    await writeSetting('svd.path', decision === 'automatic' ? undefined : decision.file, session.folder);
  });
}

async function choices(session: FolderSession): Promise<SvdChoice[]> {
  const found = await vscode.workspace.findFiles(new vscode.RelativePattern(session.folder, '**/*.{svd,atdf}'), '**/node_modules/**', 200);
  const inUse = session.status.device?.svd;
  return [
    { label: `$(folder-opened) ${vscode.l10n.t('Browse…')}`, choose: browse },
    { label: `$(search) ${vscode.l10n.t('By the detected part number')}`, description: session.status.device?.device ?? '', choose: () => Promise.resolve('automatic') },
    ...found.map(uri => session.fileOf(uri)).sort().map(file => ({
      label: path.posix.basename(file),
      description: path.posix.dirname(file) === '.' ? '' : path.posix.dirname(file),
      detail: inUse !== undefined && path.posix.basename(inUse) === path.posix.basename(file) ? vscode.l10n.t('in use') : '',
      choose: () => Promise.resolve({ file }),
    })),
  ];
}

async function browse(): Promise<SvdDecision> {
  const picked = await vscode.window.showOpenDialog({ title: vscode.l10n.t('Choose SVD File'), filters: { SVD: ['svd', 'xml'] } });
  const file = picked?.[0]?.fsPath;
  return file === undefined ? 'cancelled' : { file };
}

/** A file without a single peripheral would silently turn every hover off: say what is wrong with it instead. */
async function isUsable(session: FolderSession, file: string): Promise<boolean> {
  const { device, problems } = await session.engine.svd(file);
  if (device !== undefined && device.peripherals.length > 0) return true;
  const reason = problems[0]?.message ?? vscode.l10n.t('it describes no peripheral');
  await vscode.window.showErrorMessage(vscode.l10n.t('{0} cannot be used: {1}', path.basename(file), reason));
  return false;
}
