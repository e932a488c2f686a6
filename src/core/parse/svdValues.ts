import type { Protection } from '../device/device.ts';
import { parseSvdCount, parseSvdInteger } from './svdNumbers.ts';
import { quoted, type SvdProblemLog } from './svdProblems.ts';

/** What messages name an element by. */
export interface SvdElement {
  readonly kind: string;
  readonly line: number;
  readonly name?: string | undefined;
}

/** As written, with optional members allowed to be undefined. */
export type Members<Type> =
  & { [Key in keyof Type as object extends Pick<Type, Key> ? never : Key]: Type[Key] }
  & { [Key in keyof Type as object extends Pick<Type, Key> ? Key : never]?: Type[Key] | undefined };

/** For building an object member by member where that is quicker. */
export type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** The texts that the standard allows for one element. */
export type SvdChoices = ReadonlyMap<string, string>;

export const modifiedWriteValuesChoices = choices('oneToClear', 'oneToSet', 'oneToToggle', 'zeroToClear', 'zeroToSet', 'zeroToToggle', 'clear', 'set', 'modify');
export const readActionChoices = choices('clear', 'set', 'modify', 'modifyExternal');
export const endianChoices = choices('little', 'big', 'selectable', 'other');
export const addressBlockUsageChoices = choices('registers', 'buffer', 'reserved');
export const valueUsageChoices = choices('read', 'write', 'read-write');
const protectionChoices = choices('s', 'n', 'p');

/** Leaves out members that are undefined, so that equal devices are deeply equal. */
export function defined<Type extends object>(members: Members<Type>): Type {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Type;
}

/** A text of a closed list, in the standard's spelling; anything else is reported and counts as not stated. */
export function readChoice(element: SvdElement, member: readonly [string, string | undefined, SvdChoices], problems: SvdProblemLog): string | undefined {
  const [what, text, allowed] = member;
  if (text === undefined) return undefined;
  const found = allowed.get(text.toLowerCase());
  if (found === undefined) problems.add(`unknown ${what} texts`, element.line, `${called(element)}: ${what} ${quoted(text)} is none of ${[...allowed.values()].join(', ')}; it is taken as not stated.`);
  return found;
}

/** As readChoice, for `protection`. */
export function readProtection(element: SvdElement, member: readonly [string, string | undefined], problems: SvdProblemLog): Protection | undefined {
  // The choices are exactly the type's.
  return member[1] === undefined ? undefined : readChoice(element, [...member, protectionChoices], problems) as Protection | undefined;
}

/** A number of the element, reported when it is none. */
export function readNumber(element: SvdElement, member: readonly [string, string | undefined], problems: SvdProblemLog): bigint | undefined {
  const [what, text] = member;
  if (text === undefined) return undefined;
  const value = parseSvdInteger(text);
  if (value === undefined) problems.add('unreadable numbers', element.line, `${called(element)}: ${what} ${quoted(text)} is not a number.`);
  else if (/^0\d{7}$/.test(text) && value > 9n) problems.add('decimal numbers with leading zeros', element.line, `${called(element)}: ${what} ${quoted(text)} is decimal by the standard (0x${value.toString(16)}), but was perhaps meant as hexadecimal.`);
  return value;
}

/** A small number with the standard's bounds: reported when unreadable or outside, kept when only outside. */
export function readBounded(element: SvdElement, member: readonly [string, string | undefined], bounds: { readonly least: number; readonly most: number; readonly problems: SvdProblemLog }): number | undefined {
  const [what, text] = member;
  if (text === undefined) return undefined;
  const value = parseSvdCount(text);
  const { least, most, problems } = bounds;
  if (value === undefined) problems.add('unreadable numbers', element.line, `${called(element)}: ${what} ${quoted(text)} is not a number.`);
  else if (value < least || value > most) problems.add('numbers out of range', element.line, `${called(element)}: ${what} is ${value}, but the standard allows ${least} to ${most}.`);
  return value;
}

/** Some kinds of element have no names. */
function called({ kind, name }: SvdElement): string {
  return name === undefined ? kind : `${kind} ${quoted(name)}`;
}

function choices(...texts: string[]): SvdChoices {
  return new Map(texts.map(text => [text.toLowerCase(), text]));
}
