import { registersAt } from './addressIndex.ts';
import { atomicAliases } from './atomicAliases.ts';
import { bitBandTargets } from './bitBand.ts';
import type { Device, Field, Peripheral, RegisterPlace } from './device.ts';
import { findPeripherals, peripheralsOfGroup } from './findPeripherals.ts';
import { looseName, registersNamed, registersNamedAnywhere } from './names.ts';
import { parseCount } from './numbers.ts';

/** A register that a query may mean, and the field when the query names one. */
export interface FoundRegister {
  readonly place: RegisterPlace;
  readonly field?: Field;
}

/** No query of a person means more registers than this; a bare `CR` on a large part would. */
const mostFound = 500;

/**
 * Registers by path (`USART2.CR1`, `USART2->CR1`, `DMA.CH[3].CTRL`, `USART2.CR1.UE`), by the names headers use
 * (`DMA1_Stream5->CR`, `GPIOA->AFR[0]`, `RCC_AHB1ENR_GPIOAEN`), by bare name or by address. The closest kind
 * of match is given alone; several registers mean that the query is ambiguous. Empty: see `suggestRegisters`.
 */
export function findRegisters(device: Device, query: string): FoundRegister[] {
  const text = query.trim().replace(/^[&*(\s]+/, '').replace(/[);\s]+$/, '').slice(0, 300);
  const address = parseCount(text);
  if (address !== undefined) return atAddress(device, address);
  const [first = '', ...rest] = pathParts(text);
  if (first === '') return [];
  const found = rest.length > 0 ? findPath(device, first, rest) : findName(device, first);
  return closest(found, text).slice(0, mostFound);
}

/** Registers at an address; a bit-band alias stands for a bit of one, an atomic alias for the one behind it. */
function atAddress(device: Device, address: bigint): FoundRegister[] {
  const places = registersAt(device, address);
  if (places.length > 0) return places.map(place => ({ place }));
  const bits = bitBandTargets(device, address).map(({ place, field }) => ({ place, ...(field !== undefined && { field }) }));
  return bits.length > 0 ? bits : atomicAliases(device, address).map(({ place }) => ({ place }));
}

