import fs from 'node:fs';
import path from 'node:path';
import { downloadFile, type DownloadOptions } from './fileDownload.ts';
import { checkGguf } from './gguf.ts';

/** What to download: an entry of the catalogue that has a `url`. */
export interface DownloadableModel {
  readonly url: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly sha256?: string;
}

/** Downloads a model into the folder, unless it is there; only ever called because the user asked for it. Rejects with a sentence for the user, or with the signal's reason when cancelled. */
export async function downloadModel(model: DownloadableModel, options: DownloadOptions): Promise<{ path: string }> {
  const file = path.join(options.folder, path.basename(model.fileName));
  options.signal?.throwIfAborted();
  if (fs.existsSync(file)) return { path: file };
  return downloadFile({ ...model, remedy: 'Choose another model, or download a .gguf file yourself and choose that.', findFault: partial => findFault(model, partial) }, options);
}

async function findFault({ fileName }: DownloadableModel, partial: string): Promise<string | undefined> {
  const check = await checkGguf(partial);
  return check.ok ? undefined : `What arrived as ${fileName} is no usable model and was thrown away: ${check.problem}`;
}
