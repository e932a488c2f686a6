import { seededRandom } from './seededSample.ts';

/** A mean with the interval that holds the true one in 95 of 100 cases. */
export interface MeanInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const resamples = 2000;

/** The mean with its percentile bootstrap interval; the same seed draws the same samples. */
export function bootstrapMean(values: readonly number[], seed = 1): MeanInterval {
  const mean = meanOf(values);
  const [first] = values;
  if (first === undefined || values.every(value => value === first)) return { mean, low: mean, high: mean };
  const random = seededRandom(seed);
  const means = new Float64Array(resamples);
  for (let sample = 0; sample < resamples; sample += 1) {
    let sum = 0;
    for (let draw = 0; draw < values.length; draw += 1) sum += values[Math.floor(random() * values.length)] ?? 0;
    means[sample] = sum / values.length;
  }
  means.sort();
  const at = (share: number): number => means[Math.min(resamples - 1, Math.floor(share * resamples))] ?? mean;
  return { mean, low: at(0.025), high: at(0.975) };
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
