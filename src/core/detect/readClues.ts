import type { Host } from '../host.ts';
import { decodeText } from '../text/decodeText.ts';
import type { Problem } from '../text/problem.ts';
import { clueReaders, readBoardFile } from './clueReaders.ts';
import type { Clue } from './evidence.ts';
import type { FiledClue } from './rank.ts';

/** Where the file lies that describes a board, absolute; undefined when there is none. */
export type FindBoardFile = (board: string) => Promise<string | undefined>;

/** What the workspace's project files say, the most telling kind first, and those that could not be read. */
export async function readClues(host: Host, files: readonly string[], findBoardFile?: FindBoardFile): Promise<{ readonly clues: readonly FiledClue[]; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = [];
  const clues: FiledClue[] = [];
  const listed = new Set(files);
  const all = [...files, ...generatedFiles.filter(file => !listed.has(file))];
  for (const reader of clueReaders) {
    const matching = all.filter(file => reader.files.test(file)).map(file => ({ file, depth: file.split('/').length }))
      .sort((left, right) => left.depth - right.depth || (left.file < right.file ? -1 : 1));
    for (const { file } of matching.slice(0, reader.most)) clues.push(...await readFile(host, file, { read: reader.read, problems }));
  }
  const boards = await Promise.all(clues.map(clue => describedBoard(host, clue, { files, findBoardFile, problems })));
  return { clues: boards.flat(), problems };
}

/** Whether the chip's detection may go by the file: a change of it may mean another chip. */
export function saysChip(file: string): boolean {
  return /\.(svd|atdf)$|\.svd\.patch\.ya?ml$|(^|\/)boards\/[^/]+\.json$/i.test(file) || clueReaders.some(reader => reader.isCode !== true && reader.files.test(file));
}

/** What a build leaves in a folder that is ignored otherwise: read when it is there. */
const generatedFiles = ['build/CMakeCache.txt', 'build/zephyr/.config', 'build/Debug/CMakeCache.txt', 'build/compile_commands.json', 'build/sdkconfig'];

/** Files larger than this are not opened at all. */
const mostBytes = 64 * 1024 * 1024;

/** Characters of a file that are looked at: project files name the chip early, and compile databases repeat it. */
const mostCharacters = 2 * 1024 * 1024;

interface BoardSearch {
  readonly files: readonly string[];
  readonly findBoardFile: FindBoardFile | undefined;
  readonly problems: Problem[];
}

/** A board's own file, in the workspace or of an installed PlatformIO, is surer than the table of boards. */
async function describedBoard(host: Host, clue: FiledClue, { files, findBoardFile, problems }: BoardSearch): Promise<FiledClue[]> {
  const { board, ...rest } = clue;
  if (board === undefined) return [clue];
  // A board's id becomes part of a path here.
  const id = /^[\w.+-]+$/.test(board) && !board.startsWith('.') ? board : undefined;
  const own = id === undefined ? undefined : files.find(file => file === `boards/${id}.json` || file.endsWith(`/boards/${id}.json`)) ?? await findBoardFile?.(id).catch(() => undefined);
  const described = own === undefined ? [] : await readFile(host, own, { read: readBoardFile, problems });
  const part = described.find(found => found.part !== undefined)?.part;
  return part === undefined ? [rest] : [{ ...rest, part }, ...described];
}

async function readFile(host: Host, file: string, { read, problems }: { readonly read: (text: string) => Clue[]; readonly problems: Problem[] }): Promise<FiledClue[]> {
  try {
    const stamp = await host.stat(file);
    if (stamp !== undefined && stamp.sizeBytes > mostBytes) {
      problems.push({ file, message: `${file} was not searched for the chip: ${Math.round(stamp.sizeBytes / 1024 / 1024)} MB is more than is read of a project file.` });
      return [];
    }
    const bytes = await host.read(file);
    if (bytes === undefined) return [];
    const decoded = decodeText(bytes);
    if (decoded.binary) {
      problems.push({ file, message: `${file} was not searched for the chip: it is not a text file (${decoded.reason}).` });
      return [];
    }
    return read(decoded.text.slice(0, mostCharacters)).map(clue => ({ ...clue, file }));
  } catch (error) {
    problems.push({ file, message: error instanceof Error ? error.message : String(error) });
    return [];
  }
}
