import type { ValuesFact } from './manualFamily.ts';

/** Names for 0, 1, 2, …; empty ones are reserved. */
export function named(...names: readonly string[]): ValuesFact['values'] {
  return names.flatMap((name, value) => name === '' ? [] : [[value, name] as const]);
}

/** Dividers of 0, 1, 2, …; 0 is reserved, 1 does not divide. */
export function dividers(...by: readonly number[]): ValuesFact['values'] {
  return named(...by.map(divider => divider === 0 ? '' : divider === 1 ? 'not divided' : `divided by ${divider}`));
}

/** Every value of a field of so many bits, by what `name` says of it. */
export function numbered(count: number, name: (value: number) => string): ValuesFact['values'] {
  return Array.from({ length: count }, (_, value) => [value, name(value)] as const);
}
