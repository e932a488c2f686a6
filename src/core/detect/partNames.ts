/** How a vendor names its parts, and how a found name is spelled on screen. */
interface PartPattern {
  readonly pattern: RegExp;
  readonly spell: (name: string) => string;
}

const capitals = (name: string) => name.toUpperCase();

/** Letters around a name end it; an underscore does not, as in `startup_stm32f407xx.s` and `__SAMD21G18A__`. */
function named(expression: string, spell: (name: string) => string = capitals): PartPattern {
  return { pattern: new RegExp(`(?<![A-Za-z0-9])(?:${expression})(?![A-Za-z0-9])`, 'gi'), spell };
}

const patterns: readonly PartPattern[] = [
  named('STM32(?:(?:MP\\d|WBA|WB|[CFGHLNU])\\d[0-9A-Z]{0,2}|WL(?:E\\d|\\d[0-9A-Z]{0,2}|X+)?|W108)(?:[A-Z][0-9A-Z](?:[A-Z][0-9X]?[A-Z]?)?)?(?:_41X+)?', spellStm32),
  { pattern: /(?<![A-Za-z0-9])nrf(?:5[1-4]|9[12])[0-9HL]\d{1,2}(?:_XX[A-Z]{2})?(?:_(?:APPLICATION|NETWORK))?(?![0-9])/gi, spell: spellNordic },
  { pattern: /(?<![A-Za-z0-9])esp(?:32(?:[-_]?(?:s2|s3|c2|c3|c5|c61|c6|h2|h4|p4))?|8266)(?![0-9])/gi, spell: spellEspressif },
  { pattern: /(?<![A-Za-z0-9])rp2(?:040|350)(?![0-9])/gi, spell: capitals },
  named('AT(?:mega|tiny|xmega)\\d+(?:RF[AR][12]|[A-Z]{0,2}\\d?)', spellAvr),
  named('AVR\\d{2,3}[DE][A-Z]\\d{2}S?'),
  named('AT90[A-Z]+\\d+[A-Z]?'),
  named('(?:AT(?:91)?)?SAM(?:[CDELSRVG]\\d{2}[A-Z]\\d{2}[A-Z]?|3[A-Z]\\d[A-Z]|4[A-Z]{1,2}\\d{1,2}[A-Z]?)', name => name.toUpperCase().replace(/^(AT(91)?)?SAM/, 'ATSAM')),
  named('LPC\\d{2}[0-9A-Z]?[0-9]{1,2}[A-Z0-9]{0,8}'),
  named('MK[LEVWS]?\\d{2}[A-Z][A-Z0-9]{1,14}'),
  named('MIMXRT\\d{3,4}[A-Z0-9]{0,10}'),
  named('MCX[ACELNW]\\d{2,3}[A-Z0-9]{0,8}'),
  named('F?S32K\\d{3}[A-Z0-9]{0,12}', name => name.toUpperCase().replace(/^F(?=S32K)/, '')),
  named('GD32(?:(?:VF|VW|[ACEFGHLW])\\d{2}[0-9E]|EPRT)[A-Z0-9]{0,6}', withoutWildcards),
  named('(?:CH32[A-Z]|AT32[A-Z]{1,2}|APM32[A-Z]|HC32[A-Z]|MM32[A-Z]{1,2}|HK32[A-Z]|PY32[A-Z]|N32[A-Z])\\d{3}[A-Z0-9]{0,8}', withoutWildcards),
  named('CH5[6-9]\\d[A-Z]?'),
  named('R7F[A-Z0-9]{5,12}'),
  named('R5F\\d{3}[0-9A-Z]{2}[A-Z0-9]{0,6}'),
  named('(?:LP)?(?:TM4C|LM4F)\\d{3}[A-Z0-9]{2,8}', name => name.toUpperCase().replace(/^LP/, '')),
  named('MSP43[02][A-Z]{1,3}\\d{3,5}[A-Z0-9]{0,4}'),
  named('CC(?:13|23|25|26|27|32)\\d{2}[A-Z0-9]{0,8}'),
  named('EF[MR]32[A-Z]{2}\\d{1,2}[A-Z0-9]{0,16}'),
  named('[BFMZ]GM\\d{3}[A-Z]{1,3}\\d{2}[A-Z0-9]{1,8}'),
  named('MSPM0[A-Z]\\d{4}[A-Z0-9]{0,6}'),
  named('TMS320F28\\d{1,5}[A-Z]{0,3}'),
  named('XMC[1457]\\d{3}(?:-?[A-Z]\\d{2,3}[FX]?\\d{0,4})?'),
  named('CY8C\\d[A-Z0-9]{3,12}'),
  named('CY(?:T[2-4]|T6)[A-Z0-9]{4,12}'),
  named('FE310(?:-G00\\d)?'),
  named('K210|W80[16]|BL(?:602|616|702|808)|HPM\\d{4}|ADUCM\\d{3,4}|MAX32\\d{3}|AMA[34]B\\w{2,6}'),
  named('STM8[ALS]\\d{3}[A-Z0-9]{0,6}', withoutWildcards),
  named('PIC32[A-Z]{2}\\d{3,4}[A-Z0-9]{0,8}'),
  named('PIC(?:10|12|16|18)(?:L?F|C)\\d{2,5}[A-Z]{0,2}\\d{0,3}'),
  named('PIC24[A-Z]{1,2}\\d{2,5}[A-Z]{2}\\d{3,4}[A-Z]?'),
  named('DSPIC(?:30F\\d{4}[A-Z]?|33[A-Z]{1,2}\\d{2,5}[A-Z]{2}\\d{3,4}[A-Z]?)', text => text.toUpperCase().replace(/^DSPIC/, 'dsPIC')),
];

