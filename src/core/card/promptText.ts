import type { Device, Field, RegisterPlace } from '../device/device.ts';
import { hex } from '../device/numbers.ts';
import { registerKeys } from '../manual/registerKeys.ts';
import { effectText, sideEffects } from '../manual/sideEffects.ts';
import { type FieldRow, fieldRows, valuesText } from './fieldRows.ts';
import { oneLine } from './markdown.ts';

export interface PromptTextOptions {
  /** Names of the only fields wanted; default all. */
  readonly fields?: readonly string[];
  /** The device's name, for side effects its manual states. */
  readonly device?: string;
  /** Roughly four characters are one token; default 600. */
  readonly mostCharacters?: number;
}

/** A register as compact text for a model: what fields mean while there is room, then names and bits, then a count. */
export function registerPromptText(place: RegisterPlace, options: PromptTextOptions = {}): string {
  const { register, path, address } = place;
  const most = options.mostCharacters ?? 600;
  const reset = register.resetValue === undefined ? '' : ` reset ${hex(register.resetValue)}`;
  const head = `${path} @${hex(address)} ${register.size}-bit ${register.access ?? 'access not stated'}${reset}${register.description === undefined ? '' : `: ${oneLine(register.description, 100)}`}`;
  const wanted = options.fields === undefined ? undefined : new Set(options.fields);
  const fields = register.fields.filter(({ name }) => wanted?.has(name) ?? true);
  const effects = promptEffects(place, fields, options);
  return [head, fieldsLine(fields, most - head.length - effects.length), effects].filter(line => line !== '').join('\n');
}

/** A device in a few lines for a prompt: core, and its peripherals by group. */
export function deviceCardText(device: Device): string {
  const { cpu } = device;
  const traits = cpu === undefined ? [] : [
    `core ${cpu.name}${cpu.revision === undefined ? '' : ` ${cpu.revision}`}`, ...(cpu.fpuPresent === true ? ['FPU'] : []), ...(cpu.mpuPresent === true ? ['MPU'] : []),
    ...(cpu.nvicPrioBits === undefined ? [] : [`${cpu.nvicPrioBits} interrupt priority bits`]), ...(cpu.endian === undefined ? [] : [`${cpu.endian}-endian`]),
  ];
  const names = device.peripherals.map(({ name }) => name);
  const listed = oneLine(names.join(' '), 600).replace(/\s\S*…$/, ' …');
  return [
    `${oneLine([device.vendor, device.name].filter(part => part !== undefined).join(' '), 80)}${traits.length === 0 ? '' : `: ${oneLine(traits.join(', '), 120)}`}`,
    `${names.length} peripherals: ${listed}`,
  ].join('\n');
}

function promptEffects(place: RegisterPlace, fields: readonly Field[], options: PromptTextOptions): string {
  const names = new Set(fields.map(({ name }) => name));
  const device = options.device === undefined ? {} : { device: options.device };
  const effects = [...sideEffects(place, device), ...registerKeys(place, device)]
    .filter(effect => effect.certainty !== 'unknown' && (effect.fields?.some(name => names.has(name)) ?? true))
    .map(({ text, certainty, fields: named }) => effectText({ text, certainty, ...(named !== undefined && { fields: named.filter(name => names.has(name)) }) }));
  return effects.length === 0 ? 'Side effects: not stated.' : oneLine(`Side effects: ${effects.join(' ')}`, 320);
}

/** Every field by name and bits, runs alike folded; then, in order, what each means, as far as there is room. */
function fieldsLine(fields: readonly Field[], room: number): string {
  const rows = fieldRows(fields, new Set());
  let left = room - rows.reduce((sum, row) => sum + bareRow(row).length + 2, 0);
  const kept: string[] = [];
  for (const row of rows) {
    const text = [longRow(row), shortRow(row)].find(candidate => candidate.length - bareRow(row).length <= left) ?? bareRow(row);
    left -= text.length - bareRow(row).length;
    kept.push(text);
  }
  while (kept.length > 1 && kept.join('; ').length > Math.max(room, 120)) kept.pop();
  const dropped = rows.slice(kept.length).reduce((sum, { count }) => sum + count, 0);
  return `${kept.join('; ')}${dropped === 0 ? '' : `; and ${dropped} more fields`}`;
}

function longRow(row: FieldRow): string {
  return row.values.length === 0 ? shortRow(row) : `${shortRow(row)} {${oneLine(valuesText(row.values, 4), 120)}}`;
}

function shortRow(row: FieldRow): string {
  return `${bareRow(row)}${row.description === '' ? '' : ` ${oneLine(row.description, 60)}`}`;
}

function bareRow({ name, bits }: FieldRow): string {
  return `${oneLine(name, 60)}[${bits}]`;
}