/** The names of a path: `DMA1_Stream5->CR` gives `DMA1_Stream5` and `CR`; indices stay with their names. */
export function pathParts(query: string): string[] {
  return query.split(/->|::|\.|\//).map(part => part.trim()).filter(part => part !== '');
}

/** The field that `name` means in a register, `_Pos` and `_Msk` aside; the whole, where it names a bit that only the file sets apart. */
export function findField(fields: readonly Field[], name: string): Field | undefined {
  const wanted = looseName(name.replace(/_(Pos|Msk)$/i, ''));
  return fields.find(field => field.name === name) ?? fields.find(field => looseName(field.name) === wanted)
    ?? fields.find(({ splitInto }) => splitInto?.some(part => looseName(part) === wanted)) ?? (/_\d$/.test(name) ? findField(fields, name.slice(0, -2)) : undefined);
}

/** As `findField`, in Espressif's files too, where `int_ena.rxfifo_full` is the field RXFIFO_FULL_INT_ENA of INT_ENA. */
export function findFieldOf({ register }: RegisterPlace, name: string): Field | undefined {
  return findField(register.fields, name) ?? findField(register.fields, `${name}_${register.name}`);
}

function findPath(device: Device, first: string, rest: readonly string[]): FoundRegister[] {
  const fieldName = rest.at(-1) ?? '';
  for (const { peripherals, names } of peripheralReadings(device, first)) {
    const whole = inPeripherals(peripherals, names(rest));
    if (whole.length > 0) return whole.map(place => ({ place }));
    const places = rest.length > 1 ? inPeripherals(peripherals, names(rest.slice(0, -1))) : [];
    const fields = withField(places, fieldName);
    if (fields.length > 0) return fields;
  }
  // `CR1.UE`: a register and its field, without the peripheral; `DBGMCU->APB2FZ`: a block that the file knows by its registers' prefix only.
  const fields = rest.length === 1 ? withField(anywhere(device, first), fieldName) : [];
  return fields.length > 0 ? fields : anywhere(device, [first, ...rest].join('_')).map(place => ({ place }));
}

interface PeripheralReading {
  readonly peripherals: readonly Peripheral[];
  /** Loose register paths that the names after the peripheral may stand for, best first. */
  readonly names: (rest: readonly string[]) => string[];
}

/** What the first name of a path may stand for. Streams and channels are peripherals in ST's headers, and parts of register names in ST's SVD files. */
function* peripheralReadings(device: Device, first: string): Generator<PeripheralReading> {
  yield { peripherals: findPeripherals(device, first), names: rest => registerNames(rest.join('_')) };
  const part = /^(\w+?)_?(Stream|Channel|CH|Line|Block)_?(\d+|[A-Z])$/i.exec(first);
  const [, whole = '', kind = '', number = ''] = part ?? [];
  if (part !== null) {
    yield {
      peripherals: findPeripherals(device, whole),
      names: rest => {
        const name = rest.join('_');
        return [`${kind}${number}${name}`, `${kind.charAt(0)}${number}${name}`, `CH${number}${name}`, `${name}${number}`, `C${name}${number}`].map(looseName);
      },
    };
  }
  yield { peripherals: peripheralsOfGroup(device, first), names: rest => registerNames(rest.join('_')) };
  yield { peripherals: findPeripherals(device, first), names: flattenedNames };
}

/**
 * Headers group registers in arrays of structs that the file lists flat: SAM's `Group[0].DIRSET` is `DIRSET0`, its
 * `Group[0].PINCFG[3]` `PINCFG0_3`, and the Pico SDK's `io[3].ctrl` `GPIO3_CTRL`.
 */
function flattenedNames(rest: readonly string[]): string[] {
  const [head = '', ...tail] = rest;
  const [, group = '', index = ''] = /^(\w+)\[(\d+)\]$/.exec(head) ?? [];
  if (group === '') return [];
  const [, register = tail.join('_'), inner = ''] = /^(\w+)\[(\d+)\]$/.exec(tail.join('_')) ?? [];
  const names = tail.length === 0 ? [] : [`${register}${index}${inner}`];
  return [...names, ...(group.toLowerCase() === 'io' ? [`GPIO${index}${tail.join('')}`] : [])].map(looseName);
}

/** A register's loose names: as written, as ST's SVD files spell `AFR[0]`, as CMSIS 5 spells the newer `IPR[3]`, `SHPR[7]`, and the other way round. */
function registerNames(name: string): string[] {
  const loose = looseName(name);
  const half = /^(.*AFR)([01])$/.exec(loose);
  const priority = /^(IP|SHP)(R?)(\d+)$/.exec(loose);
  return [
    loose,
    ...(half === null ? [] : [`${half[1] ?? ''}${half[2] === '0' ? 'L' : 'H'}`]),
    ...(priority === null ? [] : [`${priority[1] ?? ''}${priority[2] === '' ? 'R' : ''}${priority[3] ?? ''}`]),
  ];
}

function inPeripherals(peripherals: readonly Peripheral[], names: readonly string[]): RegisterPlace[] {
  for (const name of names) {
    const places = peripherals.flatMap(peripheral => inPeripheral(peripheral, name));
    if (places.length > 0) return places;
  }
  return [];
}

function inPeripheral(peripheral: Peripheral, name: string): RegisterPlace[] {
  for (const candidate of prefixed(peripheral, name)) {
    const places = registersNamed(peripheral, candidate);
    if (places.length > 0) return places;
  }
  // Capture/compare registers have two views at one address, which headers call by one name.
  const views = [`${name}OUTPUT`, `${name}INPUT`].flatMap(view => [...prefixed(peripheral, view)].flatMap(candidate => registersNamed(peripheral, candidate)));
  return views.length > 0 ? views : registersNamedAnywhere(peripheral, name);
}

/** What the makers of these blocks, Arm's PL022 and Synopsys' I2C, put before each register's name. */
const blockPrefixes: Readonly<Record<string, string>> = { SPI: 'SSP', I2C: 'IC' };

/** Some files repeat the peripheral's name in its registers (`TIM2.TIM2_CR1`, `UART0.UARTDR`), or that of the one it is derived from (`TIM4.TIM3_CR1`); some code does. */
function prefixed(peripheral: Peripheral, name: string): Set<string> {
  const own = looseName(peripheral.name);
  const prefixes = [own, looseName(peripheral.groupName ?? ''), own.replace(/[0-9]+$/, ''), looseName(peripheral.derivedFrom ?? ''), blockPrefixes[own.replace(/[0-9]+$/, '')] ?? ''].filter(prefix => prefix !== '');
  return new Set([name, ...prefixes.map(prefix => prefix + name), ...prefixes.filter(prefix => name.startsWith(prefix)).map(prefix => name.slice(prefix.length))]);
}

/** A single name: a register anywhere, or a header macro that joins peripheral, register and field with underscores. */
function findName(device: Device, name: string): FoundRegister[] {
  const bare = anywhere(device, name);
  if (bare.length > 0) return bare.map(place => ({ place }));
  const parts = name.replace(/_(Pos|Msk)$/i, '').split('_');
  for (let cut = parts.length - 1; cut > 0; cut -= 1) {
    const found = findJoined(device, parts.slice(0, cut).join('_'), parts.slice(cut));
    if (found.length > 0) return found;
  }
  return [];
}

function findJoined(device: Device, first: string, rest: readonly string[]): FoundRegister[] {
  for (const { peripherals, names } of peripheralReadings(device, first)) {
    if (peripherals.length === 0) continue;
    for (let cut = rest.length; cut > 0; cut -= 1) {
      const places = inPeripherals(peripherals, names(rest.slice(0, cut)));
      const found = cut === rest.length ? places.map(place => ({ place })) : withField(places, rest.slice(cut).join('_'));
      if (found.length > 0) return found;
    }
  }
  return [];
}

function anywhere(device: Device, name: string): RegisterPlace[] {
  const found = device.peripherals.flatMap(peripheral => registersNamedAnywhere(peripheral, looseName(name)));
  // A core's non-secure twins and other views are meant only when they are named.
  const main = found.filter(({ peripheral }) => peripheral.origin === undefined || peripheral.alternatePeripheral === undefined);
  return main.length > 0 ? main : found;
}

function withField(places: readonly RegisterPlace[], name: string): FoundRegister[] {
  return places.flatMap(place => {
    const field = findFieldOf(place, name);
    return field === undefined ? [] : [{ place, field }];
  });
}

/** When one reading is exactly as written, or differs in case only, the loose ones are not meant. */
function closest(found: FoundRegister[], query: string): FoundRegister[] {
  const wanted = pathParts(query).join('.');
  const same = (fold: (text: string) => string) => found.filter(({ place, field }) => {
    const path = field === undefined ? place.path : `${place.path}.${field.name}`;
    return fold(path) === fold(wanted) || fold(path).endsWith(`.${fold(wanted)}`);
  });
  const exact = same(text => text);
  if (exact.length > 0) return exact;
  const folded = same(text => text.toLowerCase());
  if (folded.length > 0) return folded;
  // `SHP[1]` is the second byte of `SHPR`, not the word `SHPR1`, and the other way round.
  const index = /\[\d+\]$/.exec(wanted)?.[0];
  const indexed = found.filter(({ place }) => /\[\d+\]$/.exec(place.path)?.[0] === index);
  return indexed.length > 0 ? indexed : found;
}
