import { peripheralMarkdown } from '../card/deviceCards.ts';
import { registerMarkdown } from '../card/registerCard.ts';
import { decodeValue } from '../device/decode.ts';
import type { Device, Peripheral } from '../device/device.ts';
import { findPeripherals, peripheralsOfGroup } from '../device/findPeripherals.ts';
import { findRegisters, type FoundRegister } from '../device/findRegisters.ts';
import { registerJson } from '../device/json.ts';
import { bitMask, hex } from '../device/numbers.ts';
import { suggestRegisters } from '../device/suggestRegisters.ts';
import { keyMeaning } from '../manual/keyMeaning.ts';
import { registerNotes } from '../manual/registerNotes.ts';
import { effectText } from '../manual/sideEffects.ts';
import { typedValue } from '../graph/typedValue.ts';
import type { DecodeReport, RegisterMatch, RegisterReport } from '../engine.ts';
import { clearsByZeros, writeWarnings } from '../hover/writeWarnings.ts';
import type { Problem } from '../text/problem.ts';
import type { Hardware } from './hardware.ts';
import type { OpenHeader } from './header.ts';
import { registersByHeader } from '../header/registersByHeader.ts';

/** Every register a query means, each with its card; the peripherals, where it names such. */
export async function registerReport(query: string, hardware: Hardware, header: () => Promise<OpenHeader> = async () => ({})): Promise<RegisterReport> {
  const { device } = hardware;
  if (device === undefined) return { matches: [], problems: [noDevice(hardware)] };
  const direct = findRegisters(device, query);
  // Reading a device header takes a second the first time: only names that the description does not know wait for it.
  const found = direct.length > 0 ? direct : registersByHeader(device, query, (await header()).join);
  if (found.length === 0) return peripheralReport(query, device, hardware.svdFile ?? '') ?? { matches: [], problems: [unknownRegister(query, device)] };
  return { matches: found.map(match => registerMatch(match, device, hardware.svdFile ?? '')), problems: [] };
}

/** `GPIOA`, `USART2_BASE`: one block with its registers; `USART`: all of the kind. */
function peripheralReport(query: string, device: Device, source: string): RegisterReport | undefined {
  const name = query.trim();
  const named = findPeripherals(device, name);
  const found = named.length > 0 ? named : peripheralsOfGroup(device, name);
  if (!/^\w+$/.test(name) || found.length === 0) return undefined;
  const peripherals = found.toSorted((left, right) => left.name.localeCompare(right.name, 'en', { numeric: true })).map(peripheral => ({
    name: peripheral.name, baseAddress: hex(peripheral.baseAddress, 8), ...(peripheral.description !== undefined && { description: peripheral.description }),
    registerCount: peripheral.registers.reduce((sum, node) => sum + (node.dim?.count ?? 1), 0),
    markdown: peripheralMarkdown(peripheral, { device: device.name, machine: device, source: peripheral.origin ?? source }),
  }));
  return { matches: [], peripherals, problems: [] };
}

/** A value taken apart by the register that `register` means; ambiguous names are a problem that lists them. */
export function decodeReport(register: string, value: string, hardware: Hardware): DecodeReport {
  const nothing = { fields: [], warnings: [] };
  const { device } = hardware;
  if (device === undefined) return { ...nothing, problems: [noDevice(hardware)] };
  const [first, ...others] = findRegisters(device, register);
  if (first === undefined) return { ...nothing, problems: [unknownRegister(register, device)] };
  const number = typedValue(value, first.place.register.size);
  if (number === undefined) return { ...nothing, problems: [{ file: '', message: `${value}: give the value as C writes it, for example 0x200C, 0b1010 or 1 << 13.` }] };
  const paths = [...new Set(others.map(({ place }) => place.path))].filter(path => path !== first.place.path);
  const problems = paths.length === 0 ? [] : [{ file: '', message: `${register} may also mean ${listed(paths)}; ${first.place.path} is decoded here.` }];
  const whole = bitMask(0, first.place.register.size);
  const result = { ones: number & whole, zeros: whole & ~number, kept: 0n };
  const decoded = decodeValue(first.place, number, { leavesOnes: clearsByZeros(first.place, result, device.name) });
  const warnings = writeWarnings(first.place, { kind: 'write', result, toggled: 0n, overflow: undefined, open: 0n, stated: decoded.warnings }, device.name);
  const purposes = new Map(first.place.register.fields.map(({ name, description }) => [name, description]));
  const fields = decoded.fields.map(field => ({ ...field, ...withMeaning(field.meaning ?? keyMeaning(first.place, field.name, field.value, device.name)), ...(purposes.get(field.name) !== undefined && { description: purposes.get(field.name) ?? '' }) }));
  return { ...decoded, fields, warnings, problems };
}

function withMeaning(meaning: string | undefined): { readonly meaning?: string } {
  return meaning === undefined ? {} : { meaning };
}

/** Why there is no register knowledge, and what to do about it. */
export function noDevice({ detected, problems }: Hardware): Problem {
  const cause = problems[0]?.message ?? (detected.device === undefined ? 'No chip was recognised in this folder' : `No SVD file was found for ${detected.device}`);
  return { file: problems[0]?.file ?? '', message: `${cause.replace(/\.$/, '')}. Choose an SVD file: "Halcyon: Choose SVD File…", or --svd FILE.` };
}

function registerMatch({ place, field }: FoundRegister, device: Device, source: string): RegisterMatch {
  return {
    ...registerJson(place),
    sideEffects: registerNotes(place, { machine: device }).map(effectText),
    source: place.peripheral.origin ?? source,
    markdown: registerMarkdown(place, { device: device.name, machine: device, source: place.peripheral.origin ?? source, ...(field !== undefined && { highlight: [field.name] }) }),
  };
}

function unknownRegister(query: string, device: Device): Problem {
  const [block] = findPeripherals(device, query.trim());
  if (block !== undefined) return { file: '', message: `${query} is a peripheral of ${device.name}, no register. Name one of its registers, for example ${suggestedRegister(block)}; "halcyon register ${block.name}" lists them.` };
  const suggestions = suggestRegisters(device, query);
  const hint = suggestions.length > 0 ? ` Did you mean ${listed(suggestions)}?` : '';
  return { file: '', message: `${query}: no such register or peripheral on ${device.name}.${hint}` };
}

function suggestedRegister({ name, registers: [first] }: Peripheral): string {
  return first === undefined ? `${name}.CR` : `${name}.${first.name.replace(/\[?%s\]?/, () => first.dim?.indexText(0) ?? '0')}`;
}

function listed(names: readonly string[]): string {
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
}
