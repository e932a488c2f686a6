import { tokenize } from '../text/words.ts';
import { hardwareTerms } from './hardwareTerms.ts';
import { softwareTerms } from './softwareTerms.ts';
import { wordForms } from './wordForms.ts';

/** Terms of the field that stand for each other, English and Chinese. */
export interface Idea {
  /** The plainest term. */
  readonly name: string;
  /** Lower-case; English ones may be of several words. */
  readonly terms: readonly string[];
}

/** What a question names, and the other words for it. */
export interface NamedIdea {
  /** As the question has it. */
  readonly term: string;
  readonly idea: Idea;
}

/** The whole glossary. */
export const glossary: readonly Idea[] = [...hardwareTerms, ...softwareTerms].map(group => {
  const terms = group.split(', ');
  return { name: terms[0] ?? '', terms };
});

/** English words that say nothing about what is asked. */
const emptyWords = new Set(('a about after all also am an and any are as at be because been before being but by can could did do does doing done for from gets give gives had has have having here how i if in into is it its just let like me might must my no not '
  + 'of on or our out over please set shall should show so some such tell than that the their them then there these they thing this those through to under up use used uses using very want was way we were what when where which while who why will with within would you your us').split(' '));

/** Ideas that a question names: English terms as whole words in their plain forms, Chinese ones anywhere, the longest first. */
export function namedIdeas(question: string, words: readonly string[] = tokenize(question)): readonly NamedIdea[] {
  const found = new Map<string, NamedIdea>();
  const add = (term: string): void => {
    for (const idea of byTerm.get(term) ?? []) found.set(`${idea.name}:${term}`, { term, idea });
  };
  for (const word of words) for (const form of [word, ...plainForms(word)]) add(form);
  for (const phrase of phrasesOf(question)) add(phrase);
  for (const run of question.match(/[\u3400-\u9fff]+/g) ?? []) for (const term of chineseTerms(run)) add(term);
  return [...found.values()];
}

/** Words for the ideas that a question names, in its other words: without those it holds already. */
export function synonymsOf(question: string, words: readonly string[] = tokenize(question)): string[] {
  const held = new Set([...words, ...namedIdeas(question, words).map(({ term }) => term)]);
  const terms = namedIdeas(question, words).flatMap(({ idea }) => idea.terms);
  return [...new Set(terms)].filter(term => !held.has(term));
}

/** Names of the ideas that the words stand for, in the words' order. */
export function ideasOf(words: readonly string[]): string[] {
  return words.flatMap(word => (byTerm.get(word.toLowerCase()) ?? []).map(({ name }) => name));
}

/** The words without those that say nothing. */
export function meaningful(words: readonly string[]): string[] {
  return words.filter(word => !emptyWords.has(word));
}

const byTerm: ReadonlyMap<string, readonly Idea[]> = ideasByTerm();
const longestPhrase = 4;
const longestChineseTerm = 8;

function ideasByTerm(): Map<string, Idea[]> {
  const ideas = new Map<string, Idea[]>();
  for (const idea of glossary) for (const term of idea.terms) ideas.set(term, [...ideas.get(term) ?? [], idea]);
  return ideas;
}

/** `interrupts` is `interrupt`, `clears` is `clear`. */
function plainForms(word: string): string[] {
  return wordForms(word).filter(form => form !== word && byTerm.has(form));
}

/** Terms of several words that the question holds. */
function phrasesOf(question: string): string[] {
  const words = question.toLowerCase().match(/[a-z\d]+/g) ?? [];
  return words.flatMap((_, start) => Array.from({ length: longestPhrase - 1 }, (__, more) => words.slice(start, start + more + 2).join(' '))).filter(phrase => byTerm.has(phrase));
}

/** Terms of a Chinese run from left to right, at each place the longest there is. */
function chineseTerms(run: string): string[] {
  const terms: string[] = [];
  for (let start = 0; start < run.length;) {
    const term = longestAt(run, start);
    if (term !== undefined) terms.push(term);
    start += term?.length ?? 1;
  }
  return terms;
}

function longestAt(run: string, start: number): string | undefined {
  for (let length = Math.min(longestChineseTerm, run.length - start); length > 0; length -= 1) {
    const term = run.slice(start, start + length);
    if (byTerm.has(term)) return term;
  }
  return undefined;
}
