import type { Access, AddressBlock, Cluster, Device, Field, Interrupt, Peripheral, Protection, Register, RegisterNode } from '../device/device.ts';
import { createSvdBudget, elementWeight, type SvdBudget } from './svdBudget.ts';
import { checkRegisterList, type LinedNode } from './svdChecks.ts';
import { resolveCpu } from './svdCpu.ts';
import { createSvdDeriver, type SvdDeriver } from './svdDerive.ts';
import { arrayName, elementName, readDim, unfoldedCount } from './svdDims.ts';
import { resolveAccess, resolveFields, resolveWriteConstraint, widestRegister } from './svdFields.ts';
import { parseSvdCount, parseSvdInteger } from './svdNumbers.ts';
import { quoted, type SvdProblemLog } from './svdProblems.ts';
import type { RawCluster, RawDevice, RawField, RawPeripheral, RawProperties, RawRegister, RawRegisterNode } from './svdRaw.ts';
import { addressBlockUsageChoices, defined, modifiedWriteValuesChoices, type Mutable, readActionChoices, readChoice, readNumber, readProtection } from './svdValues.ts';

/** Applies derivedFrom and inheritance, and turns texts into numbers. What cannot be read is left out with a problem. */
export function resolveDevice(raw: RawDevice, problems: SvdProblemLog): Device {
  const context: ResolveContext = { deriver: createSvdDeriver(raw, problems), problems, budget: createSvdBudget(raw.elements, problems), nodes: new Map(), sizes: new Map(), fields: new Map(), open: [], reported: new Set() };
  const width = countOr(raw.width, 32);
  const inherited = inherit({ size: width, access: undefined, protection: undefined, resetValue: undefined, resetMask: undefined }, { ...raw, kind: 'device' }, problems);
  return defined<Device>({
    name: raw.name ?? 'unnamed device', vendor: raw.vendor, vendorID: raw.vendorID, series: raw.series, version: raw.version, description: raw.description,
    headerSystemFilename: raw.headerSystemFilename, headerDefinitionsPrefix: raw.headerDefinitionsPrefix, vendorExtensions: raw.vendorExtensions === 0 ? undefined : raw.vendorExtensions,
    cpu: raw.cpu === undefined ? undefined : resolveCpu(raw.cpu, problems),
    addressUnitBits: countOr(raw.addressUnitBits, 8), width,
    peripherals: raw.peripherals.flatMap(peripheral => resolvePeripheral(context.deriver.peripheral(peripheral), inherited, context)),
  });
}

/** The five properties that pass from device to peripheral, cluster and register. */
interface Inherited {
  readonly size: number;
  readonly access: Access | undefined;
  readonly protection: Protection | undefined;
  readonly resetValue: bigint | undefined;
  readonly resetMask: bigint | undefined;
}

interface ResolveContext {
  readonly deriver: SvdDeriver;
  readonly problems: SvdProblemLog;
  readonly budget: SvdBudget;
  /** Lists shared by derivedFrom are resolved once for each set of inherited properties. */
  readonly nodes: Map<readonly RawRegisterNode[], Map<string, RegisterNode[]>>;
  /** How many registers and clusters a resolved list stands for, arrays folded. */
  readonly sizes: Map<readonly RegisterNode[], number>;
  readonly fields: Map<readonly RawField[], Map<string, Field[]>>;
  /** Clusters being resolved, from the outermost in. */
  readonly open: RawRegisterNode[][];
  readonly reported: Set<string>;
}

/** Clusters nest no deeper in any real file than 4; derivedFrom can nest them deeper than the XML is. */
const deepestClusters = 48;

type Element = RawProperties & { readonly kind: string; readonly line: number; readonly name: string | undefined };

const mostPeripheralElements = 1024;

