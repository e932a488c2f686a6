import { registersAt } from '../device/addressIndex.ts';
import { atomicAliases, type AliasEffect } from '../device/atomicAliases.ts';
import { bitBandTargets } from '../device/bitBand.ts';
import type { Device, RegisterPlace } from '../device/device.ts';
import { findRegisters } from '../device/findRegisters.ts';
import { findPeripherals, peripheralsOfGroup } from '../device/findPeripherals.ts';
import { placeName } from '../device/places.ts';
import type { AccessFact, SourceFacts } from '../parse/facts.ts';
import { accessFields, fieldNamesAsWritten } from './accessFields.ts';
import { evaluateAddress, evaluateExpression } from './evaluate.ts';
import { splitBase } from './chainTypes.ts';
import type { Graph } from './graph.ts';
import { expandMacros, macroAlias } from './macroTokens.ts';
import { memberOffset } from './structLayout.ts';
import { valueOfPointer, type PointerValue } from './pointerValues.ts';

/** An access joined to the chip. */
export interface ResolvedAccess {
  /** The registers it may touch: views of one address, or the same register of every instance when only the type is known; empty when unresolved. */
  readonly places: readonly RegisterPlace[];
  /** Field names that its value or mask touches. */
  readonly fields: readonly string[];
  /** `name`: by the names in the code; `address`: by evaluating the headers; `type`: any instance of the pointer's type; `none`: not resolved. */
  readonly how: 'name' | 'address' | 'type' | 'none';
  /** The only bit that it touches, whatever its value: through an alias of Cortex-M's bit-band region. */
  readonly bit?: number;
  /** What writing does instead: through an alias of the register at another address. */
  readonly alias?: AliasEffect;
  /** `USART2.SR` when one register is meant, `any USART: SR` when a type tells no more, else as written. */
  readonly path: string;
}

/** What an access is resolved against. */
export interface ResolveContext {
  readonly device: Device | undefined;
  readonly graph: Graph;
  /** Facts of the file that the access stands in. */
  readonly facts: SourceFacts;
}

/** Joins an access to the registers and fields of the device; what cannot be resolved is kept as written. */
export async function resolveAccess(access: AccessFact, context: ResolveContext): Promise<ResolvedAccess> {
  const names = tidyMembers(access.members);
  const written = [access.base, ...access.members].join('->');
  if (context.device === undefined) return { places: [], fields: fieldNamesAsWritten(access), how: 'none', path: written };
  const search: Search = { device: context.device, graph: context.graph, facts: context.facts, function: access.function };
  const found = await resolveBase(search, access.base, names.members, 0);
  const [first] = found.places;
  if (first === undefined) return { places: [], fields: fieldNamesAsWritten(access), how: 'none', path: written };
  const fields = new Set([...found.fields, ...names.field === undefined ? [] : [names.field]]);
  // What is written to an alias is 0 or 1 and no mask.
  for (const place of found.bit !== undefined ? [] : found.how === 'type' ? [first] : found.places) for (const field of await accessFields(context.graph, access, place)) fields.add(access.members.at(-1) === 'BSRRH' ? field.replace(/^BS(\d)/, 'BR$1') : field);
  const path = found.how === 'type' ? `any ${first.peripheral.groupName ?? first.peripheral.name.replace(/\d+$/, '')}: ${names.members.join('.')}` : first.path;
  return { places: found.places, fields: [...fields], how: found.how, path, ...(found.bit !== undefined && { bit: found.bit }), ...(found.alias !== undefined && { alias: found.alias }) };
}

interface Search {
  readonly device: Device;
  readonly graph: Graph;
  readonly facts: SourceFacts;
  readonly function: string | undefined;
}

interface Found {
  readonly places: readonly RegisterPlace[];
  readonly fields: readonly string[];
  readonly how: ResolvedAccess['how'];
  readonly bit?: number;
  readonly alias?: AliasEffect;
}

const nothing: Found = { places: [], fields: [], how: 'none' };

/** Pointers to pointers and macros for macros; real code needs three. */
const deepestBase = 8;

/** Entries of a table of pointers that are followed. */
const mostPointees = 24;

