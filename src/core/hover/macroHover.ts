import * as path from 'node:path/posix';
import { codeText, plainText } from '../card/markdown.ts';
import { registersAt } from '../device/addressIndex.ts';
import type { Device, Field, Peripheral, RegisterPlace } from '../device/device.ts';
import { looseName } from '../device/names.ts';
import { bitMask } from '../device/numbers.ts';
import { fieldOfMacroName } from '../graph/accessFields.ts';
import { bestDefinitions } from '../graph/bestDefinitions.ts';
import { isOfOtherFamily } from '../graph/chipAgreement.ts';
import { evaluateAddress, evaluateExpression } from '../graph/evaluate.ts';
import { macroAlias } from '../graph/macroTokens.ts';
import { isAddressMacro, registerMacro } from '../parse/cRegisterMacros.ts';
import { fieldCard, fieldMacroCard, fits } from './fieldHover.ts';
import { operationOn, peripheralCard, registerCard } from './registerHover.ts';
import type { Card } from './report.ts';
import { lookedAt, resolve, type Subject } from './subject.ts';
import { whichDefinition } from './whichDefinition.ts';

/** The card of a header's macro: a field's mask or position, a register by its address, a block. Ordinary constants have none. */
export async function macroHover(subject: Subject): Promise<Card | undefined> {
  const { word } = subject.cursor;
  if (!/^_*[A-Z]\w*$/.test(word)) return undefined;
  await subject.graph.macros.load([word]);
  const field = await targetField(subject);
  if (field !== undefined) return withComment(subject, field);
  if (await isOfOtherFamilies(subject)) return fieldMacroCard(subject) ?? blockOfName(subject);
  const register = await registerMacroCard(subject);
  if (register !== undefined) return register;
  const named = fieldMacroCard(subject);
  return named === undefined ? blockCard(subject) : withComment(subject, named);
}

/** In a tree of many families' headers, an address that only others define means nothing here. */
async function isOfOtherFamilies({ cursor, graph, device }: Subject): Promise<boolean> {
  const definitions = (await graph.source.definitions(cursor.word)).filter(({ kind }) => kind === 'macro');
  return definitions.length > 0 && definitions.every(({ file }) => isOfOtherFamily(file, device.name));
}

/** The block that a name is, or a base macro's is, whatever its value. */
function blockOfName(subject: Subject): Card | undefined {
  const { word } = subject.cursor;
  return subject.device.peripherals.some(({ name }) => name === word || `${name}_BASE` === word) ? peripheralCard(subject, word) : undefined;
}

/** What the header says of the macro: on many parts the only description of a field. */
async function withComment({ cursor, graph, file }: Subject, card: Card): Promise<Card> {
  const [definition] = await bestDefinitions(graph, cursor.word, file, ['macro']);
  const facts = definition === undefined ? undefined : await graph.source.facts(definition.file);
  const comment = facts?.macros.find(({ name, line }) => name === cursor.word && line === definition?.line)?.comment;
  if (definition === undefined || comment === undefined || (card.markdown ?? '').toLowerCase().includes(plainText(comment).toLowerCase())) return card;
  const line = `*Comment in ${codeText(path.basename(definition.file))}:* ${plainText(comment)}`;
  return { ...card, markdown: `${card.markdown ?? ''}\n\n${line}` };
}

/** `USART_CR1_UE` in `USART2->CR1 |= USART_CR1_UE`: the register beside it says which instance. */
async function targetField(subject: Subject): Promise<Card | undefined> {
  const { cursor } = subject;
  if (cursor.target === undefined || cursor.access?.base === cursor.word) return undefined;
  const { places, how } = await resolve(subject, cursor.target);
  if (how === 'type') return undefined;
  for (const place of places) {
    const field = namesBlock(cursor.word, place) ? fieldOfMacroName(place.register.fields, cursor.word) : undefined;
    if (field !== undefined && fits(subject, field, true)) return fieldCard(subject, [{ place, field }]);
    const byBits = fieldOfBits(subject, place);
    if (byBits !== undefined) return fieldCard(subject, [{ place, field: byBits }]);
  }
  return undefined;
}

