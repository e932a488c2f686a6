/** What the core asks of the world. Paths are POSIX style and relative to the workspace root, or absolute for files outside it. */
export interface Host {
  /** Every file below the workspace, or below one folder of it, that is in scope, with what is left out and why. Nothing, where there is no such folder. */
  list(signal?: AbortSignal, below?: string): Promise<FileListing>;
  /** The bytes of a file; undefined when it does not exist (any more). Rejects with a sentence naming the file when it cannot be read. */
  read(file: string): Promise<Uint8Array | undefined>;
  /** Why a file would not be listed (excluded, a build output, too large); undefined when it would, or is not there. Absent: everything is in scope. Rejects with a sentence when that cannot be told. */
  skipReason?(file: string): Promise<string | undefined>;
  /** Size and modification time; undefined when there is no such file. Rejects with a sentence when that cannot be told (no permission, a drive that is away). */
  stat(file: string): Promise<FileStamp | undefined>;
  /** One line for the output channel; never shown as an answer. */
  log(message: string): void;
  /** Lets whatever else waits in this thread go first; absent: there is nothing else. */
  pause?(): Promise<void>;
  /** Milliseconds from an arbitrary start: the core has no clock of its own. */
  now(): number;
}

export interface FileStamp {
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

export interface FileEntry extends FileStamp {
  readonly file: string;
}

export interface FileListing {
  readonly files: readonly FileEntry[];
  readonly skipped: readonly SkippedFile[];
}

export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
  /** It could not be looked at just now (no permission, a drive that is away): what is indexed below it stays. */
  readonly unreachable?: boolean;
}
