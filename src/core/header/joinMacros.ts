import type { Field } from '../device/device.ts';
import { bitMask, hex } from '../device/numbers.ts';
import type { DeviceHeader } from './deviceHeader.ts';
import type { HeaderMacro, HeaderRegister } from './headerJoin.ts';
import type { RegisterJoin } from './joinRegisters.ts';
import type { HeaderDefine } from './preprocess.ts';
import { macroComments } from './macroComments.ts';
import { macroKeys, type MacroKeys } from './macroKeys.ts';
import type { KeyTarget } from './macroStems.ts';

export interface MacroJoin {
  readonly macros: readonly HeaderMacro[];
  /** Mask, position and value macros of which no register could be told. */
  readonly unplaced: number;
}

/** So many take a few milliseconds. */
const definesBetweenPauses = 256;

/** The header's macros about bits, each with its register and the description's fields on these bits; `pause` lets what waits go first. */
export async function joinMacros(header: DeviceHeader, join: RegisterJoin, pause: () => Promise<void>): Promise<MacroJoin> {
  const byId = new Map(join.registers.map(register => [register.id, register]));
  const joining: Joining = { header, join, byId, keys: macroKeys(join.registers, header.defines.keys()), masks: new Map(), registerNames: new Set(header.registerMacros.map(({ name }) => name)), instances: new Set(header.instances.map(({ name }) => name)), comments: macroComments(header.defines), above: undefined };
  const macros: HeaderMacro[] = [];
  let unplaced = 0;
  let read = 0;
  for (const define of header.defines.values()) {
    read += 1;
    if (read % definesBetweenPauses === 0) await pause();
    if (joining.registerNames.has(define.name)) { joining.above = define; continue; }
    const reading = define.parameters === undefined ? readMacro(joining, define) : undefined;
    if (reading === undefined) continue;
    const macro = placeMacro(joining, define, reading);
    if (macro === undefined) unplaced += reading.hasSuffix ? 1 : 0;
    else macros.push(macro);
  }
  return { macros, unplaced };
}

interface Joining {
  readonly header: DeviceHeader;
  readonly join: RegisterJoin;
  readonly byId: ReadonlyMap<string, HeaderRegister>;
  readonly keys: MacroKeys;
  /** Masks of fields by the macro's name without suffix. */
  readonly masks: Map<string, bigint>;
  readonly registerNames: ReadonlySet<string>;
  readonly instances: ReadonlySet<string>;
  readonly comments: (define: HeaderDefine, base: string) => string | undefined;
  /** The register macro that stands last before the current line. */
  above: HeaderDefine | undefined;
}

interface Reading {
  /** The name without `_Msk` and the like. */
  readonly base: string;
  readonly meaning: 'field' | 'position' | 'plain';
  readonly value: bigint;
  /** The field's bits, when the macro or its relatives tell. */
  readonly mask: bigint | undefined;
  readonly hasSuffix: boolean;
}

const maskSuffixes = ['_Msk', '_MASK', '_BITS', '_bm', '_gm', '_msk'] as const;
const suffix = /_(?:(Msk|MASK|BITS|bm|gm|msk)|(Pos|SHIFT|LSB|bp|gp|OFFSET)|(MSB|RESET|RESETVALUE|(?:RST|RESET|DEFAULT)_VALUE|RSTVAL|ACCESS|WIDTH|Max|Min))$/;

/** What kind of macro the name and its relatives make it; undefined for what is no number or not about bits. */
function readMacro({ header: { constants, defines }, instances }: Joining, { name, body }: HeaderDefine): Reading | undefined {
  if (instances.has(name) || name.endsWith('_BASE')) return undefined;
  if (!name.includes('_') && !/^\d+$/.test(body)) return undefined;
  const value = constants.value(name);
  if (value === undefined || value < -0x8000_0000n || value > 0xffff_ffff_ffff_ffffn) return undefined;
  const unsigned = BigInt.asUintN(value < 0n ? 32 : 64, value);
  const match = suffix.exec(name);
  const base = match === null ? name : name.slice(0, match.index);
  if (match?.[3] !== undefined) return undefined;
  if (match?.[1] !== undefined) return { base, meaning: 'field', value: unsigned, mask: unsigned, hasSuffix: true };
  const family = maskSuffixes.map(ending => constants.value(base + ending)).find(mask => mask !== undefined);
  if (match?.[2] !== undefined) return match[2] === 'OFFSET' ? undefined : { base, meaning: 'position', value: unsigned, mask: family ?? (unsigned < 64n ? 1n << unsigned : undefined), hasSuffix: true };
  if (family === undefined && isAboutNoBits(name, defines)) return undefined;
  return espressif(name, unsigned, { constants, defines }) ?? { base: name, meaning: 'plain', value: unsigned, mask: family, hasSuffix: false };
}

