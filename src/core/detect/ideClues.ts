import { parseProjectXml } from '../parse/projectXml.ts';
import { coreName } from './cores.ts';
import { clue, matchClues, partClue, type ClueReader } from './clues.ts';
import type { Clue } from './evidence.ts';
import { findParts } from './partNames.ts';

/** The project files of vendors' and toolmakers' development environments. */
export const ideReaders: readonly ClueReader[] = [
  { files: /\.(uvprojx|uvproj)$/i, most: 6, read: readKeil },
  { files: /\.ewp$/i, most: 6, read: text => readProject(text, { OGChipSelectEditMenu: 82, OGChipSelectMenu: 80, CCDefines: 60 }) },
  // MPLAB X
  { files: /(^|\/)nbproject\/configurations\.xml$/i, most: 4, read: text => readProject(text, { targetDevice: 86 }) },
  // Microchip Studio
  { files: /\.(cppproj|cproj)$/i, most: 4, read: text => readProject(text, { avrdevice: 86 }) },
  // STM32CubeIDE, MCUXpresso, e2 studio and Code Composer Studio: Eclipse's own formats
  { files: /(^|\/)\.(cproject|ccsproject)$/i, most: 6, read: readEclipse },
  { files: /(^|\/)configuration\.xml$/i, most: 2, read: readEclipse },
  // Segger Embedded Studio
  { files: /\.emProject$/i, most: 4, read: readSegger },
  // MounRiver Studio; its .wvproj is encrypted
  { files: /(^|\/)\.template$/i, most: 4, read: text => matchClues(text, /^(?:MCU|Series|Mcu Type)=[^\n]+/gm, match => ({ part: findParts(match[0])[0], weight: match[0].startsWith('MCU=') ? 86 : 70 })) },
  // MCUXpresso's pin and clock settings
  { files: /\.mex$/i, most: 4, read: text => readProject(text, { processor: 80, package: 84 }) },
  // Simplicity Studio
  { files: /\.slcp$/i, most: 4, read: text => matchClues(text, /\bid:[ \t]*['"]?([\w-]+)/g, match => ({ part: findParts(match[1] ?? '')[0], weight: 84 })) },
  // ModusToolbox
  { files: /\.modus$/i, most: 4, read: text => matchClues(text, /\bmpn="([^"]+)"/g, match => ({ part: findParts(match[1] ?? '')[0], weight: 82 })) },
];

function readKeil(text: string): Clue[] {
  const svds = parseProjectXml(text).flatMap(entry => {
    // `$$Device:STM32F407VG$CMSIS\SVD\STM32F407.svd` lies in the pack: the name is what can be looked for.
    const file = entry.name === 'SFDFile' ? /([^\\/$]+\.(?:svd|sfr))$/i.exec(entry.value)?.[1] : undefined;
    return file === undefined || !/\.svd$/i.test(file) ? [] : [clue(entry, `<SFDFile>${entry.value}`, { svd: file })];
  });
  return [...readProject(text, { Device: 85, Cpu: 0 }), ...svds];
}

function readProject(text: string, weights: Readonly<Record<string, number>>): Clue[] {
  return parseProjectXml(text).flatMap(entry => {
    const evidence = `${entry.name}: ${entry.value}`;
    if (entry.name === 'Cpu') {
      const cpu = /CPUTYPE\("([\w-]+)"\)/.exec(entry.value)?.[1];
      return cpu === undefined ? [] : [clue(entry, evidence, { core: coreName(cpu, /\bFPU[2-5]\b/.test(entry.value)) })];
    }
    const weight = weights[entry.name];
    return weight === undefined ? [] : partClue(entry, evidence, { part: findParts(entry.value)[0], weight });
  });
}

/** Chips stand in attributes here: the target's own options say more than a defined macro. */
function readEclipse(text: string): Clue[] {
  const targets = matchClues(text, /<option\b[^<>]{0,2000}/g, match => ({ part: isTargetOption.test(match[0]) ? findParts(/\bvalue="([^"]+)"/.exec(match[0])?.[1] ?? '')[0] : undefined, weight: 85 }));
  const variants = matchClues(text, /<deviceVariant value="([^"]+)"/g, match => ({ part: findParts(match[1] ?? '')[0], weight: 85 }));
  // MCUXpresso keeps its settings as escaped XML inside the file.
  const chips = matchClues(text, /(?:&lt;|<)(?:info|chip)\b[^\n]{0,400}?\b(?:chip|name)=(?:&quot;|")([\w-]+)/g, match => ({ part: findParts(match[1] ?? '')[0], weight: 80 }));
  const defines = matchClues(text, /<listOptionValue\b[^<>]{0,200}?\bvalue="(?:-D)?([A-Za-z_]\w*)/g, match => ({ part: findParts(match[1] ?? '')[0], weight: 66 }));
  // Code Composer Studio
  const ids = matchClues(text, /DEVICE_CONFIGURATION_ID=[\w.]*?(\w+)(?=")/g, match => ({ part: findParts(match[1] ?? '')[0], weight: 85 }));
  return [...targets, ...variants, ...ids, ...chips, ...defines];
}

const isTargetOption = /target_?mcu|\.mcu\b|deviceName|targetDevice|\.device\b|"R7F/i;

function readSegger(text: string): Clue[] {
  const devices = matchClues(text, /\barm_target_device_name="([^"]+)"/g, match => ({ part: findParts(match[1] ?? '')[0], weight: 85 }));
  const svds = matchClues(text, /\b(?:debug_svd_file|debug_register_definition_file|arm_target_debug_register_file)="([^"]+\.svd)"/gi, match => ({ svd: (match[1] ?? '').replace(/^.*\)\/?/, ''), part: undefined, weight: 0 }));
  return [...devices, ...svds];
}
