import type { Device, RegisterPlace } from '../device/device.ts';
import { findPeripherals } from '../device/findPeripherals.ts';
import { findRegisters, type FoundRegister } from '../device/findRegisters.ts';
import { registersOf } from '../device/places.ts';
import type { AccessFact, AccessKind, SourceFacts } from '../parse/facts.ts';
import type { Problem } from '../text/problem.ts';
import { aliasRegisters } from './aliasRegisters.ts';
import { registerReads, type AccessOnChip } from './bareReads.ts';
import type { FactSource } from './factSource.ts';
import { createGraph, type Graph } from './graph.ts';
import { driverCalls, macroCalls, type CallSearch, type OpenAccess, type RegisterCall } from './registerCalls.ts';
import { resolveAccess, type ResolvedAccess } from './resolveAccess.ts';

/** One place in the code that touches a register. */
export interface RegisterAccess {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly function?: string;
  /** `address`: its address is taken, mostly for a DMA channel or a driver: what happens there is not seen here. */
  readonly kind: AccessKind | 'address';
  readonly fields: readonly string[];
  readonly path: string;
  readonly expression: string;
  /** `type`: a pointer that may reach any instance of the peripheral. */
  readonly how: ResolvedAccess['how'];
  /** The register that was asked for, when this one only sets or clears its bits: `GPIOA.ODR` for a write to `GPIOA.BSRR`. */
  readonly aliasOf?: string;
  /** It stands under an `#if` that does not hold in this build. */
  readonly inactive?: true;
}

export interface RegisterAccesses {
  readonly accesses: readonly RegisterAccess[];
  /** Calls of macros, and of functions that are handed the peripheral, which reach what is asked for. Absent where they were not looked for, or there are none. */
  readonly calls?: readonly RegisterCall[];
  /** Accesses that name such a register and could not be joined to the chip: they may be meant. Absent when there are none. */
  readonly unresolved?: CountedPlaces;
  /** Writes to the register of a field that is asked for, which name no field: of a variable, or of all bits. Absent when there are none. */
  readonly wholeWrites?: CountedPlaces;
  readonly problems: readonly Problem[];
}

/** Places that may be meant: the first of them, and how many there are. */
export interface CountedPlaces {
  readonly first: readonly Pick<RegisterAccess, 'file' | 'line' | 'function' | 'expression'>[];
  readonly count: number;
}

export interface FindAccessesOptions {
  /** Files looked into: those that name the peripheral, too, and a few others where these are few; default: all. */
  readonly mostFiles?: number;
  /** What is worked out of macros and structs is kept here between searches; default: a new one. */
  readonly graph?: Graph;
  /** Reads a macro's body as C: then calls that reach a register are looked for, too. */
  readonly parse?: (text: string) => SourceFacts;
}

/** Every access to a register, a field or any register of a peripheral, by any way of writing it, in file order. */
export async function findAccesses(source: FactSource, device: Device, registerOrField: string, options: FindAccessesOptions = {}): Promise<RegisterAccesses> {
  const targets = targetsOf(device, registerOrField);
  if (targets.length === 0) return { accesses: [], problems: [{ file: '', message: `${registerOrField} is no register or field of ${device.name}` }] };
  const wanted = wantedPlaces(targets);
  const names = new Set([...wanted.values()].flatMap(({ places }) => places.flatMap(namesInCode)));
  const graph = options.graph ?? createGraph(source);
  const found: Found = { accesses: [], open: [], unresolved: [], wholeWrites: [], files: [] };
  for (const file of await chosenFiles(source, names, new Set(targets.map(({ place }) => place.peripheral.name)), options.mostFiles)) {
    const facts = await source.facts(file);
    if (facts === undefined) continue;
    found.files.push([file, facts]);
    for (const on of await joined(facts, { device, graph, names })) note(found, wanted, { file, facts, ...on });
  }
  const { parse } = options;
  const reached = parse === undefined ? undefined : await reachedByCalls({ device, graph, parse, names, meant: (places, fields) => placeMeant(wanted, places, fields) }, found);
  const { unresolved, wholeWrites } = found;
  return { accesses: found.accesses, ...reached, ...(unresolved.length > 0 && { unresolved: firstOf(unresolved) }), ...(wholeWrites.length > 0 && { wholeWrites: firstOf(wholeWrites) }), problems: [] };
}

