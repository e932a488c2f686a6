import type { Chunk } from '../chunk/chunk.ts';
import type { Catalog } from '../store/catalog.ts';
import type { NamedPlace } from './namedPlaces.ts';

/** Files of one name, and names looked up in one question. */
const perName = 6;
const maxNames = 12;
/** Tried for a name without an ending. */
const endings = ['.c', '.h', '.cpp', '.s', '.S', '.md', '.rst', '.py', '.ld'];

/** Passages of files that a question names, and the question without the names of those that there are. */
export interface NamedFiles {
  readonly places: readonly NamedPlace[];
  /** What is left to look for names in: `TS100.ioc` is no question about TS100. */
  readonly rest: string;
}

/** Passages of the files a question names: `uart.c`, `drivers/uart.c`, and the very lines of `uart.c:120`. */
export async function namedFiles(question: string, catalog: Catalog): Promise<NamedFiles> {
  const places: NamedPlace[] = [];
  let rest = question;
  for (const asked of filesIn(question)) {
    const found = await placesOfFile(asked, catalog);
    if (found.length > 0) rest = rest.replaceAll(asked.path, ' ');
    places.push(...found);
  }
  return { places, rest };
}

/** A path may begin before what is read of it, in a folder with a space in its name: then what follows is enough. */
async function placesOfFile({ path: written, line }: AskedFile, catalog: Catalog): Promise<NamedPlace[]> {
  for (let path = written; ; path = path.slice(path.indexOf('/') + 1)) {
    const name = path.split('/').at(-1) ?? path;
    const headers = (await catalog.chunksOfSymbol(name, perName * 4)).filter(({ kind, file }) => kind === 'header' && `/${file}`.endsWith(`/${path}`)).slice(0, perName);
    const files = headers.length > 0 && line === undefined ? [] : await catalog.filesNamed?.(path, perName) ?? [];
    const found: NamedPlace[] = [];
    for (const file of files) found.push(...line === undefined ? (await firstChunks(file, catalog)).map(chunk => ({ chunk, why: `in ${path}` })) : (await catalog.chunksAt(file, line)).slice(0, 2).map(chunk => ({ chunk, why: `at ${path}:${line}` })));
    found.push(...headers.map(chunk => ({ chunk, why: `is file ${path}` })));
    if (found.length > 0 || !path.includes('/')) return found;
  }
}

/** What a file begins with: its first passage may be no more than a line. */
async function firstChunks(file: string, catalog: Catalog): Promise<Chunk[]> {
  const found: Chunk[] = [];
  for (let line = 1; found.length < firstOfFile;) {
    const [next] = await catalog.chunksAt(file, line);
    if (next === undefined) return found;
    found.push(next);
    line = next.endLine + 1;
  }
  return found;
}

const firstOfFile = 3;

/** Files whose name without its ending is in the question: `pm_stm32f4`. */
export async function namedStems(question: string, catalog: Catalog): Promise<readonly NamedPlace[]> {
  const names = question.match(/[A-Za-z]\w*(?:-\w+)*/g) ?? [];
  const found: NamedPlace[] = [];
  for (const name of [...new Set(names)].filter(word => /[-_\d]/.test(word) && word.length > 3).slice(0, maxNames)) found.push(...await ofStem(name, catalog));
  return found;
}

/** What a commit is about, and the file that its subject line names first: `uart: fix the overrun handling`. */
export interface CommitSubject {
  readonly stem: string;
  readonly rest: string;
}

/** The question as a commit's subject line, when what stands before its colon is a file's name. */
export async function commitSubject(question: string, catalog: Catalog): Promise<CommitSubject | undefined> {
  const [, path, rest] = /^([\w./-]+):\s+(\S.*)$/s.exec(question.trim()) ?? [];
  const stem = path?.split('/').at(-1)?.replace(/\.\w+$/, '');
  return stem === undefined || rest === undefined || (await ofStem(stem, catalog)).length === 0 ? undefined : { stem, rest };
}

async function ofStem(name: string, catalog: Catalog): Promise<NamedPlace[]> {
  const found: NamedPlace[] = [];
  for (const ending of endings) found.push(...(await catalog.chunksOfSymbol(`${name}${ending}`, perName)).filter(({ kind }) => kind === 'header').map(chunk => ({ chunk, why: `is file ${name}${ending}` })));
  return found;
}

interface AskedFile {
  readonly path: string;
  readonly line?: number;
}

/** `uart.c`, `app/uart.c:120`, `board.test.cmake`, `.clang-format`. */
function filesIn(question: string): AskedFile[] {
  const matches = question.matchAll(/((?:[\w+.-]+\/)*(?:[\w+-]+(?:\.[\w+-]+)*\.[A-Za-z]\w{0,11}|(?<![\w.])\.[A-Za-z][\w-]{2,}))\b(?::(\d{1,6}))?/g);
  return [...matches].slice(0, maxNames).map(([, path = '', line]) => line === undefined ? { path } : { path, line: Number(line) });
}
