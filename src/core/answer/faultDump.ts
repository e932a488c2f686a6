import { addCorePeripherals } from '../device/corePeripherals.ts';
import { decodeValue } from '../device/decode.ts';
import type { Device } from '../device/device.ts';
import { findRegisters } from '../device/findRegisters.ts';
import { hex } from '../device/numbers.ts';
import { registersAt } from '../device/addressIndex.ts';
import { readLinkerMap, symbolAt, type MapSymbol } from './linkerMap.ts';

/** A HardFault dump taken apart. */
export interface FaultReport {
  /** Registers with their values, as found in the text. */
  readonly values: readonly { readonly name: string; readonly value: string; readonly function?: string }[];
  /** What happened, the most telling first, one sentence each. */
  readonly causes: readonly string[];
  /** Where: the address of the code, and of the access. */
  readonly places: readonly string[];
  /** What to look at next. */
  readonly next: readonly string[];
}

const valuePattern = /\b(?:SCB\s*(?:->|\.)\s*)?(CFSR|HFSR|DFSR|MMFAR|MMAR|BFAR|AFSR|PC|LR|xPSR|PSR|SP|MSP|PSP|EXC_RETURN|R\d{1,2})\b\s*(?:\([^)\n]{0,20}\))?\s*(?:[=:]|\bis\b)?\s*(?:0[xX]([\da-fA-F]{1,8})|([\da-fA-F]{8}))\b/gi;

/** Whether a text looks like the dump of a fault. */
export function isFaultDump(text: string): boolean {
  return /\b(?:CFSR|HFSR|MMFAR|BFAR)\b\s*(?:\([^)\n]{0,20}\))?\s*(?:[=:]|\bis\b)?\s*(?:0[xX])?[\da-fA-F]{1,8}\b/i.test(text);
}

/** Decodes the fault status registers of a Cortex-M and names the code by the linker's map; undefined when the text holds no such register. */
export function decodeFault(text: string, { device, map = '' }: { readonly device?: Device | undefined; readonly map?: string } = {}): FaultReport | undefined {
  if (!isFaultDump(text)) return undefined;
  const values = new Map([...text.slice(0, 20_000).matchAll(valuePattern)].map(match => [canonical(match[1] ?? ''), BigInt(`0x${match[2] ?? match[3] ?? '0'}`)]));
  const symbols = readLinkerMap(map);
  const chip = device !== undefined && findRegisters(device, 'SCB.CFSR').length > 0 ? device : anyCore;
  const flags = ['CFSR', 'HFSR'].flatMap(name => setFlags(name, values.get(name) ?? 0n, chip));
  const names = new Set(flags.map(({ name }) => name));
  return {
    values: [...values].map(([name, value]) => ({ name, value: hex(value, 8), ...functionOf(name, value, symbols) })),
    causes: flags.toSorted((left, right) => Number(isAside(left.name)) - Number(isAside(right.name))).map(({ name, text: meaning }) => `${name}: ${meaning}`),
    places: [...codePlaces(values, symbols), ...accessPlaces(values, names, device)],
    next: advice(names),
  };
}

/** Says where to look, not what happened. */
function isAside(flag: string): boolean {
  return flag === 'FORCED' || flag.endsWith('VALID');
}

const anyCore: Device = addCorePeripherals({ name: 'Cortex-M4', addressUnitBits: 8, width: 32, cpu: { name: 'CM4' }, peripherals: [] });

function canonical(name: string): string {
  const upper = name.toUpperCase();
  return upper === 'MMAR' ? 'MMFAR' : upper === 'PSR' || upper === 'XPSR' ? 'xPSR' : upper;
}

/** The set flags of a status register with what they mean; HFSR.FORCED only says that CFSR tells. */
function setFlags(register: string, value: bigint, device: Device): { readonly name: string; readonly text: string }[] {
  const place = findRegisters(device, `SCB.${register}`)[0]?.place;
  if (place === undefined) return [];
  const set = new Set(decodeValue(place, value).fields.filter(field => field.value !== '0x0').map(({ name }) => name));
  return place.register.fields.filter(({ name, bitWidth }) => bitWidth === 1 && set.has(name)).map(({ name, description }) => ({ name, text: meanings[name] ?? description ?? `set in ${register}` }));
}

