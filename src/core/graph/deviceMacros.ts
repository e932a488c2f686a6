import type { Device, Field, Register, RegisterNode } from '../device/device.ts';
import { emptyFacts } from '../parse/emptyFacts.ts';
import type { MacroFact } from '../parse/facts.ts';
import type { Definition, FactSource } from './factSource.ts';

/**
 * A fact source that also knows the bit macros of classic AVR parts (`WGM12`, `RXEN0`) and `_SFR_IO8(…)`, which the compiler's headers
 * define and the workspace seldom holds: they follow from the device file. What the source defines itself counts first.
 */
export function withDeviceMacros(source: FactSource, device: Device | undefined): FactSource {
  if (device === undefined || !/^AVR8L?$/.test(device.cpu?.name ?? '')) return source;
  const file = `${device.name} (bit numbers of the device file)`;
  const bits = bitNumbers(device);
  return {
    ...source,
    definitions: async name => {
      const own = await source.definitions(name);
      return own.length > 0 || !(bits.has(name) || spaces.some(space => space.name === name)) ? own : [{ name, kind: 'macro', file, line: 1 } satisfies Definition];
    },
    facts: async name => name !== file ? source.facts(name) : { ...emptyFacts('c'), macros: [...spaces, ...[...bits].map(([macro, bit]): MacroFact => ({ name: macro, line: 1, body: String(bit) }))] },
  };
}

/** How avr-libc names a register by its address: on these parts the I/O space begins at 0x20 of the data space. */
const spaces: readonly MacroFact[] = [['_SFR_IO8', 8, 0x20], ['_SFR_IO16', 16, 0x20], ['_SFR_MEM8', 8, 0], ['_SFR_MEM16', 16, 0]]
  .map(([name, bits, start]) => ({ name: String(name), line: 1, parameters: ['a'], body: `(*(volatile uint${bits}_t *)((a) + ${start}))` }));

const known = new WeakMap<Device, ReadonlyMap<string, number>>();

/** Bit numbers by macro name: a field of one bit has its own name, those of a longer one are numbered. */
function bitNumbers(device: Device): ReadonlyMap<string, number> {
  const cached = known.get(device);
  if (cached !== undefined) return cached;
  const bits = new Map<string, number>();
  const add = (nodes: readonly RegisterNode[]): void => {
    for (const node of nodes) {
      if (node.kind === 'cluster') add(node.registers);
      else for (const [name, bit] of portBits(node)) bits.set(name, bit);
      if (node.kind === 'register') for (const field of node.fields) for (const [name, bit] of fieldBits(field)) if (!bits.has(name)) bits.set(name, bit);
    }
  };
  for (const { registers } of device.peripherals) add(registers);
  known.set(device, bits);
  return bits;
}

/** `PB5`, `DDB5`, … of the port whose register is PORTB; the device files give ports no fields. */
function portBits({ name, size }: Register): [string, number][] {
  const port = /^PORT([A-L])$/.exec(name)?.[1];
  return port === undefined ? [] : ['P', 'PORT', 'DD', 'PIN'].flatMap(kind => Array.from({ length: size }, (_, bit): [string, number] => [`${kind}${port}${bit}`, bit]));
}

function fieldBits({ name, bitOffset, bitWidth, firstBitNumber }: Field): [string, number][] {
  if (bitWidth === 1 && firstBitNumber === undefined) return [[name, bitOffset]];
  return Array.from({ length: bitWidth }, (_, index) => [`${name}${(firstBitNumber ?? 0) + index}`, bitOffset + index]);
}
