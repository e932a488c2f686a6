import * as path from 'node:path/posix';
import { comparedName } from './partNames.ts';

/** A description's file name taken apart. */
export interface SvdStem {
  /** The whole name as compared. */
  readonly whole: string;
  /** The chip's name, before the first separator. */
  readonly head: string;
  /** The chips' names when one file is for several: `LPC178x_7x` is for LPC178x and LPC177x. */
  readonly heads: readonly string[];
  /** What follows a separator, lower-case, one word each: a core, a flash size, a version. */
  readonly tails: readonly string[];
  readonly additionCost: number;
}

/** `…/nrf5340_application.svd`, `STM32H745_CM7.svd`, `LPC11Axxv0.6.svd`, `GD32F30x_HD.svd` and their like. */
export function readStem(file: string): SvdStem {
  const stem = path.basename(file).replace(/\.(svd|xml|atdf)(\.patched)?$/i, '').replace(/\.svd$/i, '');
  const named = stem.replace(/(?<=[a-z\d])[_-]?v\d+(\.\d+)?[a-z]?$/i, '').replace(/_svd$/i, '');
  const [head = '', ...words] = named.split(/[_\-. ]+/);
  const tails = words.map(word => word.toLowerCase());
  const more = words.flatMap(word => secondLine(head, word));
  const both = /^([A-Z]+\d*)(\dx)(\dx)$/i.exec(head);
  const heads = both === null ? [head, ...more] : [`${both[1] ?? ''}${both[2] ?? ''}`, `${both[1] ?? ''}${both[3] ?? ''}`];
  return { whole: comparedName(stem), head, heads, tails, additionCost: more.length > 0 || tails.length === 0 ? Number(named !== stem) : additionCost(tails.join(' ')) };
}

/** Whether the file is for parts of the same line with another flash size: GigaDevice and old ST files say `_MD`, `_HD`, `_XD`, `_CL`. */
export function hasOtherFlashSize(part: string, { tails }: SvdStem): boolean {
  const stated = tails.find(tail => /^(ld|md|hd|xd|xl|cl)$/.test(tail));
  const own = stated === undefined ? undefined : flashSizeClass(comparedName(part));
  return own !== undefined && !own.includes(stated ?? '');
}

/** The second device line that a word adds: `7x` to `LPC178x`, `43Sxx` to `LPC43xx`. */
function secondLine(head: string, word: string): string[] {
  if (/^\dx$/i.test(word) && word.length < head.length) return [head.slice(0, -word.length) + word];
  return /^\d+[A-Z]?x+$/i.test(word) ? [(/^[A-Z]+/i.exec(head)?.[0] ?? '') + word] : [];
}

/** Of a chip's several cores the one that runs the application is meant. */
function additionCost(tail: string): number {
  if (/\b(core1|cpu1|network|cpunet|radio|flpr|ppr|cm0p?|cm4|ulp|lp|old|ns)\b/.test(tail)) return 40;
  return /\b(application|app|cpuapp|cm7|cm33|core0|cpu0|ld|md|hd|xd|xl|cl)\b/.test(tail) ? 10 : 20;
}

/** The classes of flash size that GD32F1, GD32F3, GD32E5 and STM32F1 parts come in; the connectivity line is a class of its own. */
function flashSizeClass(part: string): readonly string[] | undefined {
  const [, line = '', size = ''] = /^(?:GD|STM)32([FE](?:1\d|3\d|5\d)\d)(?:[A-Z]([0-9A-Z]))?/.exec(part) ?? [];
  if (/^(F[13]0[57]|E50[578])$/.test(line)) return ['cl'];
  if (/^E50\d$/.test(line)) return ['hd'];
  if (!/^F[13]0\d$/.test(line) || size === '') return undefined;
  if (/[FGIK]/.test(size)) return ['xd', 'xl'];
  if (/[CDE]/.test(size) || part.startsWith('GD32F3')) return ['hd'];
  return /[46]/.test(size) ? ['ld', 'md'] : ['md'];
}
