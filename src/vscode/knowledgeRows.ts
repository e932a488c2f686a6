import * as path from 'node:path';
import * as vscode from 'vscode';
import type { KnowledgeRoot, Problem } from '../core/index.ts';
import type { FolderSession } from './folderSession.ts';
import { indexText } from './indexText.ts';
import { numberText } from './numberText.ts';
import { problemLine } from './sentence.ts';
import { skipReasonText } from './skipReasonText.ts';

/** A row of the Knowledge view. */
export type KnowledgeRow =
  | RootRow
  | { readonly kind: 'reason'; readonly session: FolderSession; readonly root: KnowledgeRoot; readonly reason: string; readonly files: readonly string[] }
  | { readonly kind: 'file'; readonly session: FolderSession; readonly root: KnowledgeRoot; readonly file: string }
  | { readonly kind: 'problem'; readonly session: FolderSession; readonly problem: Problem };

/** A folder, or one of the rows that tell about the whole of it. */
export interface RootRow {
  readonly kind: 'root' | 'passages' | 'vectors' | 'size' | 'left';
  readonly session: FolderSession;
  readonly root: KnowledgeRoot;
}

/** Files shown below a reason; more of them say no more. */
const mostFiles = 500;

/** The rows below one. */
export function rowsBelow(row: KnowledgeRow): KnowledgeRow[] {
  if (row.kind === 'root') {
    const { session, root } = row;
    return [{ kind: 'passages', session, root }, { kind: 'vectors', session, root }, { kind: 'size', session, root }, ...(root.left.length > 0 ? [{ kind: 'left', session, root } as const] : [])];
  }
  if (row.kind === 'left') {
    const { session, root } = row;
    return [...Map.groupBy(root.left, ({ reason }) => reason)].map(([reason, left]) => ({ kind: 'reason' as const, session, root, reason, files: left.map(({ file }) => file) })).toSorted((one, other) => other.files.length - one.files.length);
  }
  if (row.kind !== 'reason') return [];
  return row.files.slice(0, mostFiles).map(file => ({ kind: 'file', session: row.session, root: row.root, file }));
}

/** How a row looks; `hasEmbedder`: whether there is a model that makes vectors. */
export function knowledgeItem(row: KnowledgeRow, hasEmbedder: boolean): vscode.TreeItem {
  switch (row.kind) {
    case 'root': return rootItem(row.session, row.root);
    case 'passages': return passagesItem(row.root);
    case 'vectors': return vectorsItem(row.root, hasEmbedder);
    case 'size': return sizeItem(row.root);
    case 'left': return leftItem(row.root);
    case 'reason': return reasonItem(row.reason, row.files.length);
    case 'file': return fileItem(row.session, row.root, row.file);
    case 'problem': return problemItem(row.problem);
  }
}

function rootItem(session: FolderSession, root: KnowledgeRoot): vscode.TreeItem {
  const isWorkspace = root.kind === 'workspace';
  const item = new vscode.TreeItem(isWorkspace ? session.folder.name : path.basename(root.folder), isWorkspace ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `${session.folder.uri.toString()}#${root.folder}`;
  // What does not fit beside the name stands below it.
  item.description = root.files === 1 ? vscode.l10n.t('1 file') : vscode.l10n.t('{0} files', numberText(root.files));
  item.iconPath = new vscode.ThemeIcon(isWorkspace ? 'root-folder' : root.kind === 'added' ? 'library' : 'package');
  item.contextValue = root.kind;
  const tooltip = new vscode.MarkdownString();
  const line = (text: string): void => { tooltip.appendText(text).appendMarkdown('\n\n'); };
  line(isWorkspace ? session.folder.uri.fsPath : root.folder);
  if (root.kind === 'included') line(vscode.l10n.t('Taken up because the build includes it: {0}', root.why));
  if (root.kind === 'added') line(vscode.l10n.t('Added by you'));
  if (isWorkspace) line(indexText(session));
  line(vscode.l10n.t('{0} definitions, {1} register accesses', numberText(root.symbols), numberText(root.registerAccesses)));
  item.tooltip = tooltip;
  return item;
}

function passagesItem({ chunks, symbols, registerAccesses }: KnowledgeRoot): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Passages'));
  item.description = numberText(chunks);
  item.iconPath = new vscode.ThemeIcon('list-unordered');
  item.tooltip = vscode.l10n.t('{0} definitions, {1} register accesses', numberText(symbols), numberText(registerAccesses));
  return item;
}

function vectorsItem({ chunks, embedded }: KnowledgeRoot, hasEmbedder: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Searchable by meaning'));
  if (!hasEmbedder) {
    item.description = vscode.l10n.t('no embedding model');
    item.iconPath = new vscode.ThemeIcon('circle-slash');
    item.tooltip = vscode.l10n.t('Without an embedding model all passages are found by words and names alone.');
    return item;
  }
  const share = chunks === 0 ? 0 : Math.floor(embedded / chunks * 100);
  item.description = `${share} %`;
  item.iconPath = new vscode.ThemeIcon(chunks > 0 && embedded === chunks ? 'check' : 'circle-outline');
  item.tooltip = vscode.l10n.t('{0} of {1} passages have a vector of the embedding model. By words and names all of them are found.', numberText(embedded), numberText(chunks));
  return item;
}

function sizeItem({ sizeBytes }: KnowledgeRoot): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Size of the index'));
  item.description = size(sizeBytes);
  item.iconPath = new vscode.ThemeIcon('database');
  return item;
}

function leftItem({ left }: KnowledgeRoot): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Left out'), vscode.TreeItemCollapsibleState.Collapsed);
  item.description = numberText(left.length);
  item.iconPath = new vscode.ThemeIcon('circle-slash');
  return item;
}

function reasonItem(reason: string, count: number): vscode.TreeItem {
  const text = skipReasonText(reason, vscode.l10n);
  const item = new vscode.TreeItem(text, vscode.TreeItemCollapsibleState.Collapsed);
  item.description = count > mostFiles ? vscode.l10n.t('{0}, the first {1} shown', numberText(count), numberText(mostFiles)) : numberText(count);
  item.tooltip = text;
  return item;
}

function fileItem(session: FolderSession, root: KnowledgeRoot, file: string): vscode.TreeItem {
  const uri = session.uriOf(root.folder === '' ? file : path.posix.join(root.folder, file));
  const item = new vscode.TreeItem(uri, vscode.TreeItemCollapsibleState.None);
  item.label = path.posix.basename(file);
  item.description = path.posix.dirname(file) === '.' ? '' : path.posix.dirname(file);
  if (!file.endsWith('/')) item.command = { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [uri] };
  return item;
}

function problemItem(problem: Problem): vscode.TreeItem {
  const item = new vscode.TreeItem(path.basename(problem.file));
  item.description = problem.message;
  item.tooltip = problemLine(problem);
  item.iconPath = new vscode.ThemeIcon('warning');
  item.contextValue = 'problem';
  return item;
}

function size(bytes: number): string {
  const megabytes = bytes / 1024 / 1024;
  return megabytes < 1 ? vscode.l10n.t('{0} kB', Math.round(bytes / 1024)) : vscode.l10n.t('{0} MB', megabytes < 10 ? megabytes.toFixed(1) : Math.round(megabytes));
}
