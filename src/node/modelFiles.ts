import { createHash } from 'node:crypto';
import fs from 'node:fs';
import fsPromises from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { partialSuffix } from './fileDownload.ts';
import { checkGguf } from './gguf.ts';
import type { ListedModel } from './modelCatalog.ts';

/** What was found in a model file. */
export interface ModelVerification {
  readonly id: string;
  readonly ok: boolean;
  /** The catalogue knows the publisher's hash and the file has it. */
  readonly hashMatches?: boolean;
  /** A sentence, when it is not ok. */
  readonly problem?: string;
}

/** Reads a cached file whole: its structure, and its hash where the catalogue knows one. */
export async function verifyModel(model: ListedModel, signal?: AbortSignal): Promise<ModelVerification> {
  const { id, path: file } = model;
  if (file === undefined) return { id, ok: false, problem: model.problem ?? `${id} is not on this machine.` };
  const check = await checkGguf(file);
  if (!check.ok) return { id, ok: false, problem: check.problem };
  if (model.sha256 === undefined) return { id, ok: true };
  const hash = createHash('sha256');
  await pipeline(fs.createReadStream(file), hash, signal === undefined ? {} : { signal });
  const hashMatches = hash.digest('hex') === model.sha256;
  return hashMatches ? { id, ok: true, hashMatches } : { id, ok: false, hashMatches, problem: `${file} is not the file that the publisher has: its SHA-256 differs. Delete it and download it again, unless you put another version there yourself.` };
}

/** Deletes a cached model and what an interrupted download left; the bytes that became free. Rejects with a sentence. */
export async function deleteModel(model: Pick<ListedModel, 'id' | 'fileName'>, folder: string): Promise<number> {
  const names = [model.fileName, `${model.fileName}${partialSuffix}`, `.${model.fileName}.verified`];
  let freed = 0;
  for (const name of names) {
    const file = path.join(folder, path.basename(name));
    freed += (await fsPromises.stat(file).catch(() => undefined))?.size ?? 0;
    await fsPromises.rm(file, { force: true });
  }
  if (freed === 0) throw new Error(`${model.id} is not on this machine, so there is nothing to delete.`);
  return freed;
}

/** Puts a checked copy of a model file into the folder; on file systems that can, both share their bytes. Rejects with a sentence. */
export async function importModel(file: string, folder: string): Promise<{ readonly path: string }> {
  const check = await checkGguf(file);
  if (!check.ok) throw new Error(check.problem);
  const target = path.join(folder, path.basename(file));
  if (path.resolve(file) === path.resolve(target)) return { path: target };
  if (fs.existsSync(target)) throw new Error(`${path.basename(file)} is among the models already. Delete it first, or rename the new file.`);
  await fsPromises.mkdir(folder, { recursive: true });
  // Its name appears only when it is whole.
  const copy = `${target}.importing-${process.pid}`;
  try {
    await fsPromises.copyFile(file, copy, fs.constants.COPYFILE_FICLONE);
    await fsPromises.rename(copy, target);
  } finally {
    await fsPromises.rm(copy, { force: true });
  }
  return { path: target };
}

/** Bytes that the models folder takes, interrupted downloads and files of other kinds with it. */
export async function modelsDiskBytes(folder: string): Promise<number> {
  const names = await fsPromises.readdir(folder).catch(() => []);
  const sizes = await Promise.all(names.map(async name => (await fsPromises.stat(path.join(folder, name)).catch(() => undefined))?.size ?? 0));
  return sizes.reduce((sum, size) => sum + size, 0);
}
