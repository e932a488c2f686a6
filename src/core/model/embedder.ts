/** Turns passages into unit vectors. */
export interface Embedder {
  /** Stable name of weights and pooling; vectors of different ids are never compared. */
  readonly id: string;
  readonly dimensions: number;
  /** One vector of length `dimensions` per text, same order; texts longer than the model's window are cut. */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<readonly Float32Array[]>;
}
