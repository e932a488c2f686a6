import type { Device, Field, Peripheral, RegisterPlace } from '../device/device.ts';
import type { FoundInterrupt } from '../device/findPeripherals.ts';
import { bitsText, hex } from '../device/numbers.ts';
import { peripheralClock } from '../manual/clockGates.ts';
import { registerNotes } from '../manual/registerNotes.ts';
import { effectText } from '../manual/sideEffects.ts';
import { valueNumber } from './fieldRows.ts';
import { codeText, paragraphs, plainText, table } from './markdown.ts';
import { sourceLine, titleLine } from './registerCard.ts';

export interface CardOptions {
  /** The device's name, for side effects its manual states. */
  readonly device?: string;
  /** The device itself, for the clock that a peripheral needs. */
  readonly machine?: Device;
  /** File that the facts come from. */
  readonly source?: string;
}

/** Rows of a table on a card before the rest is counted. */
const mostRows = 24;

/** One field as a hover card: its bits, access, effects and every named value. */
export function fieldMarkdown(place: RegisterPlace, field: Field, options: CardOptions = {}): string {
  const values = field.enumeratedValues.slice(0, mostRows).map(({ name, value, mask, description, isDefault, usage }) => [
    value === undefined ? (isDefault === true ? 'other' : '?') : codeText(valueNumber(value, mask)), codeText(name), plainText(description ?? '', 120), usage === 'read-write' ? '' : usage,
  ]);
  return paragraphs([
    titleLine(`${place.path}.${field.name}`, field.description, field.descriptionFrom !== undefined),
    `bit${field.bitWidth === 1 ? '' : 's'} ${codeText(bitsText(field.bitOffset, field.bitWidth))} of ${codeText(hex(place.address, 8))} · ${field.access ?? 'access not stated'}${field.splitInto === undefined ? '' : ` · single bits in the file: ${plainText(field.splitInto.join(', '))}`}`,
    registerNotes(place, { field, ...(options.device !== undefined && { device: options.device }), ...(options.machine !== undefined && { machine: options.machine }) }).map(note => `- ${plainText(effectText(note))}`).join('\n'),
    values.length === 0 ? undefined : table(['value', 'name', 'meaning', 'when'], values),
    moreLine(field.enumeratedValues.length - values.length, 'values'),
    sourceLine([field.declaredBy ?? place.peripheral.origin ?? options.source, field.valuesFrom === undefined ? undefined : `what values stand for: ${field.valuesFrom}`, field.descriptionFrom === undefined || field.descriptionFrom === field.valuesFrom || field.declaredBy !== undefined ? undefined : `words marked (header): ${field.descriptionFrom}`].filter(text => text !== undefined).join('; ') || undefined),
  ]);
}

/** A peripheral as a hover card: base address, interrupts and its first registers, arrays folded. */
export function peripheralMarkdown(peripheral: Peripheral, options: CardOptions = {}): string {
  const { interrupts } = peripheral;
  const clock = options.machine === undefined ? undefined : peripheralClock(options.machine, peripheral);
  const registers = peripheral.registers.slice(0, mostRows).map(node => [
    codeText(hex(node.addressOffset, 3)), codeText(node.dim === undefined ? node.name : `${node.name} × ${node.dim.count}`), plainText(node.description ?? '', 100),
  ]);
  return paragraphs([
    titleLine(peripheral.name, peripheral.description),
    [`base ${codeText(hex(peripheral.baseAddress, 8))}`, ...(peripheral.groupName === undefined ? [] : [`group ${codeText(peripheral.groupName)}`]), ...(peripheral.derivedFrom === undefined ? [] : [`like ${codeText(peripheral.derivedFrom)}`])].join(' · '),
    clock === undefined ? undefined : plainText(effectText(clock)),
    interrupts.length === 0 ? undefined : `Interrupts: ${interrupts.slice(0, mostRows).map(({ name, value }) => `${codeText(name)} (${value})`).join(', ')}${interrupts.length > mostRows ? ` and ${interrupts.length - mostRows} more` : ''}`,
    registers.length === 0 ? undefined : table(['offset', 'register', 'description'], registers),
    moreLine(peripheral.registers.length - registers.length, 'registers and clusters'),
    sourceLine(peripheral.origin ?? options.source),
  ]);
}

/** An interrupt as a hover card: its number, its slot of the vector table, and the peripherals that list it. */
export function interruptMarkdown(found: readonly (Pick<FoundInterrupt, 'interrupt'> & Partial<FoundInterrupt>)[], options: CardOptions & { /** The core has Cortex-M's 16 exceptions before the interrupts. */ readonly isCortexM?: boolean } = {}): string {
  const [first] = found;
  if (first === undefined) return '';
  const { name, value, description } = first.interrupt;
  return paragraphs([
    titleLine(name, description),
    [`interrupt number ${value}`, ...(options.isCortexM === true ? [`slot ${value + 16} of the vector table`] : [])].join(' · '),
    listedUnder(found.flatMap(({ peripheral }) => peripheral?.name ?? [])),
    sourceLine(options.source),
  ]);
}

function listedUnder(peripherals: readonly string[]): string | undefined {
  const names = [...new Set(peripherals)].slice(0, mostRows).map(name => codeText(name));
  return names.length === 0 ? undefined : `Listed under ${names.join(', ')}.`;
}

function moreLine(count: number, what: string): string | undefined {
  return count > 0 ? `And ${count} more ${what}.` : undefined;
}
