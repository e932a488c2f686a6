import { WrongUsage } from './output.ts';

/** The value of an option that is counted: from 1 on, or from 0 where none is an answer too. */
export function wholeNumber(option: string, value: string, least: 0 | 1 = 1): number {
  const count = Number(value);
  if (!Number.isInteger(count) || count < least) throw new WrongUsage(`${option} ${value}: give a whole number${least === 1 ? ' above 0' : ''}.`);
  return count;
}