/** Part numbers in a text, in the vendors' spelling and without trailing wildcards: `STM32F407` in `stm32f407xx.h`. */
export function findParts(text: string): string[] {
  const found = patterns.flatMap(({ pattern, spell }) => [...text.matchAll(pattern)].map(match => spell(match[0])));
  return [...new Set(found)];
}

/** A part number as compared: capitals and digits, without the `AT` that Microchip's tools leave out. */
export function comparedName(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]/g, '').replace(/^AT(?=SAM)/, '');
}

/**
 * Whether the longer name can be the same chip told more exactly: `STM32F407VGT6` of `STM32F407` and `STM32F407xG`, but not
 * `ESP32-C3` of `ESP32`, `nRF52840` of `nRF52` (the number goes on), or `ATmega328PB` of `ATmega328P` (another chip).
 */
export function isMoreExact(longer: string, shorter: string): boolean {
  const [long, short] = [comparedName(longer), comparedName(shorter)];
  const [, line, size] = /^(STM32.{4})X(.)$/.exec(short) ?? [];
  if (line !== undefined && long.startsWith(line) && long.charAt(10) === size) return true;
  if (!long.startsWith(short)) return false;
  const rest = long.slice(short.length);
  if (rest === '') return true;
  if (short === 'ESP32') return /^(WROOM|WROVER|SOLO|MINI|PICO|D0WD|U4WDH)/.test(rest);
  if (/^AT(MEGA|TINY)/.test(short)) return /^(P?A?|A?U?)$/.test(rest);
  return isFamily(short) || !/^[0-9]/.test(rest);
}

/** Whether the name says a family (`STM32F4`, `STM32F40`) rather than a chip. */
export function isFamily(name: string): boolean {
  const compared = comparedName(name);
  return compared.startsWith('STM32') && compared.length < 9;
}

function withoutWildcards(name: string): string {
  return name.toUpperCase().replace(/X+$/, '');
}

/** ST's old library names device lines by what they share: `STM32F40_41xxx`, `STM32F10X_MD`; the newer one's `STM32F103xB` leaves the package open. */
function spellStm32(name: string): string {
  return withoutWildcards(name.replace(/_41X+$/i, '')).replace(/^(STM32.{4})X(.)$/, '$1x$2');
}

function spellNordic(name: string): string {
  return name.toUpperCase().replace(/^NRF/, 'nRF').replace('_XX', '_xx');
}

function spellEspressif(name: string): string {
  return name.toUpperCase().replace(/^ESP32[-_]?(?=.)/, 'ESP32-');
}

function spellAvr(name: string): string {
  return name.toUpperCase().replace(/^AT(MEGA|TINY|XMEGA)/, (_, family: string) => `AT${family.toLowerCase()}`);
}
