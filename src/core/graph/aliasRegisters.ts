import type { RegisterPlace } from '../device/device.ts';
import type { FoundRegister } from '../device/findRegisters.ts';
import { registersOf } from '../device/places.ts';

/** A register through which another one's bits are set, cleared or toggled. */
export interface AliasRegister {
  readonly place: RegisterPlace;
  /** Fields of it that stand for the one that is meant; absent: all. */
  readonly fields?: readonly string[];
  /** The register that it changes. */
  readonly of: RegisterPlace;
}

/** Registers looked at in one peripheral. */
const mostRegisters = 2000;

/** `BSRR` and `BRR` beside `ODR`, `OUTSET` and `OUTCLR` beside `OUT`, `OUT_W1TS` and `OUT_W1TC`: writing them is writing the register. */
export function aliasRegisters({ place, field }: FoundRegister): AliasRegister[] {
  const found: AliasRegister[] = [];
  let seen = 0;
  for (const other of registersOf(place.peripheral)) {
    seen += 1;
    if (seen > mostRegisters) break;
    if (other.address === place.address || !isAlias(nameOf(other), nameOf(place))) continue;
    const names = field === undefined ? undefined : other.register.fields.filter(({ bitOffset }) => bitOffset === field.bitOffset || (nameOf(other) === 'BSRR' && bitOffset === field.bitOffset + 16)).map(({ name }) => name);
    if (names?.length !== 0) found.push({ place: other, of: place, ...(names !== undefined && { fields: names }) });
  }
  return found;
}

/** The last part of the path, without the block's own name before it. */
function nameOf({ path, peripheral }: RegisterPlace): string {
  const last = path.slice(path.lastIndexOf('.') + 1);
  const group = peripheral.groupName ?? peripheral.name.replace(/\d+$/, '');
  return last.replace(new RegExp(`^(${escaped(peripheral.name)}|${escaped(group)})_`, 'i'), '');
}

function isAlias(alias: string, name: string): boolean {
  if (/^(ODR|ODT|OUTDR|OCTL)$/.test(name)) return /^(BSRR|BRR|BSHR|BCR|BOP|BC|TG)$/.test(alias);
  return ['SET', 'CLR', 'TGL', 'INV', 'XOR', '_SET', '_CLR', '_TOG', '_XOR', '_W1TS', '_W1TC'].some(suffix => alias === `${name}${suffix}`);
}

function escaped(text: string): string {
  return text.replace(/[^\w]/g, '\\$&');
}
