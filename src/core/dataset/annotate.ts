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
    case 'register': case 'trick': case 'use': return 'register fact';
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

function answerKindOf({ source, answer, context = '' }: Draft): AnswerKind {
  if (source === 'trick' || /^(?:.{0,80})\b(?:has no|does not exist|there is no)\b|没有/.test(answer) && answer.length < 300) return 'abstention';
  if (source === 'commit' || context.startsWith('diff --git')) return 'change';
  const code = [...answer.matchAll(/```[^]*?```/g)].reduce((sum, [block]) => sum + block.length, 0);
  if (code > answer.length * 0.5) return 'code';
  const items = answer.split('\n').filter(line => /^\s*(?:[-*•]|\d+[.)])\s/.test(line)).length;
  if (items >= 2 && items * 2 >= answer.split('\n').length) return 'list';
  return source === 'register' && answer.length < 300 ? 'value' : 'explanation';
}

function difficultyOf({ source, question, context = '', answer }: Draft, kind: AnswerKind): Difficulty {
  if (kind === 'value' || source === 'trick') return 'easy';
  const lines = context.split('\n').length;
  if (source === 'lint' || source === 'handler' && /go wrong|hazard|wrong/i.test(question)) return 'hard';
  if (lines > 40 || answer.length > 1200) return 'hard';
  return lines <= 3 && answer.length < 200 ? 'easy' : 'medium';
}
