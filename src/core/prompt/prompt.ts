import type { Message } from '../model/languageModel.ts';

/** A built prompt: loggable and replayable, with what went in and what did not. */
export interface Prompt {
  readonly messages: readonly Message[];
  readonly tokens: number;
  /** All that may be cited, what earlier turns quoted included. */
  readonly quoted: readonly Evidence[];
  readonly dropped: readonly Evidence[];
  /** What of it stands in the last message. */
  readonly fresh: readonly Evidence[];
}

/** One piece of evidence that an answer may cite as `[id]`. */
export interface Evidence {
  /** 1-based number used in the prompt and in citations. */
  readonly id: number;
  readonly kind: 'device' | 'register' | 'dossier' | 'passage' | 'selection';
  /** Heading shown to the model and to the user. */
  readonly title: string;
  readonly text: string;
  readonly file?: string;
  readonly line?: number;
  readonly endLine?: number;
  /** Register path, for register evidence. */
  readonly path?: string;
}
