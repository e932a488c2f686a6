import type { FileStamp, Host } from '../host.ts';
import { hashText } from '../text/hash.ts';

/** Unsaved texts of open editors, over the disk. */
export interface UnsavedText {
  readonly host: Host;
  /** The editor's text of the file from now on; undefined: the disk's again. */
  readonly set: (file: string, text: string | undefined) => void;
}

/**
 * A host that reads an editor's unsaved text instead of the file on disk. Such a text has a time that
 * stands for its content and lies before every file's: when the editor is gone, saved or not, the file on disk differs from what is indexed and is read again.
 */
export function withUnsavedText(disk: Host): UnsavedText {
  const texts = new Map<string, { readonly bytes: Uint8Array; readonly stamp: FileStamp }>();
  return {
    host: {
      ...disk,
      read: async file => texts.get(file)?.bytes ?? disk.read(file),
      stat: async file => texts.get(file)?.stamp ?? disk.stat(file),
      list: async (signal, below) => {
        const { files, skipped } = await disk.list(signal, below);
        return { files: files.map(entry => ({ ...entry, ...texts.get(entry.file)?.stamp })), skipped };
      },
    },
    set: (file, text) => {
      if (text === undefined) {
        texts.delete(file);
        return;
      }
      const bytes = new TextEncoder().encode(text);
      texts.set(file, { bytes, stamp: { sizeBytes: bytes.length, modifiedMs: -Number.parseInt(hashText(text).slice(0, 12), 16) } });
    },
  };
}
