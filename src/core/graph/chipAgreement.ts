/** Whether a path, macro name or condition speaks of the chip in use, of another one, or of none: `stm32f40_41xxx.h` is the same as STM32F407. */
export function chipAgreement(text: string, chip: string | undefined): 'same' | 'other' | 'unknown' {
  if (chip === undefined) return 'unknown';
  const device = deviceWord(chip);
  const named = chipsNamed(text);
  const sameMaker = named.filter(word => maker(word) === maker(device));
  // A path of another maker's chip is another chip's only when it names none of this maker.
  if (sameMaker.length === 0) return named.length > 0 && maker(device) !== '' ? 'other' : 'unknown';
  return sameMaker.some(word => agrees(word, device)) ? 'same' : 'other';
}

/** The same of `#if` conditions joined by `&&`, of which some may be negated: `!(defined(STM32F1))` is no word against STM32F407. */
export function conditionAgreement(condition: string, chip: string | undefined): 'same' | 'other' | 'unknown' {
  const parts = condition.split('&&').map(part => {
    const plain = chipAgreement(part, chip);
    if (!part.trim().startsWith('!')) return plain;
    return plain === 'same' ? 'other' : 'unknown';
  });
  return parts.includes('other') ? 'other' : parts.includes('same') ? 'same' : 'unknown';
}

/** Whether a path is about other families of the maker's only: `stm32/f3/rcc.h` on an STM32F407. A sibling's header, `stm32f405xx.h`, is not. */
export function isOfOtherFamily(text: string, chip: string | undefined): boolean {
  if (chip === undefined) return false;
  const device = deviceWord(chip);
  const sameMaker = chipsNamed(text).filter(word => maker(word) === maker(device));
  return sameMaker.length > 0 && !sameMaker.some(word => agrees(word.slice(0, familyLength), device.slice(0, familyLength)));
}

/** `stm32f4`, `gd32f30`: as many letters of a part's name as its family has. */
const familyLength = 7;

function deviceWord(chip: string): string {
  return chip.toLowerCase().replace(/_.*$/, '');
}

/** Families have folders of their own too: `stm32/f3`. */
function chipsNamed(text: string): string[] {
  const joined = text.toLowerCase().replace(/(?<![a-z0-9])(stm32|gd32)\/([a-z]{1,2}\d)/g, '$1$2');
  return [...joined.matchAll(chipWords)].map(([word]) => word);
}

const chipWords = /(?<![a-z0-9])(?:stm32[a-z]{1,2}\d|gd32[a-z]|at32f\d|nrf\d\d|atsam[a-z]?\d|sam[dcelrsv]\d\d|rp2\d\d\d|esp32|atmega\d|attiny\d|lpc\d\d|mk[a-z]?\d\d|msp430[a-z]|pic\d\d|ch32[a-z])[a-z0-9]*/g;

function maker(word: string): string {
  return /^(?:at(?=sam)|)([a-z]+)/.exec(word)?.[1]?.slice(0, 3) ?? '';
}

/** Equal as far as both go, `x` standing for anything; Espressif's names are whole ones. */
function agrees(word: string, device: string): boolean {
  if (word.startsWith('esp32')) return word === device;
  const [left, right] = [word.replace(/^at(?=sam)/, ''), device.replace(/^at(?=sam)/, '')];
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const [a, b] = [left.charAt(index), right.charAt(index)];
    if (a !== b && a !== 'x' && b !== 'x') return false;
  }
  return true;
}
