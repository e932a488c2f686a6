import type { UseFact } from '../parse/facts.ts';

/** A variable that handler and other code use, with all of its uses. */
export interface SharedUses {
  readonly name: string;
  readonly type: string;
  readonly inIsr: readonly UseFact[];
  readonly elsewhere: readonly UseFact[];
}

/** One variable, or one member of a struct, by who writes it. */
interface Part {
  readonly variable: string;
  readonly key: string;
  readonly isData: boolean;
  readonly side: 'isr' | 'elsewhere' | 'both' | 'none';
  /** Functions that use it. */
  readonly inIsr: ReadonlySet<string>;
  readonly elsewhere: ReadonlySet<string>;
}

/** Words of a name that say that it counts places. */
const indexWords = new Set('head tail rd wr read write put get in out front rear first last next idx index ind pos position start end count cnt len length size level fill used free avail available num ptr'.split(' '));

function isIndexName(key: string): boolean {
  return key.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/).some(word => indexWords.has(word.toLowerCase()));
}

/** Members say by their names that they are arrays: an index within a chain is not among the facts. */
const dataMember = /(\.|->)\w*(data|buf|buffer|fifo|items|elements|storage|queue)\d*$/i;

/**
 * The variables that together are a ring buffer with one writer and one reader: data that one side alone writes, used there
 * together with an index that the same side alone writes, and read on the other side together with that index.
 */
export function ringBufferParts(shared: readonly SharedUses[]): Set<string> {
  const parts = shared.flatMap(partsOf);
  const found = new Set<string>();
  for (const data of parts.filter(({ isData, side }) => isData && (side === 'isr' || side === 'elsewhere'))) {
    const indices = parts.filter(part => !part.isData && isIndexName(part.key) && meets(part.inIsr, data.inIsr) && meets(part.elsewhere, data.elsewhere));
    const writer = indices.find(({ side }) => side === data.side);
    // An index, or a count, that both sides change breaks the pattern.
    if (writer === undefined || indices.some(({ side }) => side === 'both')) continue;
    for (const { variable } of [data, ...indices]) found.add(variable);
  }
  return found;
}

function partsOf({ name, type, inIsr, elsewhere }: SharedUses): Part[] {
  const keys = new Set([...inIsr, ...elsewhere].map(use => keyOf(use)));
  return [...keys].map(key => {
    const own = inIsr.filter(use => keyOf(use) === key);
    const others = elsewhere.filter(use => keyOf(use) === key);
    const [isrWrites, othersWrite] = [own, others].map(uses => uses.some(writes));
    return {
      variable: name, key, isData: key.endsWith('[]') || /\]$/.test(type) && key === name || dataMember.test(key),
      side: isrWrites === true ? (othersWrite === true ? 'both' : 'isr') : othersWrite === true ? 'elsewhere' : 'none',
      inIsr: new Set(own.map(use => use.function)), elsewhere: new Set(others.map(use => use.function)),
    };
  });
}

/** `ring.head`, `buffer[]`. */
function keyOf({ name, member }: UseFact): string {
  return `${name}${(member ?? '').replace(/\[.*?\](?=\.|->|$)/g, '[]')}`;
}

/** Emptying it before it starts is no writing that counts; functions that do so say so by their names. */
function writes({ kind, addressTaken, function: inside }: UseFact): boolean {
  return (kind !== 'read' || addressTaken === true) && !/init|reset|setup|begin|open|flush|clear/i.test(inside);
}

function meets(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].some(name => other.has(name));
}
