import * as path from 'node:path/posix';
import { parsePreprocessorOptions } from './compileCommands.ts';

/** Project files that name include folders and SDKs, by the end of their path. */
export const includePathFiles = /(^|\/)(compile_commands\.json|c_cpp_properties\.json|CMakeCache\.txt)$/;

/** Include folders and SDK folders that a project file names, absolute or relative to the workspace; those with variables that only another tool knows are left out. */
export function parseIncludePaths(file: string, text: string): string[] {
  const found = path.basename(file) === 'compile_commands.json' ? ofCompileCommands(file, text)
    : path.basename(file) === 'c_cpp_properties.json' ? ofEditorSettings(file, text) : ofCMakeCache(text);
  return [...new Set(found)].filter(folder => folder !== '' && !folder.includes('$'));
}

function ofCompileCommands(file: string, text: string): string[] {
  return parsePreprocessorOptions(text).includeFolders.map(folder => absoluteOr(folder, path.dirname(file)));
}

/** `includePath` and `browse.path` of VS Code's C++ extension, as PlatformIO writes them too. */
function ofEditorSettings(file: string, text: string): string[] {
  const workspace = path.dirname(path.dirname(file));
  const listed = [...text.matchAll(/"(?:includePath|path)"\s*:\s*\[([^\]]*)\]/g)].flatMap(([, list]) => [...(list ?? '').matchAll(/"((?:[^"\\\n]|\\.)*)"/g)].map(match => (match[1] ?? '').replaceAll('\\\\', '/').replaceAll('\\', '')));
  return listed.map(folder => absoluteOr(folder.replace(/^\$\{workspaceFolder\}\/?/, './').replace(/\/\*\*?$/, ''), workspace));
}

/** `PICO_SDK_PATH:PATH=/opt/pico-sdk`, `IDF_PATH`, `ZEPHYR_BASE`. */
function ofCMakeCache(text: string): string[] {
  return [...text.matchAll(/^(\w*(?:SDK_PATH|SDK_DIR|IDF_PATH|ZEPHYR_BASE|CUBE_\w*PATH|HAL_PATH|CMSIS_PATH|OPENCM3_DIR)):\w+=(.+)$/gm)].map(match => (match[2] ?? '').trim());
}

function absoluteOr(folder: string, base: string): string {
  return path.isAbsolute(folder) || /^[A-Za-z]:\//.test(folder) ? path.normalize(folder) : path.join(base, folder);
}
