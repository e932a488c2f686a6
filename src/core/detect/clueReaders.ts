import { findCompilerFlags } from '../parse/compilerFlags.ts';
import { parseCompileCommands } from '../parse/compileCommands.ts';
import { parseIni, type IniEntry } from '../parse/ini.ts';
import { findJsonStrings } from '../parse/jsonStrings.ts';
import { parseYamlLines } from '../parse/yamlLines.ts';
import { lineAt, lineStarts } from '../text/lines.ts';
import { partOfBoard } from './boards.ts';
import { clue, flagClues, matchClues, partClue, withoutVariables, type ClueReader } from './clues.ts';
import { debuggerReaders } from './debuggerClues.ts';
import type { Clue } from './evidence.ts';
import { ideReaders } from './ideClues.ts';
import { findParts } from './partNames.ts';

/** The kinds of project file that name a chip, most telling first. */
export const clueReaders: readonly ClueReader[] = [
  { files: /(^|\/)platformio\.ini$/i, most: 4, read: readPlatformio },
  { files: /\.ioc$/i, most: 6, read: readCubeMx },
  { files: /(^|\/)launch\.json$/i, most: 4, read: readLaunch },
  ...ideReaders,
  ...debuggerReaders,
  { files: /(^|\/)sdkconfig(\.defaults\w*)?$|(^|\/)prj\w*\.conf$|(^|\/)zephyr\/\.config$|_defconfig$|(^|\/)CMakeCache\.txt$/i, most: 8, read: readKconfig },
  { files: /(^|\/)(sketch|project)\.ya?ml$|(^|\/)west\.yml$|\.(csolution|cproject|clayer)\.ya?ml$/i, most: 6, read: readYaml },
  { files: /(^|\/)boards\/.*(\.dts|\/board\.ya?ml|\/Kconfig\.\w+)$/i, most: 8, read: readZephyrBoard },
  { files: /(^|\/)(arduino|board|mbed_app|settings)\.json$/i, most: 6, read: readBoardJson },
  { files: /(^|\/)(cmake(user)?presets|c_cpp_properties)\.json$/i, most: 6, read: readBuildJson },
  { files: /(^|\/)compile_commands\.json$/i, most: 2, read: text => flagClues(parseCompileCommands(text), 75) },
  { files: /(^|\/)(CMakeLists\.txt|[\w-]+\.cmake)$/i, most: 10, read: readCmake },
  { files: /(^|\/)(gnu)?makefile$|\.mk$|(^|\/)meson\.build$|(^|\/)SConstruct$/i, most: 10, read: readMakefile },
  { files: /\.(ld|lds|icf|sct)$/i, most: 4, read: readLinkerScript },
  { files: /(^|\/)(main|board|config|hal_conf|stm32\w*_hal_conf|bsp|system)\.(c|h|cpp|hpp)$/i, most: 10, read: readIncludes, isCode: true },
];

function readPlatformio(text: string): Clue[] {
  const entries = parseIni(text);
  const chosen = entries.find(({ section, key }) => section === 'platformio' && key === 'default_envs')?.value.split(/[,\s]+/)[0];
  const clues = entries.flatMap(entry => {
    const preferred = chosen !== undefined && entry.section === `env:${chosen}` ? 5 : 0;
    const evidence = `${entry.key} = ${entry.value}`;
    if (entry.key === 'board') return boardClue(entry, evidence, 90 + preferred);
    if (entry.key === 'board_build.mcu') return partClue(entry, evidence, { part: findParts(entry.value)[0], weight: 92 + preferred });
    if (entry.key === 'debug_svd_path') return [clue(entry, evidence, { svd: entry.value })];
    if (entry.key === 'framework') return rtosOf(entry, evidence);
    return /build_flags|build_unflags/.test(entry.key) && !entry.key.includes('unflags') ? flagClues(findCompilerFlags(entry.value), 70).map(found => ({ ...found, line: entry.line })) : [];
  });
  if (clues.some(({ part }) => part !== undefined)) return clues;
  // An unknown board still tells by its platform, where that is for one chip.
  const platform = entries.flatMap(entry => (entry.key === 'platform' ? partClue(entry, `platform = ${entry.value}`, { part: platformPart(entry.value), weight: 40 }) : []));
  return [...clues, ...platform];
}

