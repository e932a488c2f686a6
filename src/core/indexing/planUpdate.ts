import { dirname } from 'node:path/posix';
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
  const { documents = [] } = run;
  const documentFiles = new Set(documents.map(({ file }) => file));
  const asked = askedFor(run.options.files);
  const records = await run.catalog.files(asked === undefined ? undefined : [...asked, ...asked.map(file => `${file}/`), ...documentFiles]);
  const listing = await listingOf(run, asked, records);
  run.skipped.push(...listing.skipped);
  const changed = listing.files.filter(({ file }) => !documentFiles.has(file))
    .map(entry => changedFile(entry, records.get(entry.file))).filter(file => file !== undefined)
    .sort((one, other) => one.priority - other.priority);
  const present = new Set([...listing.files.map(({ file }) => file), ...documentFiles]);
  const isUnreachable = belowAny(listing.skipped.filter(skipped => skipped.unreachable === true).map(({ file }) => file));
  const isMeant = asked === undefined ? () => true : belowAny(asked);
  return {
    changed,
    removed: [...records.keys()].filter(file => isMeant(file) && !present.has(file) && !isUnreachable(file)),
    documents: documents.filter(({ file, contentKey }) => records.get(file)?.contentKey !== contentKey),
  };
}

/** What was asked for and, where it is a file of rules, the folder that they hold for; undefined: everything. */
function askedFor(files: readonly string[] | undefined): readonly string[] | undefined {
  const ruled = files?.filter(file => ruleFile.test(file)).map(dirname) ?? [];
  return files === undefined || ruled.includes('.') ? undefined : [...new Set([...files, ...ruled])];
}

const ruleFile = /(^|\/)\.(git|halcyon)ignore$/;

/** How urgent a file's chunks are to embed: the user's own sources, then headers and documents, then registers, then what was installed. */
function filePriority(file: string): number {
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

/** From here on it is cheaper to list everything than to read the rules above each file. */
const manyAsked = 200;

async function listingOf(run: IndexRun, asked: readonly string[] | undefined, records: ReadonlyMap<string, FileRecord>): Promise<FileListing> {
  const { host, signal } = run;
  if (asked === undefined) return host.list(signal);
  if (asked.length >= manyAsked) {
    const { files, skipped } = await host.list(signal);
    const isMeant = belowAny(asked);
    const left = skipped.filter(({ file, unreachable }) => unreachable === true || isMeant(file));
    const listed = new Set([...files, ...skipped].map(({ file }) => file));
    return { files: files.filter(({ file }) => isMeant(file)), skipped: [...left, ...await leftWithFolder(run, asked.filter(file => !listed.has(file)), skipped)] };
  }
  const listings: FileListing[] = [];
  for (const file of asked) {
    signal?.throwIfAborted();
    listings.push(await listingOfOne(run, file, records));
  }
  return { files: distinct(listings.flatMap(({ files }) => files)), skipped: distinct(listings.flatMap(({ skipped }) => skipped)) };
}

/** Of the files that are not listed those that are there: a folder that is left out is listed by its own name alone. */
async function leftWithFolder({ host, signal }: IndexRun, asked: readonly string[], skipped: readonly SkippedFile[]): Promise<SkippedFile[]> {
  const folders = new Map(skipped.filter(({ file, unreachable }) => file.endsWith('/') && unreachable !== true).map(({ file, reason }) => [file, reason] as const));
  const found: SkippedFile[] = [];
  for (const file of folders.size === 0 ? [] : asked) {
    signal?.throwIfAborted();
    const reason = reasonOfFolder(file, folders);
    if (reason !== undefined && await host.stat(file).catch(() => undefined) !== undefined) found.push({ file, reason });
  }
  return found;
}

function reasonOfFolder(file: string, folders: ReadonlyMap<string, string>): string | undefined {
  for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) {
    const reason = folders.get(file.slice(0, end + 1));
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** One file, or what lies below a folder: an editor tells of a folder that came or went by its own name alone. */
async function listingOfOne({ host, signal }: IndexRun, file: string, records: ReadonlyMap<string, FileRecord>): Promise<FileListing> {
  try {
    const stamp = await host.stat(file);
    if (stamp === undefined) return records.has(file) ? nothing : await host.list(signal, file);
    const reason = await host.skipReason?.(file);
    return reason === undefined ? { files: [{ file, ...stamp }], skipped: [] } : { files: [], skipped: [{ file, reason }] };
  } catch (error) {
    if (signal?.aborted === true) throw error;
    // What is indexed of it stays.
    return { files: [], skipped: [{ file, reason: error instanceof Error ? error.message : String(error), unreachable: true }] };
  }
}

const nothing: FileListing = { files: [], skipped: [] };

function distinct<T extends { readonly file: string }>(entries: readonly T[]): T[] {
  return [...new Map(entries.map(entry => [entry.file, entry])).values()];
}

/** Tells the files that are one of these, or lie below one of them that is a folder. */
function belowAny(names: readonly string[]): (file: string) => boolean {
  const known = new Set(names.map(name => name.replace(/\/$/, '')));
  if (known.has('.')) return () => true;
  return file => {
    for (let end = file.length; end > 0; end = file.lastIndexOf('/', end - 1)) if (known.has(file.slice(0, end))) return true;
    return false;
  };
}
