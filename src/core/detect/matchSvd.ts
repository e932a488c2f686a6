import { otherFileNames } from './partAliases.ts';
import { comparedName, isMoreExact } from './partNames.ts';
import { siblingNote } from './partSiblings.ts';
import { hasOtherFlashSize, readStem, type SvdStem } from './svdStem.ts';

/** How a description's file name fits a part. */
export interface SvdMatch {
  /** More for more characters in common, less for wildcards and additions. */
  readonly score: number;
  /** Set when the file is another variant's of the same chip: how they differ. */
  readonly note?: string;
}

/** The file that describes `part`, best match first found; undefined when none does, or when several do equally and the part's name is too vague to tell. */
export function matchSvd(part: string, svdFileNames: readonly string[]): string | undefined {
  return rankSvds(part, svdFileNames)[0]?.file;
}

/** Every file that can be the part's, best first; files that fit equally stay in their order. */
export function rankSvds(part: string, files: readonly string[]): (SvdMatch & { readonly file: string })[] {
  const names = otherFileNames(part);
  return files.flatMap(file => {
    const match = matchStem(part, names, readStem(file));
    return match === undefined ? [] : [{ file, ...match }];
  }).sort((left, right) => right.score - left.score);
}

/** How well a file's name fits the part: 0 not at all. */
export function svdMatchScore(part: string, file: string): number {
  return matchStem(part, otherFileNames(part), readStem(file))?.score ?? 0;
}

/** Score of a variant that differs in what lies around the registers: pins, memory. */
const siblingScore = 50;

function matchStem(part: string, names: readonly string[], stem: SvdStem): SvdMatch | undefined {
  if (hasOtherFlashSize(part, stem)) return undefined;
  const score = Math.max(...names.map(name => nameScore(name, stem)));
  if (score > 0) return { score };
  const note = siblingNote(comparedName(part), comparedName(stem.head));
  return note === undefined ? undefined : { score: siblingScore - note.distance, note: note.text };
}

function nameScore(part: string, stem: SvdStem): number {
  const wanted = comparedName(part);
  if (stem.whole === wanted) return 1000;
  return Math.max(...stem.heads.map(head => headScore(wanted, head))) - stem.additionCost;
}

function headScore(wanted: string, head: string): number {
  const whole = comparedName(head);
  const literals = whole.replace(/X/g, '').length;
  if (whole === wanted) return 900;
  if (whole.length < shortestChip(whole)) return -Infinity;
  if (isMoreExact(wanted, whole)) return 500 + 10 * literals;
  if (wildcardPattern(head)?.test(wanted) === true && !isLaterLine(wanted, whole)) return 200 + 10 * literals;
  return wanted.length >= 8 && isMoreExact(whole, wanted) ? 100 + literals : -Infinity;
}

/** Wildcards take in lines that came later, with other peripherals: each file's pattern, and the parts it does not describe. */
const laterLines: readonly (readonly [file: RegExp, parts: RegExp])[] = [
  [/^STM32F40X+$/, /^STM32F401/],
  [/^STM32F41X+$/, /^STM32F41[0-3]/],
  [/^STM32H7X\d/, /^STM32H7[23]/],
  [/^LPC1[13]XX$/, /^LPC1[13][A-Z]/],
  [/^LPC11UXX$/, /^LPC11U6/],
  [/^LPC11EXX$/, /^LPC11E6/],
];

function isLaterLine(wanted: string, head: string): boolean {
  return laterLines.some(([file, parts]) => file.test(head) && parts.test(wanted));
}

/** Characters that at least make up one chip's or device line's name. */
function shortestChip(name: string): number {
  return name.startsWith('STM32') ? 9 : 4;
}

/** `STM32F4x7`, `GD32F10x`, `CH57Xxx`, `e310x`: an X behind the family's letters stands for any character; trailing ones may be missing. */
function wildcardPattern(head: string): RegExp | undefined {
  const name = comparedName(head);
  const family = /^[A-Z]+(?:32[A-Z]*)?/.exec(name)?.[0] ?? '';
  const rest = name.slice(family.length);
  if (!rest.includes('X') || !/\d/.test(rest)) return undefined;
  const trailing = /X+$/.exec(rest)?.[0].length ?? 0;
  const body = rest.slice(0, rest.length - trailing).replaceAll('X', '[0-9A-Z]');
  return new RegExp(`^${family}${body}[0-9A-Z]{0,${trailing}}(?![0-9])`);
}
