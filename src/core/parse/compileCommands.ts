import { normalize } from 'node:path/posix';
import { findCompilerFlags, type CompilerFlag } from './compilerFlags.ts';

/**
 * The chip's options in a `compile_commands.json`. Every entry repeats them, so the file is read as text and need not
 * be complete: the head of one too large to take whole says as much.
 */
export function parseCompileCommands(text: string): CompilerFlag[] {
  // `"arguments": ["-D", "STM32F407xx"]` as the command line it stands for; escaped quotes end a macro's name.
  return findCompilerFlags(text.replace(/"(-D|-T)",\s*"/g, '"$1 "').replaceAll('\\"', '"'));
}

/** What a compilation database tells a preprocessor. */
export interface PreprocessorOptions {
  /** Bodies by name; `1` where the option gives none. */
  readonly defines: ReadonlyMap<string, string>;
  /** As written. */
  readonly includeFolders: readonly string[];
}

/** Characters that are looked at: every entry repeats the options. */
const mostCharacters = 4_000_000;

/** Defines and include folders of all entries together, from the head of a large file. */
export function parsePreprocessorOptions(compileCommands: string): PreprocessorOptions {
  const text = compileCommands.slice(0, mostCharacters);
  const includeFolders = new Set([...text.matchAll(/(?:-I|-isystem[ "',]*)\s*([^"',\s\\]+)/g)].map(match => match[1] ?? ''));
  return { defines: new Map([...text.matchAll(/-D\s*\\?"?([A-Za-z_]\w*)(?:=\\?"?(\w+))?/g)].map(match => [match[1] ?? '', match[2] ?? '1'])), includeFolders: [...includeFolders] };
}

/** One command of a compilation database. */
export interface BuildEntry {
  /** Normalised, beginning with `directory` where it is written relative. */
  readonly file: string;
  readonly directory: string;
  /** The compiler's options, as its `command` or its `arguments`. */
  readonly words: () => readonly string[];
}

/** The commands of a compilation database; none where it is damaged. */
export function parseBuildEntries(compileCommands: string): BuildEntry[] {
  const entries = parsedList(compileCommands);
  return entries.flatMap(entry => {
    const { file, directory = '', command, arguments: given } = entry;
    if (typeof file !== 'string' || typeof directory !== 'string') return [];
    const words = (): readonly string[] => (Array.isArray(given) ? given.filter(word => typeof word === 'string') : typeof command === 'string' ? shellWords(command) : []);
    return [{ file: joinedPath(directory, file), directory, words }];
  });
}

/** What one command defines and where it looks for headers; folders as the file, beginning with its directory. */
export function entryOptions({ words, directory }: BuildEntry): PreprocessorOptions & { readonly undefined: ReadonlySet<string>; readonly included: readonly string[] } {
  const defines = new Map<string, string>();
  const gone = new Set<string>();
  const includeFolders = new Set<string>();
  const included: string[] = [];
  const given = words();
  for (let at = 0; at < given.length; at += 1) {
    const [, option = '', joined = ''] = /^(-D|-U|-I|-isystem|-iquote|-include|-imacros)(.*)$/s.exec(given[at] ?? '') ?? [];
    if (option === '') continue;
    const value = joined === '' ? given[at += 1] ?? '' : joined;
    if (option === '-D') defines.set(/^\w+/.exec(value)?.[0] ?? '', value.includes('=') ? value.slice(value.indexOf('=') + 1) : '1');
    else if (option === '-U') gone.add(value);
    else if (option.startsWith('-in') || option === '-imacros') included.push(joinedPath(directory, value));
    else includeFolders.add(joinedPath(directory, value));
  }
  return { defines, undefined: gone, includeFolders: [...includeFolders], included };
}

function parsedList(text: string): readonly Readonly<Record<string, unknown>>[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.filter((entry): entry is Record<string, unknown> => typeof entry === 'object' && entry !== null) : [];
  } catch {
    return [];
  }
}

/** The words of a command line as a POSIX shell takes them apart. */
function shellWords(command: string): string[] {
  const parts = command.match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gs) ?? [];
  return parts.map(part => part.replace(/\\(.)|"((?:[^"\\]|\\.)*)"|'([^']*)'/gs, (_, escaped: string | undefined, double: string | undefined, single: string | undefined) => escaped ?? double?.replace(/\\(["\\$`])/g, '$1') ?? single ?? ''));
}

function joinedPath(directory: string, file: string): string {
  const [one, other] = [directory, file].map(name => name.replaceAll('\\', '/'));
  return normalize(/^(\/|[A-Za-z]:)/.test(other ?? '') ? other ?? '' : `${one === '' ? '.' : one ?? ''}/${other ?? ''}`);
}
