import * as path from 'node:path';
import * as vscode from 'vscode';
import type { DeviceCandidate } from '../core/index.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import { writeSetting } from './settings.ts';

/** A part number, the detection's own choice, or another command that goes on. */
type ChipDecision = { readonly part: string | undefined } | { readonly command: string };

interface ChipItem extends vscode.QuickPickItem {
  readonly decide: () => Promise<ChipDecision | undefined>;
}

/** Registers "Choose Chip…"; says once for each folder when several chips are as likely. */
export function registerChipCommands(sessions: FolderSessions, memory: vscode.Memento): vscode.Disposable {
  sessions.onStatus(session => { if (session !== undefined) void hintWhenClose(session, memory); });
  return vscode.commands.registerCommand('halcyon.chooseChip', async () => {
    const session = await pickFolder(sessions);
    if (session === undefined) return;
    if (session.status.device === undefined) await session.refreshDevice();
    const picked = await vscode.window.showQuickPick(itemsOf(session), { title: vscode.l10n.t('Choose Chip'), placeHolder: vscode.l10n.t('The chip that {0} is for', session.folder.name), matchOnDetail: true, matchOnDescription: true });
    const decision = await picked?.decide();
    if (decision === undefined) return;
    if ('command' in decision) await vscode.commands.executeCommand(decision.command);
    else await writeSetting('device', decision.part, session.folder);
  });
}

/** The folder in question: the only one, or the one that is picked. */
export async function pickFolder(sessions: FolderSessions): Promise<FolderSession | undefined> {
  const all = sessions.all();
  if (all.length === 0) await vscode.window.showWarningMessage(vscode.l10n.t('Open a firmware folder first.'));
  if (all.length < 2) return all[0];
  const items = all.map(session => ({ session, label: session.folder.name, description: session.status.device?.device ?? vscode.l10n.t('not detected') }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Which folder?') }))?.session;
}

function itemsOf({ status: { device } }: FolderSession): ChipItem[] {
  const separator = (label: string): ChipItem => ({ label, kind: vscode.QuickPickItemKind.Separator, decide: async () => undefined });
  const candidates = device?.candidates ?? [];
  return [
    ...(candidates.length > 0 ? [separator(vscode.l10n.t('detected'))] : []),
    ...candidates.map(candidate => candidateItem(candidate, device?.device)),
    separator(vscode.l10n.t('others')),
    { label: `$(edit) ${vscode.l10n.t('Another part number…')}`, decide: typedPart },
    { label: `$(search) ${vscode.l10n.t('By detection')}`, description: vscode.l10n.t('forget the choice'), decide: async () => ({ part: undefined }) },
    { label: `$(file) ${vscode.l10n.t('Choose SVD File…')}`, description: device?.svd === undefined ? vscode.l10n.t('none') : path.basename(device.svd), decide: async () => ({ command: 'halcyon.chooseSvd' }) },
    { label: `$(cloud-download) ${vscode.l10n.t('Download SVD…')}`, decide: async () => ({ command: 'halcyon.downloadSvd' }) },
  ];
}

function candidateItem({ name, sources }: DeviceCandidate, inUse: string | undefined): ChipItem {
  const [first, ...others] = sources;
  const evidence = first === undefined ? '' : `${first.file === '' ? '' : `${first.file}${first.line === undefined ? '' : `:${first.line}`}  `}${first.evidence}`;
  const detail = others.length === 0 ? evidence : vscode.l10n.t('{0} (and {1} more)', evidence, others.length);
  return { label: `$(circuit-board) ${name}`, description: name === inUse ? vscode.l10n.t('in use') : '', detail, decide: async () => ({ part: name }) };
}

async function typedPart(): Promise<ChipDecision | undefined> {
  const part = await vscode.window.showInputBox({
    title: vscode.l10n.t('Choose Chip'), prompt: vscode.l10n.t('Part number, such as STM32F407VGT6 or nRF52840'),
    validateInput: text => /^[\w .\-/]{3,60}$/.test(text.trim()) ? undefined : vscode.l10n.t('A part number has letters and digits.'),
  });
  return part === undefined ? undefined : { part: part.trim() };
}

/** Two candidates within this share of the better one's score are as likely. */
const closeShare = 0.9;

async function hintWhenClose(session: FolderSession, memory: vscode.Memento): Promise<void> {
  const [first, second] = session.status.device?.candidates ?? [];
  const key = `halcyon.closeChips:${session.folder.uri.toString()}`;
  const names = `${first?.name ?? ''} ${second?.name ?? ''}`;
  if (first === undefined || second === undefined || second.score < first.score * closeShare || memory.get(key) === names) return;
  await memory.update(key, names);
  const choose = vscode.l10n.t('Choose Chip…');
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t('{0} may be for {1} or {2}.', session.folder.name, first.name, second.name), choose);
  if (answer === choose) await vscode.commands.executeCommand('halcyon.chooseChip');
}
