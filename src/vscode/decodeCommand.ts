import * as vscode from 'vscode';
import type { DecodeReport } from '../core/index.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import { isRow, withChip } from './peripheralCommands.ts';
import { hardwareAtCursor, pathOf } from './registerAtCursor.ts';
import { pickRegister } from './registerPick.ts';
import { sentenceOf } from './sentence.ts';

/** Registers "Decode Register Value…": a value from the selection, the code at the cursor or the keyboard, shown field by field while it is typed. */
export function registerDecodeCommand(sessions: FolderSessions): vscode.Disposable {
  return vscode.commands.registerCommand('halcyon.decodeRegister', async (row?: unknown) => {
    if (isRow(row)) await showDecoded(row.session, registerOf(row.node?.path ?? '', row.node?.kind), '');
    else await withChip(sessions, async session => {
      const report = await hardwareAtCursor(session);
      const path = pathOf(report, false) ?? (await pickRegister(session, vscode.l10n.t('Decode Register Value: which register?'), true))?.path;
      if (path !== undefined) await showDecoded(session, path, selectedNumber() ?? report?.decoded?.value ?? '');
    });
  });
}

/** A field's value is decoded within its register. */
function registerOf(path: string, kind: string | undefined): string {
  return kind === 'field' ? path.slice(0, path.lastIndexOf('.')) : path;
}

function selectedNumber(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const text = editor?.document.getText(editor.selection).trim() ?? '';
  return numberPattern.test(text) ? text : undefined;
}

const numberPattern = /^(0x[\da-f_']+|0b[01_']+|\d[\d_']*)[ul]*$/i;

/** The input is the value, the rows are its fields: so a value can be pasted, read and changed in one place. */
function showDecoded(session: FolderSession, path: string, value: string): Promise<void> {
  const picker = vscode.window.createQuickPick();
  const copy: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('copy'), tooltip: vscode.l10n.t('Copy as Text') };
  let latest: DecodeReport | undefined;
  let asked = 0;
  picker.title = vscode.l10n.t('Decode {0}', path);
  picker.placeholder = vscode.l10n.t('A value such as 0x200C, 0b1010 or 12');
  picker.buttons = [copy];
  picker.value = value;
  const decode = async (text: string): Promise<void> => {
    const turn = ++asked;
    latest = undefined;
    try {
      const report = text.trim() === '' ? undefined : await session.engine.decode(path, text);
      if (turn !== asked) return;
      latest = report;
      picker.items = report === undefined ? [] : rowsOf(report);
    } catch (error) {
      picker.items = [{ label: `$(error) ${sentenceOf(error)}`, alwaysShow: true }];
    }
  };
  return new Promise(resolve => {
    picker.onDidChangeValue(text => { void decode(text); });
    const copyAll = async (): Promise<void> => {
      if (latest?.path === undefined) return;
      await vscode.env.clipboard.writeText(asText(latest));
      vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}', `${latest.path} = ${latest.value ?? ''}`), 3000);
    };
    picker.onDidTriggerButton(() => { void copyAll(); });
    picker.onDidAccept(() => { void copyAll().then(() => { picker.hide(); }); });
    picker.onDidHide(() => {
      picker.dispose();
      resolve();
    });
    picker.show();
    void decode(value);
  });
}

function rowsOf(report: DecodeReport): vscode.QuickPickItem[] {
  // Most often a warning names the reserved bits already.
  const reserved = report.warnings.some(warning => warning.includes(report.reservedBitsSet ?? '')) ? undefined : report.reservedBitsSet;
  const row = (label: string, description = ''): vscode.QuickPickItem => ({ label, description, alwaysShow: true });
  return [
    ...report.problems.map(({ message }) => row(`$(info) ${message}`)),
    ...(reserved === undefined ? [] : [row(`$(warning) ${vscode.l10n.t('Reserved bits set: {0}', reserved)}`)]),
    ...report.warnings.map(warning => row(`$(warning) ${warning}`)),
    ...report.fields.map(({ name, bits, value, meaning, description, change }) => row(`${name} = ${value}`, [`[${bits}]`, meaning ?? oneLine(description), change ?? ''].filter(part => part !== '').join(' · '))),
  ];
}

function asText({ path, value, fields, reservedBitsSet, warnings }: DecodeReport): string {
  return [
    `${path ?? ''} = ${value ?? ''}`,
    ...fields.map(field => `  [${field.bits}] ${field.name} = ${field.value}${(field.meaning ?? oneLine(field.description)) === '' ? '' : `  ${field.meaning ?? oneLine(field.description)}`}`),
    ...(reservedBitsSet === undefined ? [] : [`  ${vscode.l10n.t('Reserved bits set: {0}', reservedBitsSet)}`]),
    ...warnings.map(warning => `  ! ${warning}`),
  ].join('\n');
}

/** What a field is for, where its value has no name. */
function oneLine(description = ''): string {
  return description.replace(/\s+/g, ' ').trim().slice(0, 80);
}