async function resolveBase(search: Search, written: string, members: readonly string[], depth: number): Promise<Found> {
  if (depth > deepestBase) return nothing;
  const aliased = /^hw_(set|clear|xor)_alias\s*\(([^]*)\)$/.exec(written);
  // The Pico SDK's `hw_set_alias(resets_hw)->reset`.
  if (aliased !== null) return { ...await resolveBase(search, aliased[2] ?? '', members, depth + 1), alias: aliased[1] === 'xor' ? 'toggle' : aliased[1] === 'set' ? 'set' : 'clear' };
  const element = await byOffset(search, written, depth);
  if (element !== undefined) return element;
  const base = /^[&(\s]+(\w+)\)*$/.exec(written)?.[1] ?? written;
  const pointer = await valueOfPointer({ source: search.graph.source, facts: search.facts, function: search.function }, base);
  // Espressif's blocks are variables that the linker places.
  const isBlock = pointer?.values.length === 0 && search.device.peripherals.some(({ name }) => name === base);
  if (pointer !== undefined && !isBlock) return byPointer(search, pointer, members, depth);
  return first(
    () => byElement(search, base, members, depth),
    () => byName(search, base, members),
    () => byInstanceMacro(search, base, members, depth),
    () => byMacro(search, base, members, depth),
    () => byAddress(search, base, members),
  );
}

/** `(&TIM2->CCR1)[2]`: the register two further, whatever its name; undefined for anything else. */
async function byOffset(search: Search, written: string, depth: number): Promise<Found | undefined> {
  const [, inner, index = ''] = /^\(\s*&\s*([A-Za-z_][\w>.[\]\s-]*?)\s*\)\s*\[([^[\]]+)\]$/.exec(written) ?? [];
  if (inner === undefined) return undefined;
  await search.graph.macros.load([index]);
  const steps = evaluateExpression(index, search.graph.macros.lookup);
  const start = await resolveBase(search, inner, [], depth + 1);
  const [place] = start.places;
  if (place === undefined || steps === undefined || start.how === 'type') return nothing;
  return atAddress(search, place.address + steps * BigInt(place.register.size / 8));
}

/** `clocks_hw->clk[clock]` as what a pointer holds: its members come before those of the access. With an index that is not known it is any element, the first standing for them. */
async function byElement(search: Search, base: string, members: readonly string[], depth: number): Promise<Found> {
  const split = splitBase(base);
  if (split === undefined || split.steps.length === 0 || split.rootIndex !== undefined) return nothing;
  const texts = split.steps.flatMap(({ index }) => index ?? []);
  await search.graph.macros.load(texts);
  const values = new Map(texts.map(text => [text, evaluateExpression(text, search.graph.macros.lookup)]));
  const steps = split.steps.map(({ name, index }) => index === undefined ? name : `${name}[${values.get(index) ?? 0n}]`);
  const found = await resolveBase(search, split.root, tidyMembers([...steps, ...members]).members, depth + 1);
  return [...values.values()].includes(undefined) && found.places.length > 0 ? { ...found, how: 'type' } : found;
}

/** By what a pointer is known to hold, else by its type. */
async function byPointer(search: Search, pointer: PointerValue, members: readonly string[], depth: number): Promise<Found> {
  const all: Found[] = [];
  for (const value of pointer.values.slice(0, mostPointees)) {
    all.push(await resolveBase({ ...search, facts: pointer.facts, function: pointer.function }, value, members, depth + 1));
  }
  const known = all.filter(({ places }) => places.length > 0);
  const [one] = known;
  if (one !== undefined && known.length === 1 && all.length === 1) return one;
  const places = [...new Map(known.flatMap(found => found.places).map(place => [place.path, place])).values()];
  if (known.length > 1 && known.length === all.length) return { places, fields: [], how: new Set(places.map(({ address }) => address)).size === 1 ? 'name' : 'type' };
  return byType(search, pointer.type, members);
}

async function first(...attempts: (() => Promise<Found> | Found)[]): Promise<Found> {
  for (const attempt of attempts) {
    const found = await attempt();
    if (found.places.length > 0) return found;
  }
  return nothing;
}

function byName({ device }: Search, base: string, members: readonly string[]): Found {
  const instance = /^([A-Z]\w*?)_(\w+)\(\s*(\w+)\s*\)$/.exec(base);
  // libopencm3: `TIM_CR1(TIM2)` is TIM2's CR1.
  if (instance !== null && members.length === 0) return found(device, `${instance[3] ?? ''}.${instance[2] ?? ''}`, false);
  if (!/^\w+(\[\w+\])?$/.test(base) || /^\d/.test(base)) return nothing;
  // `LATBbits.LATB0` is a bit of LATB.
  const bits = /^(\w+)bits$/.exec(base)?.[1];
  if (bits !== undefined && members.length === 1) return found(device, [bits, ...members].join('.'), true);
  if (members.length > 0) return found(device, [base, ...countedFromZero(device, base, members)].join('.'), true);
  const whole = found(device, base, false);
  return whole.places.length > 0 ? whole : found(device, base.replace(/_REG$|^REG_/, ''), false);
}

