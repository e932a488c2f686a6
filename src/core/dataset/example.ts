/** One question with its answer, where both come from, and what is known of them. */
export interface Example {
  /** Hash of what the example says; the same content has the same id in every build. */
  readonly id: string;
  readonly source: ExampleSource;
  readonly question: string;
  /** Code, a document or a register's card that the question is about. */
  readonly context?: string;
  readonly answer: string;
  /** An answer to the same question that is known to be wrong: said by a user, or contradicted by the check. */
  readonly rejected?: string;
  readonly provenance: Provenance;
  /** Names the fact that is asked for, whatever the words: `STM32F407|reset|USART2.CR1`. Two examples of one key ask the same. */
  readonly factKey?: string;
  readonly labels: ExampleLabels;
  /** How it was made from another example; absent: collected. */
  readonly augmentation?: { readonly way: AugmentationWay; readonly from: string };
}

/** Where an example was found. */
export type ExampleSource = 'register' | 'trick' | 'code' | 'handler' | 'lint' | 'xref' | 'document' | 'commit' | 'build' | 'faq' | 'feedback';

export type AugmentationWay = 'synonym' | 'insertion' | 'swap' | 'deletion' | 'transfer' | 'negative' | 'paraphrase' | 'evolution' | 'back-translation' | 'model-mistake';

/** What must be known of an example before a team may train on it. */
export interface Provenance {
  /** Every file whose content the example holds, in order of weight. */
  readonly files: readonly string[];
  readonly line?: number;
  readonly endLine?: number;
  readonly commit?: string;
  /** The chip whose description the answer states. */
  readonly chip?: string;
  /** The family that shares that chip's registers. */
  readonly family?: string;
  /** SPDX identifier, `unstated`, or `forbidden`; of several files the strictest. */
  readonly licence: string;
}

export interface ExampleLabels {
  readonly questionType: QuestionType;
  readonly difficulty: Difficulty;
  readonly answerKind: AnswerKind;
  readonly entities: Entities;
  /** `en`, `zh`. */
  readonly language: 'en' | 'zh';
}

export const questionTypes = ['register fact', 'bug', 'hardware choice', 'performance', 'power', 'concurrency', 'build', 'debugging', 'API use', 'other'] as const;
export type QuestionType = typeof questionTypes[number];

export const difficulties = ['easy', 'medium', 'hard'] as const;
export type Difficulty = typeof difficulties[number];

export const answerKinds = ['value', 'name', 'place', 'yes or no', 'code', 'steps', 'explanation', 'refusal'] as const;
export type AnswerKind = typeof answerKinds[number];

/** Names that a question or its context speaks of, each kind sorted. */
export type Entities = Readonly<Record<EntityKind, readonly string[]>>;

export const entityKinds = ['chip', 'peripheral', 'register', 'rtos', 'toolchain', 'language'] as const;
export type EntityKind = typeof entityKinds[number];

/** An example before it is cleaned and labelled. */
export type Draft = Omit<Example, 'id' | 'labels'>;

/** A draft that was left out, and why. */
export interface Dropped {
  readonly source: ExampleSource;
  readonly reason: string;
  readonly question: string;
  readonly file?: string;
}
