import type { Field } from '../device/device.ts';
import { bitsOf } from './atdfFields.ts';

/** Ports of classic parts have three registers, and their files give none of them fields: bit n is pin n, and the mask says which pins there are. */
export function pinFields(register: string, mask: bigint | undefined): Field[] {
  const [, kind = '', port = ''] = /^(PORT|DDR|PIN)([A-L])$/.exec(register) ?? [];
  const meaning = meanings[kind];
  if (meaning === undefined || mask === undefined || mask <= 0n || mask > 0xffn) return [];
  return bitsOf(mask).map((bitOffset): Field => ({ name: `P${port}${bitOffset}`, description: `Pin ${bitOffset} of port ${port}: ${meaning}`, bitOffset, bitWidth: 1, enumeratedValues: [] }));
}

const meanings: Readonly<Record<string, string>> = {
  PORT: 'the level of an output, or the pull-up of an input', DDR: '1 makes it an output, 0 an input', PIN: 'the level that is read',
};
