// Vectors for measuring: seeded, so that every run and every store gets the same.

/** Numbers of 0 up to 1, the same for the same seed. */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

/** Unit vectors around common centres, as texts about common matters have them; evenly spread ones have no near neighbours worth finding. */
export function clusteredVectors(seed: number, dimensions: number, centres = 200): () => Float32Array {
  const draw = seededNumbers(7);
  const middle = Array.from({ length: centres }, () => Float32Array.from({ length: dimensions }, () => draw() - 0.5));
  const next = seededNumbers(seed);
  return () => {
    const centre = middle[Math.floor(next() * centres)];
    return unit(Float32Array.from({ length: dimensions }, (_, position) => (centre?.[position] ?? 0) + 1.2 * (next() - 0.5)));
  };
}

function unit(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const length = Math.sqrt(sum);
  return vector.map(value => value / length);
}