/** In the words of someone who looks for the cause; the registers' own descriptions are shorter. */
const meanings: Readonly<Record<string, string>> = {
  IACCVIOL: 'the processor tried to run code where the memory protection allows none.', DACCVIOL: 'a read or write that the memory protection forbids.', MUNSTKERR: 'the stack could not be read on return from an exception.', MSTKERR: 'the stack could not be written on entry to an exception: it has probably overflowed.', MLSPERR: 'saving the floating-point state was forbidden.', MMARVALID: 'MMFAR holds the address.',
  IBUSERR: 'an instruction could not be fetched: PC points where there is no memory.', PRECISERR: 'a read or write to an address that answers with an error, or whose peripheral has no clock; PC is the instruction.', IMPRECISERR: 'a buffered write failed some instructions ago: PC stands behind the culprit.', UNSTKERR: 'the stack could not be read on return from an exception.', STKERR: 'the stack could not be written on entry to an exception: it has probably overflowed.', LSPERR: 'saving the floating-point state failed.', BFARVALID: 'BFAR holds the address.',
  UNDEFINSTR: 'an undefined instruction: a jump into data, or a damaged function pointer.', INVSTATE: 'a jump to an address without the Thumb bit: often a function pointer that is 0 or damaged.', INVPC: 'a damaged return address: the stack was overwritten.', NOCP: 'a floating-point instruction while the unit is off (CPACR).', STKOF: 'the stack pointer passed its limit.', UNALIGNED: 'an unaligned access where none is allowed.', DIVBYZERO: 'an integer division by zero.',
  VECTTBL: 'the vector table could not be read: VTOR points wrongly.', FORCED: 'another fault escalated to a HardFault; CFSR tells which.', DEBUGEVT: 'a breakpoint without a debugger.',
};

function functionOf(name: string, value: bigint, symbols: readonly MapSymbol[]): { readonly function?: string } {
  const found = name === 'PC' || name === 'LR' ? symbolAt(symbols, value) : undefined;
  return found === undefined ? {} : { function: `${found.name}+${hex(found.offset)}` };
}

function codePlaces(values: ReadonlyMap<string, bigint>, symbols: readonly MapSymbol[]): string[] {
  return ['PC', 'LR'].flatMap(name => {
    const value = values.get(name);
    if (value === undefined) return [];
    if (name === 'LR' && value >= 0xFFFFFFE0n) return [`LR ${hex(value, 8)} is an exception return value: ${(value & 4n) === 0n ? 'the main stack' : 'the process stack'} holds the frame.`];
    const found = symbolAt(symbols, value);
    return [`${name} ${hex(value, 8)} ${found === undefined ? `is in no function ${symbols.length === 0 ? 'that is known here: no linker map was given' : 'of the linker map'}` : `is in ${found.name} (+${hex(found.offset)})`}.`];
  });
}

/** The fault address counts only while its valid bit is set. */
function accessPlaces(values: ReadonlyMap<string, bigint>, flags: ReadonlySet<string>, device: Device | undefined): string[] {
  return ([['MMFAR', 'MMARVALID'], ['BFAR', 'BFARVALID']] as const).flatMap(([name, valid]) => {
    const address = values.get(name);
    if (address === undefined) return [];
    if (!flags.has(valid)) return [`${name} ${hex(address, 8)} does not count: ${valid} is 0.`];
    const [register] = device === undefined ? [] : registersAt(device, address);
    const what = register !== undefined ? `, which is ${register.path}` : address < 0x1000n ? ': a pointer that is 0, or a member of one' : '';
    return [`The access was to ${hex(address, 8)}${what}.`];
  });
}

function advice(flags: ReadonlySet<string>): string[] {
  return [
    ...flags.has('IMPRECISERR') ? ['Set ACTLR.DISDEFWBUF (Cortex-M3, M4) while you search: then the fault is precise and PC is the culprit.'] : [],
    ...flags.has('STKERR') || flags.has('MSTKERR') || flags.has('INVPC') || flags.has('STKOF') ? ['Look at the stack\'s size and fill it with a pattern to see how deep it goes.'] : [],
    ...flags.has('PRECISERR') && flags.has('BFARVALID') ? ['Look whether the clock of the peripheral at that address is enabled before the access.'] : [],
    ...flags.has('INVSTATE') || flags.has('UNDEFINSTR') ? ['Look at the function pointers and the vector table around LR.'] : [],
  ];
}

/** The report as markdown, facts only. */
export function faultMarkdown(report: FaultReport): string {
  const list = (title: string, lines: readonly string[]): string => lines.length === 0 ? '' : `**${title}**\n${lines.map(line => `- ${line}`).join('\n')}`;
  const causes = report.causes.length === 0 ? ['No fault flag is set in what was given; CFSR and HFSR are needed.'] : report.causes;
  return [list('What happened', causes), list('Where', report.places), list('Next', report.next)].filter(part => part !== '').join('\n\n');
}
