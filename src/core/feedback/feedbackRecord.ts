/**
 * What a user said of one answer: one line of `feedback.jsonl`, which only grows. Later lines about the same answer
 * (`answerId`) add to earlier ones; the last correction and the last rating count.
 */
export interface FeedbackRecord {
  /** Hash of question and answer: says which lines are about one answer. */
  readonly answerId: string;
  /** ISO 8601, as the surface knows it. */
  readonly time: string;
  readonly question: string;
  /** What was shown. */
  readonly answer: string;
  readonly rating?: 'up' | 'down';
  /** The right answer in the user's words. */
  readonly correction?: string;
  /** Numbers of citations that the user says are wrong. */
  readonly wrongCitations?: readonly number[];
  /** What was done with the answer. */
  readonly signal?: 'copied' | 'applied' | 'undone';
  /** The chip that was asked about. */
  readonly device?: string;
  readonly model?: string;
  /** Where the quoted evidence stands. */
  readonly quoted?: readonly { readonly kind: string; readonly file?: string; readonly line?: number; readonly path?: string }[];
  /** What the check of the answer said. */
  readonly findings?: readonly { readonly claim: string; readonly verdict: 'supported' | 'contradicted' | 'unknown'; readonly evidence: string }[];
}
