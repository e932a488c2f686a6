import * as vscode from 'vscode';
import type { CompletionItem } from '../../webview/protocol.ts';
import type { FolderSession } from './folderSession.ts';

const mostItems = 12;

/** Names for what is being typed behind `#file:`, `#register:` or `#isr:`. */
export async function chatCompletions(kind: 'file' | 'register' | 'isr', query: string, session: FolderSession): Promise<CompletionItem[]> {
  if (kind === 'file') return files(query, session);
  if (kind === 'register') return registers(query, session);
  const { isrs } = await session.engine.isr();
  return isrs.filter(({ name }) => contains(name, query)).slice(0, mostItems).map(({ name, file, line }) => ({ value: name, detail: `${file}:${line}` }));
}

/** Open files first: they are what is being worked on. */
async function files(query: string, session: FolderSession): Promise<CompletionItem[]> {
  const open = vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'file' && !uri.path.endsWith('.git')).map(({ uri }) => session.fileOf(uri));
  // Letters in brackets would be a pattern of their own.
  const letters = query.replaceAll(/[[\]{}*?!]/g, '').split('/').at(-1) ?? '';
  const found = await vscode.workspace.findFiles(new vscode.RelativePattern(session.folder, `**/*${letters}*`), undefined, 200);
  const names = [...new Set([...open, ...found.map(uri => session.fileOf(uri)).toSorted((a, b) => a.length - b.length)])].filter(name => contains(name, query));
  return names.slice(0, mostItems).map(value => ({ value }));
}

async function registers(query: string, session: FolderSession): Promise<CompletionItem[]> {
  if (query === '') return (await session.engine.outline()).nodes.slice(0, mostItems).map(({ label, description, path }) => item(path ?? label, description));
  const { nodes } = await session.engine.outlineFind(query.replace('->', '.'), mostItems);
  return nodes.filter(({ kind }) => kind === 'register' || kind === 'peripheral').map(({ path, label, description }) => item(path ?? label, description));
}

function item(value: string, detail: string | undefined): CompletionItem {
  return { value, ...(detail !== undefined && detail !== '' && { detail }) };
}

function contains(name: string, query: string): boolean {
  return name.toLowerCase().includes(query.toLowerCase());
}
