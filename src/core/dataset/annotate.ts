import type { AnswerKind, Difficulty, Draft, ExampleLabels, QuestionType } from './example.ts';
import { findEntities } from './entities.ts';

/** What can be told of an example by its words and where it comes from. */
export function annotate(draft: Draft): ExampleLabels {
  const answerKind = answerKindOf(draft);
  return { questionType: questionTypeOf(draft), entities: findEntities(draft), difficulty: difficultyOf(draft, answerKind), answerKind };
}

/** The first that fits, most telling first. */
const topics: readonly (readonly [QuestionType, RegExp])[] = [
  ['build', /\b(?:build(?:s|ing)?|compil\w+|link(?:er|ing)|makefile|cmake|toolchain|undefined reference|include path|flash(?:ed|ing) (?:the )?firmware|编译|链接)\b/i],
  ['power', /\b(?:low[- ]power|sleep mode|stop mode|standby|power (?:consumption|saving|mode)|wake[- ]?up|battery|current draw|功耗|睡眠)\b/i],
  ['concurrency', /\b(?:race|deadlock|mutex|semaphore|critical section|reentran\w+|atomic|volatile|shared? (?:variable|data)|interrupts? (?:is|are) (?:off|disabled)|preempt\w*|priority inversion|thread[- ]safe|task|queue)\b|共享/i],
  ['performance', /\b(?:fast(?:er|est)?|slow|latency|throughput|optimi[sz]\w+|cycles?|speed up|performance|cache|bandwidth)\b|性能/i],
  ['debugging', /\b(?:hard ?fault|debug\w*|gdb|jtag|swd|assert\w*|stack trace|crash\w*|trace|log(?:ging)?)\b|调试/i],
];

function questionTypeOf({ source, question, context = '', answer }: Draft): QuestionType {
  switch (source) {
    case 'register': case 'trick': return 'register fact';
    // Where the code uses a register is no fact of the register.
    case 'use': return 'other';
    case 'build': return 'build';
    case 'lint': return 'bug';
    case 'handler': return /share|exchange|共享/i.test(question) ? 'concurrency' : /go wrong|hazard|anything wrong/i.test(question) ? 'bug' : /clear|acknowledge|清除/i.test(question) ? 'register fact' : 'API use';
    case 'commit': return /bug/i.test(question) || /^fix/i.test(answer) ? 'bug' : topicOf(answer) ?? 'other';
    case 'code': return topicOf(`${question} ${answer}`) ?? 'API use';
    case 'document': case 'faq': case 'feedback': return topicOf(question) ?? (/\bregister|reset value|\bbit \d|寄存器/i.test(question) ? 'register fact' : topicOf(`${context} ${answer}`.slice(0, 600)) ?? 'other');
  }
}

function topicOf(text: string): QuestionType | undefined {
  return topics.find(([, pattern]) => pattern.test(text))?.[0];
}

function answerKindOf({ source, question, answer }: Draft): AnswerKind {
  if (source === 'trick' || ((source === 'feedback' || source === 'faq') && answer.length < 300 && /\b(?:has no|does not exist|there is no)\b|没有/.test(answer))) return 'abstention';
  if (source === 'commit') return 'change';
  const code = [...answer.matchAll(/```[^]*?```/g)].reduce((sum, [block]) => sum + block.length, 0);
  if (code > answer.length * 0.5) return 'code';
  const lines = answer.split('\n').filter(line => line.trim() !== '');
  const items = lines.filter(line => /^\s*(?:[-*•]|\d+[.)])\s/.test(line)).length;
  if (source !== 'code' && items >= 1 && items * 2 >= lines.length) return 'list';
  return source === 'register' && answer.length < 300 && !/clear|清除/i.test(question) ? 'value' : 'explanation';
}

/** What is wrong only together with what runs at another time. */
const needsTiming = /read-modify-write of|handler|volatile|priority|no bound|interrupt comes again|keep an old value|_IRQHandler/i;

function difficultyOf({ source, question, context = '', answer }: Draft, kind: AnswerKind): Difficulty {
  const lines = context.split('\n').length;
  switch (source) {
    case 'trick': return 'easy';
    case 'register': return /decode|writing 0x|写入/i.test(question) ? 'medium' : 'easy';
    case 'use': return /in one place/.test(answer) ? 'easy' : 'medium';
    case 'lint': return needsTiming.test(answer) ? 'hard' : 'medium';
    case 'handler': return /go wrong|hazard|anything wrong/i.test(question) ? 'hard' : 'medium';
    case 'commit': return lines > 60 ? 'hard' : 'medium';
    case 'code': return kind === 'code' ? answer.length > 400 ? 'hard' : 'medium' : lines > 40 ? 'hard' : lines > 9 ? 'medium' : 'easy';
    case 'build': return 'medium';
    case 'document': case 'faq': case 'feedback': return answer.length < 330 && lines <= 3 ? 'easy' : answer.length > 1500 || lines > 40 ? 'hard' : 'medium';
  }
}
