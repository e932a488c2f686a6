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
