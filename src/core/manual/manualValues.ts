import type { Device, EnumeratedValue, Field, Peripheral, Register, RegisterNode } from '../device/device.ts';
import { withLazyRegisters } from '../device/lazyRegisters.ts';
import { manualFacts, manualOf } from './manualFacts.ts';
import type { ValuesFact } from './manualFamily.ts';
import { withoutSplitFields } from './splitFields.ts';

/**
 * The device with named values for fields that its file names none for, where the manual's are known, and with fields whole that the file cuts into single bits. Peripherals are
 * looked at when they are asked for, so that a large device costs nothing here.
 */
export function withManualValues(device: Device): Device {
  const known = manualOf(device.name);
  if (known?.family.blocks.some(({ values }) => values !== undefined) !== true) return device;
  return { ...device, peripherals: device.peripherals.map(peripheral => withLazyRegisters(peripheral, own => withValues(own.registers, own, device.name))) };
}

function withValues(nodes: readonly RegisterNode[], peripheral: Peripheral, device: string): readonly RegisterNode[] {
  return nodes.map(node => node.kind === 'cluster' ? { ...node, registers: withValues(node.registers, peripheral, device) } : registerWithValues(node, peripheral, device));
}

function registerWithValues(described: Register, peripheral: Peripheral, device: string): Register {
  const fields = withoutSplitFields(described.fields, peripheral, device);
  const register = fields === described.fields ? described : { ...described, fields };
  if (register.fields.every(({ enumeratedValues }) => enumeratedValues.length > 0)) return register;
  const facts = manualFacts({ register, peripheral }, device, ({ values }) => values).filter(({ fact }) => fact.parts?.test(device) ?? true);
  if (facts.length === 0) return register;
  return { ...register, fields: register.fields.map((field): Field => {
    const found = field.enumeratedValues.length > 0 ? undefined : facts.find(({ fact }) => namesValuesOf(fact, field));
    if (found === undefined) return field;
    return { ...field, enumeratedValues: found.fact.values.map(([value, name]): EnumeratedValue => ({ name, value: BigInt(value), usage: 'read-write' })), valuesFrom: found.from.certainty === 'inferred' ? `inferred from ${found.from.source ?? 'a like part'}` : found.from.source ?? '' };
  }) };
}

/** A field of the same name may be one half of the value elsewhere: then the width differs, and so do the meanings. */
function namesValuesOf(fact: ValuesFact, field: Field): boolean {
  return fact.fields.test(field.name.toUpperCase()) && (fact.bits ?? field.bitWidth) === field.bitWidth && fact.values.every(([value]) => value < 2 ** field.bitWidth);
}
