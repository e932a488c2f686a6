import type { Host } from '../host.ts';
import { decodeText } from '../text/decodeText.ts';
import type { Problem } from '../text/problem.ts';

/** A source file's text, or why there is none. */
export type SourceText = { readonly text: string } | { readonly problem: Problem };

/** Reads a file as text; missing, unreadable, binary and files of more than `mostBytes` give a sentence that names the file and the remedy. */
export async function readSource(host: Host, file: string, mostBytes = Infinity): Promise<SourceText> {
  try {
    const bytes = await host.read(file);
    if (bytes === undefined) return { problem: { file, message: `${file}: no such file.` } };
    if (bytes.length > mostBytes) return { problem: { file, message: `${file} has more than ${Math.floor(mostBytes / 1e6)} MB and was not read; choose a smaller file.` } };
    const decoded = decodeText(bytes);
    return decoded.binary ? { problem: { file, message: `${file} is not a text file (${decoded.reason}).` } } : { text: decoded.text };
  } catch (error) {
    return { problem: { file, message: error instanceof Error ? error.message : String(error) } };
  }
}
