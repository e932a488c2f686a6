import { fieldMarkdown } from '../card/deviceCards.ts';
import type { Field, RegisterPlace } from '../device/device.ts';
import { findRegisters, type FoundRegister } from '../device/findRegisters.ts';
import { looseName } from '../device/names.ts';
import { bitMask } from '../device/numbers.ts';
import { fieldOfMacroName } from '../graph/accessFields.ts';
import { evaluateAddress, evaluateExpression } from '../graph/evaluate.ts';
import { peripheralCard, registerCard } from './registerHover.ts';
import type { Card } from './report.ts';
import { lookedAt, resolve, type Subject } from './subject.ts';

/** The card of a header's macro: a field's mask or position, a register by its address, a block. Ordinary constants have none. */
export async function macroHover(subject: Subject): Promise<Card | undefined> {
  const { word } = subject.cursor;
  if (!/^_*[A-Z]\w*$/.test(word)) return undefined;
  await subject.graph.macros.load([word]);
  return await targetField(subject) ?? await registerMacroCard(subject) ?? await fieldMacroCard(subject) ?? blockCard(subject);
}

/** `USART_CR1_UE` in `USART2->CR1 |= USART_CR1_UE`: the register beside it says which instance. */
async function targetField(subject: Subject): Promise<Card | undefined> {
  const { cursor } = subject;
  if (cursor.target === undefined) return undefined;
  const { places, how } = await resolve(subject, cursor.target);
  if (how === 'type') return undefined;
  for (const place of places) {
    const field = namesBlock(cursor.word, place) ? fieldOfMacroName(place.register.fields, cursor.word) : undefined;
    if (field !== undefined && fits(subject, field, true)) return fieldCard(subject, [{ place, field }]);
  }
  return undefined;
}

/** Whether a macro's first word is the block's or its kind's name: `USART_…`, `TIMER_…` on TIMER0, `DMA_SxCR_…`. */
function namesBlock(macro: string, { peripheral }: RegisterPlace): boolean {
  const first = looseName(macro.split('_').find(part => part !== '') ?? '');
  return first.length >= 2 && [peripheral.name, peripheral.groupName ?? ''].some(name => looseName(name).startsWith(first) || first.startsWith(looseName(name).replace(/\d+$/, '') || '-'));
}

/** `RCC_APB2ENR`, `WATCHDOG`, `STATUS` for `(USART2->SR)`: macros that are registers, and names of registers that are accessed. */
async function registerMacroCard(subject: Subject): Promise<Card | undefined> {
  const { cursor, graph } = subject;
  const macro = graph.macros.lookup(cursor.word);
  const isAccessed = cursor.access !== undefined && cursor.access.members.length === 0;
  const isRegister = typeof macro === 'object' && (evaluateAddress(cursor.word, graph.macros.lookup) !== undefined || /->/.test(macro.body));
  if (!isRegister && (!isAccessed || macro !== undefined)) return undefined;
  return registerCard(subject, await resolve(subject, cursor.access ?? lookedAt(subject, cursor.word, [])), cursor.operation);
}

async function fieldMacroCard(subject: Subject): Promise<Card | undefined> {
  const { cursor, device } = subject;
  if (!cursor.word.replace(/^_+/, '').includes('_')) return undefined;
  const isKnown = subject.graph.macros.lookup(cursor.word) !== undefined;
  const exact = findRegisters(device, cursor.word).filter(({ field }) => field !== undefined && fits(subject, field, false));
  if (exact.length > 0) return fieldCard(subject, exact);
  return isKnown ? fieldCard(subject, valuesOfFields(subject)) : undefined;
}

/** `RCC_CFGR_SW_PLL`, `UART_CTRL_RXMARK_Pos`: a register's name, then a field's, then a value's. */
function valuesOfFields(subject: Subject): FoundRegister[] {
  const { cursor, device } = subject;
  const parts = cursor.word.split('_');
  for (let cut = parts.length - 1; cut >= 2; cut -= 1) {
    const places = findRegisters(device, parts.slice(0, cut).join('_')).filter(({ field }) => field === undefined);
    const found = places.flatMap(({ place }) => {
      const field = fieldOfMacroName(place.register.fields, ['', ...parts.slice(cut)].join('_'));
      return field !== undefined && fits(subject, field, true) ? [{ place, field }] : [];
    });
    if (found.length > 0) return found;
  }
  return [];
}

/** A macro is about a field only if its value lies there: as a mask, as the position, or, where values are allowed, before it is shifted there. */
function fits({ cursor, graph }: Subject, field: Field, unshifted: boolean): boolean {
  const value = evaluateExpression(cursor.word, graph.macros.lookup);
  if (value === undefined) return true;
  if (/_(Pos|SHIFT|LSB|bp|gp|S)$/i.test(cursor.word) && value === BigInt(field.bitOffset)) return true;
  const mask = bitMask(field.bitOffset, field.bitWidth);
  const bits = BigInt.asUintN(64, value);
  return (bits & ~mask) === 0n || (bits & mask) === mask && value < 0n || (unshifted && bits <= bitMask(0, field.bitWidth)) || value === BigInt(field.bitOffset);
}

function fieldCard({ card }: Subject, found: readonly FoundRegister[]): Card | undefined {
  const [first] = found;
  if (first?.field === undefined) return undefined;
  const others = [...new Set(found.slice(1).map(({ place }) => place.path))].filter(path => path !== first.place.path);
  const also = others.length === 0 ? [] : [`*Also in ${others.length > 6 ? `${others.slice(0, 6).join(', ')} and ${others.length - 6} more` : others.join(', ')}.*`];
  return { kind: 'field', markdown: [fieldMarkdown(first.place, first.field, card), ...also].join('\n\n'), register: first.place.path, fields: [first.field.name] };
}

/** `USART2` passed to a function, `CONSOLE` defined as it, `USART2_BASE`: by name, and where the macro is known, by address too. */
function blockCard(subject: Subject): Card | undefined {
  const { cursor, device, graph } = subject;
  const macro = graph.macros.lookup(cursor.word);
  if (macro === undefined) return device.peripherals.some(({ name }) => name === cursor.word || `NRF_${name}` === cursor.word) ? peripheralCard(subject, cursor.word) : undefined;
  const isPointer = typeof macro === 'object' && (/\*\s*\)/.test(macro.body) || /^\(*\s*[A-Z]\w*\s*\)*$/.test(macro.body));
  const value = isPointer || cursor.word.endsWith('_BASE') ? evaluateExpression(cursor.word, graph.macros.lookup) : undefined;
  const block = value === undefined ? undefined : device.peripherals.find(({ baseAddress }) => baseAddress === value);
  return block === undefined ? undefined : peripheralCard(subject, block.name);
}
