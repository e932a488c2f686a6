import type { Device, Field, RegisterPlace } from '../device/device.ts';
import { type ClockBit, clockBit, peripheralClock } from './clockGates.ts';
import type { KnownFrom } from './manualFacts.ts';
import { registerKeys } from './registerKeys.ts';
import { reservedBitsRules } from './reservedBits.ts';
import { sideEffects } from './sideEffects.ts';

/** One thing to know of a register beside its fields. */
export interface RegisterNote extends KnownFrom {
  readonly kind: 'effect' | 'key' | 'reserved' | 'clock';
  readonly text: string;
  readonly fields?: readonly string[];
}

export interface NoteOptions {
  /** The device's name, for what its manual states. */
  readonly device?: string;
  /** The device itself, for the clock that the peripheral needs. */
  readonly machine?: Device;
  /** Only what holds for this field. */
  readonly field?: Field;
}

/** Everything known of using a register: side effects, keys, reserved bits, and the clock it needs; `effectText` makes a line of each. */
export function registerNotes(place: RegisterPlace, { device, machine, field }: NoteOptions = {}): RegisterNote[] {
  const name = device ?? machine?.name;
  const named = name === undefined ? {} : { device: name };
  const keys = registerKeys(place, named).filter(({ fields }) => field === undefined || (fields?.includes(field.name) ?? true));
  // Known keys say more than that keys are likely.
  const effects = sideEffects(place, { ...named, ...(field !== undefined && { field }) }).filter(({ certainty, source, modifiedWriteValues }) => keys.length === 0 || (certainty !== 'unknown' && (certainty !== 'inferred' || source !== undefined || modifiedWriteValues !== undefined)));
  const reserved = field === undefined ? reservedBitsRules(place, named) : [];
  return [
    ...effects.map(effect => ({ ...effect, kind: 'effect' as const })),
    ...keys.map(key => ({ ...key, kind: 'key' as const })),
    ...reserved.map(rule => ({ ...rule, kind: 'reserved' as const })),
    ...(machine === undefined ? [] : clockNotes(place, machine, field)),
  ];
}

const gateWords: Readonly<Record<ClockBit['does'], (names: string) => string>> = {
  enable: names => `Feeds ${names}: without it the registers of ${names} do not answer.`,
  stop: names => `Stops the clock of ${names} while 1: the registers of ${names} then do not answer.`,
  reset: names => `Resets ${names}.`,
  lowPowerEnable: names => `Keeps the clock of ${names} in sleep mode.`,
};

/** The gates that a clock controller's field is, else the clock that the register's peripheral needs. */
function clockNotes(place: RegisterPlace, device: Device, field: Field | undefined): RegisterNote[] {
  const bit = field === undefined ? undefined : clockBit(device, place, field);
  if (bit !== undefined) {
    const names = [...new Set(bit.peripherals.map(({ name }) => name))].join(', ');
    const text = gateWords[bit.does](names);
    return [{ kind: 'clock', text, certainty: bit.certainty, ...(bit.source !== undefined && { source: bit.source }) }];
  }
  const clock = peripheralClock(device, place.peripheral);
  return clock === undefined ? [] : [{ kind: 'clock', text: clock.text, certainty: clock.certainty, ...(clock.source !== undefined && { source: clock.source }) }];
}
