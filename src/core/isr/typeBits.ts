import type { Device } from '../device/device.ts';
import type { FactSource } from '../graph/factSource.ts';
import { scalarSize } from '../graph/scalarSize.ts';

/** Typedefs for typedefs. */
const deepestAlias = 4;

/** Width in bits of a number type on this core, through typedefs; undefined for structs, arrays, pointers and what is not known. */
export async function typeBits(source: FactSource, type: string, device?: Device): Promise<number | undefined> {
  let name = bare(type);
  for (let depth = 0; depth < deepestAlias; depth++) {
    const own = isSmall(device) ? smallSizes[name] : undefined;
    const bytes = own ?? fastSize(name, device) ?? scalarSize(name);
    if (bytes !== undefined) return bytes * 8;
    const alias = await aliasOf(source, name);
    if (alias === undefined) return undefined;
    name = bare(alias);
  }
  return undefined;
}

/** Bits that the core moves in one step; where the core is not known, those of most. */
export function wordBits(device: Device | undefined): number {
  return knownWordBits(device) ?? 32;
}

/** Bits that the core moves in one step; undefined where it is not known. */
export function knownWordBits(device: Device | undefined): number | undefined {
  const core = device?.cpu?.name ?? '';
  if (/avr|atmega|8051|pic1[0-8]|stm8/i.test(core)) return 8;
  return /msp430|dspic|pic24/i.test(core) ? 16 : /^(CM|Cortex|SC|RV32|RISC)/i.test(core) ? 32 : undefined;
}

function isSmall(device: Device | undefined): boolean {
  return wordBits(device) < 32;
}

/** Where `int` has 16 bits. */
const smallSizes: Readonly<Record<string, number>> = { 'int': 2, 'unsigned': 2, 'unsigned int': 2, 'size_t': 2, 'uintptr_t': 2, 'double': 4 };

/** `uint_fast8_t` has as many bits as the core moves at once, `uint_least8_t` as its name says. */
function fastSize(name: string, device: Device | undefined): number | undefined {
  const [, kind, bits] = /^u?int_(fast|least)(\d+)_t$/.exec(name) ?? [];
  return bits === undefined ? undefined : Math.max(kind === 'fast' ? wordBits(device) / 8 : 1, Number(bits) / 8);
}

/** The type without qualifiers, `long unsigned int` in the usual order. */
function bare(type: string): string {
  if (/[*[(<]/.test(type)) return '';
  const words = type.replace(/\b(volatile|const|static|register|extern|_Atomic|__IO)\b/g, ' ').trim().split(/\s+/);
  if (words.length < 2) return words[0] ?? '';
  const longs = words.filter(word => word === 'long').length;
  const base = longs > 1 ? 'long long' : longs === 1 ? (words.includes('double') ? 'double' : 'long') : words.find(word => /^(char|short|int|double|float)$/.test(word)) ?? (words.some(word => /^(un)?signed$/.test(word)) ? 'int' : words.join(' '));
  return words.includes('unsigned') ? `unsigned ${base}` : base;
}

async function aliasOf(source: FactSource, name: string): Promise<string | undefined> {
  if (!/^[A-Za-z_]\w*$/.test(name)) return undefined;
  for (const { kind, file } of await source.definitions(name)) {
    const type = kind === 'type' ? (await source.facts(file))?.types.find(each => each.name === name) : undefined;
    if (type?.aliasOf !== undefined) return type.aliasOf;
  }
  return undefined;
}
