/** What is alike in a list of texts. */
export interface NearDuplicates {
  /** Pairs of positions whose texts are at least as alike as asked, the first smaller. */
  readonly pairs: readonly (readonly [number, number])[];
  /** Pairs that were not looked at, as too many texts fell together. */
  readonly uncompared: number;
}

/** Values of a signature, in bands of `rows`: texts that share a band are compared. A pair of likeness s is found with probability 1 − (1 − s^rows)^bands. */
const bands = 20;
const rows = 6;
/** Words of a shingle. */
const shingleWords = 3;
/** Texts of one band with which each is compared. */
const mostCompared = 400;

/** Pairs of texts whose sets of word triples have a Jaccard likeness of at least `threshold`: MinHash with locality-sensitive hashing, every candidate checked exactly. */
export function nearDuplicates(texts: readonly string[], threshold = 0.8): NearDuplicates {
  const sets = texts.map(shinglesOf);
  const buckets = new Map<string, number[]>();
  const pairs: (readonly [number, number])[] = [];
  let uncompared = 0;
  for (const [index, set] of sets.entries()) {
    if (set.size === 0) continue;
    const candidates = new Set<number>();
    for (const key of bandKeys(set)) {
      const bucket = buckets.get(key);
      if (bucket === undefined) buckets.set(key, [index]);
      else {
        for (const other of bucket.slice(-mostCompared)) candidates.add(other);
        uncompared += Math.max(0, bucket.length - mostCompared);
        bucket.push(index);
      }
    }
    for (const other of candidates) if (jaccard(set, sets[other] ?? new Set()) >= threshold) pairs.push([other, index]);
  }
  return { pairs, uncompared };
}

/** How alike two texts are: the share of word triples that both have among those that either has. */
export function likeness(left: string, right: string): number {
  return jaccard(shinglesOf(left), shinglesOf(right));
}

/** For every position the smallest position that it is joined with, by however many steps. */
export function clustersOf(count: number, pairs: readonly (readonly [number, number])[]): number[] {
  const parents = Array.from({ length: count }, (_, index) => index);
  const rootOf = (start: number): number => {
    let index = start;
    while (parents[index] !== index) {
      const parent = parents[index] ?? index;
      parents[index] = parents[parent] ?? parent;
      index = parents[index] ?? index;
    }
    return index;
  };
  for (const [left, right] of pairs) {
    const [first, second] = [rootOf(left), rootOf(right)];
    parents[Math.max(first, second)] = Math.min(first, second);
  }
  return parents.map((_, index) => rootOf(index));
}

/** Words, whole paths of hardware (`tim2.cr1`), numbers, and single Chinese characters. */
function comparedWords(text: string): string[] {
  return text.toLowerCase().replace(/->/g, '.').match(/[\u3400-\u9fff]|[a-z_\d][\w]*(?:\[\d+\])?(?:\.[a-z_][\w]*(?:\[\d+\])?)*|[\p{L}\p{N}]+|[{}();=&|<>!+*/-]/gu) ?? [];
}

function shinglesOf(text: string): Set<number> {
  const words = comparedWords(text);
  const shingles = new Set<number>();
  if (words.length < shingleWords) {
    if (words.length > 0) shingles.add(hashOf(words.join(' ')));
    return shingles;
  }
  for (let start = 0; start + shingleWords <= words.length; start += 1) shingles.add(hashOf(words.slice(start, start + shingleWords).join(' ')));
  return shingles;
}

function* bandKeys(set: ReadonlySet<number>): Generator<string, void> {
  const signature = new Uint32Array(bands * rows).fill(0xffffffff);
  for (const shingle of set) {
    for (let row = 0; row < signature.length; row += 1) {
      const value = mixed(shingle ^ Math.imul(row + 1, 0x9e3779b1));
      if (value < (signature[row] ?? 0)) signature[row] = value;
    }
  }
  for (let band = 0; band < bands; band += 1) yield `${band}:${signature.subarray(band * rows, (band + 1) * rows).join('.')}`;
}

function jaccard(left: ReadonlySet<number>, right: ReadonlySet<number>): number {
  if (left.size === 0 && right.size === 0) return 1;
  const [small, large] = left.size < right.size ? [left, right] : [right, left];
  let both = 0;
  for (const shingle of small) if (large.has(shingle)) both += 1;
  return both / (left.size + right.size - both);
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** MurmurHash3's finaliser: every bit of the result depends on every bit of the number. */
function mixed(number: number): number {
  let value = number;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
