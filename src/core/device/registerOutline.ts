import { extentOf } from './addressIndex.ts';
import type { Peripheral, RegisterNode } from './device.ts';
import { looseName } from './names.ts';

/** What a look-up needs of a list of registers to pass it over without reading it. */
export interface ListOutline {
  /** Address units from the peripheral's base to the end of its last register. */
  readonly extent: bigint;
  /** Loose names of registers, and beginnings of arrays' and clusters' names, inner ones too: ` CR SR|CH `. */
  readonly names: string;
}

/** The outline of a list that has been read. */
export function describeRegisters(registers: readonly RegisterNode[]): ListOutline {
  const names = new Set<string>();
  const beginnings = new Set<string>();
  collect(registers, { names, beginnings, seen: new Set() });
  return { extent: extentOf(registers), names: ` ${[...names].join(' ')} |${[...beginnings].join(' ')}` };
}

/** A peripheral whose registers `read` brings. Its outline is no enumerable member: a copy with other registers loses it. */
export function lazyPeripheral(peripheral: Omit<Peripheral, 'registers'>, outline: ListOutline & { readonly read: () => readonly RegisterNode[] }): Peripheral {
  let registers: readonly RegisterNode[] | undefined;
  return Object.defineProperties({}, {
    ...Object.getOwnPropertyDescriptors(peripheral),
    registers: { enumerable: true, configurable: true, get: () => registers ??= outline.read() },
    outline: { enumerable: false, configurable: true, value: { extent: outline.extent, mayHold: nameTest(outline.names) } },
  }) as Peripheral;
}

/** The beginning of an array whose name is only its index. */
const anyBeginning = '*';

function nameTest(names: string): (wanted: string) => boolean {
  const cut = names.indexOf('|');
  const beginnings = names.slice(cut + 1).split(' ').filter(beginning => beginning !== '');
  return wanted => {
    const at = names.indexOf(` ${wanted} `);
    return (at >= 0 && at < cut) || beginnings.some(beginning => beginning === anyBeginning || wanted.startsWith(beginning));
  };
}

interface Collected {
  readonly names: Set<string>;
  readonly beginnings: Set<string>;
  readonly seen: Set<readonly RegisterNode[]>;
}

function collect(nodes: readonly RegisterNode[], collected: Collected): void {
  if (collected.seen.has(nodes)) return;
  collected.seen.add(nodes);
  for (const node of nodes) {
    const before = looseName(node.name.split('%s', 1)[0] ?? '');
    if (node.dim === undefined && node.kind === 'register') collected.names.add(before);
    else collected.beginnings.add(before === '' ? anyBeginning : before);
    if (node.kind === 'cluster') collect(node.registers, collected);
  }
}
