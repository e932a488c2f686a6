import type { Device } from '../device/device.ts';

/** The family whose chips share most registers, by the maker's way of naming: `STM32F407` is of `STM32F4`. */
export function chipFamily({ name, series }: Pick<Device, 'name' | 'series'>): string {
  const bare = name.toUpperCase().replace(/[^A-Z0-9].*$/, '');
  for (const [pattern, family] of namings) {
    const match = pattern.exec(bare);
    if (match !== null) return family(match);
  }
  return series !== undefined && /^[A-Z][\w-]{2,}$/i.test(series.trim()) ? series.trim().toUpperCase() : bare;
}

const namings: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/^((?:STM32|STM8|GD32|AT32|CH32|APM32|N32|HK32|MM32|PY32|CW32|HC32)[A-Z]{1,2}\d)/, match => match[1] ?? ''],
  [/^(?:AT)?(SAM[A-Z]\d\d|SAM\d[A-Z]|SAM[A-Z]\d)/, match => match[1] ?? ''],
  [/^NRF(\d\d)\d*(L?)/, match => `NRF${match[1] ?? ''}${match[2] ?? ''}`],
  [/^(LPC\d\d)/, match => match[1] ?? ''],
  [/^(ESP32(?:[A-Z]\d)?)/, match => match[1] ?? ''],
  [/^(MCX[A-Z]|MIMXRT\d\d|MK[A-Z]?\d|MSP430[A-Z]\d|CC\d\d|EFM32[A-Z]{2}|EFR32[A-Z]{2}|R7FA\d[A-Z]|PIC\d\d[A-Z]|ATMEGA|ATTINY|PSOC\d|TM4C\d{2}|XMC\d)/, match => match[1] ?? ''],
];
