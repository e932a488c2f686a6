import type { Field, Register } from '../device/device.ts';
import { bitMask } from '../device/numbers.ts';
import type { HeaderFieldNote } from './headerFields.ts';

/**
 * Fields that the header has on bits of which the file says nothing, at no instance of the register: a basic timer lacks
 * fields of the general one because the chip does, but a field that all lack was forgotten. Two names of the same bits
 * give one field, the first; a mask over several fields gives none.
 */
export function missingFields({ fields, size, access }: Register, notes: readonly HeaderFieldNote[], from: string): Field[] {
  const described = maskOf(fields);
  const open = notes.filter(note => note.isUndescribed === true && (maskOf([note]) & described) === 0n && note.bitOffset + note.bitWidth <= size && !/^(res|rsvd|reserved)\d*$/i.test(note.name));
  const single = open.filter((note, index) => !open.some((other, at) => at < index && isSamePlace(other, note)));
  const found: HeaderFieldNote[] = [];
  for (const note of single.filter(candidate => !isMaskOfSeveral(candidate, single)).toSorted((left, right) => right.bitWidth - left.bitWidth)) if ((maskOf(found) & maskOf([note])) === 0n) found.push(note);
  return found.map(({ name, bitOffset, bitWidth, description, values }): Field => ({
    name, bitOffset, bitWidth, enumeratedValues: values, declaredBy: from, ...(access !== undefined && { access }),
    ...(description !== undefined && { description, descriptionFrom: from }), ...(values.length > 0 && { valuesFrom: from }),
  }));
}

function maskOf(fields: readonly Pick<Field, 'bitOffset' | 'bitWidth'>[]): bigint {
  return fields.reduce((mask, { bitOffset, bitWidth }) => mask | bitMask(bitOffset, bitWidth), 0n);
}

function isSamePlace(left: HeaderFieldNote, right: HeaderFieldNote): boolean {
  return left.bitOffset === right.bitOffset && left.bitWidth === right.bitWidth;
}

/** `ALL_FLAGS` over `A` and `B`; not `T` over `T0` to `T6`, which are its bits. */
function isMaskOfSeveral(note: HeaderFieldNote, all: readonly HeaderFieldNote[]): boolean {
  const mask = maskOf([note]);
  const inner = all.filter(other => other !== note && (maskOf([other]) & ~mask) === 0n && !(other.name.startsWith(note.name) && /^_?\d+$/.test(other.name.slice(note.name.length))));
  return inner.length > 1;
}
