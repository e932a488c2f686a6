import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { IncludedFolders } from '../core/index.ts';
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
const toolchain = /\/lib\/(gcc|clang|avr\/include)(\/|$)|\/(gcc-arm-|(arm|aarch64|riscv\d*|xtensa|avr)-[\w-]*(eabi|elf|linux|gcc)|avr-gcc|toolchain-|zephyr-sdk-\d|sysroot(\/|$))/i;
const system = /^(\/usr\/(local\/)?(include|lib\d*)|\/opt\/(homebrew|local)\/(include|lib)|\/Library\/Developer|[A-Z]:\/Program Files( \(x86\))?\/(Microsoft Visual Studio|Windows Kits|LLVM))(\/|$)/i;

/** The SDKs that include folders belong to: outside the workspace, no toolchain's, none within another; names with `/`. What is not taken up is told with why. */
export async function sdkFolders(workspace: string, includeFolders: readonly string[]): Promise<IncludedFolders> {
  const real = await realPath(workspace) ?? path.resolve(workspace);
  const found = new Set<string>();
  const missing: string[] = [];
  const leftOut: { file: string; reason: string }[] = [];
  for (const folder of includeFolders) {
    const absolute = await realPath(path.resolve(workspace, folder));
    if (absolute === undefined) {
      // A folder with a variable in its name is the build tool's to work out.
      if (!/[$%*<{]/.test(folder)) missing.push(folder);
      continue;
    }
    if (isWithin(absolute, real) || [...found].some(known => isWithin(absolute, known))) continue;
    const reason = foreignReason(absolute.replaceAll(path.sep, '/'));
    if (reason === undefined) found.add(await topOf(absolute, real));
    else leftOut.push({ file: absolute.replaceAll(path.sep, '/'), reason });
  }
  const outermost = [...found].filter(folder => ![...found].some(other => other !== folder && isWithin(folder, other)));
  const folders = outermost.map(folder => folder.replaceAll(path.sep, '/'));
  const surplus = folders.slice(mostSdks).map(file => ({ file, reason: `more than ${mostSdks} SDKs are included; add the folder to have it indexed` }));
  return { folders: folders.slice(0, mostSdks), leftOut: [...leftOut, ...surplus], missing };
}

function foreignReason(folder: string): string | undefined {
  if (system.test(folder)) return 'an include folder of the system';
  return toolchain.test(folder) ? 'an include folder of the compiler' : undefined;
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
