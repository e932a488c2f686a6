/** How far a file's chip is from the wanted part, and in what. */
export interface Sibling {
  readonly distance: number;
  /** Half a sentence for the user. */
  readonly text: string;
}

/** The relation of two variants of one die, both names as compared; undefined when they are other chips, or when that is not known. */
export function siblingNote(part: string, other: string): Sibling | undefined {
  const [twin, without] = smallerTwin(part) ?? [];
  if (twin !== undefined && other.startsWith(twin)) return { distance: 20, text: `close: of ${twin}, ${without ?? ''}` };
  for (const { pattern, memory } of variants) {
    const [, series, pins = '', size = ''] = pattern.exec(part) ?? [];
    const [, otherSeries, otherPins = '', otherSize = ''] = pattern.exec(other) ?? [];
    if (series === undefined || series !== otherSeries) continue;
    const differs = [...(pins === otherPins ? [] : [`of the ${otherPins} variant, not ${pins}`]), ...(size === otherSize ? [] : [`with ${memory} ${otherSize}, not ${size}`])];
    return { distance: 5 * differs.length + (size === otherSize ? 0 : 10), text: `close: ${differs.join(', ') || 'another revision'}` };
  }
  return undefined;
}

/** ST's crypto variants are another part with a cipher and a hash unit added. */
function smallerTwin(part: string): readonly [twin: string, without: string] | undefined {
  const [, line = ''] = /^(STM32F4(?:15|17|23|37|39|79))/.exec(part) ?? [];
  return line === '' ? undefined : [`${line.slice(0, 7)}${Number(line.charAt(7)) - 1}${line.charAt(8)}`, 'which lacks the crypto units'];
}

/** Part numbers of which only pins (second group) and memory (third group) differ within a series (first group). */
const variants: readonly { readonly pattern: RegExp; readonly memory: string }[] = [
  // SAM D21 G 18 A
  { pattern: /^SAM([A-Z]\d\d)([A-Z])(\d\d)/, memory: 'memory size' },
  // STM32F412 x G, where memory alone differs within a line; F1 and L1 lines differ in more.
  { pattern: /^(STM32(?:F[23467]|G|H|L[045]|U|WB|WL)[0-9A-Z]{2})()[A-Z]([0-9A-Z])/, memory: 'memory code' },
  // TM4C123G H6 PM
  { pattern: /^(TM4C\d{3}[A-Z])[A-Z]\d([A-Z]{2,3})/, memory: 'memory size' },
  // EFR32MG12 P332 F1024 GL125
  { pattern: /^(EF[MR]32[A-Z]{2}\d{1,2})([A-Z]?\d{3})F(\d+)/, memory: 'flash of' },
  // R7FA6M5 B H
  { pattern: /^(R7FA\d[A-Z]\d)([A-Z])([A-Z0-9])/, memory: 'memory code' },
];