function firstOf(all: CountedPlaces['first']): CountedPlaces {
  return { first: all.slice(0, mostKept), count: all.length };
}

/** Of more places only the number is kept. */
const mostKept = 20;

interface Found {
  readonly accesses: RegisterAccess[];
  readonly open: OpenAccess[];
  readonly unresolved: CountedPlaces['first'][number][];
  readonly wholeWrites: CountedPlaces['first'][number][];
  readonly files: (readonly [string, SourceFacts])[];
}

function note(found: Found, wanted: ReadonlyMap<bigint, Wanted>, { file, facts, access, resolved }: OpenAccess): void {
  const place = placeMeant(wanted, resolved.places, resolved.fields);
  const meant = place === undefined ? undefined : wanted.get(place.address);
  if (meant !== undefined && !(meant.aliasOf !== undefined && kindOfAccess(access) === 'read')) {
    found.accesses.push({ ...describe(file, access, resolved), ...(meant.aliasOf !== undefined && { aliasOf: meant.aliasOf }) });
    if (resolved.how === 'type') found.open.push({ file, facts, access, resolved });
  } else if (resolved.places.length === 0 && access.members.length > 0) found.unresolved.push(placeOf(file, access));
  else if (writesWhole(wanted, access, resolved)) found.wholeWrites.push(placeOf(file, access));
}

function placeOf(file: string, { line, function: inside, expression }: AccessFact): CountedPlaces['first'][number] {
  return { file, line, expression, ...(inside !== undefined && { function: inside }) };
}

/** Only some fields of the register are asked for, and the write does not tell which ones it means. */
function writesWhole(wanted: ReadonlyMap<bigint, Wanted>, access: AccessFact, { places, fields }: ResolvedAccess): boolean {
  return fields.length === 0 && /^(write|modify)$/.test(kindOfAccess(access)) && places.some(({ address }) => wanted.get(address)?.fields !== undefined);
}

/** The register among these that is asked for, where one of its fields is, too. */
function placeMeant(wanted: ReadonlyMap<bigint, Wanted>, places: readonly RegisterPlace[], touched: readonly string[]): RegisterPlace | undefined {
  return places.find(({ address }) => {
    const meant = wanted.get(address);
    return meant !== undefined && (meant.fields === undefined || touched.some(name => meant.fields?.has(name)));
  });
}

async function reachedByCalls(search: CallSearch, { open, files }: Found): Promise<Pick<RegisterAccesses, 'calls'>> {
  const calls = [...await macroCalls(search, files), ...await driverCalls(search, open)];
  calls.sort((one, other) => (one.file < other.file ? -1 : one.file > other.file ? 1 : one.line - other.line));
  return calls.length > 0 ? { calls } : {};
}

/** The accesses of a file that may be meant, in its order, with what they mean on the chip. */
async function joined(facts: SourceFacts, { device, graph, names }: { readonly device: Device; readonly graph: Graph; readonly names: ReadonlySet<string> }): Promise<AccessOnChip[]> {
  const found = await registerReads({ device, graph, facts });
  const isMixed = found.length > 0;
  for (const access of facts.accesses) if (mayMean(access, names)) found.push({ access, resolved: await resolveAccess(access, { device, graph, facts }) });
  return isMixed ? found.sort((one, other) => one.access.line - other.access.line || one.access.column - other.access.column) : found;
}

/** The registers that are asked for; of a peripheral all of its own. */
function targetsOf(device: Device, query: string): FoundRegister[] {
  const found = findRegisters(device, query);
  if (found.length > 0 || !/^\s*\w+\s*$/.test(query)) return found;
  const all: FoundRegister[] = [];
  for (const peripheral of findPeripherals(device, query.trim())) {
    for (const place of registersOf(peripheral)) {
      if (all.length >= mostOfPeripheral) return all;
      all.push({ place });
    }
  }
  return all;
}

