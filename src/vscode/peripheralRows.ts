import * as path from 'node:path';
import * as vscode from 'vscode';
import type { OutlineNode } from '../core/index.ts';
import { descriptionFile } from './descriptionFile.ts';
import type { FolderSession } from './folderSession.ts';

/** A row of the Peripherals view: a folder's chip, or something of the chip. */
export interface PeripheralRow {
  readonly session: FolderSession;
  /** Absent: the chip itself. */
  readonly node?: OutlineNode;
}

/** Identifies a row in the view. */
export function rowId({ session, node }: PeripheralRow): string {
  return `${session.folder.uri.toString()}#${node?.id ?? ''}`;
}

/** The chip of a folder as the view's top row. */
export function chipItem(session: FolderSession, filter: string): vscode.TreeItem {
  const { device } = session.status;
  const item = new vscode.TreeItem(device?.device ?? session.folder.name, vscode.TreeItemCollapsibleState.Expanded);
  const described = descriptionFile(device);
  item.description = [described === undefined ? vscode.l10n.t('no description of its registers') : path.basename(described), ...(filter === '' ? [] : [`“${filter}”`])].join(' · ');
  item.iconPath = new vscode.ThemeIcon('circuit-board');
  item.contextValue = 'chip';
  return item;
}

/** A peripheral, register, field or page as a row; `uses` is how often a register is used, where that is known. */
export function nodeItem(node: OutlineNode, uses: number | undefined, isOpen: boolean): vscode.TreeItem {
  const state = !node.hasChildren ? vscode.TreeItemCollapsibleState.None : isOpen ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
  const item = new vscode.TreeItem(node.label, state);
  const used = uses === undefined || uses === 0 ? '' : uses === 1 ? vscode.l10n.t('1 use') : vscode.l10n.t('{0} uses', uses);
  // The count first: a narrow side bar cuts the rest.
  item.description = [used, node.detail, node.description ?? ''].filter(part => part !== '').join(' · ');
  item.iconPath = new vscode.ThemeIcon(icons[node.kind]);
  item.contextValue = node.kind;
  item.accessibilityInformation = { label: [kindText(node.kind), node.label, spoken(node), used, node.description ?? ''].filter(part => part !== '').join(', ') };
  return item;
}

const icons: Readonly<Record<OutlineNode['kind'], string>> = {
  group: 'symbol-namespace', peripheral: 'chip', cluster: 'symbol-structure', register: 'symbol-variable', field: 'symbol-field', array: 'symbol-array', page: 'list-tree',
};

function kindText(kind: OutlineNode['kind']): string {
  const texts: Readonly<Record<OutlineNode['kind'], string>> = {
    group: vscode.l10n.t('group'), peripheral: vscode.l10n.t('peripheral'), cluster: vscode.l10n.t('cluster'), register: vscode.l10n.t('register'),
    field: vscode.l10n.t('field'), array: vscode.l10n.t('array'), page: vscode.l10n.t('part of an array'),
  };
  return texts[kind];
}

/** The detail without abbreviations. */
function spoken({ kind, detail, address, access }: OutlineNode): string {
  return kind === 'field' ? [detail.split(' ', 1)[0] ?? '', access ?? ''].filter(part => part !== '').join(', ') : [address ?? detail, access ?? ''].filter(part => part !== '').join(', ');
}
