import fs from 'node:fs/promises';
import path from 'node:path';
import { readExamples, readVerdicts, type BuiltDataset, type Example, type Problem, type ReviewVerdict } from '../core/index.ts';
import { isAlive } from './isAlive.ts';
import { isMissing, reasonOf } from './listFiles.ts';

/** A file of a folder that is written as a whole. */
export interface NamedContent {
  readonly name: string;
  readonly text: string;
}

/** What a build leaves besides the examples. */
export interface BuildReport extends Omit<BuiltDataset, 'examples'> {
  readonly workspace: string;
  readonly seed: number;
  readonly policy: string;
}

const builtFolder = 'build';
const examplesFile = 'examples.jsonl';
const reportFile = 'report.json';
const verdictsFile = 'verdicts.jsonl';

/** Where the dataset of a workspace is, unless another place is named. */
export function datasetFolder(workspace: string): string {
  return path.join(workspace, '.halcyon', 'dataset');
}

/** Puts a build in the place of the one before. */
export async function writeBuild(folder: string, examples: readonly Example[], report: BuildReport): Promise<void> {
  await fs.mkdir(folder, { recursive: true }).catch((error: unknown) => { throw notWritten(folder, error); });
  // Neither an index nor a repository should hold what is made of them.
  await fs.writeFile(path.join(folder, '.gitignore'), '*\n', { flag: 'wx' }).catch(() => undefined);
  await replaceFolder(path.join(folder, builtFolder), [
    { name: examplesFile, text: examples.map(example => `${JSON.stringify(example)}\n`).join('') },
    { name: reportFile, text: `${JSON.stringify(report, undefined, 2)}\n` },
  ]);
}

/** The last build; rejects with a sentence when there is none. */
export async function readBuild(folder: string): Promise<{ readonly examples: readonly Example[]; readonly report: BuildReport; readonly problems: readonly Problem[] }> {
  const built = path.join(folder, builtFolder);
  await recoverFolder(built);
  const file = path.join(built, examplesFile);
  const text = await textOf(file);
  const report = await textOf(path.join(built, reportFile));
  if (text === undefined || report === undefined) throw new Error(`${folder}: no dataset is here. Build one first: halcyon dataset build`);
  const { examples, problems } = readExamples(text, file);
  return { examples, problems, report: reportOf(report, folder) };
}

function reportOf(text: string, folder: string): BuildReport {
  try {
    return JSON.parse(text) as BuildReport;
  } catch (error) {
    throw new Error(`${folder}: ${reportFile} of the dataset is damaged. Build it anew: halcyon dataset build`, { cause: error });
  }
}

/** What people said of the examples; nothing when nobody did. */
export async function readReview(folder: string): Promise<{ readonly verdicts: ReadonlyMap<string, ReviewVerdict>; readonly problems: readonly Problem[] }> {
  const file = path.join(folder, verdictsFile);
  return readVerdicts(await textOf(file) ?? '', file);
}

/** Adds a verdict; the file only grows. */
export async function keepVerdict(folder: string, verdict: ReviewVerdict): Promise<void> {
  const file = path.join(folder, verdictsFile);
  try {
    // A writer that was killed may have left half a line.
    const before = await textOf(file) ?? '';
    await fs.appendFile(file, `${before === '' || before.endsWith('\n') ? '' : '\n'}${JSON.stringify(verdict)}\n`);
  } catch (error) {
    throw notWritten(file, error);
  }
}

/**
 * Writes the files beside the folder and puts them in its place when all are on the disk: whoever looks sees the old ones or
 * the new ones. Rejects with a sentence, and leaves what was there, when the disk is full.
 */
export async function replaceFolder(folder: string, files: readonly NamedContent[]): Promise<void> {
  const fresh = `${folder}.new-${process.pid}`;
  const old = `${folder}.old`;
  try {
    await recoverFolder(folder);
    await fs.mkdir(path.dirname(folder), { recursive: true });
    await removeLeft(folder);
    await fs.rm(fresh, { recursive: true, force: true });
    await fs.mkdir(fresh);
    for (const { name, text } of files) await writeThrough(path.join(fresh, name), text);
    await fs.rm(old, { recursive: true, force: true });
    await fs.rename(folder, old).catch((error: unknown) => { if (!isMissing(error)) throw error; });
    await fs.rename(fresh, folder);
    await fs.rm(old, { recursive: true, force: true });
  } catch (error) {
    await fs.rm(fresh, { recursive: true, force: true }).catch(() => undefined);
    await recoverFolder(folder).catch(() => undefined);
    throw notWritten(folder, error);
  }
}

/** A process that was killed between the two renames left the folder under its other name. */
async function recoverFolder(folder: string): Promise<void> {
  const isThere = await fs.stat(folder).then(() => true, () => false);
  if (!isThere) await fs.rename(`${folder}.old`, folder).catch((error: unknown) => { if (!isMissing(error)) throw error; });
}

/** What writers that were killed had begun; those that still write keep theirs. */
async function removeLeft(folder: string): Promise<void> {
  const begun = `${path.basename(folder)}.new-`;
  for (const name of await fs.readdir(path.dirname(folder))) {
    const writer = name.startsWith(begun) ? Number(name.slice(begun.length)) : Number.NaN;
    if (Number.isInteger(writer) && !isAlive(writer)) await fs.rm(path.join(path.dirname(folder), name), { recursive: true, force: true });
  }
}

async function writeThrough(file: string, text: string): Promise<void> {
  const handle = await fs.open(file, 'wx');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await fs.readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new Error(`${file} cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}

function notWritten(place: string, error: unknown): Error {
  return new Error(`${place} could not be written, and what was there before is as it was: ${reasonOf(error)}`, { cause: error });
}
