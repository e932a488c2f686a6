import type { Device, Field, Peripheral, RegisterPlace } from '../device/device.ts';
import { registersOf } from '../device/places.ts';
import { type DeviceManual, type KnownFrom, manualOf, sourceOf } from './manualFacts.ts';
import type { ClockBits, ClockScheme } from './manualFamily.ts';
import { peripheralKinds, plainPeripheralName, plainRegisterName } from './placeNames.ts';

/** A bit that switches a peripheral's clock, or resets it. */
export interface ClockBit extends KnownFrom {
  readonly does: ClockBits['does'];
  readonly place: RegisterPlace;
  readonly field: Field;
  /** `RCC.APB1ENR.USART2EN`. */
  readonly path: string;
  /** Peripherals it holds for. */
  readonly peripherals: readonly Peripheral[];
}

/** What must be on for a peripheral to work. */
export interface PeripheralClock extends KnownFrom {
  readonly bits: readonly ClockBit[];
  /** "Clock: RCC.APB1ENR.USART2EN; reset: RCC.APB1RSTR.USART2RST." */
  readonly text: string;
}

/** The bits that feed and reset a peripheral; undefined where nothing is known, which does not mean that it needs none. */
export function peripheralClock(device: Device, peripheral: Peripheral): PeripheralClock | undefined {
  const known = manualOf(device.name);
  const scheme = known?.family.clocks;
  if (known === undefined || scheme === undefined) return undefined;
  const all = clockBits(device).filter(({ peripherals }) => peripherals.includes(peripheral));
  const sameView = all.filter(({ place }) => securityView(place.peripheral) === securityView(peripheral));
  const bits = sameView.length > 0 ? sameView : all;
  // The core's own peripherals run with the core.
  const notes = peripheral.origin === undefined ? notesOf(scheme, { device, peripheral, hasBit: bits.length > 0 }) : [];
  if (bits.length === 0 && notes.length === 0) return undefined;
  return { bits, text: clockText(bits, notes), ...clockSource(known) };
}

/** The bit that a clock controller's field is: what it switches. */
export function clockBit(device: Device, place: RegisterPlace, field: Field): ClockBit | undefined {
  return clockBits(device).find(bit => bit.field === field && bit.place.register === place.register && bit.place.peripheral === place.peripheral);
}

function clockSource(known: DeviceManual): KnownFrom {
  return sourceOf(known, known.family.clocks?.heading ?? 'reset and clock control registers');
}

const words: readonly (readonly [ClockBits['does'], string])[] = [['enable', 'clock'], ['stop', 'clock off while 1'], ['reset', 'reset'], ['lowPowerEnable', 'clock in sleep']];

function notesOf({ note, notes = [] }: ClockScheme, { device, peripheral, hasBit }: { readonly device: Device; readonly peripheral: Peripheral; readonly hasBit: boolean }): string[] {
  const own = notes.filter(({ parts, peripherals, needsBit }) => (parts?.test(device.name) ?? true) && (peripherals?.test(plainPeripheralName(peripheral.name)) ?? true) && (hasBit || needsBit !== true));
  return [...(note === undefined ? [] : [note]), ...own.map(({ text }) => text)];
}

function clockText(bits: readonly ClockBit[], notes: readonly string[]): string {
  const parts = words.flatMap(([does, word]) => {
    const paths = bits.filter(bit => bit.does === does).map(({ path }) => path);
    return paths.length === 0 ? [] : [`${word}: ${paths.join(', ')}`];
  });
  const text = parts.length === 0 ? '' : `${parts.join('; ')}.`;
  return [text.charAt(0).toUpperCase() + text.slice(1), ...notes].filter(part => part !== '').join(' ');
}

/** Devices never change. */
const bitsByDevice = new WeakMap<Device, readonly ClockBit[]>();

/** Controllers have tens of registers and hundreds of such bits; a hostile file may claim millions. */
const mostRegisters = 2000;
const mostBits = 5000;

/** Every bit of the device that switches or resets a peripheral, by its field's name. */
export function clockBits(device: Device): readonly ClockBit[] {
  const known = bitsByDevice.get(device);
  if (known !== undefined) return known;
  const manual = manualOf(device.name);
  const bits = manual?.family.clocks === undefined ? [] : device.peripherals.flatMap(controller => controllerBits(device, controller, manual));
  bitsByDevice.set(device, bits);
  return bits;
}

function controllerBits(device: Device, controller: Peripheral, manual: DeviceManual): ClockBit[] {
  const kinds = peripheralKinds(controller);
  const scheme = manual.family.clocks ?? { controllers: [] };
  const rules = scheme.controllers.filter(({ peripheral }) => kinds.some(kind => peripheral.test(kind)));
  if (rules.length === 0) return [];
  const names = peripheralNames(device);
  const found: ClockBit[] = [];
  let walked = 0;
  for (const place of registersOf(controller)) {
    walked += 1;
    if (walked > mostRegisters || found.length > mostBits) break;
    const register = plainRegisterName(place.register, controller);
    for (const { does, field: pattern, isInterruptNumber } of rules.filter(rule => rule.register.test(register))) {
      for (const field of place.register.fields) {
        const gate = pattern.exec(field.name.toUpperCase())?.[1];
        const peripherals = gate === undefined ? [] : isInterruptNumber === true ? device.peripherals.filter(({ interrupts }) => interrupts.some(({ value }) => value === Number(gate))) : gatedPeripherals(gate, scheme, names);
        if (peripherals.length > 0) found.push({ does, place, field, path: `${place.path}.${field.name}`, peripherals, ...clockSource(manual) });
      }
    }
  }
  return found;
}

function peripheralNames(device: Device): ReadonlyMap<string, readonly Peripheral[]> {
  return Map.groupBy(device.peripherals, ({ name }) => plainPeripheralName(name));
}

/** Peripherals of the gate's name, or those that an alias gives; in an alias `*` stands for any text and `?` for a digit. */
function gatedPeripherals(gate: string, { aliases }: ClockScheme, names: ReadonlyMap<string, readonly Peripheral[]>): Peripheral[] {
  const wanted = (aliases ?? []).filter(([pattern]) => pattern.test(gate)).flatMap(([pattern, template]) => gate.replace(pattern, template).split(' '));
  const found = new Set([gate, ...wanted].flatMap(name => names.get(name) ?? []));
  const patterns = wanted.filter(name => /[*?]/.test(name) && /^[\w*?]+$/.test(name)).map(name => new RegExp(`^${name.replaceAll('*', '.*').replaceAll('?', '\\d')}$`));
  if (patterns.length > 0) for (const [name, peripherals] of names) if (patterns.some(pattern => pattern.test(name))) peripherals.forEach(peripheral => found.add(peripheral));
  return [...found];
}

function securityView({ name }: Peripheral): string {
  return name.toUpperCase().replace(plainPeripheralName(name), '');
}
