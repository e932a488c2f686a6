import type { Device, Field, Interrupt, Peripheral, RegisterPlace } from '../device/device.ts';
import { findInterrupts, findPeripheral } from '../device/findPeripherals.ts';
import { findRegisters } from '../device/findRegisters.ts';
import { looseName } from '../device/names.ts';

/** A stretch of the answer; offsets are characters of the whole text. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A name of a register where it stands, looked up. */
export interface PlacedSpan extends TextSpan {
  readonly place: RegisterPlace;
}

/** Those of the spans that lie in the stretch. */
export function within<S extends TextSpan>(spans: readonly S[], stretch: TextSpan): S[] {
  return spans.filter(({ start, end }) => start >= stretch.start && end <= stretch.end);
}

/** A register that the answer names, looked up. */
export interface RegisterMention extends TextSpan {
  /** Peripheral as written, when the mention has one: `USART2` of `USART2->SR`. */
  readonly peripheral?: Peripheral;
  readonly place?: RegisterPlace;
  readonly field?: Field;
  /** The field name as written, whether or not the register has it. */
  readonly fieldName?: string;
}

/** `USART2->SR`, `USART2.SR.RXNE`, `GPIOA->AFR[0]`: a peripheral of this device, or a name that only hardware has. */
const memberPattern = /\b([A-Za-z_][A-Za-z0-9_]*)(->|\.)([A-Za-z_][A-Za-z0-9_]*(?:\[\d+\])?)((?:(?:\.|->)[A-Za-z_][A-Za-z0-9_]*(?:\[\d+\])?){0,4})(?!\w*\()/g;
const capitals = /^[A-Z][A-Z0-9_]+$/;

/** Every register that the text names with its peripheral; `uart.c` and `ring.head` are not meant. */
export function registerMentions(text: string, device: Device): RegisterMention[] {
  return [...memberMentions(text, device), ...proseMentions(text, device)].sort((left, right) => left.start - right.start);
}

function memberMentions(text: string, device: Device): RegisterMention[] {
  return [...text.matchAll(memberPattern)].flatMap(match => {
    const [whole, base = '', arrow = '', member = ''] = match;
    const span = { start: match.index, end: match.index + whole.length, text: whole };
    const peripheral = findPeripheral(device, base);
    if (peripheral?.name !== base) {
      const hardwareLike = capitals.test(base) && /^[A-Z][A-Z0-9_]*(\[\d+\])?$/.test(member) && (arrow === '->' || /\d/.test(base));
      const found = hardwareLike ? findRegisters(device, `${base}.${member}`)[0] : undefined;
      if (found === undefined) return hardwareLike ? [span] : [];
      return [{ ...span, peripheral: found.place.peripheral, ...lookUp(device, whole) }];
    }
    return [{ ...span, peripheral, ...lookUp(device, whole) }];
  });
}

/** Prose names registers without an arrow: `TIM2 SR`, `the SR register of TIM2`, `TIM2 status register (SR)`. Only exact names of both count. */
function proseMentions(text: string, device: Device): RegisterMention[] {
  const orders = [
    ...[...text.matchAll(/\b([A-Z][A-Z0-9_]*)`?\s+(?:[a-z]+\s+){0,3}\(?`?([A-Z][A-Z0-9_]*)\b(?!->|\.[A-Z])/g)].map(match => ({ match, base: match[1], member: match[2] })),
    ...[...text.matchAll(/(?<![\w>.])([A-Z][A-Z0-9_]*)`?\s+(?:register\s+)?(?:of|in)\s+(?:the\s+)?`?([A-Z][A-Z0-9_]*)\b(?!->|\.[A-Z])/g)].map(match => ({ match, base: match[2], member: match[1] })),
  ];
  return orders.flatMap(({ match, base = '', member = '' }) => {
    const peripheral = findPeripheral(device, base);
    if (peripheral?.name !== base) return [];
    const place = findRegisters(device, `${base}.${member}`).find(found => found.place.peripheral === peripheral && found.place.register.name === member && found.field === undefined)?.place;
    return place === undefined ? [] : [{ start: match.index, end: match.index + match[0].length, text: match[0], peripheral, place }];
  });
}

/** Peripheral, clusters and register, or with a field behind them; a last name that is neither is taken for the field's. */
function lookUp(device: Device, whole: string): Partial<RegisterMention> {
  const parts = whole.split(/->|\./);
  const fieldName = parts.at(-1) ?? '';
  const exact = findRegisters(device, whole)[0];
  if (exact?.field !== undefined) return { place: exact.place, field: exact.field, fieldName };
  if (exact !== undefined && (parts.length === 2 || looseName(exact.place.path).endsWith(looseName(fieldName)) || parts.length === exact.place.path.split('.').length)) return { place: exact.place };
  if (parts.length === 2) return {};
  const register = findRegisters(device, parts.slice(0, -1).join('.'))[0];
  return { ...(register !== undefined && { place: register.place }), fieldName };
}

/** `USART_CR1_RXNEIE`, `RCC_AHB1ENR`: names in the style of device headers. */
export function macroMentions(text: string): TextSpan[] {
  return [...text.matchAll(/(?<![\w>.])[A-Z][A-Z0-9]*(?:_[A-Za-z0-9]+)+\b(?!->|\.[A-Za-z]|\()/g)]
    .map(match => ({ start: match.index, end: match.index + match[0].length, text: match[0] }))
    .filter(({ text: name }) => /^[A-Z0-9_]+$/.test(name) && !/(_IRQn|_IRQHandler)$/.test(name));
}

/** A peripheral that the text names by itself: `USART2`, not the `USART2` of `USART2->SR`. */
export interface PeripheralMention extends TextSpan {
  readonly peripheral: Peripheral;
}

export function peripheralMentions(text: string, device: Device): PeripheralMention[] {
  return [...text.matchAll(/(?<![\w>.])[A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*\b(?!->|\.\w|\[)/g)].flatMap(match => {
    const peripheral = findPeripheral(device, match[0]);
    return peripheral?.name === match[0] ? [{ start: match.index, end: match.index + match[0].length, text: match[0], peripheral }] : [];
  });
}

/** An interrupt that the text names by handler or IRQn name, or as "USART2 (global) interrupt". */
export interface InterruptMention extends TextSpan {
  readonly interrupt?: Interrupt;
}

export function interruptMentions(text: string, device: Device): InterruptMention[] {
  return [...text.matchAll(/\b([A-Z][A-Za-z0-9_]*?)(?:(?:_IRQHandler|_IRQn|(?:\s+global)?\s+(?:interrupt|IRQ))\b|\s*的?\s*(?:全局)?中断)/g)].map(match => {
    const interrupt = findInterrupts(device, match[1] ?? '')[0]?.interrupt;
    return { start: match.index, end: match.index + match[0].length, text: match[0], ...(interrupt !== undefined && { interrupt }) };
  });
}

/** The text cut at sentence ends and line breaks; a citation right behind the full stop belongs to the sentence before. */
export function sentences(text: string): TextSpan[] {
  const spans: TextSpan[] = [];
  let start = 0;
  for (const match of text.matchAll(/[.!?](?:\[\d{1,2}\])*(?=["'”’)]{0,2}(?:\s|$))|[。！？](?:\[\d{1,2}\])*|\n+/g)) {
    const end = match.index + match[0].length;
    spans.push({ start, end, text: text.slice(start, end) });
    start = end;
  }
  if (start < text.length) spans.push({ start, end: text.length, text: text.slice(start) });
  return spans.filter(({ text: sentence }) => sentence.trim() !== '');
}
