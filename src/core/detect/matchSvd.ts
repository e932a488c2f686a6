import * as path from 'node:path/posix';
import { comparedName, isMoreExact } from './partNames.ts';

/** The file that describes `part`, best match first found; undefined when none does, or when several do equally and the part's name is too vague to tell. */
export function matchSvd(part: string, svdFileNames: readonly string[]): string | undefined {
  const rated = svdFileNames.map(file => ({ file, score: svdMatchScore(part, file) })).filter(({ score }) => score > 0).sort((left, right) => right.score - left.score);
  return rated[0]?.file;
}

/** How well a file's name fits the part: 0 not at all; more for more characters in common, less for wildcards and additions. */
export function svdMatchScore(part: string, file: string): number {
  return Math.max(...alternativeNames(part).map(name => nameScore(name, stemOf(file))));
}

function stemOf(file: string): string {
  return path.basename(file).replace(/\.(svd|xml|atdf)(\.patched)?$/i, '').replace(/\.svd$/i, '');
}

function nameScore(part: string, stem: string): number {
  const wanted = comparedName(part);
  if (comparedName(stem) === wanted) return 1000;
  // What follows a separator is a core, a view or a version: `nrf5340_application`, `STM32H745_CM7`, `rp2040-old`.
  const [head = '', ...tails] = stem.split(/[_\-. ]+/);
  const tail = tails.join(' ').toLowerCase();
  const pattern = wildcardPattern(head);
  const whole = comparedName(head);
  const literals = whole.replace(/X/g, '').length;
  const addition = tail === '' ? 0 : additionCost(tail);
  if (whole === wanted) return 900 - addition;
  if (whole.length < shortestChip(whole)) return 0;
  if (isMoreExact(wanted, whole) && whole.length >= shortestChip(whole)) return 500 + 10 * literals - addition;
  if (pattern !== undefined && pattern.test(wanted)) return 200 + 10 * literals - addition;
  return wanted.length >= 8 && isMoreExact(whole, wanted) ? 100 + literals - addition : 0;
}

/** Of a chip's several cores the one that runs the application is meant. */
function additionCost(tail: string): number {
  if (/\b(core1|network|cpunet|flpr|ppr|cm0p?|old)\b/.test(tail)) return 40;
  return /\b(application|app|cpuapp|cm7|cm33|core0)\b/.test(tail) ? 10 : 20;
}

/** Characters that at least make up one chip's or device line's name. */
function shortestChip(name: string): number {
  return name.startsWith('STM32') ? 9 : 4;
}

/** `STM32F4x7`, `STM32F40x`, `e310x`: an `x` behind a digit stands for any character; trailing ones may be missing. */
function wildcardPattern(head: string): RegExp | undefined {
  const name = head.replace(/^AT(?=SAM)/i, '');
  const fixed = name.slice(0, name.search(/\d/) + 1);
  const rest = name.slice(fixed.length);
  if (fixed === '' || !rest.includes('x')) return undefined;
  const trailing = /x+$/.exec(rest)?.[0].length ?? 0;
  const body = rest.slice(0, rest.length - trailing).replace(/[^x]+/g, literals => literals.toUpperCase()).replaceAll('x', '[0-9A-Z]');
  return new RegExp(`^${fixed.toUpperCase()}${body}[0-9A-Z]{0,${trailing}}(?![0-9])`);
}

/** Names under which vendors file a part's description. */
function alternativeNames(part: string): string[] {
  const name = part.trim().replace(/_?XX[A-Z]{2}(?=_|$)/i, '').replace(/\s.*$/, '');
  const compared = comparedName(name);
  const kinetis = /^MK([LEVWS]?\d\d)([FDZ])[NX]?\w*?V[A-Z]{2}(\d+)$/.exec(compared);
  const alternatives = [
    name,
    ...(compared.startsWith('NRF51') ? ['nrf51'] : []),
    ...(compared.startsWith('NRF52832') ? ['nrf52'] : []),
    ...(compared.startsWith('R7FA') ? [compared.slice(0, 9)] : []),
    ...(kinetis === null ? [] : [`MK${kinetis[1] ?? ''}${kinetis[2] ?? ''}${kinetis[3] ?? ''}`]),
    ...(compared.startsWith('FE310') ? ['E310'] : []),
    ...(/^CY8C6/.test(compared) ? [`psoc${compared.slice(4, 6)}`] : []),
  ];
  return [...new Set(alternatives)];
}
