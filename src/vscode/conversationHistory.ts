import * as vscode from 'vscode';
import type { RecentConversation } from '../../webview/protocol.ts';
import type { Conversation } from './conversation.ts';
import { matching, type ConversationFiles, type ConversationSummary } from './conversationFiles.ts';
import { titleOf } from './conversationLog.ts';
import { conversationMarkdown } from './conversationMarkdown.ts';
import { sentenceOf } from './sentence.ts';

/** What the list of conversations needs. */
export interface HistoryOptions {
  readonly files: ConversationFiles;
  readonly conversation: Conversation;
  /** Leaves the conversation in use; what is being written stops. */
  readonly leave: () => void;
}

/** Registers "Show Conversations…" and "Export Conversation…". */
export function registerConversationHistory(options: HistoryOptions): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('halcyon.showConversations', () => showConversations(options)),
    vscode.commands.registerCommand('halcyon.exportConversation', async () => { await exportConversation(options); }),
  );
}

const recentOnPage = 3;

/** The last conversations but the one in use, for the empty page. */
export async function recentConversations({ files, conversation }: Pick<HistoryOptions, 'files' | 'conversation'>): Promise<RecentConversation[]> {
  const all = await files.list();
  return all.filter(({ id }) => id !== conversation.id()).slice(0, recentOnPage).map(({ id, title, modifiedMs }) => ({ id, title, when: whenText(modifiedMs) }));
}

interface Row extends vscode.QuickPickItem {
  readonly summary: ConversationSummary;
}

const renameButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Rename') };
const deleteButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Delete') };

async function showConversations(options: HistoryOptions): Promise<void> {
  const { files, conversation, leave } = options;
  await conversation.save().catch(() => undefined);
  let all = await files.list();
  const pick = vscode.window.createQuickPick<Row>();
  const show = (): void => { pick.items = matching(all, pick.value).map(summary => rowOf(summary, { query: pick.value, inUse: conversation.id() })); };
  Object.assign(pick, { title: vscode.l10n.t('Conversations'), placeholder: vscode.l10n.t('Search in questions and answers'), matchOnDescription: true, matchOnDetail: true });
  // A question about one of the rows hides the list for a moment.
  let isAside = false;
  pick.onDidHide(() => { if (!isAside) pick.dispose(); });
  pick.onDidChangeValue(show);
  pick.onDidTriggerItemButton(({ item: { summary }, button }) => {
    isAside = true;
    void (button === renameButton ? rename(files, summary) : remove(summary, options))
      .catch(async (error: unknown) => vscode.window.showErrorMessage(sentenceOf(error)))
      .then(async () => {
        all = await files.list();
        show();
        pick.show();
      }).finally(() => { isAside = false; });
  });
  pick.onDidAccept(() => {
    const [row] = pick.selectedItems;
    pick.hide();
    if (row === undefined) return;
    leave();
    void conversation.open(row.summary.id).then(() => vscode.commands.executeCommand('halcyon.chat.focus'));
  });
  show();
  pick.show();
}

function rowOf(summary: ConversationSummary, { query, inUse }: { readonly query: string; readonly inUse: string }): Row {
  const { id, title, modifiedMs, turns, text } = summary;
  const [word = ''] = query.toLowerCase().split(/\s+/).filter(each => each !== '');
  const at = word === '' ? -1 : text.toLowerCase().indexOf(word);
  // What was found is shown, and keeps the quick pick's own filter from hiding the row.
  const detail = at < 0 || title.toLowerCase().includes(word) ? '' : `…${text.slice(Math.max(0, at - 30), at + 90).replace(/\s+/g, ' ')}…`;
  return { summary, label: `$(${id === inUse ? 'check' : 'comment-discussion'}) ${title}`, description: `${whenText(modifiedMs)} · ${turns === 1 ? vscode.l10n.t('1 question') : vscode.l10n.t('{0} questions', turns)}`, ...(detail !== '' && { detail }), alwaysShow: true, buttons: [renameButton, deleteButton] };
}

async function rename(files: ConversationFiles, { id, title }: ConversationSummary): Promise<void> {
  const name = await vscode.window.showInputBox({ title: vscode.l10n.t('Rename'), value: title });
  if (name !== undefined && name.trim() !== '') await files.rename(id, name.trim());
}

async function remove({ id, title }: ConversationSummary, { files, conversation, leave }: HistoryOptions): Promise<void> {
  const yes = vscode.l10n.t('Delete');
  if (await vscode.window.showWarningMessage(vscode.l10n.t('Delete the conversation “{0}”?', title), { modal: true, detail: vscode.l10n.t('It cannot be brought back.') }, yes) !== yes) return;
  if (id === conversation.id()) {
    leave();
    // What is still being written must not come after the deletion.
    await conversation.startNew();
  }
  await files.remove(id);
}

async function exportConversation({ conversation, files }: HistoryOptions): Promise<void> {
  const turns = conversation.turns();
  if (turns.length === 0) {
    await vscode.window.showInformationMessage(vscode.l10n.t('There is no conversation to export yet.'));
    return;
  }
  const { title: chosen } = await files.read(conversation.id()) ?? {};
  const title = titleOf({ turns, ...(chosen !== undefined && { title: chosen }) });
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `${title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60) || 'conversation'}.md`;
  const uri = await vscode.window.showSaveDialog({ title: vscode.l10n.t('Export Conversation'), filters: { Markdown: ['md'] }, ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, name) }) });
  if (uri === undefined) return;
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(conversationMarkdown(title, turns)));
  await vscode.window.showTextDocument(uri);
}

function whenText(milliseconds: number): string {
  return new Date(milliseconds).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
}
