import { editDistance, type NearName } from '../core/index.ts';
import type { SqliteIndex } from './sqliteIndex.ts';

/**
 * Finds names that differ in a letter or two. What is kept of a name is its length and which letters it has, nine bytes
 * with its number: an edit changes at most two letters of it, so that nearly all names are told apart without reading
 * them. Read at the first question, and only what is new at later ones.
 */
export function createNearNames(index: SqliteIndex): (name: string, most: number) => NearName[] {
  let known: KnownNames = { letters: new Int32Array(0), lengths: new Uint8Array(0), ids: new Int32Array(0) };
  return (name, most) => {
    known = withNewNames(isCurrent(known, index) ? known : { letters: new Int32Array(0), lengths: new Uint8Array(0), ids: new Int32Array(0) }, index);
    const wanted = name.toLowerCase();
    const found = candidates(known, wanted, most).flatMap(id => {
      const other = textOf(index, id);
      const distance = editDistance(wanted, other.toLowerCase(), most);
      return distance <= most && other !== name ? [{ name: other, distance }] : [];
    });
    return found.sort((one, other) => one.distance - other.distance || one.name.localeCompare(other.name));
  };
}

/** Parallel columns, in the order of the names' numbers. */
interface KnownNames {
  readonly letters: Int32Array;
  readonly lengths: Uint8Array;
  readonly ids: Int32Array;
}

function candidates({ letters, lengths, ids }: KnownNames, wanted: string, most: number): number[] {
  const bits = lettersOf(wanted);
  const found: number[] = [];
  for (let position = 0; position < ids.length; position += 1) {
    if (Math.abs((lengths[position] ?? 0) - wanted.length) > most || bitCount((letters[position] ?? 0) ^ bits) > 2 * most) continue;
    found.push(ids[position] ?? 0);
  }
  return found;
}

/** Names are added and never renumbered, unless the index was built anew: then the last and middle ones are other names. */
function isCurrent({ letters, ids }: KnownNames, index: SqliteIndex): boolean {
  return [Math.floor(ids.length / 2), ids.length - 1].every(position => position < 0 || ids.length === 0 || lettersOf(textOf(index, ids[position] ?? 0).toLowerCase()) === letters[position]);
}

/** Names are read some thousands at a time, as one text: a row each takes far longer, and a large SDK has very many. */
function withNewNames(known: KnownNames, index: SqliteIndex): KnownNames {
  let above = known.ids.at(-1) ?? 0;
  if (Number(index.statement('SELECT max(id) AS n FROM name').get()?.['n'] ?? 0) <= above) return known;
  const blocks: KnownNames[] = [known];
  for (let block = nameBlock(index, above); block.ids.length > 0; block = nameBlock(index, above)) {
    blocks.push(block);
    above = block.ids.at(-1) ?? above;
  }
  const count = blocks.reduce((sum, { ids }) => sum + ids.length, 0);
  const all = { letters: new Int32Array(count), lengths: new Uint8Array(count), ids: new Int32Array(count) };
  let at = 0;
  for (const { letters, lengths, ids } of blocks) {
    all.letters.set(letters, at);
    all.lengths.set(lengths, at);
    all.ids.set(ids, at);
    at += ids.length;
  }
  return all;
}

function nameBlock(index: SqliteIndex, above: number): KnownNames {
  const text = index.statement(`SELECT group_concat(id || ' ' || text, char(1)) AS names FROM (SELECT id, text FROM name WHERE id > ? ORDER BY id LIMIT ${blockNames})`).get(above)?.['names'];
  const lines = typeof text === 'string' ? text.toLowerCase().split('\x01') : [];
  const block = { letters: new Int32Array(lines.length), lengths: new Uint8Array(lines.length), ids: new Int32Array(lines.length) };
  for (const [position, line] of lines.entries()) {
    const border = line.indexOf(' ');
    const name = line.slice(border + 1);
    block.ids[position] = Number(line.slice(0, border));
    block.lengths[position] = Math.min(255, name.length);
    block.letters[position] = lettersOf(name);
  }
  return block;
}

const blockNames = 20_000;

function textOf(index: SqliteIndex, id: number): string {
  return String(index.statement('SELECT text FROM name WHERE id = ?').get(id)?.['text'] ?? '');
}

/** One bit a letter, the digits and the rest sharing six. */
function lettersOf(text: string): number {
  let bits = 0;
  for (let position = 0; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    bits |= 1 << (code >= 97 && code <= 122 ? code - 97 : 26 + code % 5);
  }
  return bits;
}

function bitCount(bits: number): number {
  let rest = bits - ((bits >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
