/** `0x40023830`: how addresses and values are written everywhere; `digits` pads with zeros. */
export function hex(value: bigint, digits = 1): string {
  const text = (value < 0n ? -value : value).toString(16).toUpperCase().padStart(digits, '0');
  return `${value < 0n ? '-' : ''}0x${text}`;
}

/** `13` or `3:0`: a field's place in its register. */
export function bitsText(bitOffset: number, bitWidth: number): string {
  return bitWidth === 1 ? String(bitOffset) : `${bitOffset + bitWidth - 1}:${bitOffset}`;
}

/** A mask of `bitWidth` ones from `bitOffset` on. */
export function bitMask(bitOffset: number, bitWidth: number): bigint {
  return ((1n << BigInt(bitWidth)) - 1n) << BigInt(bitOffset);
}

/** How many ones a mask has. */
export function bitCount(mask: bigint): number {
  return mask.toString(2).replaceAll('0', '').length;
}

/** The bits of a field within its register. */
export function maskOf({ bitOffset, bitWidth }: { readonly bitOffset: number; readonly bitWidth: number }): bigint {
  return bitMask(bitOffset, bitWidth);
}

/** Reads a number as people and C write it: `0x1F`, `0b101`, `12`, `0x40004400UL`, `1'000`; undefined when it is none. */
export function parseCount(text: string): bigint | undefined {
  const plain = text.trim().replace(/['_]/g, '').replace(/[uUlL]{1,3}$/, '');
  return /^(0[xX][0-9a-fA-F]{1,64}|0[bB][01]{1,128}|[0-9]{1,40})$/.test(plain) ? BigInt(plain.replace(/^0+(?=[0-9])/, '')) : undefined;
}
