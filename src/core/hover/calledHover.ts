import { codeText, paragraphs, plainText, table } from '../card/markdown.ts';
import { registerMarkdown } from '../card/registerCard.ts';
import { bestDefinitions } from '../graph/bestDefinitions.ts';
import { touchedRegisters, type TouchedRegister, type TouchedRegisters } from '../graph/touchedRegisters.ts';
import { conventionalAccess } from './calledConventions.ts';
import { decodeOperand } from './operand.ts';
import { byInstance, groupPath } from './registerHover.ts';
import type { Card } from './report.ts';
import { resolve, type Subject } from './subject.ts';

/** Rows of the list of touched registers. */
const mostRows = 12;

/** The card of a called macro or function: the registers it touches, `__HAL_RCC_GPIOA_CLK_ENABLE()` down to RCC.AHB1ENR. Those that touch none have no card. */
export async function calledCard(subject: Subject): Promise<Card | undefined> {
  const { cursor } = subject;
  if (cursor.isCallee !== true || cursor.arguments === undefined) return undefined;
  const macro = await registerMacroCall(subject);
  if (macro !== undefined) return touchedCard(subject, macro);
  if (!await isLowLevel(subject)) return undefined;
  const found = await touchedRegisters({ name: cursor.word, arguments: cursor.arguments }, {
    device: subject.device, graph: subject.graph, facts: subject.facts, function: cursor.function?.name, file: subject.file,
    parse: text => subject.parser.parse(text, 'macro.c').facts,
  });
  const [definition] = await bestDefinitions(subject.graph, cursor.word, subject.file, ['macro', 'function']);
  const isOfSdk = definition?.kind === 'function' && isOutside(definition.file);
  // Deep in an SDK's functions some register is looked at by most; what they change is what they are for.
  if (found.touched.some(({ access }) => !isOfSdk || access.kind !== 'read')) return touchedCard(subject, found);
  // An SDK for many chips has the function for others too, whose body means nothing here.
  const isFollowed = found.isDefined && !found.isCut && !isOfSdk;
  return isFollowed ? undefined : conventionCard(subject, found.isDefined ? 'its code was not followed to a register' : 'its header is not indexed');
}

/** `hw_set_bits(&pads_bank0_hw->io[n], MASK)`: what it does is known from its name, and its body, which writes to an alias, says it worse. */
async function registerMacroCall(subject: Subject): Promise<TouchedRegisters | undefined> {
  const { access, word } = subject.cursor;
  if (access?.operator !== word || !word.startsWith('hw_')) return undefined;
  const resolved = await resolve(subject, access);
  return resolved.places.length === 0 ? undefined : { touched: [{ access, resolved, through: [word] }], isDefined: true, isCut: false, isConditional: false };
}

/** Macros, inline functions of headers and what SDKs call by their patterns; a project's own functions are for the language server. */
async function isLowLevel({ cursor, graph, file }: Subject): Promise<boolean> {
  if (/^_*(HAL|LL|hal|nrf|nrfx|NVIC)_|_ll_|^[A-Z][A-Z0-9]+x?_[A-Z][A-Za-z0-9]/.test(cursor.word)) return true;
  const [definition] = await bestDefinitions(graph, cursor.word, file, ['macro', 'function']);
  return definition === undefined ? true : definition.kind === 'macro' || /\.(h|hpp|hh)$/i.test(definition.file) || isOutside(definition.file);
}

/** A file of an SDK beside the workspace, which is told by its absolute path. */
function isOutside(file: string): boolean {
  return /^(\/|[A-Za-z]:[\\/])/.test(file);
}

