import type { Catalog } from '../store/catalog.ts';
import type { NamedPlace } from './namedPlaces.ts';

/** Files of one name, and names looked up in one question. */
const perName = 6;
const maxNames = 12;
/** Tried for a name without an ending. */
const endings = ['.c', '.h', '.cpp', '.s', '.S', '.md', '.rst', '.py', '.ld'];

/** Passages of the files a question names: `uart.c`, `drivers/uart.c`, and the very lines of `uart.c:120`. */
export async function namedFiles(question: string, catalog: Catalog): Promise<readonly NamedPlace[]> {
  const found: NamedPlace[] = [];
  for (const { path, line } of filesIn(question)) {
    const name = path.split('/').at(-1) ?? path;
    const headers = (await catalog.chunksOfSymbol(name, perName * 4)).filter(({ kind, file }) => kind === 'header' && `/${file}`.endsWith(`/${path}`)).slice(0, perName);
    const files = headers.length > 0 && line === undefined ? [] : await catalog.filesNamed?.(path, perName) ?? [];
    for (const file of files) {
      const here = await catalog.chunksAt(file, line ?? 1);
      found.push(...here.slice(0, 2).map(chunk => ({ chunk, why: line === undefined ? `in ${path}` : `at ${path}:${line}` })));
    }
    found.push(...headers.map(chunk => ({ chunk, why: `is file ${path}` })));
  }
  return found;
}

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

function filesIn(question: string): { readonly path: string; readonly line?: number }[] {
  const matches = question.matchAll(/((?:[\w+.-]+\/)*[\w+-]+\.[A-Za-z]\w{0,7})\b(?::(\d{1,6}))?/g);
  return [...matches].slice(0, maxNames).map(([, path = '', line]) => line === undefined ? { path } : { path, line: Number(line) });
}
