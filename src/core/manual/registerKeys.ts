import { bitMask } from '../device/numbers.ts';
import { coreKey } from './coreKeys.ts';
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
  /** The bits that hold the key, where it is known beyond the file's fields. */
  readonly mask?: bigint;
  /** What is read there is not the key, so that read-modify-write never writes it. */
  readonly readsOtherwise?: boolean;
}

/** The key values and sequences that Arm's manuals and the device's own give for a register; none where none is known. */
export function registerKeys(place: ManualPlace, options: { readonly device?: string } = {}): RegisterKeys[] {
  const ofCore = coreRegisterKey(place);
  if (ofCore !== undefined) return [ofCore];
  if (options.device === undefined) return [];
  return manualFacts(place, options.device, block => block.keys).flatMap(({ fact, from }) => {
    const names = fact.fields === undefined ? undefined : place.register.fields.filter(({ name }) => fact.fields?.test(name.toUpperCase()) === true).map(({ name }) => name);
    if (names?.length === 0) return [];
    return [{ ...keyWords(fact), ...(names !== undefined && { fields: names }), ...from }];
  });
}

/** Named after the field that holds the key, if the file has one that can be written. */
function coreRegisterKey(place: ManualPlace): RegisterKeys | undefined {
  const known = coreKey(place);
  if (known === undefined) return undefined;
  const names = place.register.fields.filter(field => field.access !== 'read-only' && bitMask(field.bitOffset, field.bitWidth) === known.mask).map(({ name }) => name);
  return { ...keyWords(known.fact), ...(names.length > 0 && { fields: names }), mask: known.mask, certainty: 'documented', source: known.source };
}

function keyWords(fact: Omit<KeyFact, 'register' | 'fields'>): Omit<RegisterKeys, 'certainty' | 'fields' | 'mask'> {
  return { text: keyText(fact), keys: fact.keys, isSequence: fact.isSequence === true, takesOthers: fact.takesOthers === true, ...(fact.readsOtherwise === true && { readsOtherwise: true }) };
}

function keyText({ text, keys, isSequence }: Omit<KeyFact, 'register' | 'fields'>): string {
  if (keys.length === 0) return text;
  const values = keys.map(({ value, meaning }) => `${keyHex(value)}${meaning === undefined ? '' : ` ${meaning}`}`);
  return isSequence === true ? `${text} Keys, in this order: ${values.join(', then ')}.` : `${text} Keys: ${values.join('; ')}.`;
}

/** With its leading zero, as manuals and headers write it: that is what one searches for. */
export function keyHex(value: bigint): string {
  const digits = value.toString(16).toUpperCase();
  return `0x${digits.length > 1 && digits.length % 2 === 1 ? '0' : ''}${digits}`;
}
