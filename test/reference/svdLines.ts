// Our reading of an SVD file in the lines of scripts/svdReference.py.
import type { Device, EnumeratedValue, Field, Peripheral, RegisterPlace } from '../../src/core/device/device.ts';
import { hex } from '../../src/core/device/numbers.ts';
import { registersOf } from '../../src/core/device/places.ts';

/** One JSON array a line, as the reference writes them; numbers are hexadecimal texts. */
export function* svdLines(device: Device): Generator<string> {
  const { cpu } = device;
  yield line(['device', device.name, device.vendor, device.series, device.version, device.addressUnitBits, device.width, cpu && [
    cpu.name, cpu.revision, cpu.endian, cpu.mpuPresent, cpu.fpuPresent, cpu.fpuDP, cpu.icachePresent, cpu.dcachePresent, cpu.itcmPresent, cpu.dtcmPresent, cpu.vtorPresent,
    cpu.nvicPrioBits, cpu.vendorSystickConfig, cpu.deviceNumInterrupts, cpu.sauNumRegions,
  ]]);
  // Derived peripherals share their fields.
  const fields = new Map<readonly Field[], unknown[]>();
  for (const peripheral of device.peripherals) {
    yield line(peripheralLine(peripheral));
    for (const place of registersOf(peripheral)) yield line(registerLine(place, fields));
  }
}

function peripheralLine(peripheral: Peripheral): unknown[] {
  const { name, baseAddress, groupName, prependToName, appendToName, headerStructName, disableCondition, addressBlocks, interrupts } = peripheral;
  return ['peripheral', name, hex(baseAddress), groupName, prependToName, appendToName, headerStructName, disableCondition,
    addressBlocks.map(({ offset, size, usage }) => [hex(offset), hex(size), usage]),
    interrupts.map(interrupt => [interrupt.value, interrupt.name]).sort(([left], [right]) => Number(left) - Number(right))];
}

/** The reference joins clusters and registers with `_`, and puts the peripheral's prefix and suffix around that. */
function registerLine(place: RegisterPlace, known: Map<readonly Field[], unknown[]>): unknown[] {
  const { register, peripheral } = place;
  const below = place.path.slice(peripheral.name.length + 1).replaceAll('.', '_');
  let fields = known.get(register.fields);
  if (fields === undefined) known.set(register.fields, fields = register.fields.map(fieldLine));
  return ['register', `${peripheral.prependToName ?? ''}${below}${peripheral.appendToName ?? ''}`, hex(place.address), register.size, register.access,
    hexOrNull(register.resetValue), hexOrNull(register.resetMask), fields];
}

function fieldLine(field: Field): unknown[] {
  return [field.name, field.bitOffset, field.bitWidth, field.access, field.modifiedWriteValues, field.readAction, field.enumeratedValues.map(valueLine)];
}

/** Don't-care bits, which the reference does not know, stand behind the value. */
function valueLine({ name, value, mask, usage, isDefault }: EnumeratedValue): unknown[] {
  return [name, hexOrNull(value), usage, isDefault ?? false, ...(mask === undefined ? [] : [hex(mask)])];
}

function hexOrNull(value: bigint | undefined): string | null {
  return value === undefined ? null : hex(value);
}

function line(members: readonly unknown[]): string {
  return JSON.stringify(members, (_, value: unknown) => value === undefined ? null : value);
}
