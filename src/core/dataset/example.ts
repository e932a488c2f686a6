/** One question with its answer and where both come from, before it is cleaned and labelled. */
export interface Draft {
  readonly source: ExampleSource;
  readonly question: string;
  /** Code or a register's card that the question is about. */
  readonly context?: string;
  readonly answer: string;
  /** An answer to the same question that the check contradicts. */
  readonly rejected?: string;
  readonly provenance: Provenance;
  /** Names the fact that is asked for, whatever the words: `STM32F4|reset|USART2.CR1|0x0`. Two examples of one key ask the same. */
  readonly factKey?: string;
}

/** Where an example was found. */
export type ExampleSource = 'register' | 'trick' | 'code';

/** What must be known of an example before a team may train on it. */
export interface Provenance {
  /** Every file whose content the example holds, in order of weight. */
  readonly files: readonly string[];
  readonly line?: number;
  readonly endLine?: number;
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