/** One register gets its whole card, several a table. */
async function touchedCard(subject: Subject, found: TouchedRegisters): Promise<Card | undefined> {
  const groups = [...Map.groupBy(found.touched, ({ resolved }) => resolved.path).values()];
  const telling = groups.map(accesses => accesses.find(({ access }) => access.kind !== 'read') ?? accesses[0]).filter(access => access !== undefined);
  const written = telling.filter(({ access }) => access.kind !== 'read');
  const [main, ...others] = written.length > 0 ? written : telling;
  if (main === undefined) return undefined;
  const rows = telling.slice(0, mostRows).map(touchedRow);
  const left = telling.length - rows.length;
  const list = paragraphs([
    `**${codeText(subject.cursor.word)}** ${found.isConditional && telling.length > 1 ? 'touches, as its condition says, some of' : 'touches'} ${telling.length === 1 ? 'one register' : `${telling.length} registers`}${found.isCut ? ', and calls what is not followed further' : ''}:`,
    table(['register', 'how', 'fields', 'through'], rows),
    left > 0 ? `And ${left} more.` : undefined,
  ]);
  return others.length > 0 ? { kind: 'register', markdown: list, register: pathOf(main), ...fieldsOf(main) } : oneRegister(subject, main, list);
}

async function oneRegister(subject: Subject, { access, resolved }: TouchedRegister, list: string): Promise<Card | undefined> {
  const places = resolved.how === 'type' ? byInstance(resolved.places) : resolved.places;
  const [place] = places;
  if (place === undefined) return undefined;
  const { operator, value } = access;
  const decoded = operator === undefined ? undefined : await decodeOperand(place, { operator, ...(value !== undefined && { value }) }, { graph: subject.graph, device: subject.device.name, ...(resolved.bit !== undefined && { bit: resolved.bit }), ...(resolved.alias !== undefined && { alias: resolved.alias }) });
  const card = registerMarkdown(place, { ...subject.card, highlight: resolved.fields, ...(decoded !== undefined && { decoded }) });
  return { kind: 'register', markdown: `${list}\n\n---\n\n${card}`, register: resolved.how === 'type' ? groupPath(place) : place.path, ...fieldsOf({ resolved }), ...(decoded !== undefined && { decoded }) };
}

function pathOf({ resolved }: TouchedRegister): string {
  const [place] = resolved.places;
  return resolved.how === 'type' && place !== undefined ? groupPath(place) : resolved.path;
}

function fieldsOf({ resolved }: Pick<TouchedRegister, 'resolved'>): Pick<Card, 'fields'> {
  return resolved.fields.length > 0 ? { fields: resolved.fields } : {};
}

function touchedRow({ access, resolved, through }: TouchedRegister): string[] {
  const how = access.kind === 'read' ? 'reads' : access.kind === 'write' ? 'writes' : 'changes';
  const value = access.value === undefined ? '' : ` ${codeText(access.value, 40)}`;
  return [codeText(resolved.path), `${how}${value}`, resolved.fields.slice(0, 6).map(name => codeText(name)).join(' '), through.slice(1).map(name => codeText(name, 60)).join(' → ')];
}

/** Without the SDK's header in the index the names of its macros still tell, which is said. */
async function conventionCard(subject: Subject, why: string): Promise<Card | undefined> {
  const { cursor, device } = subject;
  const found = conventionalAccess(device, cursor.word, cursor.arguments ?? []);
  if (found === undefined) return undefined;
  const { base, members, operator, value } = found;
  const resolved = await resolve(subject, {
    line: cursor.line, column: cursor.column, kind: operator === undefined ? 'read' : operator === '=' ? 'write' : 'modify', base, members, expression: cursor.text,
    ...(operator !== undefined && { operator }), ...(value !== undefined && { value }), ...(cursor.function !== undefined && { function: cursor.function.name }),
  });
  const [place] = resolved.how === 'type' ? byInstance(resolved.places) : resolved.places;
  if (place === undefined) return undefined;
  const fields = found.field === undefined ? resolved.fields : [found.field];
  const decoded = operator === undefined ? undefined : await decodeOperand(place, { operator, ...(value !== undefined && { value }) }, { graph: subject.graph, device: subject.device.name });
  const note = `**${codeText(cursor.word)}** ${plainText(found.text)} *By the SDK's naming convention: ${why}.*`;
  const card = registerMarkdown(place, { ...subject.card, highlight: fields, ...(decoded !== undefined && { decoded }) });
  return { kind: 'register', markdown: `${note}\n\n---\n\n${card}`, register: place.path, ...(fields.length > 0 && { fields }), ...(decoded !== undefined && { decoded }) };
}
