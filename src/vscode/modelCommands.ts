import * as vscode from 'vscode';
import type { ModelsWatch } from './modelsInUse.ts';

/** Registers "Select Model…", "Choose Model File…" and "Fine-Tune Model…". */
export function registerModelCommands(models: ModelsWatch): vscode.Disposable {
  // Catalogue, checks and download are loaded with the first use: activation must not pay for them.
  return vscode.Disposable.from(
    vscode.commands.registerCommand('halcyon.selectModel', async () => { await (await import('./modelSelection.ts')).selectModel(models); }),
    vscode.commands.registerCommand('halcyon.tuneModel', async () => { await (await import('./tuneCommand.ts')).tuneModel(models.current().chat); }),
    vscode.commands.registerCommand('halcyon.chooseModelFile', async () => { await (await import('./modelSelection.ts')).chooseModelFile(); }),
  );
}