/** NXP's `ADC_SC1_COUNT` counts registers, Microchip's `_PORTB_RB0_SIZE` says what its mask does, and Espressif's `X_V` is a mask before it is shifted. */
function isAboutNoBits(name: string, defines: ReadonlyMap<string, HeaderDefine>): boolean {
  return /_COUNT\d?$|^_\w+_(POSN|POSITION|SIZE|LENGTH)$/.test(name) || (name.endsWith('_V') && defines.has(`${name.slice(0, -2)}_S`));
}

/** `X_S` is the position, `X_V` the mask before shifting, `X_M` the mask. */
function espressif(name: string, value: bigint, { constants, defines }: Pick<DeviceHeader, 'constants' | 'defines'>): Reading | undefined {
  const [, base = name, ending = ''] = /^(\w+)_([SVM])$/.exec(name) ?? [];
  if (!defines.has(`${base}_S`) || !defines.has(`${base}_V`)) return undefined;
  const position = constants.value(`${base}_S`);
  const width = constants.value(`${base}_V`);
  if (position === undefined || width === undefined || position > 63n || ending === 'V') return undefined;
  return { base, meaning: ending === 'S' ? 'position' : 'field', value, mask: width << position, hasSuffix: true };
}

function placeMacro(joining: Joining, define: HeaderDefine, reading: Reading): HeaderMacro | undefined {
  const parts = reading.base.split('_');
  const found: { readonly targets: readonly KeyTarget[]; readonly length: number; readonly shared?: number } | undefined = byLineAbove(joining, define, reading) ?? joining.keys.longest(parts);
  if (found === undefined || found.length >= parts.length + (found.length === 0 ? 1 : 0)) return undefined;
  const owner = reading.meaning === 'plain' && reading.mask === undefined ? ownerOf(joining, parts, found.length) : undefined;
  const isBitNumber = found.length === 0 && reading.meaning === 'plain';
  const mask = owner?.mask ?? reading.mask ?? (isBitNumber ? 1n << reading.value : reading.value);
  if (mask === 0n) return undefined;
  if (owner === undefined && !joining.masks.has(reading.base)) joining.masks.set(reading.base, mask);
  // Raspberry Pi's values of a register that is one field: `BUSCTRL_PERFSEL0_VALUE_APB`.
  if (owner === undefined && parts[found.length] === 'VALUE' && parts.length > found.length + 1 && !reading.hasSuffix) return undefined;
  const field = parts.slice(Math.max(found.length, found.shared ?? 0), owner?.length ?? parts.length).join('_');
  return describe(joining, { define, reading, targets: withoutTwins(joining, found.targets), mask, field, ...(owner !== undefined && { isValue: true }), ...(isBitNumber && { isBitNumber }) });
}

/** Two members of a union are one register: with elements told, one of them says which (`io_bank0_hw->proc0_irq_ctrl.ints[3]`). */
function withoutTwins({ byId }: Joining, targets: readonly KeyTarget[]): readonly KeyTarget[] {
  const [first] = targets;
  if (first?.element === undefined || targets.every(({ id }) => id === first.id)) return targets;
  const addresses = ({ id, element }: KeyTarget) => (byId.get(id)?.places ?? []).flatMap(place => element === undefined || place.element === element ? [place.address] : []);
  const own = targets.filter(({ id }) => id === first.id);
  const known = new Set(own.flatMap(addresses));
  return targets.every(target => target.id === first.id || addresses(target).every(address => known.has(address))) ? own : targets;
}

