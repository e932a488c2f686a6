import path from 'node:path';
import * as vscode from 'vscode';
import { datasetFolder } from '../node/datasetFolder.ts';
import { tuneRecipeFolder } from '../node/folders.ts';
import { tune, type TuneRequest, type Tuned } from '../node/tune.ts';
import { lossPlot } from '../node/tuneLossPlot.ts';
import type { TuneEvent, TuneStep } from '../node/tuneProcess.ts';
import { sentenceOf } from './sentence.ts';
import { readSettings, writeAdapters } from './settings.ts';

/** Trains a LoRA adapter of the chat model on the folder's exported dataset, and offers it when it is done. */
export async function tuneModel(chat: string | undefined): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined || chat === undefined) {
    await vscode.window.showErrorMessage(folder === undefined ? vscode.l10n.t('Open a firmware folder first.') : vscode.l10n.t('Select a chat model first: it is what is trained.'));
    return;
  }
  const data = path.join(datasetFolder(folder.uri.fsPath), 'export');
  const train = vscode.l10n.t('Train');
  const detail = vscode.l10n.t('A LoRA adapter of {0} is trained on {1}. It takes minutes to hours. Python packages of up to 6 GB are downloaded the first time; nothing of yours leaves this machine.', path.basename(chat), data);
  if (await vscode.window.showInformationMessage(vscode.l10n.t('Fine-tune the chat model on this folder\'s dataset?'), { modal: true, detail }, train) !== train) return;
  const request: TuneRequest = { method: 'lora', base: chat, data, output: path.join(folder.uri.fsPath, '.halcyon', 'tune', 'lora'), recipe: tuneRecipeFolder(), choices: {}, mayDownload: !readSettings().offline };
  try {
    await offer(await runWithProgress(request), chat);
  } catch (error) {
    await vscode.window.showErrorMessage(sentenceOf(error));
  }
}

async function runWithProgress(request: TuneRequest): Promise<Tuned> {
  const plot = openPlot();
  return await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Fine-tuning'), cancellable: true }, async (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => { abort.abort(); });
    return await tune(request, {
      signal: abort.signal,
      log: line => { progress.report({ message: line }); },
      onEvent: event => {
        plot(event);
        if (event.type === 'step') progress.report({ message: vscode.l10n.t('step {0} of {1}', event.step, event.of), increment: event.loss === undefined ? 0 : 100 / event.of });
      },
    });
  });
}

/** A page with the losses so far, drawn anew with every step; it appears with the first. */
function openPlot(): (event: TuneEvent) => void {
  const steps: TuneStep[] = [];
  let panel: vscode.WebviewPanel | undefined;
  let isClosed = false;
  return event => {
    if (event.type !== 'step' || isClosed) return;
    steps.push(event);
    if (panel === undefined) {
      panel = vscode.window.createWebviewPanel('halcyon.loss', vscode.l10n.t('Loss'), { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, { enableScripts: false, localResourceRoots: [] });
      panel.onDidDispose(() => { isClosed = true; });
    }
    panel.webview.html = `<!DOCTYPE html><html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'"></head><body>${lossPlot(steps)}</body></html>`;
  };
}

async function offer({ stopped, adapter, steps }: Tuned, chat: string): Promise<void> {
  if (stopped || adapter === undefined) {
    await vscode.window.showInformationMessage(vscode.l10n.t('The training was stopped at step {0}. Start it again to go on from there.', steps));
    return;
  }
  const use = vscode.l10n.t('Use Adapter');
  const message = vscode.l10n.t('The adapter is trained: {0}. Whether answers are better, `halcyon eval answers --adapter` tells.', adapter);
  if (await vscode.window.showInformationMessage(message, use) === use) await writeAdapters(path.basename(chat), [adapter]);
}
