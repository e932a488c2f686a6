/** One question with its answer and where both come from, before it is cleaned and labelled. */
export interface Draft {
  readonly source: ExampleSource;
  readonly question: string;
  /** Code or a register's card that the question is about. */
  readonly context?: string;
  readonly answer: string;
  /** An answer to the same question that the check contradicts, or that a user has corrected. */
  readonly rejected?: string;
  readonly provenance: Provenance;
  /** Names the fact that is asked for, whatever the words: `STM32F4|reset|USART2.CR1|0x0`. Two examples of one key ask the same. */
  readonly factKey?: string;
  /** How it was made of another example: `synonyms`, `other chip`, `paraphrase`. */
  readonly augmentation?: string;
}

/** Where examples are found. */
export const exampleSources = ['register', 'trick', 'code', 'handler', 'lint', 'use', 'document', 'commit', 'build', 'faq', 'feedback'] as const;
export type ExampleSource = typeof exampleSources[number];

/** What must be known of an example before a team may train on it. */
export interface Provenance {
  /** Every file whose content the example holds, in order of weight. */
  readonly files: readonly string[];
  readonly line?: number;
  readonly endLine?: number;
  /** The commit that it tells of. */
  readonly commit?: string;
  /** The chip whose description the answer states. */
  readonly chip?: string;
  /** The family that shares that chip's registers. */
  readonly family?: string;
  /** SPDX identifier, `unstated`, or `forbidden`; of several files the strictest. */
  readonly licence: string;
}

/** A draft that was left out, and why. */
export interface Dropped {
  readonly source: ExampleSource;
  readonly reason: string;
  readonly question: string;
  readonly file?: string;
}

/** What is known of a question and its answer besides their words. */
export interface ExampleLabels {
  readonly questionType: QuestionType;
  readonly entities: ExampleEntities;
  readonly difficulty: Difficulty;
  readonly answerKind: AnswerKind;
}

/** What a question is about. */
export type QuestionType = 'register fact' | 'bug' | 'hardware choice' | 'performance' | 'power' | 'concurrency' | 'build' | 'debugging' | 'API use' | 'other';

/** `easy`: one fact; `medium`: some lines to read or facts to join; `hard`: several places, timing or judgement. */
export type Difficulty = 'easy' | 'medium' | 'hard';

/** `change`: a diff or what one does; `abstention`: that there is no such thing. */
export type AnswerKind = 'value' | 'explanation' | 'code' | 'list' | 'change' | 'abstention';

/** Names by their kind, as written. */
export interface ExampleEntities {
  readonly chip: readonly string[];
  readonly peripheral: readonly string[];
  readonly register: readonly string[];
  readonly rtos: readonly string[];
  readonly toolchain: readonly string[];
  readonly language: readonly string[];
}

/** The parts of the data that examples belong to. */
export const datasetSplits = ['train', 'validation', 'test'] as const;
export type Split = typeof datasetSplits[number];

/** A draft with its name and what a person has said of it. */
export interface ReviewedDraft extends Draft {
  /** Hash of question, context, answer and chip: stays the same from build to build. */
  readonly id: string;
  /** A person has looked at it. */
  readonly reviewed?: 'accepted' | 'fixed';
}

/** A draft that was cleaned, labelled and put into its split. */
export interface Example extends ReviewedDraft {
  readonly labels: ExampleLabels;
  readonly split: Split;
}
