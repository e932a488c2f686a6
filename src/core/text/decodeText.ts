/** What the bytes of a file are: text with its encoding, or binary with the reason for thinking so. */
export type DecodedBytes = DecodedText | BinaryContent;

export interface DecodedText {
  readonly binary: false;
  readonly text: string;
  readonly encoding: string;
  /** One sentence, when the encoding had to be guessed or characters were lost. */
  readonly problem?: string;
}

export interface BinaryContent {
  readonly binary: true;
  readonly reason: string;
}

/** Bytes as text: byte order mark, UTF-8, UTF-16 without a mark, then GB18030 or Windows-1252 with the guess noted. Never throws. */
export function decodeText(bytes: Uint8Array): DecodedBytes {
  const marked = decodeMarked(bytes);
  if (marked !== undefined) return marked;
  const known = knownBinary(bytes);
  if (known !== undefined) return { binary: true, reason: known };
  const head = bytes.subarray(0, sampleBytes);
  if (head.includes(0)) return decodeWithZeros(bytes, head);
  if (controlShare(head) > 0.1) return { binary: true, reason: 'binary: one byte in ten is a control character' };
  const utf8 = decodeStrictly('utf-8', bytes);
  if (utf8 !== undefined) return { binary: false, text: utf8, encoding: 'utf-8' };
  return decodeGuessed(bytes);
}

const sampleBytes = 8192;

/** First bytes that name a format; a text file starts with none of them. */
const magics: readonly (readonly [string, readonly number[]])[] = [
  ['an ELF object', [0x7f, 0x45, 0x4c, 0x46]],
  ['a PDF document', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['a zip archive', [0x50, 0x4b, 3, 4]],
  ['a gzip archive', [0x1f, 0x8b]],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG image', [0xff, 0xd8, 0xff]],
  ['a GIF image', [0x47, 0x49, 0x46, 0x38]],
  ['a model file', [0x47, 0x47, 0x55, 0x46]],
  ['an object archive', [0x21, 0x3c, 0x61, 0x72, 0x63, 0x68, 0x3e]],
];

function knownBinary(bytes: Uint8Array): string | undefined {
  const found = magics.find(([, magic]) => magic.every((byte, index) => bytes[index] === byte));
  return found === undefined ? undefined : `binary: ${found[0]}`;
}

function decodeMarked(bytes: Uint8Array): DecodedText | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return decodeLoosely('utf-8', bytes.subarray(3));
  if (bytes[0] === 0xff && bytes[1] === 0xfe && bytes.length % 2 === 0) return decodeLoosely('utf-16le', bytes.subarray(2));
  if (bytes[0] === 0xfe && bytes[1] === 0xff && bytes.length % 2 === 0) return decodeLoosely('utf-16be', bytes.subarray(2));
  return undefined;
}

/** UTF-16 without a mark has its zeros on one side only; anything else with zeros is binary. */
function decodeWithZeros(bytes: Uint8Array, head: Uint8Array): DecodedBytes {
  const zeros = [0, 0];
  head.forEach((byte, index) => { if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1; });
  const [even = 0, odd = 0] = zeros;
  const half = head.length / 2;
  if (bytes.length % 2 === 0 && odd > half * 0.6 && even === 0) return decodeLoosely('utf-16le', bytes);
  if (bytes.length % 2 === 0 && even > half * 0.6 && odd === 0) return decodeLoosely('utf-16be', bytes);
  return { binary: true, reason: 'binary: holds zero bytes' };
}

function decodeGuessed(bytes: Uint8Array): DecodedText {
  const chinese = decodeStrictly('gb18030', bytes);
  if (chinese !== undefined && readsAsChinese(chinese)) {
    return { binary: false, text: chinese, encoding: 'gb18030', problem: 'not UTF-8: read as GB18030' };
  }
  const text = new TextDecoder('windows-1252').decode(bytes);
  return { binary: false, text, encoding: 'windows-1252', problem: 'not UTF-8: read as Windows-1252' };
}

/** In real Chinese nearly every character beyond ASCII is a common ideograph or full-width mark; misread Latin-1 gives rare ones. */
function readsAsChinese(text: string): boolean {
  let beyondAscii = 0;
  let common = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) continue;
    beyondAscii += 1;
    if ((code >= 0x4e00 && code <= 0x9fa5) || (code >= 0x3000 && code <= 0x303f) || (code >= 0xff00 && code <= 0xffef)) common += 1;
  }
  const pairsOfIdeographs = /[\u4e00-\u9fa5]{2}/.test(text);
  return pairsOfIdeographs && common >= beyondAscii * 0.9;
}

function decodeStrictly(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function decodeLoosely(encoding: string, bytes: Uint8Array): DecodedText {
  const strict = decodeStrictly(encoding, bytes);
  if (strict !== undefined) return { binary: false, text: strict, encoding };
  return { binary: false, text: new TextDecoder(encoding).decode(bytes), encoding, problem: `damaged ${encoding}: some characters were replaced` };
}

function controlShare(bytes: Uint8Array): number {
  let controls = 0;
  for (const byte of bytes) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) controls += 1;
  return bytes.length === 0 ? 0 : controls / bytes.length;
}
