import type { Catalog } from '../store/catalog.ts';
import type { NamedPlace } from './namedPlaces.ts';

/** Files of one name, and names looked up in one question. */
const perName = 6;
const maxNames = 12;
/** Tried for a name without an ending. */
const endings = ['.c', '.h', '.cpp', '.s', '.S', '.md', '.rst', '.py', '.ld'];

/** Passages of the files a question names: `uart.c`, `drivers/uart.c`, `uart` where there is such a file, and the very lines of `uart.c:120`. */
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
  for (const name of stemsIn(question)) {
    for (const ending of endings) found.push(...(await catalog.chunksOfSymbol(`${name}${ending}`, perName)).filter(({ kind }) => kind === 'header').map(chunk => ({ chunk, why: `is file ${name}${ending}` })));
  }
  return found;
}

function filesIn(question: string): { readonly path: string; readonly line?: number }[] {
  const matches = question.matchAll(/((?:[\w+.-]+\/)*[\w+-]+\.[A-Za-z]\w{0,7})\b(?::(\d{1,6}))?/g);
  return [...matches].slice(0, maxNames).map(([, path = '', line]) => line === undefined ? { path } : { path, line: Number(line) });
}

/** Words that may be a file's name without its ending: with `_`, `-` or a digit, and what stands before the colon of a commit's subject. */
function stemsIn(question: string): string[] {
  const names = question.match(/[A-Za-z]\w*(?:-\w+)*/g) ?? [];
  const subject = /^([\w/-]+):/.exec(question)?.[1]?.split('/').at(-1);
  return [...new Set([...subject === undefined ? [] : [subject], ...names.filter(name => /[-_\d]/.test(name) && name.length > 3)])].slice(0, maxNames);
}
