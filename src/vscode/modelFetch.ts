import * as vscode from 'vscode';
import type { ListedModel } from '../node/modelCatalog.ts';
import type { DownloadProgress } from '../node/fileDownload.ts';
import { downloadModel } from '../node/modelDownload.ts';
import { bytesText } from './modelRows.ts';
import { sentenceOf } from './sentence.ts';

/** Where a download goes, and whether it may. */
export interface FetchOptions {
  readonly folder: string;
  readonly offline: boolean;
}

/** Asks, then downloads with progress; undefined when the user declined, cancelled or gave up. What has arrived is kept. */
export async function fetchModel(model: ListedModel, options: FetchOptions): Promise<string | undefined> {
  const { url } = model;
  if (url === undefined) return undefined;
  const download = vscode.l10n.t('Download');
  const question = vscode.l10n.t('Download {0} from {1}?', model.name, new URL(url).host);
  const detail = vscode.l10n.t('{0}, licence {1}. It is kept in {2} and runs on this machine only.', bytesText(model.sizeBytes), model.license, options.folder);
  if (!options.offline && await vscode.window.showInformationMessage(question, { modal: true, detail }, download) !== download) return undefined;
  for (;;) {
    const outcome = await attempt({ ...model, url }, options);
    if (outcome.file !== undefined) return outcome.file;
    if (outcome.failure === undefined) {
      await vscode.window.showInformationMessage(vscode.l10n.t('The download was stopped. What has arrived is kept; select the model again to go on.'));
      return undefined;
    }
    const again = vscode.l10n.t('Try Again');
    if (await vscode.window.showErrorMessage(outcome.failure, ...(options.offline ? [] : [again])) !== again) return undefined;
  }
}

interface Outcome {
  readonly file?: string;
  /** Absent, like `file`, when the user cancelled. */
  readonly failure?: string;
}

async function attempt(model: ListedModel & { readonly url: string }, options: FetchOptions): Promise<Outcome> {
  const title = vscode.l10n.t('Downloading {0}', model.name);
  return await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => { abort.abort(); });
    try {
      const { path } = await downloadModel(model, { ...options, signal: abort.signal, onProgress: reporter(progress) });
      return { file: path };
    } catch (error) {
      return abort.signal.aborted ? {} : { failure: sentenceOf(error) };
    }
  });
}

/** The notification wants steps; a download tells totals, and resumed ones start in the middle. */
function reporter(progress: vscode.Progress<{ message?: string; increment?: number }>): (now: DownloadProgress) => void {
  let shown = 0;
  return now => {
    const percent = percentOf(now);
    progress.report({ message: progressText(now), increment: now.phase === 'verifying' ? 0 : Math.max(0, percent - shown) });
    if (now.phase === 'downloading') shown = Math.max(shown, percent);
  };
}

/** How far a download is, in words. */
export function progressText(now: DownloadProgress): string {
  return now.phase === 'verifying' ? vscode.l10n.t('checking, {0} %', percentOf(now)) : vscode.l10n.t('{0} of {1}', bytesText(now.doneBytes), bytesText(now.totalBytes));
}

function percentOf({ doneBytes, totalBytes }: DownloadProgress): number {
  return totalBytes === 0 ? 0 : Math.floor(doneBytes / totalBytes * 100);
}
