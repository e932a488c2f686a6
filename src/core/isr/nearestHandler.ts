import { editDistance } from '../text/editDistance.ts';

/** The name that differs in a few letters, if there is one; another number is another interrupt. */
export function nearestHandler(name: string, candidates: readonly string[]): string | undefined {
  const stem = stemOf(name);
  const most = stem.length < 5 ? 1 : 2;
  const distances = candidates.filter(candidate => digitsOf(candidate) === digitsOf(name) || lookOf(candidate) === lookOf(name))
    .map(candidate => ({ candidate, distance: editDistance(candidate.toUpperCase(), name.toUpperCase(), most) })).filter(({ distance }) => distance <= most);
  return distances.toSorted((left, right) => left.distance - right.distance)[0]?.candidate;
}

function digitsOf(name: string): string {
  return stemOf(name).replace(/\D/g, '');
}

/** `EXTIO` for `EXTI0` is a slip of the pen, no other interrupt. */
function lookOf(name: string): string {
  return name.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
}

function stemOf(name: string): string {
  return name.replace(/_IRQHandler$/, '');
}
