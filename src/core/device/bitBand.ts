import { registersAt } from './addressIndex.ts';
import type { Device, Field, RegisterPlace } from './device.ts';

/** A bit of a register, reached through a word of its own. */
export interface BitBandTarget {
  readonly place: RegisterPlace;
  readonly bit: number;
  /** The field that the bit belongs to. */
  readonly field?: Field;
}

/** Of the two bit-band regions of Cortex-M3 and M4 (ARMv7-M, B3.1) the one with peripherals: alias word to bit. */
const aliasBase = 0x4200_0000n;
const aliasEnd = 0x4400_0000n;
const regionBase = 0x4000_0000n;

/** What an address of the bit-band alias region stands for, all views; empty for any other address, and on cores without bit-banding. */
export function bitBandTargets(device: Device, address: bigint): BitBandTarget[] {
  if (address < aliasBase || address >= aliasEnd || address % 4n !== 0n || !hasBitBand(device)) return [];
  const bitNumber = (address - aliasBase) / 4n;
  const byte = regionBase + bitNumber / 8n;
  return registersAt(device, byte).flatMap(place => {
    const bit = Number((byte - place.address) * 8n + bitNumber % 8n);
    if (bit >= place.register.size) return [];
    const field = place.register.fields.find(({ bitOffset, bitWidth }) => bit >= bitOffset && bit < bitOffset + bitWidth);
    return [{ place, bit, ...(field !== undefined && { field }) }];
  });
}

function hasBitBand({ cpu, peripherals }: Device): boolean {
  return cpu !== undefined && /^(CM3|CM4F?|SC300)$/i.test(cpu.name) && !peripherals.some(({ baseAddress }) => baseAddress >= aliasBase && baseAddress < aliasEnd);
}