/** A board by its id; its own file may say more than the table of boards. */
function boardClue(entry: IniEntry, evidence: string, weight: number): Clue[] {
  const part = partOfBoard(entry.value);
  return [clue(entry, evidence, { board: entry.value, weight, ...(part !== undefined && { part }) })];
}

function platformPart(platform: string): string | undefined {
  return /espressif32/i.test(platform) ? 'ESP32' : /espressif8266/i.test(platform) ? 'ESP8266' : undefined;
}

/** The file that PlatformIO has for a board: `build.mcu`, and the names that debuggers know the chip by. */
export function readBoardFile(text: string): Clue[] {
  return findJsonStrings(text).flatMap(entry => {
    const evidence = `"${entry.key}": "${entry.value}"`;
    if (entry.key === 'mcu') return partClue(entry, evidence, { part: findParts(entry.value)[0], weight: 94 });
    if (entry.key === 'jlink_device') return partClue(entry, evidence, { part: findParts(entry.value)[0], weight: 60 });
    return entry.key === 'svd_path' ? [clue(entry, evidence, { svd: entry.value })] : [];
  });
}

function rtosOf(entry: IniEntry, evidence: string): Clue[] {
  const name = /zephyr/i.test(entry.value) ? 'Zephyr' : /mbed/i.test(entry.value) ? 'Mbed OS' : /espidf/i.test(entry.value) ? 'FreeRTOS' : undefined;
  return name === undefined ? [] : [clue(entry, evidence, { rtos: name })];
}

