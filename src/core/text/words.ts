import { asciiWordText, longestWord } from './asciiWords.ts';

/**
 * Parts of an identifier, lower-case: the whole, then what `_`, camelCase and digit borders separate.
 * `USART_CR1_RXNEIE` → `usart_cr1_rxneie`, `usart`, `cr1`, `cr`, `rxneie`. A part of one character is
 * left out unless it is all there is.
 */
export function splitIdentifier(identifier: string): string[] {
  const parts = new Set([identifier.toLowerCase()]);
  for (const word of identifier.split('_')) {
    for (const piece of word.split(camelBorder)) {
      addPart(parts, piece);
      if (digitBorder.test(piece)) for (const part of piece.split(digitBorder)) addPart(parts, part);
    }
    if (word.length > 1) parts.add(word.toLowerCase());
  }
  return [...parts];
}

/**
 * Words of a text for a word index, lower-case, in order, with repeats: identifiers whole and in parts,
 * numbers (`0x40023830` loses its leading zeros), and Chinese, Japanese and Korean runs as overlapping pairs of characters.
 */
export function tokenize(text: string): string[] {
  const words: string[] = [];
  for (const match of wordsIn(text)) {
    if (isAsian(match)) words.push(...pairs(match));
    else words.push(...wordForms(match).words);
  }
  return words;
}

/** The words of `tokenize`, divided by blanks: a word index takes megabytes of them, and lists would cost more than the words. */
export function wordText(text: string): string {
  if (!beyondAscii.test(text)) return asciiWordText(text, word => wordForms(word).text);
  const words: string[] = [];
  for (const match of wordsIn(text)) {
    const forms = isAsian(match) ? pairs(match).join(' ') : wordForms(match).text;
    if (forms !== '') words.push(forms);
  }
  return words.join(' ');
}

/** Names in a text that look like code: with `_`, a digit, an inner capital, all capitals, or quoted in backticks. */
export function identifiersIn(text: string): string[] {
  const found = new Set<string>();
  for (const [, quoted] of text.matchAll(/`([^`\s]+)`/g)) {
    for (const name of (quoted ?? '').match(/[A-Za-z_]\w*/g) ?? []) found.add(name);
  }
  for (const [name] of text.matchAll(/[A-Za-z_]\w+/g)) if (looksLikeCode(name)) found.add(name);
  return [...found];
}

const camelBorder = /(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/;
const digitBorder = /(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])/;
const asian = '\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff';
const asianRun = new RegExp(`^[${asian}]`);
const wordPattern = new RegExp(`[${asian}]+|(?:(?![${asian}])[\\p{L}\\p{N}_])+`, 'gu');
const beyondAscii = /[\u0080-\uffff]/;

function looksLikeCode(name: string): boolean {
  return /[_\d]/.test(name) || /[a-z][A-Z]/.test(name) || /^[A-Z]{2,}$/.test(name);
}

function isAsian(word: string): boolean {
  return word.charCodeAt(0) > 0x2fff && asianRun.test(word);
}

/** Most texts are ASCII, for which a pattern of single characters is faster. */
function wordsIn(text: string): readonly string[] {
  return text.match(beyondAscii.test(text) ? wordPattern : asciiWord) ?? [];
}

const asciiWord = /[A-Za-z\d_]+/g;

/** What a word is found by, as a list and as a text. */
interface WordForms {
  readonly words: readonly string[];
  readonly text: string;
}

function wordForms(word: string): WordForms {
  if (word.length > longestWord) return noForms;
  // Addresses and masks seldom come again.
  if (word.startsWith('0')) return formsOf(word);
  const known = knownForms.get(word);
  if (known !== undefined) return known;
  const forms = formsOf(word);
  if (knownForms.size >= mostKnownForms) knownForms.clear();
  knownForms.set(ownCopy(word), forms);
  return forms;
}

/** A part of a text, kept, would keep the text. */
function ownCopy(word: string): string {
  return word.split('').join('');
}

const noForms: WordForms = { words: [], text: '' };
/** Sources repeat their names: each is split only once. */
const knownForms = new Map<string, WordForms>();
const mostKnownForms = 40_000;

function formsOf(word: string): WordForms {
  const hex = word.startsWith('0') ? /^0[xX]([\da-fA-F_]+)(?:[uU]?[lL]*|[lL]*[uU]?)$/.exec(word)?.[1] : undefined;
  const words = hex === undefined ? splitIdentifier(word) : [`0x${hex.replaceAll('_', '').replace(/^0+(?=.)/, '').toLowerCase()}`];
  return { words, text: words.length === 1 ? words[0] ?? '' : words.join(' ') };
}

function addPart(parts: Set<string>, part: string): void {
  if (part.length > 1 && !/^\d+$/.test(part)) parts.add(part.toLowerCase());
}

function pairs(run: string): string[] {
  const characters = Array.from(run);
  if (characters.length === 1) return characters;
  return characters.slice(0, -1).map((character, index) => character + (characters[index + 1] ?? ''));
}
