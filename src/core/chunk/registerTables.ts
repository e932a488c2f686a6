import type { MacroFact } from '../parse/facts.ts';
import { bitFields, bitRange, plainNumber, type BitField } from './bitFields.ts';
import type { Region } from './regions.ts';

/**
 * The bit tables of a device header, one region for each register: its fields with place, meaning and values in a line
 * each, instead of the four to ten macros that spell them out. Everything else that stands between stays as written.
 */
export function registerTables(lines: readonly string[], macros: readonly MacroFact[]): Region[] {
  const fields = bitFields(macros);
  if (fields.length === 0) return [];
  const addresses = macros.filter(({ name }) => /_(REG|OFFSET|ADDR)$/.test(name)).map(({ line }) => line);
  const header: Header = { lines, isComment: commentLines(lines), addresses: new Set(addresses), byAddress: addresses.length * 12 > fields.length };
  return grouped(header, fields).map(group => tableRegion(header, group));
}

interface Header {
  readonly lines: readonly string[];
  /** By index: nothing but a comment stands on the line. */
  readonly isComment: readonly boolean[];
  /** Lines of macros for the address of a register. */
  readonly addresses: ReadonlySet<number>;
  /** Such a macro stands before the fields of each register, so that no comment is needed to tell. */
  readonly byAddress: boolean;
}

