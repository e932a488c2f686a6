import { comparedName } from './partNames.ts';

/** Names under which vendors file a part's description, its own first. */
export function otherFileNames(part: string): readonly string[] {
  const name = part.trim().replace(/_?XX[A-Z]{2}(?=_|$)/i, '').replace(/\s.*$/, '');
  const compared = comparedName(name);
  return [...new Set([name, ...rules.flatMap(([pattern, ...filed]) => {
    const match = pattern.exec(compared);
    return match === null ? [] : filed.map(text => text.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? ''));
  })])];
}

/** A part number as compared, and the names of files that describe it. */
const rules: readonly (readonly [pattern: RegExp, ...filed: string[]])[] = [
  [/^NRF51/, 'nrf51'],
  [/^NRF52832/, 'nrf52'],
  [/^NRF91(31|51|61)/, 'nrf9120'],
  [/^(R7FA\w{5})/, '$1'],
  // Kinetis files leave out the flash size: MK64FN1M0VLL12 is MK64F12, MKL25Z128VLK4 is MKL25Z4.
  [/^MK([LEVWMS]?\d\d)([FDZ])[NX]?\w*?V[A-Z]{2}(\d+)R?$/, 'MK$1$2$3'],
  [/^MK([LEVWMS]?\d\d)([FDZ])[NX]?(128|256|512)\w*?V[A-Z]{2}(\d+)R?$/, 'MK$1$2$3$4'],
  [/^MK([LEVWMS]?\d\d)([FDZ])[NX]?(64)\w*?V[A-Z]{2}(\d)R?$/, 'MK$1$2$3$4'],
  [/^FE310/, 'E310'],
  [/^CY8C(6\d)/, 'psoc$1'],
  // PSoC 6 dies by the flash digit.
  [/^CY8C6\d\d[67]/, 'psoc6_01'], [/^CY8C6\d\d[8A]/, 'psoc6_02'], [/^CY8C6\d\d5/, 'psoc6_03'], [/^CY8C6\d\d4/, 'psoc6_04'],
  [/^STM32F4[67]9/, 'STM32F46_79x'],
  [/^LPC8\d\d/, 'LPC800'],
  [/^CH32X03/, 'CH32X035'],
  // ST's medium-density-plus and larger L1 parts have files by size, without the pins.
  [/^(STM32L1\d\d)[A-Z]([0-9A-Z])[A-Z]\dA/, '$1X$2A'],
  [/^(STM32L1\d\d)[A-Z]([0-9A-Z])/, '$1$2'],
];
