import * as vscode from 'vscode';
import type { OutlineNode } from '../core/index.ts';
import type { FolderSession } from './folderSession.ts';
import { pickedItem } from './previewPick.ts';
import { sentenceOf } from './sentence.ts';

interface RegisterItem extends vscode.QuickPickItem {
  readonly node: OutlineNode;
}

/** Lets the user find a peripheral, register or field by name, address or description; undefined when nothing was chosen. */
export async function pickRegister(session: FolderSession, title: string, onlyRegisters = false): Promise<OutlineNode | undefined> {
  const picker = vscode.window.createQuickPick<RegisterItem>();
  picker.title = title;
  picker.placeholder = vscode.l10n.t('Name, address or words of the description: USART2 CR1, 0x4000440C, baud rate');
  picker.matchOnDescription = true;
  let asked = 0;
  const search = async (query: string): Promise<void> => {
    const turn = ++asked;
    picker.busy = query.trim() !== '';
    try {
      const { nodes, total, problems } = query.trim() === '' ? { nodes: [], total: 0, problems: [] } : await session.engine.outlineFind(query);
      // An answer to what was typed before comes too late.
      if (turn !== asked) return;
      picker.items = nodes.filter(({ kind }) => !onlyRegisters || kind === 'register').map(itemOf);
      picker.title = total > nodes.length ? vscode.l10n.t('{0} (the first {1} of {2})', title, nodes.length, total) : problems[0]?.message ?? title;
    } catch (error) {
      picker.title = sentenceOf(error);
    } finally {
      if (turn === asked) picker.busy = false;
    }
  };
  picker.onDidChangeValue(value => { void search(value); });
  return (await pickedItem(picker))?.node;
}

function itemOf(node: OutlineNode): RegisterItem {
  // The list is the engine's answer already: the picker's own filter must not thin it out.
  return { node, label: `$(${node.kind === 'field' ? 'symbol-field' : node.kind === 'register' ? 'symbol-variable' : 'chip'}) ${node.path ?? node.label}`, description: node.detail, detail: node.description ?? '', alwaysShow: true };
}
