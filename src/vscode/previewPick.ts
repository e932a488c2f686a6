import * as vscode from 'vscode';
import type { FolderSession } from './folderSession.ts';
import { sentenceOf } from './sentence.ts';

/** A place in a file, lines and columns from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  /** Default: the start of the line. */
  readonly column?: number;
  /** Default: the line itself. */
  readonly endLine?: number;
  /** Default true; false for what has no lines of its own in its file, as a register's card in a description. */
  readonly isPreviewed?: boolean;
}

/** A row that stands for a place; one without only tells something. */
export interface PlaceItem extends vscode.QuickPickItem {
  readonly place?: Place | undefined;
}

/**
 * Shows a list whose places appear in the editor while the user goes through it. What is chosen stays open; when
 * nothing is, the editor shows again what it did before. Resolves with the button pressed, if one was.
 */
export async function pickPlace(session: FolderSession, picker: vscode.QuickPick<PlaceItem>): Promise<vscode.QuickInputButton | undefined> {
  const before = vscode.window.activeTextEditor;
  const chosen = await choose(session, picker);
  if (chosen.button !== undefined) return chosen.button;
  if (chosen.place !== undefined) await showPlace(session, chosen.place);
  else if (before !== undefined) await vscode.window.showTextDocument(before.document, { selection: before.selection, ...(before.viewColumn !== undefined && { viewColumn: before.viewColumn }) });
  return undefined;
}

/** Opens the place, or tells why that cannot be; a preview leaves the focus where it is, and says nothing. */
async function showPlace(session: FolderSession, { file, line, column = 1, endLine = line }: Place, isPreview = false): Promise<void> {
  const start = new vscode.Position(line - 1, column - 1);
  try {
    const editor = await vscode.window.showTextDocument(session.uriOf(file), { selection: new vscode.Range(start, start), preserveFocus: isPreview, preview: true });
    if (isPreview) revealBelowList(editor, start.line);
    else editor.revealRange(new vscode.Range(start, new vscode.Position(endLine - 1, 0)), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  } catch (error) {
    // Too large for an editor, or gone since.
    if (!isPreview) await vscode.window.showWarningMessage(sentenceOf(error));
  }
}

/** The list covers the upper half of the editor, where a place is shown by default. */
function revealBelowList(editor: vscode.TextEditor, line: number): void {
  const [visible] = editor.visibleRanges;
  const rows = visible === undefined ? usualRows : Math.max(visible.end.line - visible.start.line, usualRows / 2);
  const top = new vscode.Position(Math.max(0, line - Math.ceil(rows * 0.55)), 0);
  editor.revealRange(new vscode.Range(top, top), vscode.TextEditorRevealType.AtTop);
}

/** Lines of an editor that has not been laid out yet. */
const usualRows = 40;

interface Choice {
  readonly place?: Place | undefined;
  readonly button?: vscode.QuickInputButton | undefined;
}

async function choose(session: FolderSession, picker: vscode.QuickPick<PlaceItem>): Promise<Choice> {
  let button: vscode.QuickInputButton | undefined;
  picker.onDidChangeActive(([item]) => { if (item?.place !== undefined && item.place.isPreviewed !== false) void showPlace(session, item.place, true); });
  picker.onDidTriggerButton(pressed => {
    button = pressed;
    picker.hide();
  });
  const item = await pickedItem(picker);
  return { place: item?.place, button };
}

/** Shows a list until a row is chosen or the list is left; resolves with the row, and the list is gone. */
export function pickedItem<T extends vscode.QuickPickItem>(picker: vscode.QuickPick<T>): Promise<T | undefined> {
  return new Promise(resolve => {
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}
