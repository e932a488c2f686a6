import { decodedMarkdown } from '../card/registerCard.ts';
import type { DecodedField, DecodedValue } from '../device/decode.ts';
import { assignedText } from '../graph/accessFields.ts';
import { createGraph, type Graph } from '../graph/graph.ts';
import { resolveAccess } from '../graph/resolveAccess.ts';
import type { HoverParts } from '../hover/hover.ts';
import { withOpenFile } from '../hover/openFile.ts';
import { decodeOperand } from '../hover/operand.ts';
import type { Device, Field } from '../device/device.ts';
import { parseCount } from '../device/numbers.ts';
import type { AccessFact, SourceFacts } from '../parse/facts.ts';
import { statementEnd, type TextPlace } from './statementEnd.ts';

/** Lines of a text in which writes are decoded; both 1-based and inclusive. */
export interface InlayRange {
  readonly file: string;
  readonly text: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** What is shown behind a write to a register. */
export interface RegisterInlay extends TextPlace {
  /** `MODER2=2 (Alternate), MODER3=2 (Alternate)`. */
  readonly label: string;
  /** The whole decoded value as markdown. */
  readonly markdown: string;
  readonly path: string;
}

/** Writes decoded in one request: a generated table of thousands is read in pieces anyway. */
const mostInlays = 300;

/** The values that the lines write to registers, decoded; only what the code does not say itself. */
export async function registerInlays(range: InlayRange, parts: HoverParts, signal?: AbortSignal): Promise<RegisterInlay[]> {
  const lines = range.text.split('\n');
  return (await writesIn(range, parts, signal)).flatMap(({ access, write }) => {
    const label = inlayLabel(write, access.expression);
    const end = label === '' ? undefined : statementEnd(lines, access);
    return end === undefined ? [] : [{ ...end, label, markdown: `**\`${write.decoded.path}\`**\n\n${decodedMarkdown(write.decoded, write.fields)}`, path: write.decoded.path }];
  });
}

/** A statement that writes a register, taken apart. */
export interface WrittenRegister {
  readonly line: number;
  readonly expression: string;
  readonly decoded: DecodedValue;
}

/** Every write of some lines, what the code says itself included. */
export async function decodedWrites(range: InlayRange, parts: HoverParts, signal?: AbortSignal): Promise<WrittenRegister[]> {
  return (await writesIn(range, parts, signal)).map(({ access: { line, expression }, write: { decoded } }) => ({ line, expression, decoded }));
}

async function writesIn(range: InlayRange, parts: HoverParts, signal?: AbortSignal): Promise<{ readonly access: AccessFact; readonly write: DecodedWrite }[]> {
  const { device, parser } = parts;
  const facts = device === undefined ? undefined : parser.factsOf(range.text, range.file);
  if (device === undefined || facts === undefined) return [];
  const graph = createGraph(withOpenFile(parts.facts, { file: range.file, line: range.startLine }, facts), device.name);
  const writes: { access: AccessFact; write: DecodedWrite }[] = [];
  for (const access of facts.accesses.filter(candidate => isWrite(candidate, range)).slice(0, mostInlays)) {
    if (signal?.aborted === true) return [];
    const write = await decodedWrite(access, { device, graph, facts });
    if (write !== undefined) writes.push({ access, write });
  }
  return writes;
}

function isWrite({ kind, line, operator, value, through }: AccessFact, { startLine, endLine }: InlayRange): boolean {
  return kind !== 'read' && line >= startLine && line <= endLine && operator !== undefined && operator !== '&' && value !== undefined && through === undefined;
}

interface WriteContext {
  readonly device: Device;
  readonly graph: Graph;
  readonly facts: SourceFacts;
}

interface DecodedWrite {
  readonly decoded: DecodedValue;
  /** The register's. */
  readonly fields: readonly Field[];
}

async function decodedWrite(access: AccessFact, { device, graph, facts }: WriteContext): Promise<DecodedWrite | undefined> {
  const { places: [place], bit, alias } = await resolveAccess(access, { device, graph, facts });
  const { operator, value } = access;
  if (place === undefined || operator === undefined || value === undefined) return undefined;
  const register = assignedText(access.expression) ?? '';
  const decoded = await decodeOperand(place, { operator, value }, { graph, device: device.name, ...(register !== '' && { register }), ...(bit !== undefined && { bit }), ...(alias !== undefined && { alias }) });
  return decoded === undefined ? undefined : { decoded, fields: place.register.fields };
}

/** Fields named in a hint before the rest is counted. */
const mostFields = 3;

/** The decoded value in a few words; empty when the code says as much. Fields with one value stand together: `MODER3,2=2`. */
function inlayLabel({ decoded, fields }: DecodedWrite, expression: string): string {
  const written = expression.slice(expression.indexOf('=') + 1);
  const writable = new Set(fields.filter(({ access }) => access !== 'read-only').map(({ name }) => name));
  const unsaid = decoded.fields.filter(field => isTelling(field) && writable.has(field.name) && !isSaid(field, written));
  const nonZero = unsaid.filter(({ value }) => value !== '0x0');
  const telling = nonZero.length > 0 ? nonZero : unsaid;
  if (telling.length === 1 && decoded.reservedBitsSet === undefined && telling.every(field => isEcho(field, written))) return '';
  const groups = Map.groupBy(telling.slice(0, mostFields), ({ value, meaning }) => `${value} ${meaning ?? ''}`);
  const reserved = decoded.reservedBitsSet === undefined ? [] : [`⚠ ${decoded.reservedBitsSet} reserved`];
  const more = telling.length > mostFields ? [`+${telling.length - mostFields}`] : [];
  return [...reserved, ...[...groups.values()].map(groupText), ...more].join(', ');
}

/** A zero that a whole write leaves everywhere else tells nothing; one that a change makes does. */
function isTelling({ value, change }: DecodedField): boolean {
  return value !== '?' && change !== 'partly known' && (value !== '0x0' || change !== undefined);
}

/** `KEY=0x53` behind `RTC->WPR = 0x53`. */
function isEcho({ value, meaning }: DecodedField, written: string): boolean {
  const [, number] = /^[\s(]*(0[xX][\da-fA-F]+|\d+)[uUlL]*[\s)]*$/.exec(written) ?? [];
  return meaning === undefined && number !== undefined && parseCount(number) === BigInt(value);
}

/** `USART_CR1_UE` says itself that it sets UE. */
function isSaid({ name, bits, meaning }: DecodedField, written: string): boolean {
  return (meaning === undefined || !bits.includes(':')) && ` ${written.replace(/[^A-Za-z0-9]+/g, ' ')} `.includes(` ${name.replace(/[^A-Za-z0-9]+/g, ' ')} `);
}

function groupText(fields: readonly DecodedField[]): string {
  const [first] = fields;
  if (first === undefined) return '';
  const [, stem = ''] = /^(.*?)\d+$/.exec(first.name) ?? [];
  const names = fields.map(({ name }, index) => index > 0 && stem !== '' && name.startsWith(stem) && /^\d+$/.test(name.slice(stem.length)) ? name.slice(stem.length) : name);
  const number = BigInt(first.value) < 10n ? String(BigInt(first.value)) : first.value;
  // Of a field that means one thing read and another written, the latter.
  const meaning = first.meaning?.replace(/^read: .*?written: |^(read|written): /, '');
  const word = meaning?.split(/[:;]/, 1)[0]?.trim().slice(0, 24) ?? '';
  return `${names.join(',')}=${number}${word === '' ? '' : ` (${word})`}`;
}
