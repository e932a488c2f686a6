import { tokenize } from '../text/words.ts';
import { meaningful, namedIdeas, type NamedIdea } from './glossary.ts';
import { wordForms } from './wordForms.ts';

/** One thing a question asks about: the word as written, and what else may stand for it in code. */
export interface AskedIdea {
  readonly word: string;
  /** The word itself first; some of several words. */
  readonly words: readonly string[];
}

/** More than this is pasted code. */
const mostIdeas = 24;

/** The words of a question that say something, each with its other forms and the glossary's terms for it. */
export function askedIdeas(whole: string): AskedIdea[] {
  const question = withoutAsking(whole);
  const all = tokenize(question);
  const own = meaningful(all);
  const { named, spoken } = withoutParts(namedIdeas(question, own));
  const ideas = new Map<string, Set<string>>();
  for (const word of own.length > 0 ? own : all) if (!spoken.has(word)) ideas.set(word, new Set([word, ...wordForms(word)]));
  for (const { term, idea } of named) {
    const words = ideasFor(term, ideas);
    for (const other of idea.terms) words.add(searchable(other));
  }
  return [...ideas].slice(0, mostIdeas).map(([word, words]) => ({ word, words: [...words].filter(other => other !== '') }));
}

/** `Which function makes …` asks for what it makes: that it is a function says nothing, and would find what is called so. */
function withoutAsking(question: string): string {
  const left = question.replace(/\b(which|what) (functions?|code|routines?|files?|modules?|parts?)\b|的函数|(在哪里|怎么|如何)?实现/gi, ' ');
  return left.trim() === '' ? question : left;
}

/** `floating point unit` is one idea, neither three nor also `floating point`. */
function withoutParts(all: readonly NamedIdea[]): { readonly named: readonly NamedIdea[]; readonly spoken: ReadonlySet<string> } {
  const phrases = [...new Set(all.map(({ term }) => term))].filter(term => /^[\x21-\x7e]+( [\x21-\x7e]+)+$/.test(term));
  const longest = phrases.filter(phrase => !phrases.some(other => other !== phrase && ` ${other} `.includes(` ${phrase} `)));
  const spoken = new Set(longest.flatMap(phrase => phrase.split(' ')));
  const parts = new Set([...spoken].flatMap(word => [word, ...wordForms(word)]));
  return { spoken, named: all.filter(({ term }) => longest.includes(term) || (!parts.has(term) && !phrases.includes(term))) };
}

/** The idea of the question's own word that the term is a form of, or a new one. */
function ideasFor(term: string, ideas: Map<string, Set<string>>): Set<string> {
  for (const [word, words] of ideas) if (word === term || words.has(term)) return words;
  const words = new Set([searchable(term)]);
  ideas.set(term, words);
  return words;
}

/** As the word index has it: Chinese in pairs. */
function searchable(term: string): string {
  return /[\u3400-\u9fff]/.test(term) ? tokenize(term).join(' ') : term;
}
