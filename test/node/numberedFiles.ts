// Contents that follow from a number, so that two processes agree on them.
import type { VectorItem } from '../../src/core/index.ts';
import { fileUpdate } from './storeFixtures.ts';

export const chunksPerFile = 5;

/** File `f<number>.c` with five functions. */
export function numberedUpdate(number: number): ReturnType<typeof fileUpdate> {
  return fileUpdate(`f${number}.c`, Array.from({ length: chunksPerFile }, (_, index) => `function${number}_${index} body word${number}`));
}

/** A vector for each of them: mostly zeros, with two places that name it. */
export function numberedVectors(number: number): VectorItem[] {
  return numberedUpdate(number).content.chunks.map(({ id, kind, file }, index) => {
    const vector = new Float32Array(64);
    vector[number % 59] = 1;
    vector[59 + index] = 1;
    return { id, kind, file, vector };
  });
}
