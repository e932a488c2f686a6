import { oneOf, shuffled } from '../eval/seededSample.ts';

/** How the words of a question are changed, identifiers left alone. */
export type WordChange = 'synonyms' | 'insertion' | 'swap' | 'deletion';
export const wordChanges: readonly WordChange[] = ['synonyms', 'insertion', 'swap', 'deletion'];

/** The question with other words, as hurried people write it; undefined where nothing can be changed. */
export function changeWords(question: string, change: WordChange, random: () => number): string | undefined {
  // Chinese has no blanks between words: what is cut at blanks would be torn apart.
  if (/[\u3400-\u9fff]/.test(question)) return undefined;
  // A title in quotes is a name, however many words it has.
  const words = question.split(/ (?=(?:[^"]*"[^"]*")*[^"]*$)/);
  const changed = changes[change](words, random);
  return changed === undefined || changed === question ? undefined : changed;
}

/** Names, numbers, code and quotes: a letter less is another thing. */
export function isProtected(word: string): boolean {
  return /[`"<>_/\\\d=()[\]{}]|->|\w\.\w|[a-z][A-Z]|[A-Z]{2}/.test(word);
}

const changes: Readonly<Record<WordChange, (words: readonly string[], random: () => number) => string | undefined>> = {
  synonyms: (words, random) => {
    const known = shuffled([...words.keys()].filter(index => synonymsOf(words[index]).length > 0), random).slice(0, 2);
    if (known.length === 0) return undefined;
    return words.map((word, index) => (known.includes(index) ? withCaseOf(word, oneOf(synonymsOf(word), random) ?? word) : word)).join(' ');
  },
  insertion: (words, random) => {
    const [first = '', ...rest] = words;
    const opening = oneOf(['Please tell me:', 'Quick question:', 'In this project,', 'Can you tell me:', 'I need to know:'], random) ?? '';
    return `${opening} ${isProtected(first) ? first : `${first.slice(0, 1).toLowerCase()}${first.slice(1)}`} ${rest.join(' ')}`;
  },
  swap: (words, random) => {
    // Neighbours behind the first word and before the last: a question still ends as one.
    const places = [...words.keys()].filter(index => index > 0 && index < words.length - 2 && !isProtected(words[index] ?? '') && !isProtected(words[index + 1] ?? ''));
    const at = oneOf(places, random);
    return at === undefined ? undefined : words.map((word, index) => (index === at ? words[at + 1] : index === at + 1 ? words[at] : word)).join(' ');
  },
  deletion: (words, random) => {
    const at = oneOf([...words.keys()].filter(index => fillers.has((words[index] ?? '').toLowerCase())), random);
    return at === undefined ? undefined : words.filter((_, index) => index !== at).join(' ');
  },
};

const fillers: ReadonlySet<string> = new Set(['the', 'a', 'an']);

/** Words that mean the same in such questions; each row both ways. */
const synonymRows: readonly (readonly string[])[] = [
  ['explain', 'describe', 'walk me through'], ['function', 'routine'], ['clear', 'acknowledge'], ['enable', 'switch on', 'turn on'], ['enables', 'switches on', 'turns on'],
  ['used', 'accessed', 'touched'], ['written', 'set', 'changed'], ['wrong', 'incorrect'], ['bug', 'mistake', 'defect'], ['review', 'check', 'look over'], ['variables', 'data'],
  ['share', 'exchange'], ['documentation', 'docs'], ['project', 'repository'], ['address', 'memory address'], ['interrupt', 'IRQ'], ['macro', 'define'], ['hazards', 'problems', 'risks'], ['cause', 'reason'], ['mistakes', 'errors', 'defects'],
];

function synonymsOf(word: string | undefined): string[] {
  if (word === undefined || isProtected(word)) return [];
  const [, bare = '', end = ''] = /^(.*?)([?,.:]*)$/.exec(word) ?? [];
  return synonymRows.flatMap(row => (row.includes(bare.toLowerCase()) ? row.filter(other => other !== bare.toLowerCase()).map(other => `${other}${end}`) : []));
}

function withCaseOf(word: string, other: string): string {
  return /^[A-Z]/.test(word) ? `${other.slice(0, 1).toUpperCase()}${other.slice(1)}` : other;
}
