import type { Chunk } from '../chunk/chunk.ts';
import { ideasOf } from '../retrieve/glossary.ts';
import { splitIdentifier, tokenize } from '../text/words.ts';

/** One question with its known answers: a passage that meets any of them is a true one. */
export interface RetrievalCase {
  readonly kind: string;
  readonly question: string;
  readonly answers: readonly RetrievalAnswer[];
}

/** What a true passage is like: everything given must hold. */
export interface RetrievalAnswer {
  /** The passage itself. */
  readonly id?: string;
  /** What the passage is, for people; asks nothing. */
  readonly label?: string;
  /** The end of the file's path: `uart.c`. */
  readonly file?: string;
  /** Symbol, whatever its case. */
  readonly symbol?: string;
  /** A part of the symbol, whatever its case. */
  readonly symbolHolds?: string;
  /** Words that the text holds one after the other, whatever stands between them. */
  readonly holds?: string;
  /** Ideas (words, or the first term of their glossary group) that the symbol's words name. */
  readonly symbolIdeas?: readonly string[];
}

/** The bar that a kind of question is held to. */
export interface RetrievalBar {
  readonly name: string;
  readonly kinds: readonly string[];
  readonly recallAt10: number;
}

/** What retrieval must reach. */
export const retrievalBars: readonly RetrievalBar[] = [
  { name: 'symbols', recallAt10: 0.95, kinds: ['symbol', 'symbol in other case', 'symbol misspelt', 'part of a symbol', 'written symbol'] },
  { name: 'registers', recallAt10: 0.95, kinds: ['register by path', 'register by address', 'register by macro', 'written register'] },
  { name: 'free text', recallAt10: 0.85, kinds: ['configured', 'cleared', 'handled', 'comment', 'commit message', 'paraphrase', 'Chinese paraphrase', 'written English', 'written Chinese'] },
];

/** True when the passage answers the question. */
export function answersCase(chunk: Chunk, { answers }: RetrievalCase): boolean {
  return answers.some(answer => meets(chunk, answer));
}

/** A question's answers in a few words, for people. */
export function describeAnswers({ answers }: RetrievalCase): string {
  const described = answers.map(({ id, label, ...rest }) => label ?? (Object.values(rest).flat().join(' ') || (id ?? '')));
  return described.slice(0, 3).join(' or ') + (described.length > 3 ? ` or ${described.length - 3} more` : '');
}

/** The words of a text as one string, so that line breaks, asterisks and punctuation do not matter. */
export function plainWords(text: string): string {
  return ` ${(text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []).join(' ')} `;
}

/** The words of a name, each with the idea it stands for where the glossary knows one. */
export function nameIdeas(name: string): readonly string[] {
  return splitIdentifier(name).slice(1).filter(word => !/\d/.test(word)).map(word => ideasOf([word])[0] ?? word);
}

function meets(chunk: Chunk, answer: RetrievalAnswer): boolean {
  const symbol = chunk.symbol?.toLowerCase() ?? '';
  if (answer.id !== undefined) return chunk.id === answer.id;
  if (answer.file !== undefined && !`/${chunk.file}`.endsWith(`/${answer.file}`)) return false;
  if (answer.symbol !== undefined && symbol !== answer.symbol.toLowerCase()) return false;
  if (answer.symbolHolds !== undefined && !symbol.includes(answer.symbolHolds.toLowerCase())) return false;
  if (answer.holds !== undefined && !plainWords(chunk.text).includes(plainWords(answer.holds))) return false;
  if (answer.symbolIdeas === undefined) return true;
  const ideas = new Set([...nameIdeas(chunk.symbol ?? ''), ...tokenize(chunk.symbol ?? '')]);
  return answer.symbolIdeas.every(idea => ideas.has(idea));
}
