import { fieldMarkdown, peripheralMarkdown } from '../card/deviceCards.ts';
import { codeText } from '../card/markdown.ts';
import { decodedMarkdown, registerMarkdown } from '../card/registerCard.ts';
import type { DecodedValue } from '../device/decode.ts';
import type { Field, RegisterPlace } from '../device/device.ts';
import { findRegisters } from '../device/findRegisters.ts';
import { findPeripherals } from '../device/findPeripherals.ts';
import { assignedText } from '../graph/accessFields.ts';
import type { ResolvedAccess } from '../graph/resolveAccess.ts';
import type { CursorOperation } from '../parse/cExpression.ts';
import { registerMacro } from '../parse/cRegisterMacros.ts';
import type { AccessFact } from '../parse/facts.ts';
import { listed } from '../text/listed.ts';
import { withIndices } from './arrayIndex.ts';
import { decodeFieldOperand } from './fieldOperation.ts';
import { byHeaderStruct } from './headerMember.ts';
import { memberField } from './memberField.ts';
import { decodeOperand, type OperandContext } from './operand.ts';
import type { Card } from './report.ts';
import { lookedAt, resolve, type Subject } from './subject.ts';
import { bestViewsFirst } from './writtenViews.ts';

/** Views of one address drawn on a card; a register has two, alternate clusters have more. */
const mostViews = 4;

/** The card of `USART2->CR1`, `GPIOA->AFR[1]`, `huart->Instance->CR1` with the cursor on a member. */
export async function memberHover(subject: Subject): Promise<Card | undefined> {
  const { cursor } = subject;
  const access = cursor.access ?? (cursor.kind === 'define' || namesBlock(subject) ? lookedAt(subject, cursor.base, cursor.members) : undefined);
  if (access === undefined) return structCard(subject, lookedAt(subject, cursor.base, cursor.members));
  // On `Instance` of `huart->Instance->CR1` the cursor is not on the register yet.
  if (tidy(cursor.text) === tidy(access.base)) return undefined;
  const resolved = await resolveMember(subject, access);
  if (resolved.places.length > 0) return memberCard(subject, access, resolved);
  return await elementCard(subject, access) ?? structCard(subject, access);
}

/** The card of `*(volatile uint32_t *) (GPIOA_BASE + 0x18)` and of `*bsrr`, as a whole. */
export async function addressCard(subject: Subject): Promise<Card | undefined> {
  const access = subject.cursor.access ?? subject.cursor.within;
  if (access === undefined) return undefined;
  const { operator, value } = access;
  return registerCard(subject, await resolve(subject, access), operator === undefined ? undefined : { operator, ...(value !== undefined && { value }) });
}

/** By the structs of the device header, which know pointers that no name gives away. */
async function structCard(subject: Subject, access: AccessFact): Promise<Card | undefined> {
  const resolved = await byHeaderStruct(subject, access);
  return resolved === undefined ? undefined : memberCard(subject, access, resolved);
}

/** The register, or the field that the last member names. */
async function memberCard(subject: Subject, access: AccessFact, resolved: ResolvedAccess): Promise<Card | undefined> {
  const field = memberField(access, resolved);
  return field === undefined ? registerCard(subject, resolved, operationOn(subject)) : memberFieldCard(subject, { resolved, field, operation: operationOn(subject) });
}

/** SAM and Espressif headers name fields as members, as in `PORT->CTRL.bit.ENABLE = 1`: the field's card with the cursor on its name or value, else the register's. */
export async function memberFieldCard(subject: Subject, { resolved, field, operation }: { readonly resolved: ResolvedAccess; readonly field: Field; readonly operation: CursorOperation | undefined }): Promise<Card | undefined> {
  const { cursor, card } = subject;
  const [place] = resolved.how === 'type' ? byInstance(resolved.places) : resolved.places;
  const decoded = place === undefined ? undefined : await decodeFieldOperand(place, field, operation, operandContext(subject));
  const isOnField = cursor.kind === 'number' || cursor.word === (cursor.access ?? cursor.target)?.members.at(-1);
  if (!isOnField) return registerCard(subject, { ...resolved, fields: [field.name] }, undefined, decoded);
  if (place === undefined) return undefined;
  const [title = '', facts = '', ...rest] = fieldMarkdown(place, field, card).split('\n\n');
  const markdown = [title, facts, ...(decoded === undefined ? [] : [decodedMarkdown(decoded, place.register.fields)]), ...rest].join('\n\n');
  return { kind: 'field', markdown, register: place.path, fields: [field.name], ...(decoded !== undefined && { decoded }) };
}

