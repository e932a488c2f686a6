import { peripheralMarkdown } from '../card/deviceCards.ts';
import { registersAt } from '../device/addressIndex.ts';
import { parseCount } from '../device/numbers.ts';
import { splitArguments } from '../graph/accessFields.ts';
import { evaluateExpression } from '../graph/evaluate.ts';
import { memberField } from './memberField.ts';
import { addressCard as registerAtAddress, memberFieldCard, registerCard } from './registerHover.ts';
import type { Card } from './report.ts';
import { lookedAt, resolve, type Subject } from './subject.ts';

/** Below this a number is an address only where it is used as one: AVR registers begin at 0x20, and so do many numbers. */
const lowestAddress = 0x1000n;

/** The card of an address (`0x40023830`), or of the register that a number is written to, taken apart. */
export async function numberHover(subject: Subject): Promise<Card | undefined> {
  const { cursor, facts } = subject;
  const address = /^0[xX]/.test(cursor.word) ? parseCount(cursor.word) : undefined;
  const access = facts.accesses.find(({ line, base }) => line === cursor.line && base === cursor.word);
  if (address !== undefined && (address >= lowestAddress || access !== undefined) && (access !== undefined || !isValue(subject, address))) {
    const { operator, value } = access ?? {};
    const found = await addressCard(subject, address, operator === undefined ? undefined : { operator, ...(value !== undefined && { value }) });
    if (found !== undefined) return found;
  }
  if (cursor.within !== undefined) return registerAtAddress(subject);
  if (cursor.target?.operator === undefined || !await isConstant(subject, cursor.target.value)) return undefined;
  const { operator, value } = cursor.target;
  const resolved = await resolve(subject, cursor.target);
  const field = memberField(cursor.target, resolved);
  const operation = { operator, ...(value !== undefined && { value }) };
  return field === undefined ? registerCard(subject, resolved, operation) : memberFieldCard(subject, { resolved, field, operation });
}

/** Masks and written values look like addresses at times: `x & 0x40000000`, `TIM2->ARR = 0x40000000`. */
function isValue({ cursor, facts }: Subject, address: bigint): boolean {
  if (/^([&|^]|<<|>>)=?$/.test(cursor.operation?.operator ?? '')) return true;
  if (cursor.target?.operator !== undefined) return !addressRegister.test(cursor.target.members.at(-1) ?? cursor.target.base);
  // One bit alone is a mask unless something says that it is a place.
  const isOneBit = (address & (address - 1n)) === 0n;
  return isOneBit && cursor.declaration === undefined && !facts.macros.some(({ line }) => line === cursor.line) && !isCast(cursor.text, cursor.line, facts);
}

/** Registers that take addresses: a DMA channel's, the vector table's. */
const addressRegister = /(^|_)(C?[PM]\d?AR|\w*ADDR\w*|\w*ADR\d?|\w*PTR|SAR|DAR|VTOR|LLI?|NDA|SRC\w*|DST\w*)$/i;

function isCast(text: string, line: number, { accesses }: Subject['facts']): boolean {
  return accesses.some(access => access.line === line && access.expression.includes(text));
}

/** In `UART0->DATA = byte & 0xFF` the number tells nothing about the register. */
async function isConstant({ graph }: Subject, value: string | undefined): Promise<boolean> {
  const texts = splitArguments(value ?? '');
  await graph.macros.load(texts);
  return texts.every(text => evaluateExpression(text, graph.macros.lookup) !== undefined);
}

async function addressCard(subject: Subject, address: bigint, operation: Parameters<typeof registerCard>[2]): Promise<Card | undefined> {
  const { device, card, facts, cursor } = subject;
  const places = registersAt(device, address).filter(place => place.address === address);
  const block = isDereferenced(subject) ? undefined : device.peripherals.find(({ baseAddress }) => baseAddress === address);
  if (block !== undefined) return { kind: 'peripheral', markdown: peripheralMarkdown(block, card) };
  const access = facts.accesses.find(({ line, base }) => line === cursor.line && base === cursor.word);
  // Where nothing lies but an alias of a register, the number stands for that.
  const resolved = access === undefined && places.length > 0 ? undefined : await resolve(subject, access ?? lookedAt(subject, cursor.word, []));
  return registerCard(subject, resolved !== undefined && resolved.places.length > 0 ? resolved : { places, fields: [], how: 'address', path: places[0]?.path ?? '' }, operation);
}

/** A block's base address is the block's, unless the number is used as its first register. */
function isDereferenced({ cursor, facts }: Subject): boolean {
  if (facts.accesses.some(({ line, base }) => line === cursor.line && base === cursor.word)) return true;
  return facts.macros.some(({ line, body }) => line === cursor.line && /\*\s*\([^()]*\*\s*\)/.test(body));
}
