import * as path from 'node:path/posix';
import { partOfBoard } from './boards.ts';
import { findParts } from './partNames.ts';
import type { FiledClue } from './rank.ts';

interface NameKind {
  readonly files: RegExp;
  readonly weight: number;
  readonly what: string;
}

/** File names that name a chip by themselves. */
const kinds: readonly NameKind[] = [
  { files: /\.(ld|lds|icf|sct)$/i, weight: 45, what: 'linker script' },
  { files: /(^|[_/])startup[_\w]*\.(s|asm|c)$|(^|\/)gcc_startup_\w+\.s$/i, weight: 45, what: 'startup file' },
  { files: /(^|\/)boards\/[^/]+\.overlay$/i, weight: 60, what: 'board overlay' },
  { files: /\.wvproj$/i, weight: 50, what: 'MounRiver project' },
  { files: /\.svd$/i, weight: 35, what: 'SVD file' },
  { files: /\.(h|hpp)$/i, weight: 25, what: 'device header' },
];

/** Files for more chips than this are a library's, and say nothing. */
const mostChips = 12;

/** Clues in the names of the workspace's files alone. An SDK holds the files of many chips: then each says little. */
export function nameClues(files: readonly string[]): FiledClue[] {
  // An SDK repeats its file names in every example.
  const known = new Map<string, string[]>();
  const partsOfName = (file: string): string[] => {
    const name = path.basename(file).replace(/\.\w+$/, '');
    const parts = known.get(name) ?? partsIn(file, name);
    known.set(name, parts);
    return parts;
  };
  return kinds.flatMap(({ files: pattern, weight, what }) => {
    const named = files.filter(file => pattern.test(file)).flatMap(file => partsOfName(file).map(part => ({ file, part })));
    const chips = new Set(named.map(({ part }) => part)).size;
    return chips > mostChips ? [] : named.slice(0, 100).map(({ file, part }) => ({ file, evidence: `${what} ${path.basename(file)}`, part, weight: Math.round(weight / Math.max(1, chips - 1)) }));
  });
}

function partsIn(file: string, name: string): string[] {
  if (!/\.overlay$/i.test(file)) return findParts(name).slice(0, 1);
  const part = partOfBoard(name);
  return part === undefined ? [] : [part];
}

/** The build system and operating system that file names give away, shallowest file first. */
export function namedSystems(files: readonly string[]): { readonly buildSystem?: string; readonly rtos?: string } {
  const buildSystem = firstNamed(files, buildSystems);
  const rtos = firstNamed(files, operatingSystems);
  return { ...(buildSystem !== undefined && { buildSystem }), ...(rtos !== undefined && { rtos }) };
}

type NamedSystem = readonly [name: string, files: RegExp];

const buildSystems: readonly NamedSystem[] = [
  ['PlatformIO', /(^|\/)platformio\.ini$/i],
  ['Zephyr', /(^|\/)(prj\.conf|west\.yml)$/i],
  ['ESP-IDF', /(^|\/)(sdkconfig(\.defaults)?|idf_component\.yml)$/i],
  ['Arduino', /\.ino$|(^|\/)sketch\.yaml$/i],
  ['Keil MDK', /\.uvprojx?$/i],
  ['IAR', /\.ewp$/i],
  ['CMake', /(^|\/)CMakeLists\.txt$/i],
  ['MounRiver Studio', /\.wvproj$/i],
  ['Code Composer Studio', /(^|\/)\.ccsproject$/i],
  ['MCUXpresso', /\.mex$/i],
  ['Simplicity Studio', /\.slcp$/i],
  ['Segger Embedded Studio', /\.emProject$/i],
  ['MPLAB X', /(^|\/)nbproject\/configurations\.xml$/i],
  ['Microchip Studio', /\.(cproj|cppproj)$/i],
  ['STM32CubeIDE', /(^|\/)\.cproject$/i],
  ['Meson', /(^|\/)meson\.build$/i],
  ['Make', /(^|\/)(gnu)?makefile$/i],
];

const operatingSystems: readonly NamedSystem[] = [
  ['Zephyr', /(^|\/)(prj\.conf|west\.yml)$/i],
  ['FreeRTOS', /(^|\/)(FreeRTOSConfig\.h|FreeRTOS\.h|sdkconfig)$/i],
  ['NuttX', /(^|\/)(include\/nuttx\/(config|arch)\.h|nuttx\/Kconfig)$/i],
  ['ThreadX', /(^|\/)(tx_user\.h|tx_api\.h)$/i],
  ['RT-Thread', /(^|\/)rtconfig\.h$/i],
  ['ChibiOS', /(^|\/)chconf\.h$/i],
  ['Mbed OS', /(^|\/)mbed_app\.json$/i],
  ['CMSIS-RTX', /(^|\/)RTX_Config\.h$/i],
  ['embOS', /(^|\/)RTOSInit\w*\.c$/i],
  ['Micrium OS', /(^|\/)os_cfg\.h$/i],
];

function firstNamed(files: readonly string[], systems: readonly NamedSystem[]): string | undefined {
  const found = systems.flatMap(([name, pattern], order) => {
    const depths = files.filter(file => pattern.test(file)).map(file => file.split('/').length);
    return depths.length === 0 ? [] : [{ name, depth: Math.min(...depths), order }];
  });
  return found.sort((left, right) => left.depth - right.depth || left.order - right.order)[0]?.name;
}