/** The card of a register that an access resolved to, with the constant in `operation` taken apart, unless that is `known`. */
export async function registerCard(subject: Subject, resolved: ResolvedAccess, operation: CursorOperation | undefined, known?: DecodedValue): Promise<Card | undefined> {
  const { card } = subject;
  const isAny = resolved.how === 'type';
  const places = isAny ? byInstance(resolved.places) : resolved.places;
  const shown = (isAny ? places.filter(({ address }) => address === places[0]?.address) : places).slice(0, mostViews);
  const views = bestViewsFirst(await Promise.all(shown.map(async place => ({ place, decoded: known ?? await decodeOperand(place, operation, { ...operandContext(subject), ...(resolved.bit !== undefined && { bit: resolved.bit }), ...(resolved.alias !== undefined && { alias: resolved.alias }) }) }))));
  const [{ place: first, decoded } = {}] = views;
  if (first === undefined) return undefined;
  const fields = resolved.fields.filter(name => first.register.fields.some(field => field.name === name));
  const cards = views.map(view => registerMarkdown(view.place, { ...card, highlight: resolved.fields, ...(view.decoded !== undefined && { decoded: view.decoded }) }));
  return {
    kind: 'register', markdown: [...(isAny ? [instancesLine(places)] : []), ...(resolved.alias === undefined ? [] : [aliasLines[resolved.alias]]), cards.join('\n\n---\n\n')].join('\n\n'),
    register: isAny ? groupPath(first) : first.path,
    ...(fields.length > 0 && { fields }),
    ...(decoded !== undefined && { decoded }),
  };
}

const aliasLines: Readonly<Record<NonNullable<ResolvedAccess['alias']>, string>> = {
  set: '*Through its atomic set alias: the ones that are written set their bits, zeros leave them.*',
  clear: '*Through its atomic clear alias: the ones that are written clear their bits, zeros leave them.*',
  toggle: '*Through its atomic XOR alias: the ones that are written flip their bits, zeros leave them.*',
};

/** What values are taken apart with; in a modification the register's own text stands for its bits. */
function operandContext({ graph, device, cursor }: Subject): OperandContext {
  const access = cursor.access ?? cursor.target;
  const text = access === undefined ? undefined : assignedText(access.expression);
  return { graph, device: device.name, ...(text !== undefined && { register: text }) };
}

/** The card of `USART2` in `USART2->CR1`, of a pointer known to point there, or of a macro that stands for the block. */
export function peripheralCard({ device, card }: Subject, name: string): Card | undefined {
  const [first] = findPeripherals(device, name);
  return first === undefined ? undefined : { kind: 'peripheral', peripheral: first.name, markdown: peripheralMarkdown(first, card) };
}

/** In `hw_set_bits(&adc_hw->cs, MASK)` the macro says what is done, not the address operator. */
export function operationOn({ cursor }: Subject): CursorOperation | undefined {
  const { operator, value } = cursor.access ?? {};
  return operator === undefined || registerMacro(operator) === undefined ? cursor.operation : { operator, ...(value !== undefined && { value }) };
}

/** The card of an array's element whose index is computed; where only the running program knows it, of the first. */
async function elementCard(subject: Subject, access: AccessFact): Promise<Card | undefined> {
  const indexed = await withIndices(access, subject.graph.macros);
  if (indexed === undefined) return undefined;
  const card = await memberCard(subject, indexed.access, await resolveMember(subject, indexed.access));
  if (card === undefined || indexed.unknown.length === 0) return card;
  const which = `*The index ${indexed.unknown.map(text => codeText(text, 60)).join(', ')} is known only when the program runs; shown for 0.*`;
  return { ...card, markdown: `${which}\n\n${card.markdown ?? ''}` };
}

/** In `GPIOA->MODER = GPIOA->MODER & ~3` the right side is part of one access, and still names a register. */
function namesBlock({ cursor, device }: Subject): boolean {
  return cursor.declaration === undefined && /^[A-Z][A-Z0-9_]+\w*$|_hw$/.test(cursor.base) && findPeripherals(device, cursor.base).length > 0;
}

/** Secure and non-secure twins lie at two addresses, so that a name alone resolves to neither: the first stands for both. */
async function resolveMember(subject: Subject, access: AccessFact): Promise<ResolvedAccess> {
  const resolved = await resolve(subject, access);
  if (resolved.how !== 'none' || access.members.length === 0 || findPeripherals(subject.device, access.base).length < 2) return resolved;
  const places = findRegisters(subject.device, [access.base, ...access.members].join('.')).filter(({ field }) => field === undefined).map(({ place }) => place);
  const [first] = places;
  return first === undefined ? resolved : { places, fields: [], how: 'type', path: first.path };
}

/** USART1 before USART6, whatever the file's order; one instance's registers keep theirs. */
export function byInstance(places: readonly RegisterPlace[]): RegisterPlace[] {
  // SPI1 has its place before I2S2ext, which is of the same group.
  const isStranger = ({ peripheral: { name, groupName } }: RegisterPlace) => Number(groupName !== undefined && !name.startsWith(groupName));
  return places.toSorted((left, right) => isStranger(left) - isStranger(right) || left.peripheral.name.localeCompare(right.peripheral.name, 'en', { numeric: true }));
}

function instancesLine(places: readonly RegisterPlace[]): string {
  const names = [...new Set(places.map(({ peripheral }) => peripheral.name))];
  if (names.length === 1) return `*May be any of ${places[0]?.path ?? ''} … ${places.at(-1)?.path ?? ''}; shown for the first.*`;
  return `*May be any of ${listed(names)}; shown for ${names[0] ?? ''}.*`;
}

/** `USART.CR1` for `USART1.CR1`: a path that look-ups take for every instance. */
export function groupPath({ path, peripheral }: RegisterPlace): string {
  return `${peripheral.groupName ?? peripheral.name.replace(/\d+$/, '')}${path.slice(path.indexOf('.'))}`;
}

function tidy(text: string): string {
  return text.replace(/[\s()]/g, '');
}
