import { splitLines } from '../text/lines.ts';
import { commentLinesAbove } from './blankComments.ts';
import { emptyFacts } from './emptyFacts.ts';
import type { IncludeFact, PartFact, SourceFacts } from './facts.ts';
import { inFileOrder } from './partFacts.ts';

/** Reads a Kconfig file: every symbol with its prompt, menus and the conditions around it; choices whole. */
export function parseKconfig(text: string): SourceFacts {
  const lines = splitLines(text);
  const reading: Reading = { lines, around: [], parts: [], includes: [] };
  for (let index = 0; index < lines.length; index += 1) readLine(reading, index);
  for (const { part } of reading.around) if (part !== undefined) reading.parts.push({ ...part, endLine: lines.length });
  return { ...emptyFacts('kconfig'), parts: inFileOrder(reading.parts), includes: reading.includes };
}

interface Around {
  readonly kind: 'menu' | 'choice' | 'if';
  readonly text: string;
  /** The choice, complete but for its end. */
  readonly part?: PartFact;
}

interface Reading {
  readonly lines: readonly string[];
  /** Menus, choices and conditions around the line. */
  readonly around: Around[];
  readonly parts: PartFact[];
  readonly includes: IncludeFact[];
}

const keyword = /^(\s*)(config|menuconfig|choice|endchoice|menu|endmenu|if|endif|comment|mainmenu|(?:o|r|or)?source)\b[ \t]*(.*)$/;

function readLine(reading: Reading, index: number): void {
  const [, indent = '', word = '', rest = ''] = keyword.exec(reading.lines[index] ?? '') ?? [];
  if (word === '' || isHelpText(reading, index, indent)) return;
  if (word === 'config' || word === 'menuconfig') addSymbol(reading, index, rest.split(/\s/, 1)[0] ?? '');
  else if (word === 'menu' || word === 'if') reading.around.push({ kind: word, text: unquoted(rest) });
  else if (word === 'choice') openChoice(reading, index, rest);
  else if (word.startsWith('end')) close(reading, index);
  else if (word.endsWith('source')) reading.includes.push({ path: unquoted(rest), line: index + 1 });
}

/** Help is indented deeper than its keyword and may begin with any word. */
function isHelpText({ lines }: Reading, index: number, indent: string): boolean {
  if (indent === '') return false;
  for (let above = index - 1; above >= Math.max(0, index - 80); above -= 1) {
    const line = lines[above] ?? '';
    if (line.trim() === '') continue;
    const width = widthOf(line);
    if (/^\s*(---)?help(---)?\s*$/.test(line)) return widthOf(lines[index] ?? '') > width;
    if (width < widthOf(lines[index] ?? '') && keyword.test(line)) return false;
  }
  return false;
}

function addSymbol(reading: Reading, index: number, name: string): void {
  const { lines, around, parts } = reading;
  const end = blockEnd(lines, index);
  const prompt = promptOf(lines, index, end);
  parts.push({
    kind: 'config', name: `CONFIG_${name}`, startLine: commentLinesAbove(lines, index + 1), endLine: end + 1, line: index + 1,
    title: `CONFIG_${name}: ${placeOf(around, prompt)}`.slice(0, 300), aliases: [name],
  });
}

function openChoice(reading: Reading, index: number, name: string): void {
  const { lines, around } = reading;
  const prompt = promptOf(lines, index, blockEnd(lines, index));
  const part: PartFact = { kind: 'group', name: name.trim(), startLine: commentLinesAbove(lines, index + 1), endLine: index + 1, line: index + 1, title: `choice: ${placeOf(around, prompt)}`.slice(0, 300) };
  around.push({ kind: 'choice', text: prompt ?? name, part });
}

function close({ around, parts }: Reading, index: number): void {
  const closed = around.pop();
  if (closed?.part !== undefined) parts.push({ ...closed.part, endLine: index + 1 });
}

/** Menu path and prompt, then the conditions around. */
function placeOf(around: readonly Around[], prompt: string | undefined): string {
  const menus = [...around.filter(({ kind }) => kind !== 'if').map(({ text }) => text), ...prompt === undefined ? [] : [prompt]].filter(text => text !== '');
  const conditions = around.filter(({ kind }) => kind === 'if').map(({ text }) => text);
  return [menus.join(' > '), ...conditions.length > 0 ? [`(if ${conditions.join(' && ')})`] : []].join(' ').trim();
}

function promptOf(lines: readonly string[], from: number, end: number): string | undefined {
  for (let index = from + 1; index <= end; index += 1) {
    const line = lines[index] ?? '';
    if (/^\s*(---)?help/.test(line)) return undefined;
    const prompt = /^\s*(?:prompt|bool|tristate|string|int|hex)\s+["'](.*?)["']/.exec(line)?.[1];
    if (prompt !== undefined) return prompt;
  }
  return undefined;
}

/** Last line that says something before the next statement of the same depth. */
function blockEnd(lines: readonly string[], index: number): number {
  const depth = widthOf(lines[index] ?? '');
  let end = index;
  for (let next = index + 1; next < lines.length; next += 1) {
    const line = lines[next] ?? '';
    if (line.trim() === '') continue;
    if (widthOf(line) <= depth) break;
    end = next;
  }
  return end;
}

function widthOf(line: string): number {
  return (/^\s*/.exec(line)?.[0] ?? '').replaceAll('\t', '        ').length;
}

function unquoted(text: string): string {
  return text.trim().replace(/^["'](.*?)["'].*$/, '$1');
}
