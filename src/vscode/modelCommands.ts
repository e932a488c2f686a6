import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { writeSetting } from './settings.ts';

/** Registers "Choose Model File…". */
export function registerModelCommands(): vscode.Disposable {
  return vscode.commands.registerCommand('halcyon.chooseModelFile', chooseModelFile);
}

async function chooseModelFile(): Promise<void> {
  const picked = await vscode.window.showOpenDialog({ title: vscode.l10n.t('Choose Model File'), filters: { GGUF: ['gguf'] } });
  const file = picked?.[0]?.fsPath;
  if (file === undefined) return;
  if (await startsLikeGguf(file)) await writeSetting('model.path', file);
  else await vscode.window.showErrorMessage(vscode.l10n.t('{0} is not a GGUF model. Choose a file that ends in .gguf and was downloaded completely.', path.basename(file)));
}

/** A file with another head would only fail later, in the middle of a question. */
async function startsLikeGguf(file: string): Promise<boolean> {
  const handle = await fs.open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === 'GGUF';
  } finally {
    await handle.close();
  }
}
