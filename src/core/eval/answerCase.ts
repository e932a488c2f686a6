/** One question with what a right answer says. */
export interface AnswerCase {
  readonly kind: string;
  readonly question: string;
  readonly expected: ExpectedAnswer;
}

/** What a right answer says, in a form that a text can be held against without a model. */
export type ExpectedAnswer =
  /** A number in hex, whatever its leading zeros. */
  | { readonly type: 'number'; readonly value: string }
  | { readonly type: 'bits'; readonly high: number; readonly low: number }
  | { readonly type: 'access'; readonly value: 'read-only' | 'write-only' | 'read-write' }
  /** The bit that is written to clear a flag. */
  | { readonly type: 'clear'; readonly by: '0' | '1' }
  | { readonly type: 'interrupt'; readonly value: number }
  /** All of the wanted names, and none of the others. */
  | { readonly type: 'names'; readonly wanted: readonly string[]; readonly others: readonly string[] }
  /** One of these names. */
  | { readonly type: 'anyName'; readonly wanted: readonly string[] }
  /** What the question names does not exist, and the answer must say so. */
  | { readonly type: 'absent' };

/** Whether a text gives the expected answer; `none`: it claims nothing of the kind. */
export type Judgement = 'right' | 'wrong' | 'none';

/** Kinds of questions that ask for one fact of a register. */
export const registerFactKinds: readonly string[] = ['reset value', 'field position', 'access', 'side effect', 'address', 'field at a bit', 'clock enable', 'decoded write', 'interrupt number'];

/** The kind of questions about what does not exist. */
export const trickKind = 'trick';
