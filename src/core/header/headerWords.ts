import { looseName } from '../device/names.ts';

/** What a header's comment says of a register or field, without what is said elsewhere: bits, offsets, the name itself; undefined when nothing is left. */
export function headerWords(comment: string | undefined, name: string): string | undefined {
  if (comment === undefined) return undefined;
  const listing = valuesStart.exec(comment);
  const words = (listing === null ? comment : comment.slice(0, listing.index))
    // Espressif's `UART_RXFIFO : RO; bitpos: [7:0]; default: 0;`, Microchip's `(TC_CTRLA)` and `Offset: 0x00 (R/W 32)`.
    .replace(/^\w+ ?: ?[A-Z0-9/_]+ ?; ?bitpos ?: ?\[[\d:]+\] ?; ?default ?: ?[^;]*;?/, '').replace(/^description ?: ?/i, '')
    .replace(/^\(\w+\) ?/, '').replace(/^\(?@ ?0x[\da-f]+\)? ?/i, '')
    .replace(/,? ?\(?\b((address|array) )?(offset|step) ?:? ?=? ?(0x[\da-f]+|\d+)h?( ?- ?0x[\da-f]+)?\)?/gi, '').trimStart().replace(/^\((R\/W|R|W|RO|WO|RW)( ?\d+)?\) ?/, '')
    // ST's `SW[1:0] bits (System clock Switch)`, Nordic's `Bit 3 : `, Microchip's `bit: 0..7`.
    .replace(/^\w+\[\d+:\d+\] bits? ?\((.+)\)$/i, '$1').replace(/^\w+ ?\[\d+:\d+\] (?=\w)/, '').replace(/^(\w+ )?bits? ?:? ?\[?\d+( ?(\.\.|:|-) ?\d+)?\]? ?[:.,-]? ?/i, '')
    .replace(/^\[\d+(\.\.|:)\d+\] ?/, '').replace(/^(\w+) - /, (whole, first: string) => sharesName(first, name) ? '' : whole).trim();
  return hasWords(words) && !sharesName(words, name) && looseName(words) !== 'RESERVED' && !empty.test(words) ? words : undefined;
}

/** Nordic's and Infineon's generators put the name in a sentence; headings of lists are about all that follows. */
const empty = /^(position|bit ?mask) of \w+ field\.?$|^(\w+ \w+: )?\w+ \((bits? [\d:]+|bitfield-mask: 0x[\da-f]+)\)$|^bits? definitions?\b|^legacy\b|^\w+ mask \(.*\)$/i;

/** Named values that a comment lists, as NXP's do: `0b0..Disabled. 0b1..Enabled.` */
export function valuesInComment(comment: string | undefined): { readonly value: bigint; readonly name: string }[] {
  const listing = comment === undefined ? null : valuesStart.exec(comment);
  if (comment === undefined || listing === null) return [];
  return comment.slice(listing.index).split(/ ?(?=\b(?:0b[01xX]+|0x[\da-fA-F]+|\d+)\.\.)/).flatMap(text => {
    const [, number = '', words = ''] = /^(0b[01]+|0x[\da-f]+|\d+)\.\.(.+)$/i.exec(text) ?? [];
    const name = words.trim().replace(/[.;]$/, '');
    return number === '' || name === '' || /^reserved\b/i.test(name) ? [] : [{ value: BigInt(number), name: name.slice(0, 120) }];
  });
}

/** Whether words say more than the name they stand beside. */
export function isTelling(words: string | undefined, name: string): words is string {
  if (words === undefined) return false;
  const loose = looseName(words);
  return hasWords(words) && !sharesName(words, name) && loose !== 'RESERVED' && !['FIELD', 'BIT', 'BITS', 'FLAG', 'REGISTER'].some(word => loose === looseName(name) + word);
}

function hasWords(text: string): boolean {
  return /[a-z]{2}|[A-Z]{2}|\p{Script=Han}/u.test(text) && !/^0x[\da-f]+u?l?$/i.test(text.replace(/[()\s]/g, ''));
}

/** Where a list of values begins. */
const valuesStart = /(?<=^|[\s.])(?:0b[01]+|0x[\da-fA-F]+)\.\.(?=\S)/;

/** One word that is the name, or ends in it after its register's: `UART_CR_EN` for `EN`. */
function sharesName(words: string, name: string): boolean {
  const loose = looseName(words);
  return loose === looseName(name) || (/^\w+$/.test(words) && words.includes('_') && loose.endsWith(looseName(name)));
}