/** One peripheral, or every element of an array of them. */
function resolvePeripheral(raw: RawPeripheral, outer: Inherited, context: ResolveContext): Peripheral[] {
  const { problems } = context;
  const baseAddress = readNumber(raw, ['baseAddress', raw.baseAddress], problems);
  if (raw.name === undefined || baseAddress === undefined) {
    problems.add('peripherals left out', raw.line, `peripheral ${quoted(raw.name)} has no ${raw.name === undefined ? 'name' : 'readable baseAddress'} and was left out.`);
    return [];
  }
  if (!context.budget.spend(elementWeight(raw) + raw.addressBlocks.length + raw.interrupts.length, raw.line)) return [];
  const inherited = inherit(outer, raw, problems);
  const interrupts = raw.interrupts.flatMap(interrupt => resolveInterrupt(interrupt, problems));
  const single = defined<Peripheral>({
    name: raw.name, baseAddress, description: raw.description, groupName: raw.groupName, headerStructName: raw.headerStructName,
    derivedFrom: raw.derivedFrom, alternatePeripheral: raw.alternatePeripheral,
    version: raw.version, prependToName: raw.prependToName, appendToName: raw.appendToName, disableCondition: raw.disableCondition, protection: inherited.protection,
    addressBlocks: raw.addressBlocks.flatMap(block => resolveAddressBlock(block, inherited.protection, problems)), interrupts,
    registers: resolveNodes(raw.children, inherited, context),
  });
  const dim = readDim(raw, problems);
  if (dim === undefined) return [single];
  const name = arrayName(raw.name, dim);
  const count = unfoldedCount(raw, dim, { most: mostPeripheralElements, problems });
  const weight = elementWeight(single) + (context.sizes.get(single.registers) ?? 0);
  return Array.from({ length: context.budget.spend(count * weight, raw.line) ? count : 0 }, (_, index) => ({
    ...single, name: elementName(name, dim, index), baseAddress: baseAddress + dim.increment * BigInt(index),
    // As many interrupts as elements: one each, in order. Otherwise the file does not tell whose they are.
    interrupts: interrupts.length === dim.count ? interrupts.slice(index, index + 1) : interrupts,
  }));
}

function resolveAddressBlock(raw: RawPeripheral['addressBlocks'][number], outer: Protection | undefined, problems: SvdProblemLog): AddressBlock[] {
  const offset = parseSvdInteger(raw.offset ?? '0');
  const size = parseSvdInteger(raw.size ?? '');
  const usage = readChoice(raw, ['usage', raw.usage, addressBlockUsageChoices], problems);
  const protection = readProtection(raw, ['protection', raw.protection], problems) ?? outer;
  if (offset !== undefined && size !== undefined) return [defined<AddressBlock>({ offset, size, usage, protection })];
  problems.add('address blocks left out', raw.line, `addressBlock: offset ${raw.offset === undefined ? '(none)' : quoted(raw.offset)} or size ${raw.size === undefined ? '(none)' : quoted(raw.size)} is not a number; it was left out.`);
  return [];
}

function resolveInterrupt(raw: RawPeripheral['interrupts'][number], problems: SvdProblemLog): Interrupt[] {
  const value = raw.value === undefined ? undefined : /^-\d+$/.test(raw.value) ? Number(raw.value) : parseSvdCount(raw.value);
  if (raw.name !== undefined && value !== undefined) return [defined<Interrupt>({ name: raw.name, value, description: raw.description })];
  problems.add('interrupts left out', raw.line, `interrupt ${quoted(raw.name)}: value ${quoted(raw.value)} is not a number; it was left out.`);
  return [];
}

/** Whoever walks the device meets a shared list wherever it appears, so that each place costs what the list stands for. */
function resolveNodes(raws: readonly RawRegisterNode[], inherited: Inherited, context: ResolveContext): RegisterNode[] {
  const known = context.nodes.get(raws)?.get(inheritedKey(inherited));
  if (known !== undefined) return context.budget.spend(context.sizes.get(known) ?? 0, raws[0]?.line ?? 0) ? known : [];
  return remembered(context.nodes, [raws, inheritedKey(inherited)], () => resolveList(raws, inherited, context));
}

function resolveList(raws: readonly RawRegisterNode[], inherited: Inherited, context: ResolveContext): RegisterNode[] {
  const list: LinedNode[] = [];
  let size = 0;
  for (const raw of raws) {
    const derived = raw.kind === 'cluster' ? context.deriver.cluster(raw) : context.deriver.register(raw);
    if (!context.budget.spend(elementWeight(derived), raw.line)) break;
    const node = derived.kind === 'cluster' ? resolveCluster(derived, inherited, context) : resolveRegister(derived, inherited, context);
    if (node === undefined) continue;
    list.push({ node, line: raw.line });
    size += 1 + (node.kind === 'cluster' ? context.sizes.get(node.registers) ?? 0 : 0);
  }
  // Under other inherited properties the same list has the same faults.
  if (!context.nodes.has(raws)) checkRegisterList(list, context);
  const nodes = list.map(({ node }) => node);
  context.sizes.set(nodes, size);
  return nodes;
}

