import { registerMarkdown } from '../card/registerCard.ts';
import { decodeValue } from '../device/decode.ts';
import type { Device } from '../device/device.ts';
import { findRegisters, type FoundRegister } from '../device/findRegisters.ts';
import { registerJson } from '../device/json.ts';
import { bitMask } from '../device/numbers.ts';
import { suggestRegisters } from '../device/suggestRegisters.ts';
import { registerNotes } from '../manual/registerNotes.ts';
import { effectText } from '../manual/sideEffects.ts';
import { typedValue } from '../graph/typedValue.ts';
import type { DecodeReport, RegisterMatch, RegisterReport } from '../engine.ts';
import { writeWarnings } from '../hover/writeWarnings.ts';
import type { Problem } from '../text/problem.ts';
import type { Hardware } from './hardware.ts';
import type { OpenHeader } from './header.ts';
import { registersByHeader } from '../header/registersByHeader.ts';

/** Every register a query means, each with its card. */
export async function registerReport(query: string, hardware: Hardware, header: () => Promise<OpenHeader> = async () => ({})): Promise<RegisterReport> {
  const { device } = hardware;
  if (device === undefined) return { matches: [], problems: [noDevice(hardware)] };
  const direct = findRegisters(device, query);
  // Reading a device header takes a second the first time: only names that the description does not know wait for it.
  const found = direct.length > 0 ? direct : registersByHeader(device, query, (await header()).join);
  if (found.length === 0) return { matches: [], problems: [unknownRegister(query, device)] };
  return { matches: found.map(match => registerMatch(match, device, hardware.svdFile ?? '')), problems: [] };
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
  const decoded = decodeValue(first.place, number);
  const whole = bitMask(0, first.place.register.size);
  const warnings = writeWarnings(first.place, { kind: 'write', result: { ones: number & whole, zeros: whole & ~number, kept: 0n }, toggled: 0n, overflow: undefined, open: 0n, stated: decoded.warnings }, device.name);
  return { ...decoded, warnings, problems };
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
  const suggestions = suggestRegisters(device, query);
  const hint = suggestions.length > 0 ? ` Did you mean ${listed(suggestions)}?` : '';
  return { file: '', message: `${query}: no such register on ${device.name}.${hint}` };
}

function listed(names: readonly string[]): string {
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
}
