import type { Device, Field, RegisterPlace } from '../device/device.ts';
import { bitMask } from '../device/numbers.ts';
import { placeName } from '../device/places.ts';
import { sideEffects, type SideEffect } from '../manual/sideEffects.ts';
import type { ResolvedAccess } from '../graph/resolveAccess.ts';
import type { FlagUse, RegisterUse } from './dossier.ts';
import { clearsFlag, type NamedFlag } from './flagNames.ts';
import { clearedByReading } from './flagReads.ts';
import type { Touch } from './touched.ts';

/** Status flags: those that are tested, and those that are cleared and how. */
export interface Flags {
  readonly tested: readonly FlagUse[];
  readonly cleared: readonly FlagUse[];
  /** Flags that a write may clear, by a value that only the program knows. */
  readonly open: readonly NamedFlag[];
}

/** The flags that the accesses of a call tree test and clear. */
export function flags(all: readonly Touch[], device: Device | undefined): Flags {
  const tested = distinct(all.filter(({ access }) => access.kind === 'read').flatMap(testedBy));
  if (device === undefined) return { tested, cleared: [], open: [] };
  const writes = all.map(touch => clearedByWriting(touch, device, tested));
  return { tested, cleared: distinct([...writes.flatMap(({ cleared }) => cleared), ...clearedByReading(all, device)]), open: writes.flatMap(({ open }) => open) };
}

/** What is known of a flag's being cleared. */
export function clearingOf({ cleared, open }: Pick<Flags, 'cleared' | 'open'>, flag: NamedFlag): 'yes' | 'perhaps' | 'no' {
  if (cleared.some(each => clearsFlag(each, flag))) return 'yes';
  return open.some(each => clearsFlag(each, flag)) ? 'perhaps' : 'no';
}

/** How writing clears a flag, where that is known. */
export function clearingEffect(place: RegisterPlace, field: Field, { name }: Device): SideEffect | undefined {
  return sideEffects(place, { device: name, field }).find(({ modifiedWriteValues }) => /ToClear$/.test(modifiedWriteValues ?? ''));
}

/** Nordic's events are registers of one bit each. */
const wholeFlag = /^EVENTS_/;

function testedBy({ resolved, use, access }: Touch): FlagUse[] {
  const [place] = resolved.places;
  if (place !== undefined && wholeFlag.test(placeName(place))) return [{ path: use.path, flag: placeName(place), file: use.file, line: access.line }];
  return use.fields.filter(flag => isFlag(resolved, flag)).map(flag => toFlag(use, flag));
}

/** A wider field is a value, and an enable bit of a control register is what the program chose: no flags. */
function isFlag({ places: [place] }: ResolvedAccess, name: string): boolean {
  if ((place?.register.fields.find(field => field.name === name)?.bitWidth ?? 1) !== 1) return false;
  return place === undefined || !/(^|_)(CR\d*|CTL\d*|CTRL\w*|CTLR\d*|CFG\w*|CONFIG|CCR\d*|S\d+CR|DIER|IER|IMR|INTEN\w*|ENABLE)$/.test(place.register.name) || !/(IE|EN|E|ENABLE)\d*$/.test(name);
}

/** Names of registers for clearing flags: `IFCR`, `LIFCR`, `ICR`, `INTCLR`. A control register, `CR`, is none. */
const clearRegister = /(^|_)[LH]?IFCR$|(^|_)(C|UART)?ICR$|INTCLR$|_CLR$|CLEAR$/;
/** Registers that take enables or pins away have such names too. */
const noFlags = /^(INTEN|EVTEN|CHEN|IEN|OUT|DIR|DOUT|PIO|GPIO)|EN_?CLR/;

interface Clears {
  readonly cleared: readonly FlagUse[];
  readonly open: readonly NamedFlag[];
}

const nothing: Clears = { cleared: [], open: [] };

/** The flags that a write clears, by the value that it writes: those that it surely clears, and those that it may. */
function clearedByWriting({ resolved, use, written, access }: Touch, device: Device, tested: readonly NamedFlag[]): Clears {
  const [place] = resolved.places;
  if (place === undefined || written === undefined || noFlags.test(placeName(place))) return nothing;
  if (wholeFlag.test(placeName(place))) return event(use, placeName(place), written.bits.zeros);
  const effects = sideEffects(place, { device: device.name });
  const cleared: FlagUse[] = [];
  const open: NamedFlag[] = [];
  for (const { name, bitOffset, bitWidth } of place.register.fields) {
    const way = wayOfClearing(effects, name, bitWidth === 1 && clearRegister.test(place.register.name));
    if (way === undefined) continue;
    const bit = bitMask(bitOffset, bitWidth);
    const { bits, echo } = written;
    const isAliased = (resolved.alias === 'clear' || access.operator === 'hw_clear_bits') && way === 'oneToClear';
    const [clearing, staying] = way === 'zeroToClear' ? [bits.zeros, bits.ones | bits.kept] : [bits.ones, bits.zeros];
    if (isAliased) cleared.push(...resolved.fields.includes(name) ? [toFlag(use, name, 'writing 1 through its alias for clearing')] : []);
    else if ((clearing & bit) === bit) cleared.push(toFlag(use, name, way === 'zeroToClear' ? 'writing 0' : 'writing 1'));
    else if ((staying & bit) === bit) continue;
    else if (echo === (way === 'zeroToClear' ? 'inverse' : 'same') && tested.some(each => each.path === use.path && each.flag === name)) cleared.push(toFlag(use, name, `writing ${way === 'zeroToClear' ? 0 : 1} where it was read as set`));
    else open.push({ path: use.path, flag: name });
  }
  return { cleared, open };
}

function event(use: RegisterUse, flag: string, zeros: bigint): Clears {
  return (zeros & 1n) === 1n ? { cleared: [{ path: use.path, flag, file: use.file, line: use.line, how: 'writing 0' }], open: [] } : { cleared: [], open: [{ path: use.path, flag }] };
}

function wayOfClearing(effects: readonly SideEffect[], flag: string, isClearRegister: boolean): 'zeroToClear' | 'oneToClear' | undefined {
  const own = effects.filter(({ modifiedWriteValues, fields }) => modifiedWriteValues !== undefined && (fields?.includes(flag) ?? true));
  const effect = own.find(({ modifiedWriteValues }) => modifiedWriteValues === 'zeroToClear' || modifiedWriteValues === 'oneToClear')?.modifiedWriteValues;
  if (effect !== undefined) return effect === 'zeroToClear' ? effect : 'oneToClear';
  return own.length === 0 && isClearRegister ? 'oneToClear' : undefined;
}

function toFlag({ path, file, line }: RegisterUse, flag: string, how?: string): FlagUse {
  return { path, flag, file, line, ...(how !== undefined && { how }) };
}

function distinct(uses: readonly FlagUse[]): FlagUse[] {
  return [...new Map(uses.map(use => [`${use.path}.${use.flag} ${use.how ?? ''}`, use])).values()];
}
