import { findCompilerFlags, type CompilerFlag } from './compilerFlags.ts';

/**
 * The chip's options in a `compile_commands.json`. Every entry repeats them, so the file is read as text and need not
 * be complete: the head of one too large to take whole says as much.
 */
export function parseCompileCommands(text: string): CompilerFlag[] {
  // `"arguments": ["-D", "STM32F407xx"]` as the command line it stands for; escaped quotes end a macro's name.
  return findCompilerFlags(text.replace(/"(-D|-T)",\s*"/g, '"$1 "').replaceAll('\\"', '"'));
}
