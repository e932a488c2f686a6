import type { AnswerKind, Difficulty, QuestionType } from './example.ts';

/** Every label there is, by its kind. */
export const questionTypes: readonly QuestionType[] = ['register fact', 'bug', 'hardware choice', 'performance', 'power', 'concurrency', 'build', 'debugging', 'API use', 'other'];
export const difficulties: readonly Difficulty[] = ['easy', 'medium', 'hard'];
export const answerKinds: readonly AnswerKind[] = ['value', 'explanation', 'code', 'list', 'change', 'abstention'];
