import type { Cpu, Device, Peripheral } from '../device/device.ts';
import { withHalves } from './atdfHalves.ts';
import { peripheralInterrupts, unboundInterrupts } from './atdfInterrupts.ts';
import type { AtdfModule } from './atdfModule.ts';
import { registerNodes } from './atdfRegisters.ts';
import { childNamed, childrenNamed, readAtdfTree, type AtdfElement } from './atdfXml.ts';
import type { SvdParse } from './svd.ts';
import { parseSvdInteger } from './svdNumbers.ts';
import { createSvdProblemLog, quoted, type SvdProblemLog } from './svdProblems.ts';

/** The largest known file has 4 MB. */
const mostCharacters = 100_000_000;

/**
 * Reads a Microchip device file (`.atdf`, of the AVR and SAM device packs) into the same model as an SVD file.
 * Addresses are those of the data space, as C code and the debugger use them. Never throws.
 */
export function parseAtdf(text: string, file: string): SvdParse {
  const source = text.trimStart();
  if (text.length > mostCharacters) return refused(file, `has more than ${mostCharacters / 1e6} million characters, which no device file has`);
  if (source === '') return refused(file, 'is empty');
  const problems = createSvdProblemLog(file);
  const root = readAtdfTree(source, problems);
  if (root === undefined) return refused(file, 'is not XML');
  if (root.name !== 'avr-tools-device-file') return refused(file, `is not a device file: its root element is <${quoted(root.name).slice(1, -1)}>, not <avr-tools-device-file>`);
  const device = childNamed(childNamed(root, 'devices'), 'device');
  if (device === undefined) return refused(file, 'describes no device');
  return { device: readDevice(root, device, problems), problems: problems.finish() };
}

function refused(file: string, reason: string): SvdParse {
  return { problems: [{ file, message: `${file} ${reason}; choose the .atdf file of the chip's device pack.` }] };
}

function readDevice(root: AtdfElement, device: AtdfElement, problems: SvdProblemLog): Device {
  const architecture = device.attributes['architecture'] ?? '';
  const modules = new Map(childrenNamed(childNamed(root, 'modules'), 'module').map(module => [module.attributes['name'] ?? '', module] as const));
  const interrupts = childrenNamed(childNamed(device, 'interrupts'), 'interrupt');
  const peripherals = childrenNamed(childNamed(device, 'peripherals'), 'module').flatMap(module =>
    childrenNamed(module, 'instance').flatMap(instance => instancePeripherals(instance, { module: moduleOf(module, modules), device, problems })));
  const names = peripherals.map(({ name }) => name);
  const unbound = unboundInterrupts(interrupts, names, architecture);
  const withInterrupts = peripherals.map(peripheral => ({ ...peripheral, interrupts: peripheralInterrupts(interrupts, { peripheral: peripheral.name, names, architecture }) }));
  return {
    name: device.attributes['name'] ?? '', vendor: 'Microchip', addressUnitBits: 8, width: architecture.startsWith('AVR') ? 8 : 32,
    ...(device.attributes['family'] !== undefined && { series: device.attributes['family'] }),
    ...cpuOf(architecture),
    peripherals: unbound.length === 0 ? withInterrupts : [...withInterrupts, vectorsOnly(unbound)],
  };
}

/** Interrupts of no peripheral (RESET, parts whose names tell nothing) still have a place in the vector table. */
function vectorsOnly(interrupts: Peripheral['interrupts']): Peripheral {
  return { name: 'VECTORS', description: 'Interrupt vectors that the device file gives to no peripheral', baseAddress: 0n, addressBlocks: [], registers: [], interrupts };
}

function cpuOf(architecture: string): { readonly cpu?: Cpu } {
  if (architecture === '') return {};
  const cortex = /^CORTEX-(\w+)$/i.exec(architecture)?.[1];
  return { cpu: { name: cortex === undefined ? architecture : `C${cortex.toUpperCase()}`, endian: 'little' } };
}

function moduleOf(reference: AtdfElement, modules: ReadonlyMap<string, AtdfElement>): AtdfModule {
  const definition = modules.get(reference.attributes['name'] ?? '');
  return {
    name: reference.attributes['name'] ?? '',
    groups: new Map(childrenNamed(definition, 'register-group').map(group => [group.attributes['name'] ?? '', group] as const)),
    values: new Map(childrenNamed(definition, 'value-group').map(group => [group.attributes['name'] ?? '', childrenNamed(group, 'value')] as const)),
  };
}

interface InstanceContext {
  readonly module: AtdfModule;
  readonly device: AtdfElement;
  readonly problems: SvdProblemLog;
}

/** Fuses, lock bits and signatures are programmed, not accessed by code: they have no address in the data space. */
const codeSpaces = new Set(['data', 'io', 'base', '']);

function instancePeripherals(instance: AtdfElement, { module, device, problems }: InstanceContext): Omit<Peripheral, 'interrupts'>[] {
  const instanceName = instance.attributes['name'] ?? module.name;
  const references = childrenNamed(instance, 'register-group');
  return references.flatMap(reference => {
    const { name = instanceName, caption = instance.attributes['caption'], offset, size } = reference.attributes;
    const space = reference.attributes['address-space'] ?? '';
    if (!codeSpaces.has(space)) {
      problems.add('register groups outside the data space', reference.line, `${name} lies in the address space "${space}", which code does not reach by address; it was left out.`);
      return [];
    }
    const group = module.groups.get(reference.attributes['name-in-module'] ?? name);
    if (group === undefined) {
      problems.add('register groups that are not described', reference.line, `${name} refers to the register group ${quoted(reference.attributes['name-in-module'])}, which the module ${module.name} does not have; it was left out.`);
      return [];
    }
    const baseAddress = (parseSvdInteger(offset ?? '0') ?? 0n) + (space === 'io' ? ioStart(device) : 0n);
    const bytes = parseSvdInteger(size ?? group.attributes['size'] ?? '');
    const description = caption ?? group.attributes['caption'];
    const registers = registerNodes(group, { module, problems, path: [] });
    return [{
      name: references.length === 1 ? instanceName : name, baseAddress, groupName: module.name,
      ...(description !== undefined && description !== '' && { description }),
      addressBlocks: bytes === undefined ? [] : [{ offset: 0n, size: bytes, usage: 'registers' }],
      registers: isClassicAvr(device) ? withHalves(registers) : registers,
    }];
  });
}

/** The newer ones (`AVR8X`) have structs in their headers, which name the bytes of a word in another way. */
function isClassicAvr({ attributes }: AtdfElement): boolean {
  return /^AVR8L?$/.test(attributes['architecture'] ?? '');
}

/** Where the I/O space of `in` and `out` begins in the data space: 0x20 on all classic AVRs. */
function ioStart(device: AtdfElement): bigint {
  const segments = childrenNamed(childNamed(device, 'address-spaces'), 'address-space').flatMap(space => childrenNamed(space, 'memory-segment'));
  return parseSvdInteger(segments.find(({ attributes }) => attributes['type'] === 'io')?.attributes['start'] ?? '') ?? 0x20n;
}