function readCubeMx(text: string): Clue[] {
  return parseIni(text).flatMap(entry => {
    const evidence = `${entry.key}=${entry.value}`;
    if (entry.key === 'Mcu.CPN') return partClue(entry, evidence, { part: findParts(entry.value)[0], weight: 92 });
    if (entry.key === 'Mcu.UserName' || entry.key === 'Mcu.Name') return partClue(entry, evidence, { part: findParts(entry.value.replace(/\(.*$/, ''))[0], weight: entry.key === 'Mcu.Name' ? 70 : 90 });
    if (/^Mcu\.IP\d+$/.test(entry.key) && /freertos|threadx/i.test(entry.value)) return [clue(entry, evidence, { rtos: /freertos/i.test(entry.value) ? 'FreeRTOS' : 'ThreadX' })];
    return [];
  });
}

function readLaunch(text: string): Clue[] {
  return findJsonStrings(text).flatMap(entry => {
    const evidence = `"${entry.key}": "${entry.value}"`;
    if (/^(svdFile|svdPath|definitionPath)$/.test(entry.key) && entry.value !== '') return [clue(entry, evidence, { svd: withoutVariables(entry.value), part: findParts(entry.value)[0] ?? '', weight: 50 })].map(withoutEmptyPart);
    return /^(device|target|chip|deviceName|mcu)$/.test(entry.key) ? partClue(entry, evidence, { part: findParts(entry.value)[0], weight: 80 }) : [];
  });
}

function withoutEmptyPart({ part, ...rest }: Clue): Clue {
  return part === undefined || part === '' ? rest : { ...rest, part };
}

function readKconfig(text: string): Clue[] {
  return parseIni(text).flatMap(entry => {
    const evidence = `${entry.key}=${entry.value}`;
    if (/^(CACHED_)?BOARD(:STRING)?$/.test(entry.key)) return partClue(entry, evidence, { part: partOfBoard(entry.value), weight: 82 });
    if (/^(PICO_(BOARD|PLATFORM)|IDF_TARGET|MCU|DEVICE)(:\w+)?$/.test(entry.key)) return partClue(entry, evidence, { part: partOfBoard(entry.value) ?? findParts(entry.value)[0], weight: 78 });
    if (entry.key === 'CONFIG_IDF_TARGET') return partClue(entry, evidence, { part: findParts(entry.value)[0], weight: 88 });
    if (entry.key === 'CONFIG_BOARD') return partClue(entry, evidence, { part: partOfBoard(entry.value), weight: 80 });
    if (/^CONFIG_(SOC|SOC_PART_NUMBER)$/.test(entry.key)) return partClue(entry, evidence, { part: findParts(entry.value)[0], weight: 84 });
    if (/^CONFIG_(SOC|BOARD|MCU)_/.test(entry.key) && entry.value === 'y') return partClue(entry, evidence, { part: findParts(entry.key.replace(/^CONFIG_(SOC|BOARD|MCU)_/, ''))[0], weight: 70 });
    return [];
  });
}

function readYaml(text: string): Clue[] {
  return parseYamlLines(text).flatMap(entry => {
    const board = /fqbn$/.test(entry.key) ? fqbnBoard(entry.value) : /^(board|device|mcu|target)$/.test(entry.key) ? entry.value : undefined;
    return board === undefined ? [] : partClue(entry, `${entry.key}: ${entry.value}`, { part: partOfBoard(board) ?? findParts(board)[0], weight: 80 });
  });
}

/** `STMicroelectronics:stm32:GenF4:pnum=BLACKPILL_F411CE` is for a board within a group. */
function fqbnBoard(fqbn: string): string | undefined {
  const [, , board, options] = fqbn.split(':');
  return /\bpnum=([\w-]+)/.exec(options ?? '')?.[1] ?? board;
}

/** Own boards of a Zephyr workspace: devicetree, `board.yml`, `Kconfig.<board>`. */
function readZephyrBoard(text: string): Clue[] {
  return matchClues(text, /^[ \t]*(?:#[ \t]*include[ \t]*<([^>\n]+)>|-[ \t]+name:[ \t]*(\S+)|select[ \t]+SOC_(\w+))/gm, match => ({ part: findParts(match[1] ?? match[2] ?? match[3] ?? '')[0], weight: 75 }));
}

function readBoardJson(text: string): Clue[] {
  return findJsonStrings(text).flatMap(entry => {
    const evidence = `"${entry.key}": "${entry.value}"`;
    if (entry.key === 'board' || entry.key === 'BOARD' || entry.key === 'PICO_BOARD') return partClue(entry, evidence, { part: partOfBoard(fqbnBoard(entry.value) ?? entry.value), weight: 78 });
    if (/svd/i.test(entry.key) && /\.svd$/i.test(entry.value)) return [clue(entry, evidence, { svd: withoutVariables(entry.value) })];
    return /device|mcu|target|idf\.adapterTargetName/i.test(entry.key) ? partClue(entry, evidence, { part: findParts(entry.value)[0], weight: 70 }) : [];
  });
}

/** CMake's presets write `"MCU": "STM32F407xx"` or `"MCU": {"value": …}`, and flags; C++'s settings list defines. */
function readBuildJson(text: string): Clue[] {
  const values = findJsonStrings(text).flatMap(entry => (entry.key === 'value' ? partClue(entry, `"value": "${entry.value}"`, { part: partOfBoard(entry.value) ?? findParts(entry.value)[0], weight: 70 }) : []));
  const flags = findJsonStrings(text).filter(({ key }) => /flags|args/i.test(key)).flatMap(entry => flagClues(findCompilerFlags(entry.value), 65).map(found => ({ ...found, line: entry.line })));
  const defines = matchClues(text, /(?<=[[,]\s*)"(?:-D)?([A-Za-z_]\w*)(?:=\w*)?"(?=\s*[,\]])/g, match => ({ part: findParts(match[1] ?? '')[0], weight: 64 }));
  return [...readBoardJson(text), ...values, ...flags, ...defines];
}

function readCmake(text: string): Clue[] {
  const settings = matchClues(text, /^[^#\n]*?\bset\s*\(\s*((?:PICO_)?BOARD|IDF_TARGET|MCU|DEVICE|CPU_TYPE|MCU_\w+|TARGET_MCU|CHIP)\s+"?([\w./@+-]+)/gim, match => ({ part: partOfBoard(match[2] ?? '') ?? findParts(match[2] ?? '')[0], weight: 75 }));
  const pico = matchClues(text, /^[^#\n]*?\bpico_sdk_init\s*\(/gim, () => ({ part: 'RP2040', weight: 45 }));
  return [...settings, ...defineWords(text), ...pico, ...flagClues(findCompilerFlags(text), 65)];
}

/** CMake's `target_compile_definitions(app PRIVATE STM32F407xx)` has no `-D`. */
function defineWords(text: string): Clue[] {
  const starts = lineStarts(text);
  return [...text.matchAll(/\b(?:target_compile_definitions|add_compile_definitions|add_definitions)\s*\(([^()]{0,4000})\)/gi)].flatMap(block => {
    const from = block.index + block[0].indexOf(block[1] ?? '');
    return [...(block[1] ?? '').matchAll(/[^\s;"]+/g)].flatMap(word => partClue({ line: lineAt(starts, from + word.index) }, word[0], { part: findParts(word[0].replace(/^-D/, ''))[0], weight: 66 }));
  });
}

function readMakefile(text: string): Clue[] {
  const settings = matchClues(text, /^[ \t]*(?:export[ \t]+)?(MCU|DEVICE|BOARD|CHIP|TARGET_MCU|PART|TARGET_DEVICE|IDF_TARGET|PICO_BOARD|ARDUINO_BOARD|BOARD_TAG|FQBN|CHIP_FAMILY|MCU_VARIANT)[ \t]*[:?]?=[ \t]*([\w./:-]+)/gim, match => ({ part: partOfBoard(fqbnBoard(match[2] ?? '') ?? match[2] ?? '') ?? findParts(match[2] ?? '')[0], weight: 72 }));
  const programmers = matchClues(text, /^[^#\n]*?(?:--chip|\s-device)[ =]+([\w-]+)/gm, match => ({ part: findParts(match[1] ?? '')[0], weight: 50 }));
  return [...settings, ...programmers, ...flagClues(findCompilerFlags(text), 65)];
}

/** The heading of a generated linker script names the part; without one the memories hint at the family. */
function readLinkerScript(text: string): Clue[] {
  const heading = matchClues(text.slice(0, 3000), /^[^\n]*\b(?:for|device|target|chip|part)\b[^\n]*$/gim, match => {
    // A script for many chips lists them all.
    const [part, second] = findParts(match[0]);
    return { part: second === undefined ? part : undefined, weight: 48 };
  });
  const regions = linkerRegions(text);
  const family = memoryFamilies.find(({ memories }) => memories.every(wanted => regions.some(({ origin }) => origin === wanted)));
  const [flash] = regions;
  return [...heading, ...(family === undefined || flash === undefined ? [] : partClue(flash, `memory at ${family.memories.map(origin => `0x${origin.toString(16)}`).join(' and ')}`, { part: family.part, weight: 30 }))];
}

/** Memories that few families have where they are. */
const memoryFamilies: readonly { readonly memories: readonly number[]; readonly part: string }[] = [
  { memories: [0x08000000, 0x10000000, 0x20000000], part: 'STM32F4' },
  { memories: [0x08000000, 0x24000000], part: 'STM32H7' },
  { memories: [0x10000000, 0x20040000], part: 'RP2040' },
  { memories: [0x10000000, 0x20080000], part: 'RP2350' },
];

function linkerRegions(text: string): { readonly origin: number; readonly line: number }[] {
  const starts = lineStarts(text);
  return [...text.matchAll(/\b(?:ORIGIN|org|o)\s*=\s*(0x[0-9a-f]+)\s*,\s*(?:LENGTH|len|l)\s*=/gi)].map(match => ({ origin: Number(match[1]), line: lineAt(starts, match.index) }));
}

function readIncludes(text: string): Clue[] {
  return matchClues(text, /^[ \t]*#[ \t]*include[ \t]*[<"]([^>"\n]+)[>"]/gm, match => ({ part: findParts(match[1] ?? '')[0], weight: 45 }));
}