function commentLines(lines: readonly string[]): boolean[] {
  let isInside = false;
  return lines.map(line => {
    const begins = isInside || /^\s*\/[/*]/.test(line);
    const close = line.lastIndexOf('*/');
    const opens = line.lastIndexOf('/*') > close && !/\/\/.*\/\*/.test(line);
    isInside = opens || (isInside && close === -1);
    return begins && (close === -1 || line.slice(close + 2).trim() === '');
  });
}

interface Group {
  readonly fields: BitField[];
  readonly startLine: number;
  endLine: number;
  /** It begins with a comment or macro that names the register. */
  readonly isNamed: boolean;
}

/** Lines between two fields of one register. */
const widestGap = 24;

function grouped(header: Header, fields: readonly BitField[]): Group[] {
  const groups: Group[] = [];
  for (const field of fields) {
    const last = groups.at(-1);
    const from = (last?.endLine ?? 0) + 1;
    const border = borderLine(header, from, field.startLine - 1);
    if (last !== undefined && border === undefined && belongs(header, last, field)) {
      last.fields.push(field);
      last.endLine = Math.max(last.endLine, field.endLine);
    } else groups.push({ fields: [field], startLine: commentAbove(header, border ?? field.startLine, from), endLine: field.endLine, isNamed: border !== undefined });
  }
  return groups;
}

/** The last line, before a field, at which the next register begins: by a macro for its address or a comment that says so. */
function borderLine({ lines, isComment, addresses, byAddress }: Header, from: number, to: number): number | undefined {
  for (let line = to; line >= Math.max(from, to - 60); line -= 1) {
    if (addresses.has(line)) return line;
    const text = lines[line - 1] ?? '';
    if (byAddress || isComment[line - 1] !== true) continue;
    if (/\bregisters?\b/i.test(text) && !/\b(field|default|bits?\s*\d|description\s*:)/i.test(text)) return line;
  }
  return undefined;
}

function belongs({ lines, isComment }: Header, group: Group, field: BitField): boolean {
  if (field.startLine - group.endLine > widestGap) return false;
  for (let line = group.endLine + 1; line < field.startLine; line += 1) if (isComment[line - 1] !== true && /^\s*(#\s*(if|ifdef|ifndef|else|elif|endif|include)\b|[A-Za-z_}{])/.test(lines[line - 1] ?? '')) return false;
  if (group.isNamed) return true;
  const first = group.fields[0]?.name ?? '';
  return registerOf(first) === registerOf(field.name) || sharedWords([first, field.name]).length >= 2;
}

function commentAbove({ isComment }: Header, line: number, lowest: number): number {
  let first = line;
  while (first > lowest && isComment[first - 2] === true) first -= 1;
  return first;
}

interface KeptLine {
  readonly line: number;
  readonly text: string;
}

function tableRegion(header: Header, group: Group): Region {
  const { fields, startLine, endLine } = group;
  const symbol = tableName(header.lines, group);
  const kept = keptLines(header, group).filter(({ text }) => text !== '');
  const title = `register ${symbol}: bit macros (each with its position and mask macro)`;
  // No heading to be found by: the description's card of the register comes first.
  const replacement = { lines: kept.map(({ text }) => text), lineNumbers: kept.map(({ line }) => line) };
  return { kind: 'macros', symbol, startLine, endLine: Math.max(endLine, ...fields.map(field => field.endLine)), title, header: `register ${symbol}`, heading: '', replacement };
}

/** A line for each field; comments and other macros as they are. */
function keptLines({ lines, isComment, byAddress }: Header, { fields, startLine, endLine }: Group): KeptLine[] {
  const byLine = new Map(fields.map(field => [field.startLine, field]));
  const taken = new Set(fields.flatMap(({ position, mask, others }) => [position, mask, ...others].map(({ line }) => line)));
  const kept: KeptLine[] = [];
  let comment: string[] = [];
  for (let line = startLine; line <= endLine; line += 1) {
    const text = lines[line - 1] ?? '';
    const field = byLine.get(line);
    if (field !== undefined) {
      // What is said of the register comes before what is said of its field.
      const ofRegister = field === fields[0] && !byAddress ? comment.splice(0, comment.findLastIndex(written => /[Rr]egister|Description *:/.test(written)) + 1) : [];
      kept.push(...ofRegister.map(written => ({ line, text: words(written) })), { line, text: fieldText(field, comment.splice(0)) });
    } else if (isComment[line - 1] === true) comment.push(text);
    else if (!taken.has(line) && text.trim() !== '') {
      kept.push(...comment.map(written => ({ line, text: words(written) })), { line, text });
      comment = [];
    }
  }
  return [...kept, ...comment.map(written => ({ line: endLine, text: words(written) }))];
}

/** `USART_CR1_UE [13]: USART Enable; values 0 Off, 1 On`. */
function fieldText(field: BitField, above: readonly string[]): string {
  const { name, position, mask, others } = field;
  const before = above.map(words).join(' ').replace(`${name} :`, '').replace(/\s*bitpos\s*:\s*\[[\d:]*\]\s*;/, '').replace(/\s*;?\s*description: */, '; ').replace(/\s+/g, ' ').trim();
  const own = [position, mask, ...others].filter(other => other === position || other === mask || other.name === name || /_[VMS]$/.test(other.name)).map(({ comment = '' }) => meaning(comment));
  const values = others.filter(other => other.name !== name && !/_([VMS]|\d+|RESET|MSB|ACCESS|WIDTH|MASK|Msk|Len)$/.test(other.name));
  const listed = values.map(({ name: value, body, comment = '' }) => `${value.slice(name.length + 1)} ${plainNumber(body) ?? body.slice(0, 60)}${meaning(comment) === '' ? '' : ` (${meaning(comment)})`}`);
  const about = [...new Set([before, ...own.filter(text => !before.includes(text))])].filter(text => text !== '').join('; ');
  return `${name} ${bitRange(field)}${about === '' ? '' : `: ${about}`}${listed.length > 0 ? `; values: ${listed.join(', ')}` : ''}`.slice(0, 900);
}

/** A comment without what the macros say themselves: hexadecimal values, "Position of UE field". */
function meaning(comment: string): string {
  return /^(0x[\da-f]+|(Position|Bit ?mask) of \w+ (bit )?field\.?|\w+ Position|\w+ Mask)$/i.test(comment.trim()) ? '' : comment.trim().replace(/^description: */, '').replace(/^\w+ : \w+; bitpos: *\[[\d:]*\];/, '');
}

/** A comment line without its frame and its bit numbers. */
function words(line: string): string {
  return line.replace(/^[\s/*!<]+|[\s/*]+$/g, '').replace(/^Bits?\s+\d+(\.\.\d+)?\s*:\s*/i, '').replace(/\*{3,}/g, '').trim();
}

/** The register's name as its macro or comment gives it, else the words that its fields begin with. */
function tableName(lines: readonly string[], { fields, startLine, isNamed }: Group): string {
  const first = fields[0];
  if (first === undefined) return '';
  const before = lines.slice(startLine - 1, first.startLine - 1).join('\n');
  const macro = /^\s*#\s*define\s+(\w+_REG)\b/m.exec(before)?.[1];
  if (macro !== undefined) return macro;
  const shared = fields.length === 1 ? registerOf(first.name) : sharedWords(fields.map(({ name }) => name)).join('_');
  const said = isNamed ? /(?:definitions?\s+for\s+(?:the\s+)?|register\s*:\s*)([A-Za-z]\w*)/i.exec(before)?.[1] : undefined;
  return said !== undefined && said.includes('_') && first.name.startsWith(`${said}_`) ? said : shared === '' ? said ?? first.name : shared;
}

function registerOf(name: string): string {
  const end = name.lastIndexOf('_');
  return end <= 0 ? name : name.slice(0, end);
}

function sharedWords(names: readonly string[]): string[] {
  const [first = [], ...others] = names.map(name => name.split('_'));
  let shared = 0;
  while (shared < first.length && others.every(other => other[shared] === first[shared])) shared += 1;
  return first.slice(0, shared);
}
