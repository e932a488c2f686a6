// Shared by the SVD tests: a device around a snippet, and a resolved device as one line a register.
import { deviceJson, type FieldJson, type RegisterJson } from '../../../src/core/device/json.ts';
import { parseSvd, type SvdParse } from '../../../src/core/parse/svd.ts';

/** A complete SVD file around peripherals; `properties` are the device's own. */
export function svdText(peripherals: string, properties = ''): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<device schemaVersion="1.3"><name>TEST</name><version>1</version><addressUnitBits>8</addressUnitBits><width>32</width>${properties}
<peripherals>${peripherals}</peripherals></device>`;
}

/** One peripheral P at 0x1000 around registers. */
export function peripheralText(registers: string, properties = ''): string {
  return `<peripheral><name>P</name><baseAddress>0x1000</baseAddress>${properties}<registers>${registers}</registers></peripheral>`;
}

/** `P.CR @0x1000 32 read-write reset 0x0/0xFF: EN[0] read-only {ON=0x1}`: only what the device states. */
export function lines(parse: SvdParse): string[] {
  if (parse.device === undefined) return [];
  return deviceJson(parse.device, { file: 'test.svd' }).device.peripherals.flatMap(({ registers }) => registers.map(line));
}

/** Parses a snippet of peripherals. */
export function parsePeripherals(peripherals: string, properties = ''): SvdParse {
  return parseSvd(svdText(peripherals, properties), 'test.svd');
}

function line(register: RegisterJson): string {
  const reset = register.resetValue === undefined ? '' : ` reset ${register.resetValue}${register.resetMask === undefined ? '' : `/${register.resetMask}`}`;
  const fields = register.fields.map(field).join(' ');
  return `${register.path} @${register.address} ${register.size}${register.access === undefined ? '' : ` ${register.access}`}${reset}${fields === '' ? '' : `: ${fields}`}`;
}

function field({ name, bitOffset, bitWidth, access, modifiedWriteValues, readAction, enumeratedValues }: FieldJson): string {
  const values = enumeratedValues?.map(value => `${value.usage === undefined ? '' : `${value.usage} `}${value.name}=${value.isDefault === true ? 'default' : ''}${value.value ?? ''}${value.mask === undefined ? '' : `&${value.mask}`}`);
  return [`${name}[${bitWidth === 1 ? '' : `${bitOffset + bitWidth - 1}:`}${bitOffset}]`, access, modifiedWriteValues, readAction, values && `{${values.join(',')}}`].filter(part => part !== undefined).join(' ');
}
