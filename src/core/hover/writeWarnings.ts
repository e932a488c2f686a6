import { enumeratedValueOf, fieldValue, isOnlyReadable, reservedChange, reservedWarnings, type DecodedValue } from '../device/decode.ts';
import type { Field, RegisterPlace } from '../device/device.ts';
import { bitCount, bitMask, hex, maskOf } from '../device/numbers.ts';
import type { KnownBits } from '../graph/knownBits.ts';
import { keyHex, type RegisterKeys, registerKeys } from '../manual/registerKeys.ts';
import { sideEffects } from '../manual/sideEffects.ts';

/** A write, bit by bit. */
export interface WrittenBits {
  readonly kind: NonNullable<DecodedValue['operation']>;
  readonly result: KnownBits;
  readonly toggled: bigint;
  readonly overflow: bigint | undefined;
  /** Bits known only when the program runs. */
  readonly open: bigint;
  /** What the file itself says against the value. */
  readonly stated: readonly string[];
}

/** What is wrong about a write: by the file's access and constraints, and by what reading and writing do besides. */
export function writeWarnings(place: RegisterPlace, written: WrittenBits, device: string): string[] {
  const isWhole = written.kind === 'write';
  // Constraints of the whole value say nothing about bits that stay.
  const stated = isWhole && written.open === 0n ? written.stated : [];
  return [...stated, ...(isWhole ? [] : readOnlyWarnings(place, written, device)), ...modifyWarnings(place, written, device), ...keyWarnings(place, written, device), ...valueWarnings(place, written)];
}

/** Whether a value clears flags by its zeros, as `SR = ~FLAG` does: its ones leave everything alone, bits without a field and read-only ones too. */
export function clearsByZeros(place: RegisterPlace, { ones, zeros }: Pick<KnownBits, 'ones' | 'zeros'>, device: string): boolean {
  const all = bitMask(0, place.register.size);
  const isComplement = bitCount(ones & all) > bitCount(zeros & all);
  return isComplement && place.register.fields.some(field => (maskOf(field) & zeros) === maskOf(field) && sideEffects(place, { device, field }).some(({ modifiedWriteValues }) => modifiedWriteValues === 'zeroToClear'));
}

function readOnlyWarnings(place: RegisterPlace, { result, toggled, kind }: WrittenBits, device: string): string[] {
  const { register } = place;
  if (register.access === 'read-only') return ['The register is read-only: a write has no effect.'];
  if (clearsByZeros(place, result, device)) return [];
  const touched = (kind === 'clear' ? result.zeros : result.ones) | toggled;
  const names = register.fields.filter(field => isOnlyReadable(field, register) && (maskOf(field) & touched) !== 0n).map(({ name }) => name);
  // Bits that stay are as they were read, which is their reset value unless someone else has changed it.
  const reserved = reservedChange(register, ((result.ones | toggled) & bitMask(0, register.size)) | (~(result.ones | toggled) & (register.resetValue ?? 0n)));
  return [
    ...(names.length > 0 ? [`${listed(names)} ${names.length === 1 ? 'is' : 'are'} read-only: the change has no effect.`] : []),
    ...reservedWarnings(reserved, result.ones | toggled),
  ];
}

/** Read-modify-write hands back what was read, which flags take as a command. */
function modifyWarnings(place: RegisterPlace, { kind, result }: WrittenBits, device: string): string[] {
  if (kind === 'write') return [];
  const { register } = place;
  if (register.access === 'write-only') return ['The register is write-only: what a read-modify-write reads is not what was written.'];
  const kept = (field: Field) => (maskOf(field) & result.kept) !== 0n;
  const kindOf = (field: Field) => sideEffects(place, { device, field }).find(({ modifiedWriteValues, readsAsZero }) => modifiedWriteValues !== undefined && readsAsZero !== true)?.modifiedWriteValues;
  const byKind = Map.groupBy(register.fields.filter(field => field.access !== 'read-only' && kept(field)), kindOf);
  const names = (what: string) => (byKind.get(what) ?? []).map(({ name }) => name);
  const [oneToClear, zeroToClear, toggles] = [names('oneToClear'), names('zeroToClear'), names('oneToToggle')];
  return [
    ...(oneToClear.length === 0 ? [] : [`Read-modify-write also clears ${listed(oneToClear)} where set: writing 1 clears, and what was read is written back. Write only the bits you mean.`]),
    ...(zeroToClear.length === 0 ? [] : [`Read-modify-write may clear ${listed(zeroToClear)} when hardware sets it in between: writing 0 clears. Write ~FLAG in one write.`]),
    ...(toggles.length === 0 ? [] : [`Read-modify-write toggles ${listed(toggles)} where set.`]),
  ];
}

function keyWarnings(place: RegisterPlace, written: WrittenBits, device: string): string[] {
  return registerKeys(place, { device }).flatMap(keys => {
    if (keys.keys.length === 0 || (keys.takesOthers && !holdsNothingElse(place, keys))) return [];
    const holders = keys.mask === undefined && keys.fields !== undefined ? place.register.fields.filter(({ name }) => keys.fields?.includes(name) === true).map(field => ({ name: field.name, mask: maskOf(field) })) : [{ name: keys.fields?.[0] ?? 'the register', mask: keys.mask ?? bitMask(0, place.register.size) }];
    return holders.flatMap(holder => keyWarning(keys, holder, written));
  });
}

/** A register that is nothing but a key: a constant that is none of its keys only does what any value would. */
function holdsNothingElse({ register }: RegisterPlace, { fields, isSequence }: RegisterKeys): boolean {
  return !isSequence && register.access === 'write-only' && fields === undefined && register.fields.length <= 1;
}

/** Of a key that is wrong, or that a read-modify-write leaves as it was read. */
function keyWarning({ keys, readsOtherwise }: RegisterKeys, { name, mask }: { readonly name: string; readonly mask: bigint }, { kind, result, toggled, open }: WrittenBits): string[] {
  if ((open & mask) !== 0n || (kind !== 'write' && readsOtherwise !== true)) return [];
  const right = listed(keys.map(key => keyHex(key.value)));
  if (kind !== 'write' && ((result.kept | toggled) & mask) !== 0n) return [`Read-modify-write hands back what ${name} reads, which is not its key (${right}), so that the write does not count. Write the key in one write.`];
  const inPlace = result.ones & mask;
  const value = inPlace / (mask & -mask);
  return keys.some(key => key.value === value || key.value === inPlace) ? [] : [`${hex(value)} is no key of ${name}: it takes ${right}${readsOtherwise === true ? ', without which the write does not count' : ''}.`];
}

/** Values that a field gives no name to, where it names its others. */
function valueWarnings({ register }: RegisterPlace, { result, kind, open }: WrittenBits): string[] {
  if (kind === 'clear' || kind === 'toggle') return [];
  return register.fields.flatMap(field => {
    const mask = maskOf(field);
    const isKnown = (mask & (open | result.kept)) === 0n;
    const named = field.enumeratedValues.filter(({ usage, value }) => usage !== 'read' && value !== undefined);
    if (!isKnown || named.length < 2 || field.access === 'read-only' || field.writeConstraint?.useEnumeratedValues === true) return [];
    const bits = fieldValue(field, result.ones);
    return bits === 0n || enumeratedValueOf(field, bits, 'write') !== undefined ? [] : [`${field.name}: ${hex(bits)} has no name among the field's values and may be reserved.`];
  });
}

function listed(names: readonly string[]): string {
  return names.length > 6 ? `${names.slice(0, 6).join(', ')} and ${names.length - 6} more` : names.join(', ');
}