/** On AVR and Espressif parts the fields stand below their register, and their names need not repeat it. */
function byLineAbove({ above, byId }: Joining, define: HeaderDefine, { hasSuffix, value }: Reading): { readonly targets: readonly KeyTarget[]; readonly length: number; readonly shared?: number } | undefined {
  if (above === undefined || above.file !== define.file) return undefined;
  const id = above.parameters === undefined ? above.name : `${above.name}()`;
  const isAvr = above.body.startsWith('_SFR') && /^[0-7]$/.test(define.body) && value < 8n;
  const isEspressif = above.name.endsWith('_REG') && (hasSuffix || /^\(?BIT\(/.test(define.body));
  return (isAvr || isEspressif) && byId.has(id) ? { targets: [{ id }], length: 0, ...(isEspressif && { shared: sharedParts(above.name, define.name) }) } : undefined;
}

/** How many words a field's name shares with its register's: `GPIO_PIN19_PAD_DRIVER` and `GPIO_PIN19_REG`. */
function sharedParts(register: string, field: string): number {
  const [own, other] = [field.replace(/_[SVM]$/, '').split('_'), register.split('_')];
  const different = own.findIndex((part, index) => part !== other[index]);
  return different === -1 ? Math.max(own.length - 1, 0) : different;
}

/** The field whose name the macro's begins with: its value macro then. */
function ownerOf({ masks }: Joining, parts: readonly string[], registerLength: number): { readonly mask: bigint; readonly length: number } | undefined {
  for (let length = parts.length - 1; length > registerLength; length -= 1) {
    const mask = masks.get(parts.slice(0, length).join('_'));
    if (mask !== undefined) return { mask, length };
  }
  return undefined;
}

interface Described {
  readonly define: HeaderDefine;
  readonly reading: Reading;
  readonly targets: readonly KeyTarget[];
  readonly mask: bigint;
  readonly field: string;
  readonly isValue?: boolean;
  readonly isBitNumber?: boolean;
}

function describe(joining: Joining, { define, reading, targets, mask, field, isValue, isBitNumber }: Described): HeaderMacro | undefined {
  const binary = mask.toString(2);
  const bitOffset = binary.length - 1 - binary.lastIndexOf('1');
  const bitWidth = binary.length - bitOffset;
  const registers = [...new Set(targets.map(({ id }) => id))];
  const elements = registers.length === 1 ? targets.flatMap(({ element }) => element ?? []) : [];
  const size = joining.byId.get(registers[0] ?? '')?.size ?? 32;
  if (binary.length > Math.max(size, 32)) return undefined;
  const { name, file, line } = define;
  const comment = joining.comments(define, reading.base);
  const meaning = isValue === true ? 'value' : reading.meaning === 'position' || isBitNumber === true ? 'position' : 'field';
  return {
    name, file, line, meaning, value: hex(reading.value), registers, bitOffset, bitWidth, field,
    fields: [...new Set(fieldsOn(joining, targets, { mask, span: bitMask(bitOffset, bitWidth) }).map(found => found.name))],
    ...(elements.length > 0 && { elements }), ...(comment !== undefined && { comment }),
    ...(meaning === 'value' && { fieldValue: hex((reading.value & ~mask) === 0n ? reading.value >> BigInt(bitOffset) : reading.value) }),
  };
}

/** Places whose fields are tried for one macro: all timers, none of a thousand channels. */
const mostTried = 24;

/** The description's fields on the bits: exactly these on some place of the register (not every timer has every field), else those of the first place that share some. */
function fieldsOn({ byId, join }: Joining, targets: readonly KeyTarget[], { mask, span }: { readonly mask: bigint; readonly span: bigint }): readonly Field[] {
  let shared: readonly Field[] = [];
  let tried = 0;
  for (const { id, element } of targets) {
    for (const place of byId.get(id)?.places ?? []) {
      if (element !== undefined && place.element !== element) continue;
      tried += 1;
      if (tried > mostTried) return shared;
      const fields = join.at(place.address).flatMap(({ register }) => register.fields);
      const exact = fields.filter(field => { const own = bitMask(field.bitOffset, field.bitWidth); return own === mask || own === span; });
      if (exact.length > 0) return exact;
      if (shared.length === 0) shared = fields.filter(field => (bitMask(field.bitOffset, field.bitWidth) & mask) !== 0n);
    }
  }
  return shared;
}
