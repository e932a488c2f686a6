import fs from 'node:fs/promises';
import { ForwardReader } from './ggufBytes.ts';
import { readGgufHeader, type GgufHeader } from './ggufHeader.ts';
import { findModelFault, readMetadata, type GgufMetadata } from './ggufModel.ts';

/** Whether a file can be given to the native runtime, and what it is. */
export type GgufCheck = { readonly ok: true; readonly metadata: GgufMetadata } | { readonly ok: false; readonly problem: string };

/**
 * Checks a model file before it is loaded: llama.cpp ends the whole process on a malformed one. Reads only the header.
 * Never rejects; a problem is a sentence that names the file and the remedy.
 */
export async function checkGguf(file: string): Promise<GgufCheck> {
  try {
    const status = await fs.stat(file);
    if (status.isDirectory()) return { ok: false, problem: `${file} is a folder. Choose the .gguf file in it.` };
    // Opening a pipe would wait for whoever writes into it.
    if (!status.isFile()) return { ok: false, problem: `${file} is not an ordinary file. Choose a .gguf file.` };
    await using reader = await ForwardReader.open(file);
    return await checkContent(file, reader);
  } catch (error) {
    return { ok: false, problem: whyUnreadable(file, error) };
  }
}

async function checkContent(file: string, reader: ForwardReader): Promise<GgufCheck> {
  const otherFormat = await nameOtherFormat(reader);
  if (otherFormat !== undefined) return { ok: false, problem: `${file} ${otherFormat}` };
  let header: GgufHeader;
  try {
    header = await readGgufHeader(reader);
  } catch (error) {
    if (isSystemError(error)) throw error;
    return { ok: false, problem: `${file} cannot be used: ${error instanceof Error ? error.message : String(error)}. Download it again, or choose another model file.` };
  }
  const fault = findModelFault(header, reader.sizeBytes);
  if (fault !== undefined) return { ok: false, problem: `${file} cannot be used: ${fault}` };
  return { ok: true, metadata: readMetadata(header, reader.sizeBytes) };
}

/** What a file is that does not start as GGUF does, with the remedy; undefined when it does. */
async function nameOtherFormat(reader: ForwardReader): Promise<string | undefined> {
  if (reader.sizeBytes === 0) return 'is empty. Download it again.';
  const length = Math.min(512, reader.sizeBytes);
  await reader.need(length);
  const magic = Buffer.from(reader.take(length));
  reader.rewind();
  const text = magic.toString('latin1');
  if (text.startsWith('GGUF')) return undefined;
  if (text.startsWith('version https://git-lfs')) return 'is only a pointer that git-lfs left in place of the model. Run `git lfs pull` where it came from, or download the model itself.';
  if (/^\s*(<!doctype|<html|<\?xml|<head)/i.test(text)) return 'is a web page, not a model: the download was answered with a sign-in or error page. Download it again.';
  if (/^(lmgg|fmgg|tjgg)/.test(text)) return 'has the old GGML format, which GGUF replaced in 2023. Choose a GGUF file of the model.';
  if (text.startsWith('PK')) return 'is a zip archive (a PyTorch model, perhaps), not GGUF. Choose a .gguf file.';
  if (text.startsWith('{"', 8)) return 'is a safetensors file. Choose the .gguf file of the model.';
  if (!/[^\t\n\r\x20-\x7e]/.test(text)) return 'is a text file, not a model. Choose a .gguf file.';
  return 'is not a GGUF model. Choose a file that ends in .gguf and was downloaded completely.';
}

function whyUnreadable(file: string, error: unknown): string {
  const code = isSystemError(error) ? error.code : undefined;
  if (code === 'ENOENT') return `${file} is not there. Choose another model file, or download one with "Halcyon: Select Model…".`;
  if (code === 'EACCES' || code === 'EPERM') return `${file} may not be read. Change its permissions, or choose another model file.`;
  return `${file} could not be read (${error instanceof Error ? error.message : String(error)}). Choose another model file.`;
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
