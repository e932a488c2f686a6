import type { Access, AddressBlock, Cluster, Cpu, Device, Field, Interrupt, Peripheral, Register, RegisterNode } from '../device/device.ts';
import { createSvdDeriver, type SvdDeriver } from './svdDerive.ts';
import { arrayName, elementName, readDim, unfoldedCount } from './svdDims.ts';
import { resolveAccess, resolveFields, resolveWriteConstraint, widestRegister } from './svdFields.ts';
import { parseSvdBoolean, parseSvdCount, parseSvdInteger } from './svdNumbers.ts';
import { quoted, type SvdProblemLog } from './svdProblems.ts';
import type { RawCluster, RawCpu, RawDevice, RawField, RawPeripheral, RawProperties, RawRegister, RawRegisterNode } from './svdRaw.ts';

/** Applies derivedFrom and inheritance, and turns texts into numbers. What cannot be read is left out with a problem. */
export function resolveDevice(raw: RawDevice, problems: SvdProblemLog): Device {
  const context: ResolveContext = { deriver: createSvdDeriver(raw, problems), problems, nodes: new Map(), fields: new Map() };
  const width = countOr(raw.width, 32);
  const inherited = inherit({ size: width, access: undefined, resetValue: undefined, resetMask: undefined }, { ...raw, kind: 'device' }, problems);
  return defined<Device>({
    name: raw.name ?? 'unnamed device', vendor: raw.vendor, series: raw.series, version: raw.version, description: raw.description,
    cpu: raw.cpu === undefined ? undefined : resolveCpu(raw.cpu),
    addressUnitBits: countOr(raw.addressUnitBits, 8), width,
    peripherals: raw.peripherals.flatMap(peripheral => resolvePeripheral(context.deriver.peripheral(peripheral), inherited, context)),
  });
}

/** The four properties that pass from device to peripheral, cluster and register. */
interface Inherited {
  readonly size: number;
  readonly access: Access | undefined;
  readonly resetValue: bigint | undefined;
  readonly resetMask: bigint | undefined;
}

interface ResolveContext {
  readonly deriver: SvdDeriver;
  readonly problems: SvdProblemLog;
  /** Lists shared by derivedFrom are resolved once for each set of inherited properties. */
  readonly nodes: Map<readonly RawRegisterNode[], Map<string, RegisterNode[]>>;
  readonly fields: Map<readonly RawField[], Map<string, Field[]>>;
}

type Element = RawProperties & { readonly kind: string; readonly line: number; readonly name: string | undefined };

const mostPeripheralElements = 1024;

/** As written, with optional members allowed to be undefined. */
type Members<Type> =
  & { [Key in keyof Type as object extends Pick<Type, Key> ? never : Key]: Type[Key] }
  & { [Key in keyof Type as object extends Pick<Type, Key> ? Key : never]?: Type[Key] | undefined };

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Leaves out members that are undefined, so that equal devices are deeply equal. */
function defined<Type extends object>(members: Members<Type>): Type {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Type;
}

function resolveCpu(raw: RawCpu): Cpu {
  return defined<Cpu>({
    name: raw.name ?? 'other', revision: raw.revision, endian: raw.endian,
    mpuPresent: parseSvdBoolean(raw.mpuPresent), fpuPresent: parseSvdBoolean(raw.fpuPresent),
    nvicPrioBits: raw.nvicPrioBits === undefined ? undefined : parseSvdCount(raw.nvicPrioBits),
  });
}

