import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { isWithin } from './isWithin.ts';

/** SDKs taken up without being asked for; a build that names more of them includes its whole system. */
const mostSdks = 12;
/** Folders climbed from an include folder to the SDK's own. */
const highestClimb = 10;

/** What lies at the top of an SDK, a library or a clone of one. */
const topNames = new Set([
  '.git', 'west.yml', 'package.json', '.piopm', 'platform.txt', 'library.properties', 'library.json', 'pico_sdk_version.cmake', 'sdkconfig.rename', 'Release_Notes.html', 'idf_component.yml', 'version.txt', 'module.yml',
]);

/** The folders of a compiler and of the system: standard libraries explain nothing about a firmware. */
const toolchain = /(^|\/)(usr|lib|bin|opt\/(homebrew|local))\/|(^|\/)(toolchain|gcc|clang|llvm|xtensa-|riscv\d*-|arm-none-|arm-zephyr-|avr\/include|avr-gcc|sysroot|zephyr-sdk|Program Files)/i;

/** The SDKs that include folders belong to: outside the workspace, no toolchain's, none within another; names with `/`. */
export async function sdkFolders(workspace: string, includeFolders: readonly string[]): Promise<string[]> {
  const real = await realPath(workspace) ?? path.resolve(workspace);
  const found = new Set<string>();
  for (const folder of includeFolders) {
    const absolute = await realPath(path.resolve(workspace, folder));
    if (absolute === undefined || isWithin(absolute, real) || [...found].some(known => isWithin(absolute, known)) || toolchain.test(absolute.replaceAll(path.sep, '/'))) continue;
    found.add(await topOf(absolute, real));
  }
  const outermost = [...found].filter(folder => ![...found].some(other => other !== folder && isWithin(folder, other)));
  return outermost.slice(0, mostSdks).map(folder => folder.replaceAll(path.sep, '/'));
}

/** The nearest folder above that looks like the top of something installed; else the nearest with a licence or a readme, else the folder itself. */
async function topOf(folder: string, workspace: string): Promise<string> {
  let current = folder;
  let likely: string | undefined;
  for (let climbed = 0; climbed < highestClimb && isAllowed(current, workspace); climbed += 1) {
    const names = await fs.readdir(current).catch((): string[] => []);
    if (names.some(name => topNames.has(name) || name.endsWith('.pdsc'))) return current;
    if (names.some(name => /^(licen[cs]e|copying|readme)\b/i.test(name))) likely ??= current;
    current = path.dirname(current);
  }
  return likely ?? folder;
}

/** Not the root, not a home folder, and nothing that holds the workspace. */
function isAllowed(folder: string, workspace: string): boolean {
  return path.dirname(folder) !== folder && folder !== os.homedir() && !isWithin(workspace, folder);
}

async function realPath(folder: string): Promise<string | undefined> {
  try {
    return await fs.realpath(folder);
  } catch {
    return undefined;
  }
}
