/** A failure of the index, told in a sentence for the user. */
export class IndexError extends Error {
  override readonly name = 'IndexError';
}

/** Runs the work; what goes wrong becomes a sentence that names the folder and the remedy. */
export function inWords<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw worded(folder, error);
  }
}

/** The failure as a sentence. */
export function worded(folder: string, error: unknown): IndexError {
  return error instanceof IndexError ? error : new IndexError(sentence(folder, error), { cause: error });
}

/** True when the database file itself is broken. */
export function isDamage(error: unknown): boolean {
  return codeOf(error) === corruptCode || codeOf(error) === notADatabaseCode;
}

/** True when the storage lets nothing be written. */
export function isReadOnly(error: unknown): boolean {
  return codeOf(error) === readOnlyCode || (error instanceof Error && /EACCES|EPERM|EROFS|readonly/i.test(error.message));
}

const readOnlyCode = 8;
const corruptCode = 11;
const fullCode = 13;
const notADatabaseCode = 26;

function codeOf(error: unknown): number | undefined {
  // The low byte of an extended result code is the plain one.
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}

function sentence(folder: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = codeOf(error);
  if (code === fullCode || /ENOSPC/.test(message)) return `The disk is full: the index in ${folder} could not be written. Free some space and index again; what was indexed before is kept.`;
  if (isDamage(error)) return `The index in ${folder} is damaged (${message}). Run "Halcyon: Rebuild Index".`;
  if (/no such module: fts5/i.test(message)) return `The SQLite of this editor lacks full-text search (FTS5), which the index in ${folder} needs. Update the editor.`;
  if (isReadOnly(error)) return `The index in ${folder} cannot be written: ${message}. Choose another storage folder or mend its permissions.`;
  return `The index in ${folder} failed: ${message}`;
}
