import { findCompilerFlags, type CompilerFlag } from '../parse/compilerFlags.ts';
import { parseCompileCommands } from '../parse/compileCommands.ts';
import { parseIni, type IniEntry } from '../parse/ini.ts';
import { findJsonStrings } from '../parse/jsonStrings.ts';
import { parseProjectXml } from '../parse/projectXml.ts';
import { parseYamlLines } from '../parse/yamlLines.ts';
import { lineAt, lineStarts } from '../text/lines.ts';
import { partOfBoard } from './boards.ts';
import { coreName } from './cores.ts';
import type { Clue } from './evidence.ts';
import { findParts } from './partNames.ts';

/** A kind of project file: how its files are known, and what one says. */
export interface ClueReader {
  readonly files: RegExp;
  /** Files of the kind that are read, the shallowest first. */
  readonly most: number;
  readonly read: (text: string) => Clue[];
}

/** The kinds of project file that name a chip, most telling first. */
export const clueReaders: readonly ClueReader[] = [
  { files: /(^|\/)platformio\.ini$/i, most: 4, read: readPlatformio },
  { files: /\.ioc$/i, most: 6, read: readCubeMx },
  { files: /(^|\/)launch\.json$/i, most: 4, read: readLaunch },
  { files: /\.(uvprojx|uvproj)$/i, most: 6, read: text => readProject(text, { Device: 85, Cpu: 0 }) },
  { files: /\.ewp$/i, most: 6, read: text => readProject(text, { OGChipSelectEditMenu: 82, OGChipSelectMenu: 80, CCDefines: 60 }) },
  { files: /(^|\/)sdkconfig(\.defaults\w*)?$|(^|\/)prj\w*\.conf$|(^|\/)zephyr\/\.config$|_defconfig$/i, most: 8, read: readKconfig },
  { files: /(^|\/)(sketch|project)\.ya?ml$|(^|\/)west\.yml$/i, most: 6, read: readYaml },
  { files: /(^|\/)boards\/.*(\.dts|\/board\.ya?ml|\/Kconfig\.\w+)$/i, most: 8, read: readZephyrBoard },
  { files: /(^|\/)(arduino|board|mbed_app|c_cpp_properties|settings|cmakepresets)\.json$/i, most: 6, read: readBoardJson },
  { files: /(^|\/)compile_commands\.json$/i, most: 2, read: text => flagClues(parseCompileCommands(text), 75) },
  { files: /(^|\/)(CMakeLists\.txt|[\w-]+\.cmake)$/i, most: 10, read: readCmake },
  { files: /(^|\/)(gnu)?makefile$|\.mk$|(^|\/)meson\.build$|(^|\/)SConstruct$|(^|\/)\.cproject$/i, most: 10, read: readMakefile },
  { files: /(^|\/)(main|board|config|hal_conf|stm32\w*_hal_conf|bsp|system)\.(c|h|cpp|hpp)$/i, most: 10, read: readIncludes },
];

function clue(entry: { readonly line: number }, evidence: string, rest: Partial<Clue>): Clue {
  return { line: entry.line, evidence: evidence.trim().slice(0, 160), ...rest };
}

function partClue(entry: { readonly line: number }, evidence: string, weighed: { readonly part: string | undefined; readonly weight: number }): Clue[] {
  return weighed.part === undefined ? [] : [clue(entry, evidence, { part: weighed.part, weight: weighed.weight })];
}

function readPlatformio(text: string): Clue[] {
  const entries = parseIni(text);
  const chosen = entries.find(({ section, key }) => section === 'platformio' && key === 'default_envs')?.value.split(/[,\s]+/)[0];
  return entries.flatMap(entry => {
    const preferred = chosen !== undefined && entry.section === `env:${chosen}` ? 5 : 0;
    const evidence = `${entry.key} = ${entry.value}`;
    if (entry.key === 'board') return partClue(entry, evidence, { part: partOfBoard(entry.value), weight: 90 + preferred });
    if (entry.key === 'board_build.mcu') return partClue(entry, evidence, { part: findParts(entry.value)[0], weight: 92 + preferred });
    if (entry.key === 'debug_svd_path') return [clue(entry, evidence, { svd: entry.value })];
    if (entry.key === 'framework') return rtosOf(entry, evidence);
    return /build_flags|build_unflags/.test(entry.key) && !entry.key.includes('unflags') ? flagClues(findCompilerFlags(entry.value), 70).map(found => ({ ...found, line: entry.line })) : [];
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
    return entry.key === 'device' || entry.key === 'target' ? partClue(entry, evidence, { part: findParts(entry.value)[0], weight: 80 }) : [];
  });
}

function withoutEmptyPart({ part, ...rest }: Clue): Clue {
  return part === undefined || part === '' ? rest : { ...rest, part };
}

function withoutVariables(file: string): string {
  return file.replaceAll('\\', '/').replace(/^\$\{workspace(Folder|Root)(:[^}]*)?\}\/?/, '').replace(/^\.\//, '');
}

function readProject(text: string, weights: Readonly<Record<string, number>>): Clue[] {
  return parseProjectXml(text).flatMap(entry => {
    const evidence = `${entry.name}: ${entry.value}`;
    if (entry.name === 'Cpu') {
      const cpu = /CPUTYPE\("([\w-]+)"\)/.exec(entry.value)?.[1];
      return cpu === undefined ? [] : [clue(entry, evidence, { core: coreName(cpu) })];
    }
    const weight = weights[entry.name];
    return weight === undefined ? [] : partClue(entry, evidence, { part: findParts(entry.value)[0], weight });
  });
}