/** libopencm3's `USART_DR(CONSOLE)` after `#define CONSOLE USART1`. */
async function byInstanceMacro(search: Search, base: string, members: readonly string[], depth: number): Promise<Found> {
  const [, register = '', instance = ''] = /^([A-Z]\w*_\w+)\(\s*([A-Za-z_]\w*)\s*\)$/.exec(base) ?? [];
  if (instance === '') return nothing;
  await search.graph.macros.load([instance]);
  const alias = macroAlias(search.graph.macros.lookup(instance));
  return alias === undefined ? nothing : resolveBase(search, `${register}(${alias})`, members, depth + 1);
}

/** In `TIM2->CCR[1]` C counts from 0, and where the file's names begin with CCR1, that is CCR2. */
function countedFromZero(device: Device, base: string, members: readonly string[]): readonly string[] {
  const [, name = '', index = ''] = /^(\w*[A-Za-z_])\[(\d+)\]$/.exec(members.at(-1) ?? '') ?? [];
  if (name === '') return members;
  const before = members.slice(0, -1);
  const isNamed = (last: string) => findRegisters(device, [base, ...before, last].join('.')).some(({ place, field }) => field === undefined && placeName(place).replace(/\W/g, '').endsWith(last));
  const next = `${name}${Number(index) + 1}`;
  return isNamed(`${name}0`) || !isNamed(`${name}1`) || !isNamed(next) ? members : [...before, next];
}

/** Registers of a query that mean one address; a bare name that several blocks have means none of them. */
function found(device: Device, query: string, withFields: boolean): Found {
  const matches = findRegisters(device, query).filter(({ field }) => withFields || field === undefined);
  const places = matches.map(({ place }) => place);
  if (new Set(places.map(({ address }) => address)).size !== 1) return nothing;
  return { places, fields: [...new Set(matches.flatMap(({ field }) => field?.name ?? []))], how: 'name' };
}

/** `#define CONSOLE USART2`, `#define STATUS (USART2->SR)`, `#define RCC_CR MMIO32(…)`. */
async function byMacro(search: Search, base: string, members: readonly string[], depth: number): Promise<Found> {
  const { macros } = search.graph;
  await macros.load([base]);
  if (members.length === 0) {
    const address = evaluateAddress(base, macros.lookup);
    if (address !== undefined) return atAddress(search, address);
  }
  const macro = /^\w+$/.test(base) ? macros.lookup(base) : undefined;
  if (macro === undefined || typeof macro === 'bigint') return nothing;
  const alias = /^\(*\s*(\w+)((?:\s*(?:->|\.)\s*\w+(?:\[\w+\])?)*)\s*\)*$/.exec(macro.body);
  if (alias === null) return byPastedName(search, base, members, depth);
  const inner = (alias[2] ?? '').split(/->|\./).map(name => name.trim()).filter(name => name !== '');
  return resolveBase({ ...search, function: undefined }, alias[1] ?? '', tidyMembers([...inner, ...members]).members, depth + 1);
}

/** `TIM5` of `#define STEP_TIMER timer(5)` with `#define timer(n) TIM ## n`. */
async function byPastedName(search: Search, base: string, members: readonly string[], depth: number): Promise<Found> {
  const [name, ...more] = expandMacros(base, search.graph.macros.lookup) ?? [];
  return name === undefined || more.length > 0 || name === base || !/^[A-Za-z_]/.test(name) ? nothing : resolveBase({ ...search, function: undefined }, name, members, depth + 1);
}

/** A cast or macro that evaluates to an address, with the members' offset in the struct it is cast to. */
async function byAddress(search: Search, base: string, members: readonly string[]): Promise<Found> {
  const { graph } = search;
  await graph.macros.load([base]);
  const start = evaluateExpression(base, graph.macros.lookup);
  if (start === undefined || start < 0n) return nothing;
  if (members.length === 0) return atAddress(search, start);
  const text = typeof graph.macros.lookup(base) === 'object' ? expandMacros(base, graph.macros.lookup)?.join(' ') ?? base : base;
  const type = /\(\s*(?:volatile\s+|const\s+|struct\s+)*(\w+)\s*(?:volatile\s*)?\*\s*\)/.exec(text)?.[1];
  const offset = type === undefined ? undefined : await memberOffset(graph, type, members);
  return offset === undefined ? nothing : atAddress(search, start + offset);
}

