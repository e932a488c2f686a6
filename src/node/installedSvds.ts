import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { hashText, type SvdFile } from '../core/index.ts';
import { cacheFolder } from './folders.ts';
import { installedPacks } from './installedPacks.ts';

/** Where tools of this machine may have put chip descriptions. */
export interface Installation {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

/** This machine and its user. */
export function thisInstallation(): Installation {
  return { environment: process.env, home: os.homedir(), platform: process.platform };
}

/** Where an installed PlatformIO has its file for a board, absolute: a board's id names one file in one of a few platforms. */
export async function installedBoard(board: string, { environment, home }: Installation = thisInstallation()): Promise<string | undefined> {
  const core = platformioFolder(environment, home);
  const [file] = path.isAbsolute(core) && /^[\w.+-]+$/.test(board) ? await filesIn(core, [`platforms/*/boards/${board}.json`, `boards/${board}.json`]) : [];
  return file;
}

function platformioFolder(environment: Installation['environment'], home: string): string {
  return environment['PLATFORMIO_CORE_DIR'] ?? path.join(home, '.platformio');
}

/** Where the list of the last search is kept: one for every setting of the tools' variables. */
export function svdListFile({ environment, home, platform }: Installation = thisInstallation()): string {
  const named = ['CMSIS_PACK_ROOT', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'LOCALAPPDATA', 'PLATFORMIO_CORE_DIR', 'IDF_PATH', 'IDF_TOOLS_PATH', 'NRFX_DIR', 'PICO_SDK_PATH', 'ZEPHYR_BASE'];
  const key = hashText(JSON.stringify([home, platform, ...named.map(name => environment[name] ?? '')]));
  return path.join(cacheFolder(), 'svd-lists', `${key}.json`);
}

/** More would not be a choice any more; the largest pack collections hold some 6,000. */
const mostFiles = 20_000;

/**
 * Chip descriptions that installed tools brought along, absolute, in the order in which they are preferred: CMSIS-Packs
 * (unpacked and not), PlatformIO, Arduino, ESP-IDF, nRF and Pico SDKs, vendors' IDEs, debugger extensions. Each place is
 * looked at with a pattern of fixed depth, so that no home folder is ever walked. What is missing or unreadable holds none.
 */
export async function installedSvds(installation: Installation = thisInstallation(), signal?: AbortSignal): Promise<SvdFile[]> {
  const found: SvdFile[] = [];
  for (const root of new Set(packRoots(installation))) {
    if (root !== undefined && root !== '' && path.isAbsolute(root) && path.dirname(root) !== root) found.push(...await installedPacks(root, signal));
  }
  for (const { folder, place, patterns } of [...sdkPlaces(installation), ...idePlaces(installation)]) {
    signal?.throwIfAborted();
    // A variable that names the root of a disk, or no absolute path, is a mistake: nothing is looked for there.
    if (folder === undefined || !path.isAbsolute(folder) || path.dirname(folder) === folder || found.length >= mostFiles) continue;
    found.push(...(await filesIn(folder, patterns)).map(file => ({ file, place })));
  }
  return [...new Map(found.map(svd => [svd.file, svd])).values()].slice(0, mostFiles);
}

interface Place {
  readonly folder: string | undefined;
  /** Where its files are said to come from. */
  readonly place: string;
  readonly patterns: readonly string[];
}

function packRoots({ environment, home, platform }: Installation): (string | undefined)[] {
  const local = environment['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local');
  const windows = platform === 'win32' ? [path.join(local, 'Arm', 'Packs'), 'C:/Keil_v5/ARM/PACK', 'C:/Keil/ARM/PACK', 'C:/Program Files (x86)/Atmel/Studio/7.0/packs', path.join(local, 'cmsis-pack-manager', 'cmsis-pack-manager')] : [];
  const data = platform === 'darwin' ? path.join(home, 'Library', 'Application Support') : environment['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share');
  return [
    environment['CMSIS_PACK_ROOT'], path.join(environment['XDG_CACHE_HOME'] ?? path.join(home, '.cache'), 'arm', 'packs'), ...windows,
    path.join(data, 'cmsis-pack-manager'), path.join(home, '.mchp_packs'), path.join(home, '.packs'),
  ];
}

function sdkPlaces({ environment, home, platform }: Installation): Place[] {
  const zephyr = environment['ZEPHYR_BASE'];
  const modules = zephyr === undefined || zephyr === '' ? undefined : path.join(zephyr, '..', 'modules', 'hal');
  const arduino = platform === 'win32' ? path.join(environment['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'Arduino15') : platform === 'darwin' ? path.join(home, 'Library', 'Arduino15') : path.join(home, '.arduino15');
  return [
    { folder: platformioFolder(environment, home), place: 'of PlatformIO', patterns: ['platforms/*/misc/svd/*.svd', 'packages/*/svd/*.svd', 'packages/framework-cmsis-atmel/CMSIS/Device/ATMEL/*/svd/*.svd'] },
    { folder: path.join(arduino, 'packages'), place: 'of Arduino', patterns: ['*/hardware/*/*/svd/*.svd', '*/tools/*/*/svd/*.svd', '*/tools/*/*/*.svd', '*/tools/CMSIS-Atmel/*/CMSIS/Device/ATMEL/*/svd/*.svd', '*/hardware/*/*/debugger/*.svd', '*/tools/*/*/STMicroelectronics_CMSIS_SVD/*.svd'] },
    { folder: environment['IDF_PATH'], place: 'of ESP-IDF', patterns: ['components/soc/*/*.svd', 'components/soc/*/*/*.svd', 'tools/*/*.svd'] },
    { folder: environment['IDF_TOOLS_PATH'] ?? path.join(home, '.espressif'), place: 'of ESP-IDF', patterns: ['*.svd', 'svd/*.svd', 'tools/*/*/svd/*.svd'] },
    { folder: environment['NRFX_DIR'], place: 'of nrfx', patterns: ['mdk/*.svd', 'bsp/stable/mdk/*.svd'] },
    { folder: environment['PICO_SDK_PATH'], place: 'of the Pico SDK', patterns: ['src/*/hardware_regs/*.svd', 'src/*/hardware_regs/*/*.svd'] },
    { folder: path.join(home, '.pico-sdk', 'sdk'), place: 'of the Pico SDK', patterns: ['*/src/*/hardware_regs/*.svd'] },
    { folder: modules, place: 'of Zephyr\'s modules', patterns: ['nordic/nrfx/mdk/*.svd', 'nordic/nrfx/bsp/stable/mdk/*.svd', 'rpi_pico/src/*/hardware_regs/*.svd', 'nxp/mcux/mcux-sdk/devices/*/*.xml', 'nxp/mcux/mcux-sdk-ng/devices/*/*/*.xml', 'gigadevice/*/svd/*.svd', '*/svd/*.svd'] },
  ];
}

function idePlaces({ home, platform }: Installation): Place[] {
  const stFolder = 'STMicroelectronics_CMSIS_SVD';
  const stPatterns = [`${stFolder}/*.svd`, `*/${stFolder}/*.svd`, `*/plugins/*/resources/cmsis/${stFolder}/*.svd`, `*/STM32CubeIDE/plugins/*/resources/cmsis/${stFolder}/*.svd`, `*/SVD/*.svd`];
  const st = platform === 'win32' ? ['C:/ST', 'C:/Program Files/STMicroelectronics/STM32Cube/STM32CubeProgrammer'] : platform === 'darwin' ? ['/opt/ST', '/Applications/STMicroelectronics'] : ['/opt/st', path.join(home, 'st'), path.join(home, 'STMicroelectronics', 'STM32Cube', 'STM32CubeProgrammer')];
  const extensions = ['.vscode/extensions', '.vscode-server/extensions', '.vscode-oss/extensions'];
  return [
    ...st.map(folder => ({ folder, place: 'of ST\'s tools', patterns: stPatterns })),
    ...extensions.map(folder => ({ folder: path.join(home, folder), place: 'of a debugger extension', patterns: ['*/data/*.svd', '*/data/SVD/*.svd', '*/data/*/*.svd', '*/svd/*.svd'] })),
  ];
}

async function filesIn(folder: string, patterns: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  try {
    for await (const name of fs.glob(patterns, { cwd: folder })) {
      found.push(path.join(folder, name));
      if (found.length >= mostFiles) break;
    }
  } catch {
    // A folder that cannot be read offers nothing; the user still has the setting and the picker.
  }
  return found.sort();
}
