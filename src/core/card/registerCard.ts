import type { DecodedValue } from '../device/decode.ts';
import type { Device, Field, RegisterPlace } from '../device/device.ts';
import { hex } from '../device/numbers.ts';
import { registerNotes } from '../manual/registerNotes.ts';
import { effectText } from '../manual/sideEffects.ts';
import { type FieldRow, fieldRows, valuesText } from './fieldRows.ts';
import { codeText, paragraphs, plainText, table } from './markdown.ts';

export interface RegisterCardOptions {
  /** The device's name, for side effects its manual states. */
  readonly device?: string;
  /** The device itself, for the clock that the peripheral needs. */
  readonly machine?: Device;
  /** Names of fields to show first: those under the cursor. */
  readonly highlight?: readonly string[];
  /** A value written there, taken apart. */
  readonly decoded?: DecodedValue;
  /** File that the facts come from. */
  readonly source?: string;
  /** Rows of the field table; the other fields are named below it. Default 24. */
  readonly mostRows?: number;
}

/** A register as a hover card: what it is, where, what reading and writing does, its fields, and a decoded value. Text of the file is inert. */
export function registerMarkdown(place: RegisterPlace, options: RegisterCardOptions = {}): string {
  const { register } = place;
  return paragraphs([
    titleLine(place.path, register.description ?? register.displayName, register.descriptionFrom !== undefined),
    factsLine(place),
    // What is done to the register here is what was pointed at; a small window shows little else.
    options.decoded === undefined ? undefined : decodedMarkdown(options.decoded, register.fields),
    notesList(place, options),
    fieldTable(place, options),
    sourceLine([place.peripheral.origin ?? options.source, othersSource(place)].filter(text => text !== undefined).join('; ') || undefined),
  ]);
}

/** What is known comes before the word that something is not. */
function notesList(place: RegisterPlace, options: RegisterCardOptions): string {
  const notes = registerNotes(place, { ...(options.device !== undefined && { device: options.device }), ...(options.machine !== undefined && { machine: options.machine }) });
  return notes.toSorted((left, right) => Number(left.certainty === 'unknown') - Number(right.certainty === 'unknown')).map(note => `- ${plainText(effectText(note))}`).join('\n');
}

/** A decoded value as a card section: its fields, or of a change the touched ones with what becomes of them; reserved bits, warnings. A value without a name of its own is told with what its field is for. */
export function decodedMarkdown(decoded: DecodedValue, known: readonly Field[] = []): string {
  const { operation, unknownBits } = decoded;
  const purposes = new Map(known.map(({ name, description }) => [name, description]));
  // Where every field becomes the value that stands beside it, that needs no words.
  const isChange = decoded.fields.some(({ change, value }) => change !== undefined && change !== `becomes ${value}`);
  const rows = decoded.fields.map(({ name, bits, value, meaning, change }) => [codeText(bits), codeText(name), codeText(value), ...(isChange ? [change ?? ''] : []), meaning === undefined ? plainText(purposes.get(name) ?? '', 80) : plainText(meaning, 80)]);
  // Fields that are 0 and mean nothing by name only hide the others.
  const isTelling = (index: number) => decoded.fields[index]?.value !== '0x0' || decoded.fields[index].meaning !== undefined || decoded.fields[index].change !== undefined;
  const telling = decoded.fields.length > 8 ? rows.filter((_, index) => isTelling(index)) : rows;
  const zero = rows.length - telling.length;
  return paragraphs([
    [
      `**${operation === undefined ? 'Value' : operationTitles[operation]}** ${codeText(decoded.value)}`,
      ...(unknownBits === undefined ? [] : [`known only when the program runs: bits ${codeText(unknownBits)}`]),
      ...(decoded.reservedBitsSet === undefined ? [] : [`reserved bits set: ${codeText(decoded.reservedBitsSet)}`]),
    ].join(' · '),
    decoded.warnings.map(warning => `- ⚠ ${plainText(warning)}`).join('\n'),
    telling.length === 0 ? undefined : table(['bits', 'field', 'value', ...(isChange ? ['change'] : []), 'meaning'], telling),
    zero === 0 ? undefined : `${zero} other field${zero === 1 ? ' is' : 's are'} 0.`,
  ]);
}