/** Message memories unfold to thousands. */
const mostOfPeripheral = 1000;

/** What is asked for at one address. */
interface Wanted {
  readonly places: RegisterPlace[];
  /** Absent: any field. */
  readonly fields: Set<string> | undefined;
  readonly aliasOf?: string;
}

/** The registers that are meant, and those that set and clear their bits. */
function wantedPlaces(targets: readonly FoundRegister[]): Map<bigint, Wanted> {
  const wanted = new Map<bigint, Wanted>();
  for (const { place, field } of targets) {
    const known = wanted.get(place.address) ?? { places: [], fields: field === undefined ? undefined : new Set() };
    known.places.push(place);
    if (field !== undefined) known.fields?.add(field.name);
    wanted.set(place.address, known);
  }
  // A question that means hundreds of registers is none about their aliases.
  for (const { place, fields, of } of targets.length > mostAliased ? [] : targets.flatMap(aliasRegisters)) {
    const known = wanted.get(place.address) ?? { places: [place], fields: fields === undefined ? undefined : new Set(), aliasOf: of.path };
    for (const name of known.aliasOf === undefined ? [] : fields ?? []) known.fields?.add(name);
    wanted.set(place.address, known);
  }
  return wanted;
}

const mostAliased = 24;

/** Names by which code may reach a register: the SVD's, without the peripheral's prefix, and those of headers that slice the block differently. */
function namesInCode({ peripheral, register }: RegisterPlace): string[] {
  const own = register.name.replace(/\[?%s\]?/, '');
  const group = peripheral.groupName ?? peripheral.name.replace(/\d+$/, '');
  const bare = own.replace(new RegExp(`^(${peripheral.name}|${group})_?`, 'i'), '');
  const names = new Set([own, bare, bare.replace(/_(Input|Output)$/i, ''), bare.replace(/^(AFR)[LH]$/, '$1'), bare.replace(/^(S|CH|C|STREAM|CHANNEL)_?\d+_?/i, ''), bare.replace(/\d+$/, '')]);
  names.delete('');
  if (bare === 'BSRR') for (const half of ['BSRRL', 'BSRRH']) names.add(half);
  // The Pico SDK and Espressif name members in lower case.
  for (const name of [...names]) names.add(name.toLowerCase());
  return [...names, ...[...names].flatMap(name => [`${peripheral.name}_${name}`, `${group}_${name}`, `${peripheral.name}_${name}_REG`])];
}

async function filesThatMention(source: FactSource, names: ReadonlySet<string>): Promise<string[]> {
  const files = new Set<string>();
  for (const name of names) for (const file of await source.mentions(name)) files.add(file);
  return [...files].sort();
}

async function chosenFiles(source: FactSource, names: ReadonlySet<string>, peripherals: ReadonlySet<string>, most = Infinity): Promise<string[]> {
  const files = await filesThatMention(source, names);
  if (files.length <= most) return files;
  const named = new Set(await filesThatMention(source, peripherals));
  const first = files.filter(file => named.has(file)).slice(0, most);
  return [...first, ...files.filter(file => !named.has(file)).slice(0, Math.max(0, Math.ceil(most / 4) - first.length))];
}

/** A look at the names before the costly join; bare registers and addresses always pass. */
function mayMean({ members }: AccessFact, names: ReadonlySet<string>): boolean {
  return members.length === 0 || members.some(member => names.has(member.replace(/\[.*/, '')));
}

function describe(file: string, access: AccessFact, resolved: ResolvedAccess): RegisterAccess {
  const { line, column, expression } = access;
  return { file, line, column, kind: kindOfAccess(access), expression, fields: resolved.fields, path: resolved.path, how: resolved.how, ...(access.function !== undefined && { function: access.function }) };
}

/** An address that is taken is told apart from a read. */
export function kindOfAccess({ kind, operator }: AccessFact): RegisterAccess['kind'] {
  return operator === '&' ? 'address' : kind;
}
