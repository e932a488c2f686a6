import type { Device } from '../device/device.ts';
import { findRegisters } from '../device/findRegisters.ts';
import type { Evidence } from '../prompt/prompt.ts';
import type { Finding } from './answer.ts';
import { checkAddresses } from './checkAddresses.ts';
import { checkBits } from './checkBits.ts';
import { checkEffects } from './checkEffects.ts';
import { checkInterrupts } from './checkInterrupts.ts';
import { checkFieldsOf, checkMasks, type MacroSpan } from './checkFieldNames.ts';
import { macroMentions, registerMentions, type PlacedSpan } from './mentions.ts';

/** Bit positions, addresses, reset values and interrupt numbers, each held against the register the sentence speaks of. */
export function checkValues(plain: string, device: Device, evidence: readonly Evidence[]): Finding[] {
  const registers = registerMentions(plain, device).flatMap(({ place, ...span }): PlacedSpan[] => (place === undefined ? [] : [{ ...span, place }]));
  const quoted = evidence.flatMap(({ path }) => (path === undefined ? [] : findRegisters(device, path).slice(0, 1).map(({ place }) => place)));
  const spokenOf = new Set([...registers.map(({ place }) => place.path), ...quoted.map(({ path }) => path)]);
  // One header name stands for the same register of every instance.
  const macros = macroMentions(plain).flatMap((span): MacroSpan[] => {
    const found = findRegisters(device, span.text);
    const chosen = found.find(({ place }) => spokenOf.has(place.path)) ?? found[0];
    return chosen === undefined ? [] : [{ ...span, ...chosen }];
  });
  return [
    ...checkBits(plain, { named: [...registers, ...macros], quoted }),
    ...checkAddresses(plain, device, registers),
    ...checkInterrupts(plain, device),
    ...checkEffects(plain, device),
    ...checkFieldsOf(plain, registers),
    ...checkMasks(plain, macros),
  ];
}