function readKconfig(text: string): Clue[] {
  return parseIni(text).flatMap(entry => {
    const evidence = `${entry.key}=${entry.value}`;
    if (entry.key === 'CONFIG_IDF_TARGET') return partClue(entry, evidence, { part: findParts(entry.value)[0], weight: 88 });
    if (entry.key === 'CONFIG_BOARD') return partClue(entry, evidence, { part: partOfBoard(entry.value), weight: 80 });
    if (/^CONFIG_(SOC|SOC_PART_NUMBER)$/.test(entry.key)) return partClue(entry, evidence, { part: findParts(entry.value)[0], weight: 84 });
    if (/^CONFIG_(SOC|BOARD|MCU)_/.test(entry.key) && entry.value === 'y') return partClue(entry, evidence, { part: findParts(entry.key.replace(/^CONFIG_(SOC|BOARD|MCU)_/, ''))[0], weight: 70 });
    return [];
  });
}

function readYaml(text: string): Clue[] {
  return parseYamlLines(text).flatMap(entry => {
    const board = /fqbn$/.test(entry.key) ? entry.value.split(':')[2] : /^(board|device|mcu|target)$/.test(entry.key) ? entry.value : undefined;
    return board === undefined ? [] : partClue(entry, `${entry.key}: ${entry.value}`, { part: partOfBoard(board), weight: 80 });
  });
}

/** Own boards of a Zephyr workspace: devicetree, `board.yml`, `Kconfig.<board>`. */
function readZephyrBoard(text: string): Clue[] {
  return matchClues(text, /^[ \t]*(?:#[ \t]*include[ \t]*<([^>\n]+)>|-[ \t]+name:[ \t]*(\S+)|select[ \t]+SOC_(\w+))/gm, match => ({ part: findParts(match[1] ?? match[2] ?? match[3] ?? '')[0], weight: 75 }));
}

function readBoardJson(text: string): Clue[] {
  return findJsonStrings(text).flatMap(entry => {
    const evidence = `"${entry.key}": "${entry.value}"`;
    if (entry.key === 'board' || entry.key === 'BOARD' || entry.key === 'PICO_BOARD') return partClue(entry, evidence, { part: partOfBoard(entry.value.split(':')[2] ?? entry.value), weight: 78 });
    if (/svd/i.test(entry.key) && /\.svd$/i.test(entry.value)) return [clue(entry, evidence, { svd: withoutVariables(entry.value) })];
    return /device|mcu|target|idf\.adapterTargetName/i.test(entry.key) ? partClue(entry, evidence, { part: findParts(entry.value)[0], weight: 70 }) : [];
  });
}

function readCmake(text: string): Clue[] {
  const settings = matchClues(text, /^[^#\n]*?\bset\s*\(\s*((?:PICO_)?BOARD|IDF_TARGET|MCU|DEVICE|CPU_TYPE|MCU_\w+|TARGET_MCU|CHIP)\s+"?([\w./@+-]+)/gim, match => ({ part: partOfBoard(match[2] ?? '') ?? findParts(match[2] ?? '')[0], weight: 75 }));
  const pico = matchClues(text, /^[^#\n]*?\bpico_sdk_init\s*\(/gim, () => ({ part: 'RP2040', weight: 45 }));
  return [...settings, ...defineWords(text), ...pico, ...flagClues(findCompilerFlags(text), 65)];
}

/** CMake's `target_compile_definitions(app PRIVATE STM32F407xx)` has no `-D`. */
function defineWords(text: string): Clue[] {
  const starts = lineStarts(text);
  return [...text.matchAll(/\b(?:target_compile_definitions|add_compile_definitions|add_definitions)\s*\(([^)]{0,4000})\)/gi)].flatMap(block => {
    const from = block.index + block[0].indexOf(block[1] ?? '');
    return [...(block[1] ?? '').matchAll(/[^\s;"]+/g)].flatMap(word => partClue({ line: lineAt(starts, from + word.index) }, word[0], { part: findParts(word[0].replace(/^-D/, ''))[0], weight: 66 }));
  });
}

function readMakefile(text: string): Clue[] {
  const settings = matchClues(text, /^\s*(?:export\s+)?(MCU|DEVICE|BOARD|CHIP|TARGET_MCU|PART|TARGET_DEVICE|IDF_TARGET)\s*[:?]?=\s*([\w./-]+)/gim, match => ({ part: partOfBoard(match[2] ?? '') ?? findParts(match[2] ?? '')[0], weight: 72 }));
  return [...settings, ...flagClues(findCompilerFlags(text), 65)];
}

function matchClues(text: string, pattern: RegExp, weigh: (match: RegExpExecArray) => { readonly part: string | undefined; readonly weight: number }): Clue[] {
  const starts = lineStarts(text);
  return [...text.matchAll(pattern)].flatMap(match => partClue({ line: lineAt(starts, match.index + match[0].search(/\S/)) }, match[0], weigh(match)));
}

function flagClues(flags: readonly CompilerFlag[], weight: number): Clue[] {
  return flags.flatMap(flag => {
    if (flag.kind === 'cpu') return [clue(flag, flag.text, { core: coreName(flag.value) })];
    if (flag.kind === 'mcu') return partClue(flag, flag.text, { part: findParts(flag.value)[0], weight: 80 });
    if (flag.kind === 'arch') return /^rv(32|64)/.test(flag.value) ? [clue(flag, flag.text, { core: 'RISC-V' })] : [];
    return partClue(flag, flag.text, { part: findParts(flag.value)[0], weight: flag.kind === 'define' ? weight : 45 });
  });
}

function readIncludes(text: string): Clue[] {
  return matchClues(text, /^[ \t]*#[ \t]*include[ \t]*[<"]([^>"\n]+)[>"]/gm, match => ({ part: findParts(match[1] ?? '')[0], weight: 45 }));
}