/** A mask or bit number of any name, beside the register that it is used on: `BIT0`, `_BV(PB5)`. */
function fieldOfBits({ cursor, graph }: Subject, place: RegisterPlace): Field | undefined {
  const { operator } = cursor.target ?? {};
  const value = evaluateExpression(cursor.word, graph.macros.lookup);
  if (value === undefined || value < 0n || (cursor.isBitNumber === true && value >= BigInt(place.register.size))) return undefined;
  // What is assigned as a whole may be a value and no mask.
  const isMask = operator === undefined || /^[|&^]=?$|^(SET|CLEAR|READ|ATOMIC|TOGGLE|hw_(set|clear|xor)_bits|REG_(SET|CLR|GET)_BIT)/.test(operator);
  const isOneBit = value !== 0n && (value & (value - 1n)) === 0n;
  const mask = cursor.isBitNumber === true ? 1n << value : isMask || isOneBit ? value : 0n;
  const [field, ...others] = mask === 0n ? [] : place.register.fields.filter(({ bitOffset, bitWidth }) => (mask & bitMask(bitOffset, bitWidth)) !== 0n);
  // In `BSRR = GPIO13` one bit on a field of one bit is that field, and in `ARR = PERIOD` it is not.
  if (!isMask && cursor.isBitNumber !== true && field?.bitWidth !== 1) return undefined;
  return field === undefined || others.length > 0 || (mask & ~bitMask(field.bitOffset, field.bitWidth)) !== 0n ? undefined : field;
}

/** Whether a macro's first word is the block's or its kind's name: `USART_…`, `TIMER_…` on TIMER0, `DMA_SxCR_…`. */
function namesBlock(macro: string, { peripheral }: RegisterPlace): boolean {
  const first = looseName(macro.split('_').find(part => part !== '') ?? '');
  return first.length >= 2 && [peripheral.name, peripheral.groupName ?? ''].some(name => looseName(name).startsWith(first) || first.startsWith(looseName(name).replace(/\d+$/, '') || '-'));
}

/** `RCC_APB2ENR`, `WATCHDOG`, `STATUS` for `(USART2->SR)`: macros that are registers, and names of registers that are accessed. */
async function registerMacroCard(subject: Subject): Promise<Card | undefined> {
  const { cursor, graph } = subject;
  const { access } = cursor;
  const macro = graph.macros.lookup(cursor.word);
  const isAccessed = access?.members.length === 0;
  const isRegister = typeof macro === 'object' && (evaluateAddress(cursor.word, graph.macros.lookup) !== undefined || isRegisterBody(macro.body));
  const renamed = await renamedRegister(subject);
  if (renamed !== undefined) return renamed;
  if (!isRegister && (!isAccessed || (macro !== undefined && registerMacro(access.operator ?? '') === undefined))) return undefined;
  return registerCard(subject, await resolve(subject, cursor.access ?? lookedAt(subject, cursor.word, [])), operationOn(subject));
}

/** `LED_PORT` for `PORTB`, where registers are names of their own: as on AVR. */
async function renamedRegister(subject: Subject): Promise<Card | undefined> {
  const { cursor, device, graph } = subject;
  let word = cursor.word;
  for (let step = 0; step < mostAliases; step += 1) {
    const macro = graph.macros.lookup(word);
    // Where the header is indexed, its macros lead to the address.
    if (typeof macro === 'object' && evaluateAddress(word, graph.macros.lookup) !== undefined) return undefined;
    if (macro === undefined) return isRegisterName(device, word) ? registerCard(subject, await resolve(subject, { ...cursor.access ?? lookedAt(subject, word, []), base: word, members: [] }), operationOn(subject)) : undefined;
    const alias = macroAlias(macro);
    if (alias === undefined || !/^[A-Z]/.test(alias)) return undefined;
    word = alias;
  }
  return undefined;
}

/** Older AVRs have their registers in one space, under names that no other register has. */
function isRegisterName(device: Device, word: string): boolean {
  return device.width === 8 && device.peripherals.some(({ baseAddress, registers }) => baseAddress === 0n && registers.some(({ name }) => name === word));
}

