/** Reads a question and a passage together and says how well the one answers the other. */
export interface Reranker {
  /** One score a passage, same order, higher is better; comparable only within one call. */
  rank(question: string, passages: readonly string[], signal?: AbortSignal): Promise<readonly number[]>;
}
