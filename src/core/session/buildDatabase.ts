import { entryOptions, parseBuildEntries, type BuildEntry } from '../parse/compileCommands.ts';
import type { EngineParts } from './parts.ts';
import { readSource } from './readSource.ts';

/** What the compilation databases of the workspace say together. */
export interface BuildDatabase {
  /** The commands that compile the file, by its name in the index. */
  readonly entriesOf: (file: string) => readonly BuildEntry[];
  /** Folders that any command looks for headers in. */
  readonly includeFolders: () => ReadonlySet<string>;
}

/** Builds beside each other. */
const mostDatabases = 3;
const mostBytes = 64_000_000;

interface ReadDatabase {
  readonly stamp: string;
  readonly database: BuildDatabase;
}

/** A database while it is unchanged: it is megabytes, and every question asks. */
const read = new WeakMap<EngineParts, ReadDatabase>();

/** Reads the databases that the index knows; undefined where there is none. */
export async function openBuildDatabase(parts: EngineParts): Promise<BuildDatabase | undefined> {
  const { catalog } = await parts.index();
  const files = await catalog.filesNamed?.('compile_commands.json', mostDatabases) ?? [];
  if (files.length === 0) return undefined;
  const stamps = await Promise.all(files.map(async file => parts.host.stat(file).catch(() => undefined)));
  const stamp = JSON.stringify([files, stamps]);
  const known = read.get(parts);
  if (known?.stamp === stamp) return known.database;
  const texts = await Promise.all(files.map(async file => readSource(parts.host, file, mostBytes)));
  const database = databaseOf(texts.flatMap(source => ('problem' in source ? [] : parseBuildEntries(source.text))));
  read.set(parts, { stamp, database });
  return database;
}

function databaseOf(entries: readonly BuildEntry[]): BuildDatabase {
  const byName = Map.groupBy(entries, ({ file }) => nameOf(file));
  let folders: ReadonlySet<string> | undefined;
  return {
    entriesOf: file => (byName.get(nameOf(file)) ?? []).filter(entry => isSame(entry.file, file)),
    includeFolders: () => folders ??= new Set(entries.flatMap(entry => entryOptions(entry).includeFolders)),
  };
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** A path of the build, mostly absolute, and one of the index, mostly below the workspace. */
function isSame(built: string, indexed: string): boolean {
  return built === indexed || built.endsWith(`/${indexed}`);
}
