import * as path from 'node:path/posix';
import type { Host } from '../host.ts';
import { copiedPaths, includedPaths, patchTarget, type SvdPatch } from '../parse/svdPatchTree.ts';
import type { Problem } from '../text/problem.ts';
import { hashText } from '../text/hash.ts';
import { readSource } from './readSource.ts';

/** The patches that correct a chip's description. */
export interface LoadedPatches {
  readonly patches: readonly SvdPatch[];
  readonly problems: readonly Problem[];
  /** Of the texts of all patches; empty without any. */
  readonly key: string;
}

/** Patches that lie in a workspace, by name. */
export const patchPattern = /\.svd\.patch\.ya?ml$/i;

/** Files that include each other can be many, but not without end. */
const mostFiles = 2000;
const deepest = 20;

/** Description files that one patch may copy from; each is read whole. */
const mostCopied = 8;

/** Reads the patches and what they include. Those that say they are for another SVD file than `svdFile` are left out, with a problem when the user named them. */
export async function loadPatches(host: Host, svdFile: string, files: { readonly named: readonly string[]; readonly found: readonly string[] }): Promise<LoadedPatches> {
  const loading: Loading = { host, problems: [], texts: [], files: 0 };
  const patches: SvdPatch[] = [];
  for (const file of [...files.named, ...files.found]) {
    const patch = await load(file, loading, 0);
    if (patch === undefined) continue;
    const target = patchTarget(patch);
    if (target === undefined || isSameFile(target, svdFile)) patches.push(patch);
    else if (files.named.includes(file)) loading.problems.push({ file, message: `${file} is for ${path.basename(target)}, not for ${path.basename(svdFile)}, and is not applied.` });
  }
  return { patches, problems: loading.problems, key: patches.length === 0 ? '' : hashText(loading.texts.join('\0')) };
}

interface Loading {
  readonly host: Host;
  readonly problems: Problem[];
  readonly texts: string[];
  files: number;
}

async function load(file: string, loading: Loading, depth: number): Promise<SvdPatch | undefined> {
  loading.files += 1;
  if (depth > deepest || loading.files > mostFiles) {
    if (loading.files === mostFiles + 1 || depth === deepest + 1) loading.problems.push({ file, message: `${file} is not read: patches include each other more than ${deepest} deep, or more than ${mostFiles} files.` });
    return undefined;
  }
  const source = await readSource(loading.host, file);
  if ('problem' in source) {
    loading.problems.push(source.problem);
    return undefined;
  }
  loading.texts.push(source.text);
  const includes = new Map<string, SvdPatch>();
  for (const name of includedPaths({ file, text: source.text })) {
    const included = await load(path.join(path.dirname(file), name), loading, depth + 1);
    if (included !== undefined) includes.set(name, included);
  }
  return { file, text: source.text, includes, copied: await copiedTexts({ file, text: source.text }, loading) };
}

/** Other SVD files whose peripherals the patch copies; one that cannot be read is told where it is used. */
async function copiedTexts(patch: Pick<SvdPatch, 'file' | 'text'>, loading: Loading): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const name of copiedPaths(patch).slice(0, mostCopied)) {
    const source = await readSource(loading.host, path.join(path.dirname(patch.file), name));
    if ('problem' in source) continue;
    texts.set(name, source.text);
    loading.texts.push(source.text);
  }
  return texts;
}

function isSameFile(target: string, svdFile: string): boolean {
  const stem = (file: string) => path.basename(file.replaceAll('\\', '/')).replace(/\.patched$/i, '').replace(/\.(svd|xml)$/i, '').toLowerCase();
  return stem(target) === stem(svdFile);
}
