import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { listPack, packPath } from './packFile.ts';

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

/** More would not be a choice any more; the largest pack collections hold some 6,000. */
const mostFiles = 20_000;

/**
 * Chip descriptions that installed tools brought along, absolute, in the order in which they are preferred: CMSIS-Packs
 * (unpacked and not), PlatformIO, Arduino, ESP-IDF, nRF and Pico SDKs, vendors' IDEs, debugger extensions. Each place is
 * looked at with a pattern of fixed depth, so that no home folder is ever walked. What is missing or unreadable holds none.
 */
export async function installedSvds(installation: Installation = thisInstallation()): Promise<string[]> {
  const found: string[] = [];
  for (const { folder, patterns } of places(installation)) {
    if (folder === undefined || folder === '' || found.length >= mostFiles) continue;
    found.push(...await filesIn(folder, patterns));
  }
  return [...new Set(found)].slice(0, mostFiles);
}

interface Place {
  readonly folder: string | undefined;
  readonly patterns: readonly string[];
}

/** `Vendor/Pack/Version/…`: how deep below a pack its vendor files the descriptions differs. */
const inPacks = ['*/*/*/*.svd', '*/*/*/*/*.svd', '*/*/*/*/*/*.svd', '*/*/*/*/*/*/*.svd', '*/*/*/atdf/*.atdf', '.Download/*.pack', '*/*/*.pack', '*.pack'];

function places(installation: Installation): Place[] {
  return [...packRoots(installation).map(folder => ({ folder, patterns: inPacks })), ...sdkPlaces(installation), ...idePlaces(installation)];
}

function packRoots({ environment, home, platform }: Installation): (string | undefined)[] {
  const windows = platform === 'win32' ? [path.join(environment['LOCALAPPDATA'] ?? home, 'Arm', 'Packs'), 'C:/Keil_v5/ARM/PACK', 'C:/Program Files (x86)/Atmel/Studio/7.0/packs'] : [];
  return [environment['CMSIS_PACK_ROOT'], path.join(environment['XDG_CACHE_HOME'] ?? path.join(home, '.cache'), 'arm', 'packs'), ...windows, path.join(home, '.mchp_packs')];
}

function sdkPlaces({ environment, home }: Installation): Place[] {
  const zephyr = environment['ZEPHYR_BASE'];
  const modules = zephyr === undefined ? undefined : path.join(zephyr, '..', 'modules', 'hal');
  return [
    { folder: environment['PLATFORMIO_CORE_DIR'] ?? path.join(home, '.platformio'), patterns: ['platforms/*/misc/svd/*.svd', 'packages/*/svd/*.svd', 'packages/framework-cmsis-atmel/CMSIS/Device/ATMEL/*/svd/*.svd'] },
    { folder: path.join(home, '.arduino15', 'packages'), patterns: ['*/hardware/*/*/svd/*.svd', '*/tools/*/*/svd/*.svd', '*/tools/*/*/*.svd', '*/tools/CMSIS-Atmel/*/CMSIS/Device/ATMEL/*/svd/*.svd', '*/hardware/*/*/debugger/*.svd'] },
    { folder: environment['IDF_PATH'], patterns: ['components/soc/*/*.svd', 'components/soc/*/*/*.svd', 'tools/*/*.svd'] },
    { folder: environment['IDF_TOOLS_PATH'] ?? path.join(home, '.espressif'), patterns: ['*.svd', 'svd/*.svd', 'tools/*/*/svd/*.svd'] },
    { folder: modules, patterns: ['nordic/nrfx/mdk/*.svd', 'nordic/nrfx/bsp/stable/mdk/*.svd', 'rpi_pico/src/*/hardware_regs/*.svd', 'nxp/mcux/mcux-sdk/devices/*/*.xml', '*/svd/*.svd'] },
    { folder: environment['NRFX_DIR'], patterns: ['mdk/*.svd', 'bsp/stable/mdk/*.svd'] },
    { folder: environment['PICO_SDK_PATH'], patterns: ['src/*/hardware_regs/*.svd', 'src/*/hardware_regs/*/*.svd'] },
    { folder: path.join(home, '.pico-sdk', 'sdk'), patterns: ['*/src/*/hardware_regs/*.svd'] },
  ];
}

function idePlaces({ home, platform }: Installation): Place[] {
  const stFolder = 'STMicroelectronics_CMSIS_SVD';
  const stPatterns = [`*/${stFolder}/*.svd`, `*/plugins/*/resources/cmsis/${stFolder}/*.svd`, `*/STM32CubeIDE/plugins/*/resources/cmsis/${stFolder}/*.svd`];
  const st = platform === 'win32' ? ['C:/ST'] : platform === 'darwin' ? ['/opt/ST', '/Applications'] : ['/opt/st', path.join(home, 'st')];
  const extensions = ['.vscode/extensions', '.vscode-server/extensions', '.vscode-oss/extensions'];
  return [
    ...st.map(folder => ({ folder, patterns: stPatterns })),
    ...extensions.map(folder => ({ folder: path.join(home, folder), patterns: ['*/data/*.svd', '*/data/SVD/*.svd', '*/data/*/*.svd', '*/svd/*.svd'] })),
  ];
}

async function filesIn(folder: string, patterns: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  try {
    for await (const name of fs.glob(patterns, { cwd: folder })) {
      const file = path.join(folder, name);
      if (!/\.pack$/i.test(name)) found.push(file);
      else found.push(...(await listPack(file, /\.(svd|atdf)$/i)).entries.map(entry => packPath(file, entry)));
      if (found.length >= mostFiles) break;
    }
  } catch {
    // A folder that cannot be read offers nothing; the user still has the setting and the picker.
  }
  return found.sort();
}
