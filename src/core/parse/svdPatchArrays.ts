import { parseSvdInteger } from './svdNumbers.ts';
import { bitRange } from './svdPatchBits.ts';
import { matching, member, report, textOf, type PatchLog } from './svdPatchLog.ts';
import type { PatchEntry, PatchNode } from './svdPatchYaml.ts';
import type { RawField, RawRegister } from './svdRaw.ts';

/** `_array` of a register: fields alike but for their number become one array. */
export function collectFields(register: RawRegister, { key, place, value }: PatchEntry, log: PatchLog): void {
  const found = matching(register.fields.filter(({ dim }) => dim === undefined), key, { log, place, what: `field of ${register.name ?? ''}` }).toSorted((left, right) => compareOffsets(lowestBit(left), lowestBit(right)));
  const [first] = found;
  if (first === undefined) return;
  const array = arrayOver(found, { pattern: key, node: value, offsets: found.map(lowestBit), lone: 0n });
  if (typeof array === 'string') {
    report(log, place, `${key} of ${register.name ?? ''} could not be made an array: ${array}.`);
    return;
  }
  Object.assign(first, array.dimension);
  register.fields = register.fields.filter(field => field === first || !found.includes(field));
}

/** Elements as one array: its own members, and the numbers that stood in the elements' names. */
export interface ArrayOver {
  readonly dimension: Pick<RawField, 'name' | 'description' | 'dim' | 'dimIncrement' | 'dimIndex'>;
  readonly indexes: readonly string[];
}

/** What the elements have in common as an array; a text says why they have not. */
export function arrayOver(elements: readonly (RawRegister | RawField)[], { pattern, node, offsets, lone }: { readonly pattern: string; readonly node: PatchNode; readonly offsets: readonly bigint[]; readonly lone: bigint }): ArrayOver | string {
  const around = wildcardIn(pattern.split(',')[0] ?? '');
  if (around === undefined) return 'the pattern needs one place for the number, such as ? or [1-4]';
  const step = elements.length === 1 ? parseSvdInteger(textOf(member(node, 'dimIncrement')) ?? '') ?? lone : stepOf(offsets);
  if (step === undefined) return 'they do not repeat at even distances';
  const indexes = elements.map(({ name = '' }, index) => member(node, '_start_from_zero') === undefined ? between(name, around) : String(index));
  const written = textOf(member(node, 'description'));
  const common = commonText(elements.map(({ description }) => description), indexes);
  if (written === undefined && common === undefined) return 'their descriptions differ; write one beside it';
  return {
    indexes,
    dimension: {
      name: textOf(member(node, 'name')) ?? `${around.before}%s${around.after}`, description: written === '_original' ? elements[0]?.description : written ?? common?.text,
      dim: String(elements.length), dimIncrement: hexText(step), dimIndex: indexes.join(','),
    },
  };
}

/** The one text that all are, with `%s` in the number's place; undefined when they differ in more. */
export function commonText(texts: readonly (string | undefined)[], indexes: readonly string[]): { readonly text: string | undefined } | undefined {
  const [first] = texts;
  const [number = ''] = indexes;
  for (let at = number === '' ? -1 : first?.indexOf(number) ?? -1; first !== undefined && at >= 0; at = first.indexOf(number, at + 1)) {
    const before = first.slice(0, at);
    const after = first.slice(at + number.length);
    if (texts.every((text, index) => text === before + (indexes[index] ?? '') + after)) return { text: `${before}%s${after}` };
  }
  return texts.every(text => text === first) ? { text: first } : undefined;
}

/** What stands before and after the one run of wildcards of a pattern. */
export function wildcardIn(pattern: string): { readonly before: string; readonly after: string } | undefined {
  const [, before, after] = /^([\w%]*)(?:[?*]|\[!?\w+(?:-\w+)?\])+([\w%]*)$/.exec(pattern.replace(/^\?~/, '')) ?? [];
  return before === undefined || after === undefined ? undefined : { before, after };
}

/** What stands in a name in the place of the pattern's wildcards. */
export function indexIn(name: string, pattern: string): string | undefined {
  const around = wildcardIn(pattern);
  return around === undefined ? undefined : between(name, around);
}

function between(name: string, { before, after }: { readonly before: string; readonly after: string }): string {
  return name.slice(before.length, name.length - after.length);
}

/** The distance at which offsets repeat; undefined when they do not. */
export function stepOf(offsets: readonly bigint[]): bigint | undefined {
  const [first, second] = offsets;
  if (first === undefined || second === undefined) return undefined;
  const step = second - first;
  return step > 0n && offsets.every((offset, index) => offset === first + step * BigInt(index)) ? step : undefined;
}

function lowestBit(field: RawField): bigint {
  return BigInt(bitRange(field)?.lsb ?? 0);
}

/** The order of offsets. */
export function compareOffsets(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A number as description files write it. */
export function hexText(value: bigint): string {
  return `0x${value.toString(16)}`;
}
