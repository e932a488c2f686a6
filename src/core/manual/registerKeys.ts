import { type KnownFrom, manualFacts } from './manualFacts.ts';
import type { KeyFact } from './manualFamily.ts';
import type { ManualPlace } from './placeNames.ts';

/** Values that a register takes as keys. */
export interface RegisterKeys extends KnownFrom {
  /** What they do, with the values: "Unlocks CR: write 0x45670123, then 0xCDEF89AB." */
  readonly text: string;
  readonly keys: readonly { readonly value: bigint; readonly meaning?: string }[];
  /** All of `keys` must be written, in that order. */
  readonly isSequence: boolean;
  /** Values that are no key do no harm: they lock again, or are data. */
  readonly takesOthers: boolean;
  readonly fields?: readonly string[];
}

/** The key values and sequences that the device's manual gives for a register; none where none is known. */
export function registerKeys(place: ManualPlace, options: { readonly device?: string } = {}): RegisterKeys[] {
  if (options.device === undefined) return [];
  return manualFacts(place, options.device, block => block.keys).flatMap(({ fact, from }) => {
    const names = fact.fields === undefined ? undefined : place.register.fields.filter(({ name }) => fact.fields?.test(name.toUpperCase()) === true).map(({ name }) => name);
    if (names?.length === 0) return [];
    return [{ text: keyText(fact), keys: fact.keys, isSequence: fact.isSequence === true, takesOthers: fact.takesOthers === true, ...(names !== undefined && { fields: names }), ...from }];
  });
}

function keyText({ text, keys, isSequence }: KeyFact): string {
  if (keys.length === 0) return text;
  const values = keys.map(({ value, meaning }) => `${wholeBytes(value)}${meaning === undefined ? '' : ` ${meaning}`}`);
  return isSequence === true ? `${text} Keys, in this order: ${values.join(', then ')}.` : `${text} Keys: ${values.join('; ')}.`;
}

/** With its leading zero, as manuals and headers write it: that is what one searches for. */
function wholeBytes(value: bigint): string {
  const digits = value.toString(16).toUpperCase();
  return `0x${digits.length > 1 && digits.length % 2 === 1 ? '0' : ''}${digits}`;
}
