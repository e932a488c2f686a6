import type { FileEntry, FileListing, SkippedFile } from '../host.ts';
import type { FileRecord } from '../store/catalog.ts';
import type { IndexRun, KnownDocument } from './updateIndex.ts';

/** What differs between the files and the index. */
export interface UpdatePlan {
  /** New or of another size or time, most important first. */
  readonly changed: readonly ChangedFile[];
  readonly removed: readonly string[];
  /** Documents beside the files that are new or have another content. */
  readonly documents: readonly KnownDocument[];
}

export interface ChangedFile extends FileEntry {
  readonly priority: number;
  /** The record before, when there was one. */
  readonly former?: FileRecord;
}

/** Compares the files asked for, or all of them, with the index's records; what is out of scope goes to the run's skipped files. */
export async function planUpdate(run: IndexRun): Promise<UpdatePlan> {
  const { documents = [], host, options: { files: asked }, signal } = run;
  const documentFiles = new Set(documents.map(({ file }) => file));
  const records = await run.catalog.files(asked === undefined ? undefined : [...asked, ...documentFiles]);
  const listing = asked === undefined ? await host.list(signal) : await listingOf(run, asked);
  run.skipped.push(...listing.skipped);
  const changed = listing.files.filter(({ file }) => !documentFiles.has(file))
    .map(entry => changedFile(entry, records.get(entry.file))).filter(file => file !== undefined)
    .sort((one, other) => one.priority - other.priority);
  const present = new Set([...listing.files.map(({ file }) => file), ...documentFiles]);
  const candidates = asked ?? [...records.keys()];
  const unreachable = listing.skipped.filter(skipped => skipped.unreachable === true).map(({ file }) => file);
  return {
    changed,
    removed: candidates.filter(file => records.has(file) && !present.has(file) && !isBelow(file, unreachable)),
    documents: documents.filter(({ file, contentKey }) => records.get(file)?.contentKey !== contentKey),
  };
}

/** How urgent a file's chunks are to embed: the user's own sources, then headers and documents, then registers, then what was installed. */
export function filePriority(file: string): number {
  const installed = installedFolder.test(file) || file.startsWith('/') || file.startsWith('..');
  if (!sourceOrDocument.test(file)) return installed ? 6 : 5;
  const header = /\.(h|hpp|hh|hxx|md|rst|txt)$/i.test(file);
  return (installed ? 3 : 0) + (header ? 1 : 0);
}

/** Priority of the register cards: after the workspace's own files, before SDKs. */
export const documentPriority = 2;

const installedFolder = /(^|\/)(vendor|third[-_]?party|external|extern|sdk|cmsis|drivers\/\w*hal\w*|\w*_hal_driver|middlewares?|packages|managed_components|\.pio|libdeps|build|modules|sdks?)\//i;
const sourceOrDocument = /\.(c|cc|cpp|cxx|ino|s|asm|h|hpp|hh|hxx|md|rst|txt|ld|icf|sct|dts|dtsi|overlay)$/i;

function changedFile(entry: FileEntry, former: FileRecord | undefined): ChangedFile | undefined {
  if (former?.sizeBytes === entry.sizeBytes && former.modifiedMs === entry.modifiedMs) return undefined;
  const priority = filePriority(entry.file);
  return former === undefined ? { ...entry, priority } : { ...entry, priority, former };
}

async function listingOf({ host }: IndexRun, asked: readonly string[]): Promise<FileListing> {
  const files: FileEntry[] = [];
  const skipped: SkippedFile[] = [];
  for (const file of new Set(asked)) {
    const stamp = await host.stat(file);
    if (stamp === undefined) continue;
    const reason = await host.skipReason?.(file);
    if (reason === undefined) files.push({ file, ...stamp });
    else skipped.push({ file, reason });
  }
  return { files, skipped };
}

function isBelow(file: string, folders: readonly string[]): boolean {
  return folders.some(folder => folder === './' || file === folder || file.startsWith(folder.endsWith('/') ? folder : `${folder}/`));
}
