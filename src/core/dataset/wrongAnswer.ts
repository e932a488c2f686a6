import type { AnswerCase } from '../eval/answerCase.ts';
import { judgeAnswer } from '../eval/judgeAnswer.ts';
import { oneOf } from '../eval/seededSample.ts';
import { contradictionsIn, type CheckGround } from './factCheck.ts';

/**
 * The answer with another value, as a model that remembers wrongly would give it; only where both the check of answers and the
 * reader of expected answers find it wrong. Undefined where no such answer can be made.
 */
export async function wrongAnswer(asked: AnswerCase, answer: string, ground: CheckGround, random: () => number): Promise<string | undefined> {
  for (const changed of alterations(asked, answer, random)) {
    if (changed === answer || judgeAnswer(changed, asked) !== 'wrong') continue;
    if (asked.expected.type === 'absent' || (await contradictionsIn(asked.question, changed, ground)).length > 0) return changed;
  }
  return undefined;
}

function alterations({ expected, question }: AnswerCase, answer: string, random: () => number): string[] {
  switch (expected.type) {
    case 'number': return [answer.replace(/ \(\w+ \+ 0x[\da-f]+\)|（\w+ \+ 0x[\da-f]+）/i, '').replace(/0x[\da-fA-F]+/, number => otherHex(number, random))];
    case 'bits': {
      const shift = oneOf([1, -1, 2, 4], random) ?? 1;
      return [shift, 1, 3].map(by => withoutMask(answer).replace(/\bbits? (\d+)(?::(\d+))?|位 ?(\d+)(?::(\d+))?/, bits => bits.replace(/\d+/g, digits => String((Number(digits) + by + 32) % 32)))).filter(text => !turnedRound(text));
    }
    case 'access': {
      const other = oneOf(['read-only', 'write-only', 'read-write'].filter(access => access !== expected.value), random) ?? '';
      return [answer.replace(expected.value, other)];
    }
    case 'clear': return [answer.replace(/writing (?:a )?[01]\b/i, expected.by === '1' ? 'writing 0' : 'writing 1')];
    case 'interrupt': return [answer.replace(String(expected.value), String(expected.value + (oneOf([1, 2, 5], random) ?? 1)))];
    case 'names': {
      const [wanted = ''] = expected.wanted;
      const other = oneOf(expected.others.filter(name => name.length > 1), random);
      return other === undefined || wanted === '' ? [] : [answer.replaceAll(new RegExp(`(?<!\\w)${wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\w)`, 'g'), other)];
    }
    case 'absent': return [inventedAnswer(question, random)];
    case 'anyName': return [];
  }
}

/** `bits 3:4` is no range that anybody writes. */
function turnedRound(text: string): boolean {
  const [, high = '', low = ''] = /(?:\bbits?|位) ?(\d+):(\d+)/.exec(text) ?? [];
  return high !== '' && Number(high) < Number(low);
}

/** What a model says of a thing that does not exist. */
function inventedAnswer(question: string, random: () => number): string {
  const names = [...question.matchAll(/[A-Z][A-Z0-9_]+(?:(?:->|\.)\w+)*(?:\[\d+\])?(?:(?:->|\.)\w+)*/g)].map(([found]) => found);
  const name = names.find(found => /->|\./.test(found)) ?? names[0] ?? 'It';
  const bit = Math.floor(random() * 31);
  const isChinese = /[\u3400-\u9fff]/.test(question);
  if (/reset value|复位值/i.test(question)) return isChinese ? `${name} 的复位值是 0x00000000。` : `${name} resets to 0x00000000.`;
  if (/address|地址/i.test(question)) return isChinese ? `${name} 的地址是 0x4000${(bit * 64).toString(16).padStart(4, '0')}。` : `${name} is at 0x4000${(bit * 64).toString(16).padStart(4, '0')}.`;
  if (/cleared|清除/i.test(question)) return isChinese ? '写 1 清除。' : 'It is cleared by writing 1 to it.';
  return isChinese ? `它是 ${name} 的位 ${bit}。` : `It is bit ${bit} of ${name}, which enables the function and is set by software.`;
}

function otherHex(number: string, random: () => number): string {
  const digits = number.slice(2);
  const flipped = BigInt(number) ^ (1n << BigInt(Math.floor(random() * Math.min(digits.length * 4, 16))));
  const text = flipped.toString(16).padStart(digits.length, '0');
  return `0x${/[A-F]/.test(digits) ? text.toUpperCase() : text}`;
}

/** A mask would still tell the right place. */
function withoutMask(answer: string): string {
  return answer.replace(/ \(mask 0x[\da-f]+\)|（掩码 0x[\da-f]+）/i, '');
}