/** One peripheral, or every element of an array of them. */
function resolvePeripheral(raw: RawPeripheral, outer: Inherited, context: ResolveContext): Peripheral[] {
  const { problems } = context;
  const baseAddress = readNumber(raw, ['baseAddress', raw.baseAddress], problems);
  if (raw.name === undefined || baseAddress === undefined) {
    problems.add('peripherals left out', raw.line, `peripheral ${quoted(raw.name)} has no ${raw.name === undefined ? 'name' : 'readable baseAddress'} and was left out.`);
    return [];
  }
  const inherited = inherit(outer, raw, problems);
  const interrupts = raw.interrupts.flatMap(interrupt => resolveInterrupt(interrupt, problems));
  const single = defined<Peripheral>({
    name: raw.name, baseAddress, description: raw.description, groupName: raw.groupName, headerStructName: raw.headerStructName,
    derivedFrom: raw.derivedFrom, alternatePeripheral: raw.alternatePeripheral,
    addressBlocks: raw.addressBlocks.flatMap(block => resolveAddressBlock(block)), interrupts,
    registers: resolveNodes(raw.children, inherited, context),
  });
  const dim = readDim(raw, problems);
  if (dim === undefined) return [single];
  const name = arrayName(raw.name, dim);
  return Array.from({ length: unfoldedCount(raw, dim, { most: mostPeripheralElements, problems }) }, (_, index) => ({
    ...single, name: elementName(name, dim, index), baseAddress: baseAddress + dim.increment * BigInt(index),
    // As many interrupts as elements: one each, in order. Otherwise the file does not tell whose they are.
    interrupts: interrupts.length === dim.count ? interrupts.slice(index, index + 1) : interrupts,
  }));
}

function resolveAddressBlock(raw: RawPeripheral['addressBlocks'][number]): AddressBlock[] {
  const offset = parseSvdInteger(raw.offset ?? '0');
  const size = parseSvdInteger(raw.size ?? '');
  return offset === undefined || size === undefined ? [] : [defined<AddressBlock>({ offset, size, usage: raw.usage })];
}

function resolveInterrupt(raw: RawPeripheral['interrupts'][number], problems: SvdProblemLog): Interrupt[] {
  const value = raw.value === undefined ? undefined : /^-\d+$/.test(raw.value) ? Number(raw.value) : parseSvdCount(raw.value);
  if (raw.name !== undefined && value !== undefined) return [defined<Interrupt>({ name: raw.name, value, description: raw.description })];
  problems.add('interrupts left out', raw.line, `interrupt ${quoted(raw.name)}: value ${quoted(raw.value)} is not a number; it was left out.`);
  return [];
}

function resolveNodes(raws: readonly RawRegisterNode[], inherited: Inherited, context: ResolveContext): RegisterNode[] {
  return remembered(context.nodes, [raws, inheritedKey(inherited)], () => {
    const nodes: RegisterNode[] = [];
    for (const raw of raws) {
      const node = raw.kind === 'cluster' ? resolveCluster(context.deriver.cluster(raw), inherited, context) : resolveRegister(context.deriver.register(raw), inherited, context);
      if (node !== undefined) nodes.push(node);
    }
    return nodes;
  });
}

function resolveCluster(raw: RawCluster, outer: Inherited, context: ResolveContext): Cluster | undefined {
  const addressOffset = readNumber(raw, ['addressOffset', raw.addressOffset], context.problems);
  if (raw.name === undefined || addressOffset === undefined) {
    addLeftOut(raw, context.problems);
    return undefined;
  }
  const dim = readDim(raw, context.problems);
  return defined<Cluster>({
    kind: 'cluster', name: arrayName(raw.name, dim), description: raw.description, addressOffset, dim, alternateCluster: raw.alternateCluster,
    registers: resolveNodes(raw.children, inherit(outer, raw, context.problems), context),
  });
}

