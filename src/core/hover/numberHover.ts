import { peripheralMarkdown } from '../card/deviceCards.ts';
import { registersAt } from '../device/addressIndex.ts';
import { parseCount } from '../device/numbers.ts';
import { splitArguments } from '../graph/accessFields.ts';
import { evaluateExpression } from '../graph/evaluate.ts';
import { memberField } from './memberField.ts';
import { registerCard } from './registerHover.ts';
import type { Card } from './report.ts';
import { resolve, type Subject } from './subject.ts';

/** Below this a number is an address only where it is used as one: AVR registers begin at 0x20, and so do many numbers. */
const lowestAddress = 0x1000n;

/** The card of an address (`0x40023830`), or of the register that a number is written to, taken apart. */
export async function numberHover(subject: Subject): Promise<Card | undefined> {
  const { cursor, facts } = subject;
  const address = /^0[xX]/.test(cursor.word) ? parseCount(cursor.word) : undefined;
  const access = facts.accesses.find(({ line, base }) => line === cursor.line && base === cursor.word);
  if (address !== undefined && (address >= lowestAddress || access !== undefined)) {
    const { operator, value } = access ?? {};
    const found = await addressCard(subject, address, operator === undefined ? undefined : { operator, ...(value !== undefined && { value }) });
    if (found !== undefined) return found;
  }
  if (cursor.target?.operator === undefined || !await isConstant(subject, cursor.target.value)) return undefined;
  const { operator, value } = cursor.target;
  const resolved = await resolve(subject, cursor.target);
  return memberField(cursor.target, resolved) !== undefined ? undefined : registerCard(subject, resolved, { operator, ...(value !== undefined && { value }) });
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
  const resolved = access === undefined ? undefined : await resolve(subject, access);
  return registerCard(subject, resolved !== undefined && resolved.places.length > 0 ? resolved : { places, fields: [], how: 'address', path: places[0]?.path ?? '' }, operation);
}

/** A block's base address is the block's, unless the number is used as its first register. */
function isDereferenced({ cursor, facts }: Subject): boolean {
  if (facts.accesses.some(({ line, base }) => line === cursor.line && base === cursor.word)) return true;
  return facts.macros.some(({ line, body }) => line === cursor.line && /\*\s*\([^()]*\*\s*\)/.test(body));
}
