import type { AnswerCase, ExpectedAnswer, Judgement } from './answerCase.ts';

/**
 * Holds a text against the expected answer by what it says first of the kind asked for. This reads texts in its own way, apart
 * from the check of answers, so that the two can be held against each other.
 */
export function judgeAnswer(text: string, { kind, question, expected }: AnswerCase): Judgement {
  if (expected.type === 'absent') return deniesExistence(text) ? 'right' : text.trim() === '' ? 'none' : 'wrong';
  // What only repeats the question, or its choices, answers nothing; nor does a line number, nor for an address a decimal.
  const said = text.replaceAll(question, '').replace(choices, '').replace(/[*`]/g, '').replace(/\[\d{1,2}\]/g, '').replace(/\b[\w/-]+\.\w{1,4}:\d+/g, '');
  switch (expected.type) {
    case 'number': return firstNumber(kind === 'address' ? said.replace(/(?<![\w.])\d{1,10}(?!\w)/g, '') : said, question, BigInt(expected.value));
    case 'bits': return firstBits(said, expected);
    case 'access': return firstOf(said, /\bread[- ]?only\b|\bwrite[- ]?only\b|\bread[-/ ](?:and[- ])?write\b|只读|只写|可读可?写|读写/i, word => accessOf(word) === expected.value);
    case 'clear': return firstOf(said, /\bwrit(?:ing|e|ten)\s+(?:a\s+|it\s+(?:to\s+)?|to\s+)?(?:logic(?:al)?\s+)?['"]?(?:0|1|zero|one)\b|写\s*入?\s*[01]/i, word => /(?:1|one)$/i.test(word) === (expected.by === '1'));
    case 'interrupt': return firstOf(said, /\b(?:IRQn?|interrupt|number|position)\b(?:[ \t]+(?:number|of|for|the|[A-Z]\w*))*[^\d\n]{0,16}?\b\d{1,3}\b|^\s*\d{1,3}\b|中断号?(?:\s|是|为|:|：){0,4}\d{1,3}/i, word => Number(/\d+$/.exec(word)?.[0]) === expected.value);
    case 'names': return namesSaid(said, expected);
    case 'anyName': return expected.wanted.some(name => holdsWord(said, name)) ? 'right' : /[\w/]+\.[chsS]\b|\b\w+\(\)|\b[a-z]+_\w+\b/.test(said) ? 'wrong' : 'none';
  }
}

/** The choices of a question about access; small models write them back. */
const choices = /(?:(?:read|write)-(?:only|write|read)\b(?:, | or |, or )){1,2}(?:read|write)-(?:only|write|read)\b|只读还是可读写/g;

function deniesExistence(text: string): boolean {
  return /\b(?:no|any)\s+(?:such|register|peripheral|field|bit|instance|[A-Z][\w.]*\b)|\b(?:has|have|is|are|with|there(?:'s| is)) no\b|\bdo(?:es)?(?:n't| not) (?:have|exist|contain|include|provide|know)|\bnot (?:exist|present|available|a (?:valid|known|register|field|peripheral)|found|defined)|\bnonexistent\b|\bunknown\b|neither\b|没有|不存在|未定义/i.test(text);
}

function firstNumber(text: string, question: string, wanted: bigint): Judgement {
  const asked = new Set([...question.matchAll(/\b0x[\da-f]+\b/gi)].map(([number]) => BigInt(number)));
  const numbers = [...text.matchAll(/\b0x([\da-f]{1,16})\b|(?<=(?:\bis|\bto|=|:|是|为)\s*)(\d{1,10})\b(?!\s*[:[-]?\s*\d|\.\d|\s*bits?\b)|^\s*(\d{1,10})\s*\.?\s*$/gi)].map(match => BigInt(match[1] === undefined ? match[2] ?? match[3] ?? '0' : `0x${match[1]}`));
  const [first] = numbers.filter(number => number === wanted || !asked.has(number));
  return first === undefined ? 'none' : first === wanted ? 'right' : 'wrong';
}

function firstBits(text: string, { high, low }: Extract<ExpectedAnswer, { type: 'bits' }>): Judgement {
  const match = /\b[Bb]its?\s*(?:number\s*|position\s*|#|is\s*|:\s*)?\[?(\d{1,2})(?:\s*(?::|-|–|to|through|and)\s*(\d{1,2}))?|第\s*(\d{1,2})\s*(?:(?:-|至|到)\s*(\d{1,2})\s*)?位|位\s*(\d{1,2})(?:\s*[:-]\s*(\d{1,2}))?|^\s*(\d{1,2})\s*\.?\s*$/.exec(text);
  if (match === null) return 'none';
  const numbers = match.slice(1).filter(group => typeof group === 'string').map(Number);
  return Math.max(...numbers) === high && Math.min(...numbers) === low ? 'right' : 'wrong';
}

function firstOf(text: string, pattern: RegExp, isRight: (word: string) => boolean): Judgement {
  const word = pattern.exec(text)?.[0];
  return word === undefined ? 'none' : isRight(word) ? 'right' : 'wrong';
}

function accessOf(word: string): string {
  return /read[- ]?only|只读/i.test(word) ? 'read-only' : /write[- ]?only|只写/i.test(word) ? 'write-only' : 'read-write';
}

function namesSaid(text: string, { wanted, others }: Extract<ExpectedAnswer, { type: 'names' }>): Judgement {
  // What is said of "all other fields" says which are not meant.
  const said = text.split(/\b(?:all )?other fields\b|其余字段/)[0] ?? '';
  const found = wanted.filter(name => holdsWord(said, name)).length;
  // Behind the name stands what it means, in words that may be other fields' names.
  const bare = said.replace(/\([^()]*\)/g, '').replace(/(?<=\bbits? [\d:]+[^.\n]*): [^\n]*/g, '');
  const wrong = others.some(name => holdsWord(bare, name));
  return found === wanted.length && !wrong ? 'right' : found > 0 || wrong ? 'wrong' : 'none';
}

function holdsWord(text: string, name: string): boolean {
  return new RegExp(`(?<!\\w)${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\w)`).test(text);
}
