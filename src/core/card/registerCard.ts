import type { DecodedField, DecodedValue } from '../device/decode.ts';
import type { Device, Field, Register, RegisterPlace } from '../device/device.ts';
import { bitMask, hex } from '../device/numbers.ts';
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
  // Fields that are 0 and mean nothing by name, and those that the write leaves alone, only hide the others.
  const kinds = decoded.fields.length > 8 ? decoded.fields.map(field => noiseOf(field, known)) : decoded.fields.map(() => undefined);
  const telling = rows.filter((_, index) => kinds[index] === undefined);
  const [zero, idle] = (['zero', 'idle'] as const).map(kind => kinds.filter(found => found === kind).length);
  return paragraphs([
    [
      `**${operation === undefined ? 'Value' : operationTitles[operation]}** ${codeText(decoded.value)}`,
      ...(unknownBits === undefined ? [] : [`known only when the program runs: bits ${codeText(unknownBits)}`]),
      ...(decoded.reservedBitsSet === undefined ? [] : [`reserved bits set: ${codeText(decoded.reservedBitsSet)}`]),
    ].join(' · '),
    decoded.warnings.map(warning => `- ⚠ ${plainText(warning)}`).join('\n'),
    telling.length === 0 ? undefined : table(['bits', 'field', 'value', ...(isChange ? ['change'] : []), 'meaning'], telling),
    restLine(zero, count => `${count} other field${count === 1 ? ' is' : 's are'} 0.`),
    restLine(idle, count => `${count} other field${count === 1 ? '' : 's'}: no effect.`),
  ]);
}

function restLine(count: number | undefined, text: (count: number) => string): string | undefined {
  return count === undefined || count === 0 ? undefined : text(count);
}

/** Why a field is not worth a row of a long list: 31 bits that a write leaves alone would hide the one that it means. */
function noiseOf({ name, value, meaning, change }: DecodedField, known: readonly Field[]): 'zero' | 'idle' | undefined {
  if (change !== undefined) return noChange.test(change) ? 'idle' : undefined;
  if (value !== '0x0') return undefined;
  if (meaning === undefined) return 'zero';
  return noChange.test(meaning) || /^one/.test(known.find(field => field.name === name)?.modifiedWriteValues ?? '') ? 'idle' : undefined;
}

const noChange = /\bno (effect|action|operation|change|impact)\b|\bunchanged\b|does nothing|leaves? it|not affected/i;

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
const headerMark = '*(header)*';

/** Descriptions and named values that the file leaves out come from elsewhere, and fields that it cuts into bits are made whole; that is said. */
function othersSource({ register }: RegisterPlace): string | undefined {
  const values = new Set(register.fields.flatMap(({ valuesFrom }) => valuesFrom ?? []));
  const words = new Set([...[register, ...register.fields].flatMap(({ descriptionFrom }) => descriptionFrom ?? []), ...register.fields.flatMap(({ declaredBy }) => declaredBy ?? [])].filter(source => !values.has(source)));
  const split = register.fields.flatMap(({ name, splitInto }) => splitInto === undefined ? [] : [name]);
  const parts = [...(split.length === 0 ? [] : [`which has single bits for ${split.join(', ')}`]), ...(values.size === 0 ? [] : [`what values stand for: ${[...values].join(', ')}`]), ...(words.size === 0 ? [] : [`words marked (header): ${[...words].join(', ')}`])];
  return parts.length === 0 ? undefined : parts.join('; ');
}

/** The access that all fields share: files often leave the register's own at the default. */
function fieldsAccess({ fields }: Register): Register['access'] {
  const [first, ...rest] = new Set(fields.map(({ access }) => access));
  return rest.length === 0 ? first : undefined;
}

function factsLine({ register, address }: RegisterPlace): string {
  const { size, access, resetValue, resetMask, alternateRegister, alternateGroup } = register;
  const digits = Math.ceil(size / 4);
  const all = bitMask(0, size);
  const undefinedBits = resetMask !== undefined && resetValue !== undefined && (resetMask & all) !== all ? ` (defined bits ${codeText(hex(resetMask & all, digits))})` : '';
  const alternate = alternateRegister ?? alternateGroup;
  return [
    codeText(hex(address, 8)), `${size} bit`, fieldsAccess(register) ?? access ?? 'access not stated',
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
  const stated = fieldsAccess(place.register) ?? place.register.access;
  const isSame = fields.every(({ access }) => access === stated);
  const head = isSame ? ['bits', 'field', 'meaning'] : ['bits', 'field', 'access', 'meaning'];
  return paragraphs([table(head, shown.map(row => rowCells(row, highlight, isSame))), more]);
}

function rowCells(row: FieldRow, highlight: ReadonlySet<string>, isSame: boolean): string[] {
  const written = highlight.has(row.name) ? `**${codeText(row.name)}**` : codeText(row.name);
  const name = row.isDeclaredByHeader ? `${written} ${headerMark}` : written;
  const mark = (text: string, isMarked: boolean) => text !== '' && isMarked && !row.isDeclaredByHeader ? `${text} ${headerMark}` : text;
  const values = plainText(valuesText(row.values, highlight.has(row.name) ? 16 : 4), 400);
  // One mark behind both says enough.
  const meaning = [mark(plainText(row.description, 120), row.isDescribedByHeader && !(row.isValuedByHeader && values !== '')), mark(values, row.isValuedByHeader)].filter(text => text !== '').join(': ');
  return [codeText(row.bits), name, ...(isSame ? [] : [row.access]), meaning];
}