/** `USART2->SR`, or `MMIO32(…)`, which headers define for the assembler too, where nothing is dereferenced. */
function isRegisterBody(body: string): boolean {
  const callee = /^\(*\s*(\w+)\s*\(/.exec(body)?.[1];
  return body.includes('->') || (callee !== undefined && isAddressMacro(callee));
}

/** `USART2` passed to a function, `CONSOLE` defined as it, `USART2_BASE`: by name, and where the macro is known, by address too. */
async function blockCard(subject: Subject): Promise<Card | undefined> {
  const { cursor, device, graph } = subject;
  const macro = graph.macros.lookup(cursor.word);
  if (macro === undefined) return device.peripherals.some(({ name }) => name === cursor.word || `NRF_${name}` === cursor.word) ? peripheralCard(subject, cursor.word) : undefined;
  const isPointer = typeof macro === 'object' && (/\*\s*\)/.test(macro.body) || /^\(*\s*[A-Z]\w*\s*\)*$/.test(macro.body));
  const address = isPointer || cursor.word.endsWith('_BASE') ? evaluateExpression(cursor.word, graph.macros.lookup) : undefined;
  const named = isPointer ? namedBlock(subject) : undefined;
  if (named !== undefined) return withDoubt(subject, peripheralCard(subject, named), named);
  // Zero is no address but a switch: `#define USE_GPIO_BASE 0`.
  if (address === undefined || address === 0n) return undefined;
  const block = device.peripherals.find(({ baseAddress }) => baseAddress === address);
  if (block !== undefined) return isBusStart(cursor.word) ? undefined : peripheralCard(subject, nameOfBase(device, cursor.word, block) ?? block.name);
  const places = registersAt(device, address).filter(place => place.address === address);
  const [first] = places;
  if (first === undefined) return undefined;
  // `((uint8_t *) 0xE000E400)` is a pointer to one register; `DMA1_Stream5` lies within DMA1.
  if (typeof macro === 'object' && /\b(u?int\d+_t|long|short|char)\s*\*\s*\)/.test(macro.body)) return registerCard(subject, { places, fields: [], how: 'address', path: first.path }, undefined);
  return cursor.word.startsWith(`${first.peripheral.name}_`) ? peripheralCard(subject, first.peripheral.name) : undefined;
}

/** `PERIPH_BASE` and `APB1PERIPH_BASE` are where a bus begins, not its first block. */
function isBusStart(word: string): boolean {
  return /^_*((A[HP]B|AXI|IOPORT)\w*|PERIPH(ERAL)?\w*)_BASE\w*$/.test(word);
}

/** Where the headers of several chips lie side by side, `RCC_BASE` and `I2C2` may be another's, and the name is still right. */
function nameOfBase(device: Device, word: string, block: Peripheral): string | undefined {
  const name = word.replace(/^_+|_BASE$/g, '');
  return name === block.name ? undefined : device.peripherals.find(peripheral => peripheral.name === name)?.name;
}

/** A block's own name means it in every header. */
async function withDoubt(subject: Subject, card: Card | undefined, block: string): Promise<Card | undefined> {
  const doubt = subject.cursor.word === block || card === undefined ? undefined : await whichDefinition(subject);
  return card === undefined || doubt === undefined ? card : { ...card, markdown: `${card.markdown ?? ''}\n\n${doubt}` };
}

/** Macros for macros; real code needs three. */
const mostAliases = 8;

/**
 * The block that a pointer macro names, directly or through others. Where the project holds the headers of several
 * chips, the address behind `GPIOC` may be another chip's, and the name is still right.
 */
function namedBlock({ cursor, device, graph }: Subject): string | undefined {
  let word = cursor.word;
  let block: string | undefined;
  for (let step = 0; step < mostAliases; step += 1) {
    block ??= device.peripherals.find(({ name }) => name === word)?.name;
    const macro = graph.macros.lookup(word);
    // The vendor's header need not be indexed.
    if (macro === undefined) return block;
    if (typeof macro === 'bigint') return undefined;
    const alias = macroAlias(macro);
    if (alias === undefined || !/^[A-Z]/.test(alias)) return /\*\s*\)/.test(macro.body) ? block : undefined;
    word = alias;
  }
  return undefined;
}
