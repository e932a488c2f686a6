import type { Field } from '../device/device.ts';
import { manualFacts } from './manualFacts.ts';
import type { ManualPlace } from './placeNames.ts';
import type { SideEffect } from './sideEffects.ts';

export interface DocumentedOptions {
  readonly device: string | undefined;
  /** Fields whose effects the file does not state. */
  readonly fields: readonly Field[];
  readonly wholeRegister: boolean;
}

/** What manuals say of a register's silent fields: documented on the manual's own devices, inferred on their likes. */
export function documentedEffects(place: ManualPlace, { device, fields, wholeRegister }: DocumentedOptions): SideEffect[] {
  if (device === undefined) return [];
  return manualFacts(place, device, block => block.effects).flatMap(({ fact: { fields: pattern, text, modifiedWriteValues, readAction, readsAsZero, isAside }, from }) => {
    const names = pattern === undefined ? undefined : fields.filter(({ name }) => pattern.test(name.toUpperCase())).map(({ name }) => name);
    if (names?.length === 0) return [];
    const every = names === undefined || !wholeRegister || names.length === place.register.fields.length;
    return [{ text, ...(!every && { fields: names }), ...from, ...(modifiedWriteValues !== undefined && { modifiedWriteValues }), ...(readAction !== undefined && { readAction }), ...(readsAsZero === true && { readsAsZero }), ...(isAside === true && { isAside }) }];
  });
}
