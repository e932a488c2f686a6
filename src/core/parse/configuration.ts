import { splitLines } from '../text/lines.ts';
import { emptyFacts } from './emptyFacts.ts';
import type { PartFact, SourceFacts } from './facts.ts';
import { namedPlace } from './partFacts.ts';

/** Reads a Kconfig configuration (`prj.conf`, `sdkconfig`, `.config`): its settings, grouped as its comments do. */
export function parseConfiguration(text: string): SourceFacts {
  const lines = splitLines(text);
  return { ...emptyFacts('config'), parts: [...groupsOf(lines), ...lines.flatMap(readSetting)] };
}

function readSetting(text: string, index: number): PartFact[] {
  const name = /^\s*(?:#\s*(\w+) is not set\s*|([A-Za-z_][\w.]*)\s*=.*)$/.exec(text);
  const found = name?.[1] ?? name?.[2];
  return found === undefined ? [] : [namedPlace('setting', found, index + 1)];
}

/** Sections as menuconfig writes them, with their menu path, else paragraphs under their comment. */
function groupsOf(lines: readonly string[]): PartFact[] {
  const groups: PartFact[] = [];
  const menus: string[] = [];
  const ends = new Set(lines.flatMap(line => endOf(line) ?? []));
  let start = 0;
  const close = (end: number, title: string) => {
    const hasText = lines.slice(start, end).some(line => /\w/.test(line) && endOf(line) === undefined);
    if (hasText) groups.push({ kind: 'group', name: '', startLine: start + 1, endLine: end, line: start + 1, title });
    start = end;
  };
  let title = '';
  lines.forEach((line, index) => {
    const heading = headingAt(lines, index);
    const ended = endOf(line);
    if (heading !== undefined) {
      close(index, title);
      title = isBanner(lines, index) ? [...menus, heading].join(' > ') : heading;
      if (isBanner(lines, index) && ends.has(heading)) menus.push(heading);
    } else if (ended !== undefined) {
      close(index + 1, title);
      const at = menus.lastIndexOf(ended);
      if (at !== -1) menus.length = at;
      title = menus.join(' > ');
    }
  });
  close(lines.length, title);
  return groups;
}

function endOf(line: string): string | undefined {
  return /^#\s*end of (.+?)\s*$/.exec(line)?.[1];
}

/** `#`, `# Serial drivers`, `#`; or a comment after a blank line. */
function headingAt(lines: readonly string[], index: number): string | undefined {
  const line = lines[index] ?? '';
  if (isBanner(lines, index)) return lines[index + 1]?.replace(/^#\s*/, '').trim();
  const text = /^#+\s*([^#\s].*?)\s*#*$/.exec(line)?.[1];
  if (text === undefined || /is not set$|^end of |^CONFIG_\w+=/.test(text)) return undefined;
  return /^\s*$/.test(lines[index - 1] ?? '') ? text : undefined;
}

function isBanner(lines: readonly string[], index: number): boolean {
  return lines[index]?.trim() === '#' && lines[index + 2]?.trim() === '#' && /^#\s+\S/.test(lines[index + 1] ?? '');
}
