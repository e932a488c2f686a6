/** Whether a path, macro name or condition speaks of the chip in use, of another one, or of none: `stm32f40_41xxx.h` is the same as STM32F407. */
export function chipAgreement(text: string, chip: string | undefined): 'same' | 'other' | 'unknown' {
  if (chip === undefined) return 'unknown';
  const device = chip.toLowerCase().replace(/_.*$/, '');
  const named = [...text.toLowerCase().matchAll(chipWords)].map(([word]) => word);
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
