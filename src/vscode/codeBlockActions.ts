import * as path from 'node:path';
import * as vscode from 'vscode';
import type { CodeAction } from '../../webview/protocol.ts';
import { proposeEdit } from './proposedEdit.ts';

/** What the buttons of a code block do; the sentence, if any, is for a screen reader. */
export interface CodeBlockActions {
  carryOut(action: CodeAction, code: string, language: string): Promise<string | undefined>;
}

const scheme = 'halcyon-proposal';

interface Proposal {
  readonly target: vscode.Uri;
  readonly version: number;
  readonly text: string;
}

/** Registers the proposals' documents and the commands in the title of their comparison. */
export function registerCodeBlockActions(): { readonly actions: CodeBlockActions; readonly registration: vscode.Disposable } {
  const proposals = new Map<string, Proposal>();
  let count = 0;
  const propose = async (code: string): Promise<string | undefined> => {
    const editor = codeEditor();
    const { document } = editor;
    const { text, how } = proposeEdit({ text: document.getText(), start: document.offsetAt(editor.selection.start), end: document.offsetAt(editor.selection.end) }, code);
    const uri = vscode.Uri.from({ scheme, path: `/${++count}/${path.basename(document.fileName)}` });
    proposals.set(uri.path, { target: document.uri, version: document.version, text });
    const titles = { selection: vscode.l10n.t('Proposed for the selection'), functions: vscode.l10n.t('Proposed for the functions it defines'), file: vscode.l10n.t('Proposed for the whole file'), inserted: vscode.l10n.t('Proposed at the cursor') };
    await vscode.commands.executeCommand('vscode.diff', document.uri, uri, `${path.basename(document.fileName)}: ${titles[how]}`, { preview: true });
    return titles[how];
  };
  const registration = vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: uri => proposals.get(uri.path)?.text ?? '' }),
    vscode.commands.registerCommand('halcyon.applyProposal', async (uri?: vscode.Uri) => {
      const found = proposalOf(uri, proposals);
      if (found === undefined) return;
      if (await apply(found.proposal)) await closeProposal(found.uri, found.proposal.target);
    }),
    vscode.commands.registerCommand('halcyon.discardProposal', async (uri?: vscode.Uri) => {
      const found = proposalOf(uri, proposals);
      if (found !== undefined) await closeProposal(found.uri, found.proposal.target);
    }),
  );
  return { registration, actions: { carryOut: async (action, code, language) => action === 'apply' ? propose(code) : simpleAction(action, code, language) } };
}

async function simpleAction(action: Exclude<CodeAction, 'apply'>, code: string, language: string): Promise<string | undefined> {
  if (action === 'copy') {
    await vscode.env.clipboard.writeText(code);
    return vscode.l10n.t('Copied');
  }
  if (action === 'insert') {
    const editor = codeEditor();
    await editor.edit(edit => { edit.replace(editor.selection, code); });
    await vscode.window.showTextDocument(editor.document, { viewColumn: editor.viewColumn ?? vscode.ViewColumn.One });
    return undefined;
  }
  await saveAs(code, language);
  return undefined;
}

async function saveAs(code: string, language: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `answer.${/^(c|h|cpp|s|py|md|sh|ld|dts|json|yaml)$/i.test(language) ? language.toLowerCase() : language === '' ? 'c' : 'txt'}`;
  const uri = await vscode.window.showSaveDialog({ title: vscode.l10n.t('Save as File…'), ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, name) }) });
  if (uri === undefined) return;
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(code));
  await vscode.window.showTextDocument(uri);
}

/** The editor that code may go into: the active one, or one beside the comparison that is open. */
function codeEditor(): vscode.TextEditor {
  const usable = (editor: vscode.TextEditor): boolean => editor.document.uri.scheme === 'file' || editor.document.uri.scheme === 'untitled';
  const editor = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors].find(each => each !== undefined && usable(each));
  if (editor === undefined) throw new Error(vscode.l10n.t('Open the file that the code belongs into first.'));
  return editor;
}

function proposalOf(uri: vscode.Uri | undefined, proposals: ReadonlyMap<string, Proposal>): { readonly uri: vscode.Uri; readonly proposal: Proposal } | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const shown = uri?.scheme === scheme ? uri : input instanceof vscode.TabInputTextDiff && input.modified.scheme === scheme ? input.modified : undefined;
  const proposal = shown === undefined ? undefined : proposals.get(shown.path);
  return shown === undefined || proposal === undefined ? undefined : { uri: shown, proposal };
}

async function apply({ target, version, text }: Proposal): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(target);
  if (document.version !== version) {
    await vscode.window.showWarningMessage(vscode.l10n.t('{0} has changed since; compare again.', path.basename(document.fileName)));
    return false;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.replace(target, new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length)), text);
  return await vscode.workspace.applyEdit(edit);
}

/** Shows the file itself where the comparison was. */
async function closeProposal(uri: vscode.Uri, target: vscode.Uri): Promise<void> {
  const isOf = (tab: vscode.Tab): boolean => tab.input instanceof vscode.TabInputTextDiff && tab.input.modified.toString() === uri.toString();
  await vscode.window.tabGroups.close(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.filter(isOf)));
  await vscode.window.showTextDocument(target, { preview: false });
}
