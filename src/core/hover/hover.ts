import * as path from 'node:path/posix';
import type { Device } from '../device/device.ts';
import type { FactSource } from '../graph/factSource.ts';
import { createGraph } from '../graph/graph.ts';
import type { HeaderJoin } from '../header/headerJoin.ts';
import type { CExpression } from '../parse/cExpression.ts';
import type { CParser } from '../parse/cParser.ts';
import { isLong } from '../parse/cWindow.ts';
import type { SourceFacts } from '../parse/facts.ts';
import { splitLines } from '../text/lines.ts';
import { devicetreeHover, isDevicetree } from './devicetreeHover.ts';
import { headerCard } from './headerHover.ts';
import { interruptCard } from './interruptHover.ts';
import { nameHover } from './nameHover.ts';
import { numberHover } from './numberHover.ts';
import { withOpenFile } from './openFile.ts';
import { addressCard, memberHover } from './registerHover.ts';
import type { Card, HoverReport } from './report.ts';
import type { Subject } from './subject.ts';

/** A place in a text. Line and column are 1-based. */
export interface HoverPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** What a hover is answered from. */
export interface HoverParts {
  /** Without a chip description there are no cards. */
  readonly device?: Device | undefined;
  /** The SVD file, named on the cards. */
  readonly deviceSource?: string | undefined;
  readonly parser: CParser;
  readonly facts: FactSource;
  /** The device header joined to the device, once it is open. */
  readonly header?: HeaderJoin | undefined;
}

/** The card of the hardware under the cursor: register, field, peripheral or interrupt; `none` for everything else. */
export async function hover(place: HoverPlace, parts: HoverParts): Promise<HoverReport> {
  const { device } = parts;
  if (device === undefined) return none;
  if (/\.(s|asm)$/i.test(place.file)) return assemblyHover(place, device, parts);
  if (isDevicetree(place.file)) return devicetreeHover(place, device, cardOptions(device, parts), parts.facts);
  const { cursor, facts } = await look(place, parts);
  if (cursor === undefined || facts === undefined || isMessage(place, cursor)) return none;
  const subject: Subject = { cursor, device, facts, graph: createGraph(withOpenFile(parts.facts, place, facts), device.name), card: cardOptions(device, parts), parser: parts.parser, file: place.file, ...(parts.header !== undefined && { header: parts.header }) };
  const card = await cardOf(subject);
  if (card === undefined) return none;
  return { ...card, ...(cursor.line === cursor.endLine && { range: { startColumn: cursor.column, endColumn: cursor.endColumn } }), problems: [] };
}

/** The expression at the cursor with the file's facts; of a long file that is indexed only the piece around the cursor is read. */
async function look({ text, file, line, column }: HoverPlace, { parser, facts: indexed }: HoverParts): Promise<{ readonly cursor: CExpression | undefined; readonly facts: SourceFacts | undefined }> {
  const known = isLong(text) ? await indexed.facts(file) : undefined;
  const piece = known === undefined ? undefined : parser.pieceAt(text, file, { line, column, known });
  if (piece !== undefined) return piece;
  const cursor = parser.expressionAt(text, file, line, column);
  return { cursor, facts: cursor === undefined ? undefined : parser.factsOf(text, file) };
}

/** The words of `#error "no FPU"` are text, though the grammar keeps them as a macro's body. */
function isMessage({ text, line }: HoverPlace, { kind }: CExpression): boolean {
  return kind === 'define' && /^\s*#\s*(error|warning|pragma|line|ident)\b/.test(splitLines(text)[line - 1] ?? '');
}

const none: HoverReport = { kind: 'none', problems: [] };

async function cardOf(subject: Subject): Promise<Card | undefined> {
  const { kind, members } = subject.cursor;
  if (kind === 'number' || (kind === 'define' && /^\d/.test(subject.cursor.word))) return numberHover(subject);
  if (kind === 'cast') return addressCard(subject);
  return kind === 'member' || members.length > 0 ? memberHover(subject) : await nameHover(subject) ?? headerCard(subject);
}

function cardOptions(device: Device, { deviceSource }: HoverParts): Subject['card'] {
  return { device: device.name, machine: device, ...(deviceSource !== undefined && { source: path.basename(deviceSource) }) };
}

/** Assembly names interrupts in its vector table. */
function assemblyHover({ text, line, column }: HoverPlace, device: Device, parts: HoverParts): HoverReport {
  const source = splitLines(text)[line - 1] ?? '';
  const code = source.replace(/(\/\/|\/\*|@|;).*$/, '');
  for (const match of code.matchAll(/[A-Za-z_]\w*/g)) {
    const startColumn = match.index + 1;
    const endColumn = startColumn + match[0].length;
    if (column < startColumn || column > endColumn) continue;
    const card = interruptCard(match[0], { device, card: cardOptions(device, parts) });
    return card === undefined ? none : { ...card, range: { startColumn, endColumn }, problems: [] };
  }
  return none;
}