function atAddress({ device }: Search, address: bigint): Found {
  const places = registersAt(device, address).filter(place => place.address === address);
  if (places.length > 0) return { places, fields: [], how: 'address' };
  const bits = bitBandTargets(device, address);
  const [bit] = bits;
  if (bit !== undefined) return { places: bits.map(({ place }) => place), fields: bits.flatMap(({ field }) => field?.name ?? []), how: 'address', bit: bit.bit };
  const aliases = atomicAliases(device, address);
  const [alias] = aliases;
  return alias === undefined ? nothing : { places: aliases.map(({ place }) => place), fields: [], how: 'address', alias: alias.effect };
}

/** Devices never change, and a driver says `USARTx->SR` in hundreds of places. */
const typesByDevice = new WeakMap<Device, Map<string, Found>>();
/** Types and members kept of one device. */
const mostTypes = 5000;

/** `USART_TypeDef *` may point at any USART, `DMA_Stream_TypeDef *` at any stream of any DMA. */
function byType({ device }: Search, type: string, members: readonly string[]): Found {
  const known = typesByDevice.get(device) ?? new Map<string, Found>();
  typesByDevice.set(device, known);
  const key = `${type}\n${members.join('.')}`;
  const found = known.get(key) ?? anyOfType(device, type, members);
  if (known.size < mostTypes) known.set(key, found);
  return found;
}

function anyOfType(device: Device, type: string, members: readonly string[]): Found {
  if (members.length === 0) return nothing;
  for (const name of groupsOfType(type)) {
    const peripherals = [...peripheralsOfGroup(device, name), ...findPeripherals(device, name)];
    const places = new Map<string, RegisterPlace>();
    // `hw->conf0.parity`: fields that headers make members.
    const fields = new Set<string>();
    for (const { name: instance } of peripherals) {
      for (const part of partsOfType(type)) {
        const query = [instance + part, ...members].join('.');
        for (const { place, field } of findRegisters(device, query)) {
          if (field !== undefined && members.length < 2) continue;
          places.set(place.path, place);
          if (field !== undefined) fields.add(field.name);
        }
      }
    }
    if (places.size > 0) return { places: [...places.values()], fields: [...fields], how: 'type' };
  }
  return nothing;
}

/** Streams and channels have types of their own where the SVD file counts them among their block's registers. */
function partsOfType(type: string): string[] {
  const part = /_(Stream|Channel)_(?:TypeDef|Type)\b/i.exec(type)?.[1];
  return part === undefined ? [''] : Array.from({ length: 9 }, (_, index) => `_${part}${index}`);
}

/** Peripheral kinds that a pointer or handle type stands for, most likely first. */
export function groupsOfType(type: string): string[] {
  const bare = type.replace(/\b(const|volatile|struct|static|extern)\b|[*&]|\[[^\]]*\]/g, ' ').trim();
  const suffixed = /\b(\w+?)_(HandleTypeDef|TypeDef|Type|hw_t|dev_t|dev_s|RegDef_t|regs?_t|Regs?|t)$/i.exec(bare)?.[1];
  // SAM's blocks are types in mixed case: `Sercom *`, `Tc *`.
  const name = (suffixed ?? (/^[A-Z]\w*$/.test(bare) ? bare : undefined))?.replace(/^(NRF|LPC|R|stm32|XMC)_/i, '').toUpperCase();
  if (name === undefined || name === '') return [];
  // ST's UART handles drive USARTs too.
  return name === 'UART' ? ['USART', 'UART'] : [name, name.replace(/_.*$/, '')];
}

/** Wrappers that SAM and Espressif headers put around a register, and CMSIS around ITM's ports, are no part of its name; what follows `.bit` is a field. */
function tidyMembers(members: readonly string[]): { readonly members: readonly string[]; readonly field?: string } {
  const bit = members.findIndex((name, index) => index > 0 && /^(bit|b|bits)$/.test(name));
  const field = bit === -1 ? undefined : members[bit + 1];
  const rest = (bit === -1 ? members : members.slice(0, bit)).filter((name, index) => index === 0 || !/^(reg|val|word|w|u8|u16|u32)$/.test(name));
  // Headers of old split the register of set and reset bits into two halves.
  return { members: rest.map(name => (/^BSRR[LH]$/.test(name) ? 'BSRR' : name)), ...(field !== undefined && { field }) };
}