function resolveCluster(raw: RawCluster, outer: Inherited, context: ResolveContext): Cluster | undefined {
  const addressOffset = readNumber(raw, ['addressOffset', raw.addressOffset], context.problems);
  if (raw.name === undefined || addressOffset === undefined) {
    addLeftOut(raw, context.problems);
    return undefined;
  }
  const dim = readDim(raw, context.problems);
  return defined<Cluster>({
    kind: 'cluster', name: arrayName(raw.name, dim), description: raw.description, addressOffset, dim, alternateCluster: raw.alternateCluster, headerStructName: raw.headerStructName,
    registers: resolveInner(raw, inherit(outer, raw, context.problems), context),
  });
}

/** What a cluster holds; a cluster that derivedFrom puts within itself holds nothing there. */
function resolveInner(raw: RawCluster, inherited: Inherited, context: ResolveContext): RegisterNode[] {
  const { open, problems } = context;
  if (open.includes(raw.children) || open.length >= deepestClusters) {
    problems.add('clusters within themselves', raw.line, `cluster ${quoted(raw.name)} stands within itself by derivedFrom, or more than ${deepestClusters} deep; what it holds there is left out.`);
    return [];
  }
  open.push(raw.children);
  const nodes = resolveNodes(raw.children, inherited, context);
  open.pop();
  return nodes;
}

function resolveRegister(raw: RawRegister, outer: Inherited, context: ResolveContext): Register | undefined {
  const { problems } = context;
  const addressOffset = readNumber(raw, ['addressOffset', raw.addressOffset], problems);
  if (raw.name === undefined || addressOffset === undefined) {
    addLeftOut(raw, problems);
    return undefined;
  }
  const { size, access, protection, resetValue, resetMask } = inherit(outer, raw, problems);
  const dim = raw.dim === undefined && !raw.name.includes('%s') ? undefined : readDim(raw, problems);
  const fields = raw.fields.length === 0 ? noFields : remembered(context.fields, [raw.fields, `${size} ${access ?? ''}`], () => resolveFields(raw.fields, { deriver: context.deriver, problems, budget: context.budget, access, size }));
  const register: Mutable<Register> = { kind: 'register', name: arrayName(raw.name, dim), addressOffset, size, fields };
  if (raw.description !== undefined) register.description = raw.description;
  if (raw.displayName !== undefined) register.displayName = raw.displayName;
  if (dim !== undefined) register.dim = dim;
  if (access !== undefined) register.access = access;
  if (resetValue !== undefined) register.resetValue = resetValue;
  if (resetMask !== undefined) register.resetMask = resetMask;
  if (protection !== undefined) register.protection = protection;
  if (raw.dataType !== undefined) register.dataType = raw.dataType;
  const modifiedWriteValues = readChoice(raw, ['modifiedWriteValues', raw.modifiedWriteValues, modifiedWriteValuesChoices], problems);
  if (modifiedWriteValues !== undefined) register.modifiedWriteValues = modifiedWriteValues;
  const readAction = readChoice(raw, ['readAction', raw.readAction, readActionChoices], problems);
  if (readAction !== undefined) register.readAction = readAction;
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
  if (raw.size === undefined && raw.access === undefined && raw.protection === undefined && raw.resetValue === undefined && raw.resetMask === undefined) return outer;
  return {
    size: raw.size === undefined ? outer.size : readSize(raw, problems) ?? outer.size,
    access: resolveAccess(raw.access, raw, problems) ?? outer.access,
    protection: readProtection(raw, ['protection', raw.protection], problems) ?? outer.protection,
    resetValue: raw.resetValue === undefined ? outer.resetValue : readNumber(raw, ['resetValue', raw.resetValue], problems),
    resetMask: raw.resetMask === undefined ? outer.resetMask : readNumber(raw, ['resetMask', raw.resetMask], problems),
  };
}

function inheritedKey({ size, access, protection, resetValue, resetMask }: Inherited): string {
  return `${size} ${access ?? ''} ${protection ?? ''} ${resetValue ?? ''} ${resetMask ?? ''}`;
}

function readSize(raw: Element, problems: SvdProblemLog): number | undefined {
  const size = parseSvdCount(raw.size ?? '');
  if (size !== undefined && size > 0 && size <= widestRegister) return size;
  problems.add('unreadable sizes', raw.line, `${raw.kind} ${quoted(raw.name)}: size ${quoted(raw.size)} is not a width in bits; the size around it is taken.`);
  return undefined;
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
