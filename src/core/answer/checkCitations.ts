import type { Evidence } from '../prompt/prompt.ts';
import type { Finding } from './answer.ts';
import { sentences, type TextSpan } from './mentions.ts';

/** Numbers in brackets behind a word are array indices, not citations. */
const citation = /(?<![\w\]])\[(\d{1,2})\]/g;

/** Numbers of the evidence that the answer cites, in the order of first mention. */
export function citedIds(text: string): number[] {
  return [...new Set([...text.matchAll(citation)].map(match => Number(match[1])))];
}

/**
 * Every citation: does it exist, and does it speak of what its sentence says? The names and numbers of the sentence are looked
 * for in what is cited; a sentence without any tells nothing to look for, and its citations are let be.
 */
export function checkCitations(text: string, evidence: readonly Evidence[]): Finding[] {
  return sentences(text).flatMap(sentence => [...sentence.text.matchAll(citation)].flatMap((match): Finding[] => {
    const start = sentence.start + match.index;
    const base = { claim: match[0], start, end: start + match[0].length };
    const cited = evidence.find(({ id }) => id === Number(match[1]));
    if (cited === undefined) return [{ ...base, verdict: 'contradicted', evidence: evidence.length === 0 ? 'No evidence was given to this answer.' : `There is no evidence ${match[0]}; it ends at [${evidence.length}].` }];
    const terms = termsOf(sentence, text);
    if (terms.length === 0) return [];
    const held = terms.filter(term => holds(cited, term));
    if (held.length > 0) return [{ ...base, verdict: 'supported', evidence: `${match[0]} (${cited.title}) speaks of ${held.slice(0, 3).join(', ')}.` }];
    const better = evidence.find(other => terms.some(term => holds(other, term)));
    return [{ ...base, verdict: 'unknown', evidence: `${match[0]} (${cited.title}) does not speak of ${terms.slice(0, 3).join(', ')}${better === undefined ? '' : `; [${better.id}] does`}.` }];
  }));
}

/** Names of code and numbers in hex; a citation behind the full stop belongs to the sentence before. */
function termsOf(sentence: TextSpan, text: string): string[] {
  const own = sentence.text.replace(citation, ' ');
  const words = /[\p{L}\d]/u.test(own) ? own : text.slice(0, sentence.start).split(/(?<=[.!?。])\s+|\n/).filter(part => part.trim() !== '').at(-1) ?? '';
  return [...new Set(words.match(/\b0x[\da-fA-F]+\b|\b[A-Za-z]\w*(?:_\w+)+\b|\b[A-Z][A-Z0-9]+\b|\b[a-z]+[A-Z]\w*\b|\b[A-Za-z_]\w+(?=\(\))|\bbits? \d+/g) ?? [])];
}

function holds({ title, text, path }: Evidence, term: string): boolean {
  const known = `${title}\n${text}\n${path ?? ''}`;
  if (/^0x/i.test(term)) return [...known.matchAll(/\b0x[\da-fA-F]{1,16}\b/g)].some(([number]) => /^0x[\da-f]{1,16}$/i.test(term) && BigInt(number) === BigInt(term));
  const bit = /^bits? (\d+)/.exec(term)?.[1];
  return bit === undefined ? known.toLowerCase().includes(term.toLowerCase()) : new RegExp(`\\b(?:bits? |\\[|:)${bit}\\b`).test(known);
}
