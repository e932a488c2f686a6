import * as path from 'node:path/posix';
import { svdMatchScore } from './matchSvd.ts';
import { comparedName } from './partNames.ts';

/** Files that together are a device's header: several where a vendor splits registers, bits and structs. */
export interface HeaderChoice {
  /** Device header first. */
  readonly files: readonly string[];
}

/** The device header among the files of a workspace or SDK; undefined when none is the part's. */
export function findHeaders(part: string, files: readonly string[]): HeaderChoice | undefined {
  const headers = files.filter(file => /\.(h|inc)$/i.test(file));
  const split = splitHeaders(part, headers);
  if (split.length > 0) return { files: split };
  const names = headerNames(part);
  const ranked = headers.flatMap(file => {
    const name = path.basename(file).toLowerCase();
    const score = names.includes(name) ? 2000 : svdMatchScore(part, name.replace(/\.h$/, '.svd'));
    return score > 0 && !/[_-](hal|ll|it|conf|config|def|bitfields|peripherals|to|name)\b|system_|startup/i.test(name) && !/_to_|_name_change|_hal_|_ll_/.test(name) ? [{ file, score }] : [];
  }).sort((left, right) => right.score - left.score || left.file.length - right.file.length);
  const [best] = ranked;
  if (best !== undefined) return { files: [best.file, ...companions(best.file, headers), ...symbolFiles(best.file, files)] };
  const library = libopencm3(part, headers);
  return library.length > 0 ? { files: library } : undefined;
}

/** Names that a toolchain or SDK gives a part's header when the part's own name does not lead to it. */
export function headerNames(part: string): string[] {
  const name = part.toLowerCase().replace(/[^a-z0-9_]/g, '');
  const avr = /^at(mega|tiny|xmega|90)(\w+)$/.exec(name);
  if (avr !== null) return [`io${{ mega: 'm', tiny: 'tn', xmega: 'x', 90: '90' }[avr[1] ?? ''] ?? ''}${avr[2] ?? ''}.h`];
  const stm = /^stm32([a-z]+\d\d?\d)/.exec(name);
  return stm === null ? [`${name}.h`] : [`${name}.h`, `stm32${stm[1] ?? ''}xx.h`];
}

/** `STM32F407xx`, `GD32F450`, `NRF52840_XXAA`, `__AVR_ATmega328P__` for the part itself, when the build does not say. */
export function isPartMacro(part: string, name: string): boolean {
  if (name.length < 6 || /_H_*$|_HAL|HEADER/.test(name)) return false;
  if (/^STM32[FGHLUW]\d$/.test(name)) return part.toUpperCase().startsWith(name);
  const bare = comparedName(name.replace(/^__AVR_|^CONFIG_(SOC|IDF_TARGET)_|_+$/g, '').replace(/_XX[A-Z]{2}$/, '')).replace(/X+[A-Z]?$/, '');
  return bare.length >= 6 && /\d/.test(bare) && comparedName(part).startsWith(bare);
}

/** Espressif's and Raspberry Pi's registers stand in a file per block. */
function splitHeaders(part: string, headers: readonly string[]): string[] {
  const esp = /^ESP32(?:-?([A-Z]\d+))?$/i.exec(part);
  if (esp !== null) {
    const chip = `esp32${(esp[1] ?? '').toLowerCase()}`;
    const own = headers.filter(file => new RegExp(`(^|/)${chip}/(register|include)/soc/[^/]*(_reg|_struct|reg_base|interrupts)\\.h$`).test(file) || new RegExp(`(^|/)${chip}/include/soc/soc\\.h$`).test(file));
    return own.toSorted((left, right) => Number(!/reg_base|soc\.h/.test(left)) - Number(!/reg_base|soc\.h/.test(right)));
  }
  const pico = /^RP2(040|350)/i.exec(part)?.[1];
  if (pico === undefined) return [];
  const inChip = new RegExp(`(^|/)rp2${pico}/hardware_(regs|structs)/include/hardware/(regs|structs)/[^/]+\\.h$`);
  return headers.filter(file => inChip.test(file)).toSorted((left, right) => Number(left.includes('/structs/')) - Number(right.includes('/structs/')));
}

/** `nrf52840_bitfields.h`, `gd32vf103_usart.h`: files beside a header that go on with its name. */
function companions(header: string, headers: readonly string[]): string[] {
  const stem = path.basename(header).replace(/\.h$/, '');
  if (!/^(nrf|gd32)/i.test(stem)) return [];
  const folders = [path.dirname(header), path.join(path.dirname(header), '../Include'), path.join(path.dirname(header), 'Peripherals')];
  return headers.filter(file => path.basename(file).startsWith(`${stem}_`) && !/(_it|_libopt|_hal\w*|_vectors|_memory|_name_change)\.h$/.test(file)
    && (folders.includes(path.dirname(file)) || /^gd32/i.test(stem)));
}

/** Where TI's headers for MSP430 leave the addresses: names of the linker's files beside the header. */
export function symbolFileNames(header: string): string[] {
  const stem = path.basename(header).replace(/\.h$/i, '').toLowerCase();
  return /^(msp430|cc430|rf430)\w/.test(stem) ? [`${stem}_symbols.ld`, `${stem}.cmd`] : [];
}

function symbolFiles(header: string, files: readonly string[]): string[] {
  const names = symbolFileNames(header);
  const nearness = (file: string) => Number(path.dirname(file) === path.dirname(header));
  return names.length === 0 ? [] : files.filter(file => names.includes(path.basename(file).toLowerCase())).toSorted((left, right) => nearness(right) - nearness(left)).slice(0, 1);
}

/** libopencm3 has a folder of headers for each STM32 series. */
function libopencm3(part: string, headers: readonly string[]): string[] {
  const family = /^STM32([FGHLUW]\w?\d?)/i.exec(part)?.[1]?.slice(0, 2).toLowerCase();
  if (family === undefined) return [];
  const own = headers.filter(file => new RegExp(`(^|/)libopencm3/(stm32/${family}/[^/]+|cm3/(nvic|scb|systick|mpu|dwt|itm))\\.h$`).test(file));
  return own.toSorted((left, right) => Number(left.includes('/cm3/')) - Number(right.includes('/cm3/')));
}
