import { basename } from 'node:path/posix';
import type { PartKind, SourceFacts } from '../parse/facts.ts';
import type { Segment } from './cut.ts';

/** Names listed of each sort; the rest is counted. */
const maxNames = 40;

/**
 * What a source file is about, in one passage: its name, opening comment, includes and the names it defines.
 * The name goes without its folders, so that the copies of a file in an SDK share the passage.
 */
export function headerSegment(file: string, lines: readonly string[], facts: SourceFacts): Segment | undefined {
  const lists = [
    list('includes', facts.includes.map(({ path }) => path)),
    list('functions', facts.functions.map(({ name }) => name)),
    list('declares', (facts.prototypes ?? []).map(({ name }) => name)),
    list('types', facts.types.map(({ name }) => name)),
    list('variables', facts.variables.filter(({ function: inside }) => inside === undefined).map(({ name }) => name)),
    ...partLists.map(([title, kind]) => list(title, (facts.parts ?? []).filter(part => part.kind === kind).map(({ name }) => name))),
  ].filter(line => line !== undefined);
  if (lists.length === 0) return undefined;
  const comment = openingComment(lines);
  const title = `file ${basename(file)}`;
  return { kind: 'header', symbol: basename(file), startLine: 1, endLine: comment.endLine, lines: [title, ...comment.lines, ...lists], header: title };
}

const partLists: readonly (readonly [string, PartKind])[] = [
  ['nodes', 'node'], ['symbols', 'config'], ['memory regions', 'region'], ['sections', 'section'], ['symbols', 'symbol'], ['classes', 'class'], ['functions', 'function'], ['targets', 'target'], ['names', 'label'], ['macros', 'macro'],
];

function list(title: string, names: readonly string[]): string | undefined {
  const distinct = [...new Set(names.filter(name => name !== ''))];
  if (distinct.length === 0) return undefined;
  const rest = distinct.length - maxNames;
  return `${title}: ${distinct.slice(0, maxNames).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** The comment a file starts with, less its frame and its licence. */
function openingComment(lines: readonly string[]): { readonly lines: readonly string[]; readonly endLine: number } {
  const first = lines.findIndex(line => line.trim() !== '');
  if (first === -1 || !/^\s*(\/[/*]|#(?!\s*(include|if|ifndef|ifdef|define|pragma)\b))/.test(lines[first] ?? '')) return { lines: [], endLine: 1 };
  let end = first;
  if (/^\s*#/.test(lines[first] ?? '')) while (/^\s*#/.test(lines[end + 1] ?? '')) end += 1;
  else if (/^\s*\/\*/.test(lines[first] ?? '')) while (end < lines.length - 1 && !(lines[end] ?? '').includes('*/')) end += 1;
  else while (/^\s*\/\//.test(lines[end + 1] ?? '')) end += 1;
  const words = lines.slice(first, end + 1).map(line => line.replace(/^[\s/*!#]+|[\s/*#]+$/g, '')).filter(line => line.length > 2);
  const licence = words.findIndex(line => /copyright|licen[cs]e|spdx|all rights reserved/i.test(line));
  return { lines: (licence === -1 ? words : words.slice(0, licence)).slice(0, 12), endLine: end + 1 };
}