const operationTitles: Readonly<Record<NonNullable<DecodedValue['operation']>, string>> = {
  write: 'Writes', set: 'Sets', clear: 'Clears', toggle: 'Toggles', modify: 'Changes bits to', compare: 'Compares with', test: 'Tests',
};

/** `**`path`** — description`. */
export function titleLine(path: string, description: string | undefined, isFromHeader = false): string {
  return `**${codeText(path)}**${description === undefined ? '' : ` — ${plainText(description)}${isFromHeader ? ` ${headerMark}` : ''}`}`;
}

/** `*Source: STM32F407.svd*`, or nothing. */
export function sourceLine(source: string | undefined): string | undefined {
  return source === undefined ? undefined : `*Source: ${plainText(source)}*`;
}

/** Behind what the file does not say and the device header does. */
export const headerMark = '*(header)*';

/** Descriptions and named values that the file leaves out come from elsewhere, and that is said. */
function othersSource({ register }: RegisterPlace): string | undefined {
  const values = new Set(register.fields.flatMap(({ valuesFrom }) => valuesFrom ?? []));
  const words = new Set([register, ...register.fields].flatMap(({ descriptionFrom }) => descriptionFrom ?? []).filter(source => !values.has(source)));
  const parts = [...(values.size === 0 ? [] : [`what values stand for: ${[...values].join(', ')}`]), ...(words.size === 0 ? [] : [`words marked (header): ${[...words].join(', ')}`])];
  return parts.length === 0 ? undefined : parts.join('; ');
}

function factsLine({ register, address }: RegisterPlace): string {
  const { size, access, resetValue, resetMask, alternateRegister, alternateGroup } = register;
  const digits = Math.ceil(size / 4);
  const undefinedBits = resetMask !== undefined && resetValue !== undefined && resetMask !== (1n << BigInt(size)) - 1n ? ` (defined bits ${codeText(hex(resetMask, digits))})` : '';
  const alternate = alternateRegister ?? alternateGroup;
  return [
    codeText(hex(address, 8)), `${size} bit`, access ?? 'access not stated',
    resetValue === undefined ? 'reset value not stated' : `reset ${codeText(hex(resetValue, digits))}${undefinedBits}`,
    ...(alternate === undefined ? [] : [`another view of the address: ${codeText(alternate)}`]),
  ].join(' · ');
}

function fieldTable(place: RegisterPlace, options: RegisterCardOptions): string | undefined {
  const { fields } = place.register;
  if (fields.length === 0) return undefined;
  const highlight = new Set(options.highlight ?? []);
  const rows = fieldRows(fields, highlight);
  const shown = rows.slice(0, options.mostRows ?? 24);
  const hidden = rows.slice(shown.length);
  const more = hidden.length === 0 ? undefined : `And ${hidden.reduce((sum, { count }) => sum + count, 0)} more: ${hidden.map(({ name, bits }) => codeText(`${name} [${bits}]`)).join(', ')}.`;
  // Where every field has the access that the facts line states, saying it again only makes the table wide.
  const isSame = fields.every(({ access }) => access === place.register.access);
  const head = isSame ? ['bits', 'field', 'meaning'] : ['bits', 'field', 'access', 'meaning'];
  return paragraphs([table(head, shown.map(row => rowCells(row, highlight, isSame))), more]);
}

function rowCells(row: FieldRow, highlight: ReadonlySet<string>, isSame: boolean): string[] {
  const name = highlight.has(row.name) ? `**${codeText(row.name)}**` : codeText(row.name);
  const mark = (text: string, isMarked: boolean) => text !== '' && isMarked ? `${text} ${headerMark}` : text;
  const values = plainText(valuesText(row.values, highlight.has(row.name) ? 16 : 4), 400);
  // One mark behind both says enough.
  const meaning = [mark(plainText(row.description, 120), row.isDescribedByHeader && !(row.isValuedByHeader && values !== '')), mark(values, row.isValuedByHeader)].filter(text => text !== '').join(': ');
  return [codeText(row.bits), name, ...(isSame ? [] : [row.access]), meaning];
}