function resolveRegister(raw: RawRegister, outer: Inherited, context: ResolveContext): Register | undefined {
  const { problems } = context;
  const addressOffset = readNumber(raw, ['addressOffset', raw.addressOffset], problems);
  if (raw.name === undefined || addressOffset === undefined) {
    addLeftOut(raw, problems);
    return undefined;
  }
  const { size, access, resetValue, resetMask } = inherit(outer, raw, problems);
  const dim = raw.dim === undefined && !raw.name.includes('%s') ? undefined : readDim(raw, problems);
  const fields = raw.fields.length === 0 ? noFields : remembered(context.fields, [raw.fields, `${size} ${access ?? ''}`], () => resolveFields(raw.fields, { deriver: context.deriver, problems, access, size }));
  const register: Mutable<Register> = { kind: 'register', name: arrayName(raw.name, dim), addressOffset, size, fields };
  if (raw.description !== undefined) register.description = raw.description;
  if (raw.displayName !== undefined) register.displayName = raw.displayName;
  if (dim !== undefined) register.dim = dim;
  if (access !== undefined) register.access = access;
  if (resetValue !== undefined) register.resetValue = resetValue;
  if (resetMask !== undefined) register.resetMask = resetMask;
  if (raw.modifiedWriteValues !== undefined) register.modifiedWriteValues = raw.modifiedWriteValues;
  if (raw.readAction !== undefined) register.readAction = raw.readAction;
  if (raw.alternateRegister !== undefined) register.alternateRegister = raw.alternateRegister;
  if (raw.alternateGroup !== undefined) register.alternateGroup = raw.alternateGroup;
  const writeConstraint = resolveWriteConstraint(raw.writeConstraint);
  if (writeConstraint !== undefined) register.writeConstraint = writeConstraint;
  return register;
}

const noFields: Field[] = [];

function addLeftOut(raw: RawRegisterNode, problems: SvdProblemLog): void {
  problems.add(`${raw.kind}s left out`, raw.line, `${raw.kind} ${quoted(raw.name)} has no ${raw.name === undefined ? 'name' : 'readable addressOffset'} and was left out.`);
}

function inherit(outer: Inherited, raw: Element, problems: SvdProblemLog): Inherited {
  if (raw.size === undefined && raw.access === undefined && raw.resetValue === undefined && raw.resetMask === undefined) return outer;
  return {
    size: raw.size === undefined ? outer.size : readSize(raw, problems) ?? outer.size,
    access: resolveAccess(raw.access, raw, problems) ?? outer.access,
    resetValue: raw.resetValue === undefined ? outer.resetValue : readNumber(raw, ['resetValue', raw.resetValue], problems),
    resetMask: raw.resetMask === undefined ? outer.resetMask : readNumber(raw, ['resetMask', raw.resetMask], problems),
  };
}

function inheritedKey({ size, access, resetValue, resetMask }: Inherited): string {
  return `${size} ${access ?? ''} ${resetValue ?? ''} ${resetMask ?? ''}`;
}

function readSize(raw: Element, problems: SvdProblemLog): number | undefined {
  const size = parseSvdCount(raw.size ?? '');
  if (size !== undefined && size > 0 && size <= widestRegister) return size;
  problems.add('unreadable sizes', raw.line, `${raw.kind} ${quoted(raw.name)}: size ${quoted(raw.size)} is not a width in bits; the size around it is taken.`);
  return undefined;
}

function readNumber(raw: { readonly kind: string; readonly line: number; readonly name: string | undefined }, member: readonly [string, string | undefined], problems: SvdProblemLog): bigint | undefined {
  const [what, text] = member;
  if (text === undefined) return undefined;
  const value = parseSvdInteger(text);
  if (value === undefined) problems.add('unreadable numbers', raw.line, `${raw.kind} ${quoted(raw.name)}: ${what} ${quoted(text)} is not a number.`);
  else if (/^0\d{7}$/.test(text) && value > 9n) problems.add('decimal numbers with leading zeros', raw.line, `${raw.kind} ${quoted(raw.name)}: ${what} ${quoted(text)} is decimal by the standard (0x${value.toString(16)}), but was perhaps meant as hexadecimal.`);
  return value;
}

function countOr(text: string | undefined, otherwise: number): number {
  const count = text === undefined ? undefined : parseSvdCount(text);
  return count === undefined || count === 0 ? otherwise : count;
}

function remembered<Key, Value>(memory: Map<Key, Map<string, Value>>, key: readonly [Key, string], compute: () => Value): Value {
  const [list, variant] = key;
  const known = memory.get(list)?.get(variant);
  if (known !== undefined) return known;
  const value = compute();
  const variants = memory.get(list) ?? new Map<string, Value>();
  memory.set(list, variants.set(variant, value));
  return value;
}
