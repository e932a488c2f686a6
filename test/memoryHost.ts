import type { Host } from '../src/core/host.ts';

/** A workspace in memory: text or bytes by path; an Error as content stands for a file that cannot be read. */
export function memoryHost(files: Readonly<Record<string, string | Uint8Array | Error>>): Host {
  const bytesOf = (file: string): Uint8Array | undefined => {
    const content = Object.hasOwn(files, file) ? files[file] : undefined;
    if (content instanceof Error) throw content;
    return typeof content === 'string' ? new TextEncoder().encode(content) : content;
  };
  const sizeOf = (file: string) => files[file] instanceof Error ? 0 : bytesOf(file)?.byteLength ?? 0;
  let clock = 0;
  return {
    list: async (_signal, below) => ({ files: Object.keys(files).filter(file => below === undefined || file.startsWith(`${below}/`)).map(file => ({ file, sizeBytes: sizeOf(file), modifiedMs: 0 })), skipped: [] }),
    read: async file => bytesOf(file),
    stat: async file => Object.hasOwn(files, file) ? { sizeBytes: sizeOf(file), modifiedMs: 0 } : undefined,
    log: () => undefined,
    now: () => clock++,
  };
}
