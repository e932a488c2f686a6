/** Longer runs are data (base64, digests), not words. */
export const longestWord = 80;

/**
 * The words of an ASCII text in lower case, divided by blanks. A word without parts is copied character by character,
 * so that no string is made of each; `formsOf` gives what the others are found by.
 */
export function asciiWordText(text: string, formsOf: (word: string) => string): string {
  let length = 0;
  let start = -1;
  let mask = 0;
  let capitals = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const kind = at === text.length ? 0 : kinds[text.charCodeAt(at)] ?? 0;
    if (kind !== 0) {
      if (start === -1) start = at;
      mask |= kind;
      if (kind === capital) capitals += 1;
    } else if (start !== -1) {
      if (at - start <= longestWord) length = isWhole(text.charCodeAt(start), mask, capitals) ? write(text, { from: start, to: at }, length) : writeForms(formsOf(text.slice(start, at)), length);
      start = -1;
      mask = 0;
      capitals = 0;
    }
  }
  return length === 0 ? '' : decoder.decode(written.subarray(0, length - 1));
}

/** What a character is; those of a word or-ed tell whether it may have parts. */
const small = 1;
const capital = 2;
const digit = 4;
const underscore = 8;

const kinds = Uint8Array.from({ length: 128 }, (_, code) => kindOf(String.fromCharCode(code)));

function kindOf(character: string): number {
  if (/[a-z]/.test(character)) return small;
  if (/[A-Z]/.test(character)) return capital;
  return /\d/.test(character) ? digit : character === '_' ? underscore : 0;
}

/** `usart`, `USART`, `Usart` and `42` have no parts. */
function isWhole(first: number, mask: number, capitals: number): boolean {
  return mask === small || mask === capital || mask === digit || mask === (small | capital) && capitals === 1 && kinds[first] === capital;
}

const decoder = new TextDecoder();
const blank = 0x20;
const toSmall = 0x20;
/** Grown to the longest text so far: passages are short. */
let written = new Uint8Array(16 * 1024);

function write(text: string, { from, to }: { readonly from: number; readonly to: number }, length: number): number {
  makeRoom(length + to - from + 1);
  let end = length;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    written[end] = kinds[code] === capital ? code + toSmall : code;
    end += 1;
  }
  written[end] = blank;
  return end + 1;
}

function writeForms(forms: string, length: number): number {
  return forms === '' ? length : write(forms, { from: 0, to: forms.length }, length);
}

function makeRoom(length: number): void {
  if (length <= written.length) return;
  const larger = new Uint8Array(length * 2);
  larger.set(written);
  written = larger;
}
