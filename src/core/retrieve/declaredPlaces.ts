import type { Chunk } from '../chunk/chunk.ts';
import type { Catalog } from '../store/catalog.ts';
import { tokenize } from '../text/words.ts';
import type { AskedIdea } from './askedIdeas.ts';
import type { NamedPlace } from './namedPlaces.ts';

/** Names followed from one passage, and from all. */
const perPassage = 2;
const mostNames = 6;
/** A name that more files define says little about which of them is meant. */
const mostDefinitions = 3;

/**
 * Functions that the passages only speak of: many libraries describe a function in its header or in a manual, in the
 * user's words, and the code itself uses none of them. Of several in one passage those count whose description holds
 * most of what was asked.
 */
export async function declaredPlaces(passages: readonly Chunk[], ideas: readonly AskedIdea[], catalog: Catalog): Promise<readonly NamedPlace[]> {
  const found: NamedPlace[] = [];
  const seen = new Set<string>();
  for (const passage of passages.filter(isDescription)) {
    for (const name of wantedNames(passage, ideas)) {
      if (seen.size >= mostNames || seen.has(name)) continue;
      seen.add(name);
      const definitions = (await catalog.definitions(name)).filter(({ kind }) => kind === 'function');
      if (definitions.length > mostDefinitions) continue;
      for (const { file, line } of definitions) {
        const chunk = (await catalog.chunksAt(file, line)).find(({ kind }) => kind !== 'header');
        if (chunk !== undefined) found.push({ chunk, why: `${name} is described in ${passage.file.split('/').at(-1) ?? passage.file}` });
      }
    }
  }
  return found;
}

function isDescription({ kind, file }: Chunk): boolean {
  return kind === 'section' || (kind === 'text' && /\.(h|hh|hpp|hxx)$/i.test(file));
}

function wantedNames(passage: Chunk, ideas: readonly AskedIdea[]): string[] {
  const described = passage.kind === 'section' ? calledIn(passage.text) : declaredIn(passage.text);
  const scored = described.map(({ name, text }) => ({ name, held: heldIdeas(text, ideas) })).filter(({ held }) => held * 2 >= ideas.length).sort((one, other) => other.held - one.held);
  return [...new Set(scored.filter(({ held }) => held === scored[0]?.held).map(({ name }) => name))].slice(0, perPassage);
}

interface Described {
  readonly name: string;
  /** What is said of it, its name included. */
  readonly text: string;
}

/** Prototypes, each with what stands before it. */
function declaredIn(text: string): Described[] {
  const found: Described[] = [];
  let start = 0;
  for (const match of text.matchAll(/\b([A-Za-z_]\w{2,})\s*\([^;{}]*\)[^;{}()]*;/g)) {
    const end = match.index + match[0].length;
    found.push({ name: match[1] ?? '', text: text.slice(start, end) });
    start = end;
  }
  return found;
}

/** Functions that a manual names, each with its line. */
function calledIn(text: string): Described[] {
  return text.split('\n').flatMap(line => [...line.matchAll(/\b([A-Za-z_]\w{2,})\s*\(/g)].map(([, name = '']) => ({ name, text: line })));
}

function heldIdeas(text: string, ideas: readonly AskedIdea[]): number {
  const words = tokenize(text);
  const held = new Set(words);
  const whole = ` ${words.join(' ')} `;
  return ideas.filter(idea => idea.words.some(word => word.includes(' ') ? whole.includes(` ${word} `) : held.has(word))).length;
}
