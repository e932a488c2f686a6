import type { Field } from '../device/device.ts';
import type { RegisterFields, FieldMacro } from './headerFields.ts';
import type { HeaderNames } from './headerNames.ts';

/** Fields of headers that tell a register's bits by their place in the file: after the register, up to the next one. */
export function followingFields(names: HeaderNames, registers: ReadonlyMap<string, number>): Map<string, RegisterFields> {
  const found = new Map<string, RegisterFields>();
  let key: string | undefined;
  let following: { name: string; line: number; value: bigint | undefined; body: string; comment?: string }[] = [];
  const close = (): void => {
    if (key === undefined) return;
    const fields = /_REG$/.test(key) || following.some(({ name }) => /_S$/.test(name)) ? shiftedFields(key, following) : bitFields(key, following, registers.get(key) ?? 8);
    if (fields.fields.length > 0) found.set(key, fields);
  };
  for (const { name, body, line, parameters, comment } of names.macros) {
    if (parameters !== undefined) continue;
    const own = registers.has(name) ? name : registers.has(name.replace(/_REG$/, '')) ? name.replace(/_REG$/, '') : undefined;
    if (own !== undefined && /_SFR_|_BASE\b|REG/.test(body)) {
      close();
      key = own;
      following = [];
    } else if (key !== undefined) {
      following.push({ name, line, body, value: names.evaluate(body), ...(comment !== undefined && { comment }) });
    }
  }
  close();
  return found;
}

type Following = readonly { readonly name: string; readonly line: number; readonly value: bigint | undefined; readonly body: string; readonly comment?: string }[];

/** AVR: `#define WGM12 3` after `#define TCCR1B _SFR_MEM8(0x81)`. */
function bitFields(key: string, following: Following, size: number): RegisterFields {
  const bits = following.filter(({ value, body }) => value !== undefined && value >= 0n && value < BigInt(size) && /^\(?\d+\)?$/.test(body.trim()));
  const fields = bits.map(({ name, value, comment }): Field => ({ name, bitOffset: Number(value), bitWidth: 1, enumeratedValues: [], ...(comment !== undefined && { description: comment }) }));
  return { fields, macros: bits.map(({ name, line, value }): FieldMacro => ({ name, line, key, mask: 1n << (value ?? 0n), role: 'position' })) };
}

/** ESP: `UART_RXFIFO_CNT_S 0`, `UART_RXFIFO_CNT_V 0xFF` after `UART_STATUS_REG`. */
function shiftedFields(key: string, following: Following): RegisterFields {
  const valueOf = (name: string): bigint | undefined => following.find(entry => entry.name === name)?.value;
  const kind = `${key.split('_')[0] ?? ''}_`;
  const fields: Field[] = [];
  const macros: FieldMacro[] = [];
  for (const { name, line, value } of following) {
    const field = /^(.+)_S$/.exec(name)?.[1];
    const bits = field === undefined ? undefined : valueOf(`${field}_V`);
    if (field === undefined || value === undefined || bits === undefined || bits <= 0n || value < 0n || value > 31n) continue;
    const width = bits.toString(2).length;
    fields.push({ name: field.startsWith(kind) ? field.slice(kind.length) : field, bitOffset: Number(value), bitWidth: width, enumeratedValues: [] });
    const mask = ((1n << BigInt(width)) - 1n) << value;
    for (const [suffix, role] of [['', 'field'], ['_M', 'field'], ['_V', 'field'], ['_S', 'position']] as const) macros.push({ name: field + suffix, line, key, mask, role });
  }
  return { fields, macros };
}
