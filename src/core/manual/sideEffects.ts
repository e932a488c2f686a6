import type { Access, Field, Register } from '../device/device.ts';
import { documentedEffects } from './documentedEffects.ts';
import { inferredEffects } from './inferredEffects.ts';
import type { KnownFrom } from './manualFacts.ts';
import type { ManualPlace } from './placeNames.ts';

/** What reading or writing does besides moving the value. */
export interface SideEffect extends KnownFrom {
  /** Plain words: "Writing 1 clears the bit; writing 0 has no effect." */
  readonly text: string;
  /** Fields it holds for; absent: the whole register. */
  readonly fields?: readonly string[];
  /** The effect in CMSIS-SVD's words, whoever states it: `oneToClear`, `zeroToClear`, … */
  readonly modifiedWriteValues?: string;
  readonly readAction?: string;
  /** Says nothing of what a plain access does. */
  readonly isAside?: boolean;
  /** The bits read as 0, so that read-modify-write of others does nothing to them. */
  readonly readsAsZero?: boolean;
}

export interface EffectOptions {
  /** The device's name, for what manuals say of it. */
  readonly device?: string;
  /** Only what holds for this field. */
  readonly field?: Field;
}

/** Every known side effect of a register, or of one field. Never empty: where nothing is known, that is said. */
export function sideEffects(place: ManualPlace, options: EffectOptions = {}): SideEffect[] {
  const { register } = place;
  const fields = options.field === undefined ? register.fields : [options.field];
  const stated = statedEffects(register, fields);
  const told = new Set(stated.filter(({ modifiedWriteValues, readAction }) => modifiedWriteValues !== undefined || readAction !== undefined).flatMap(effect => effect.fields ?? fields.map(({ name }) => name)));
  const silent = fields.filter(({ name }) => !told.has(name));
  const documented = fields.length > 0 && silent.length === 0 ? [] : documentedEffects(place, { device: options.device, fields: silent, wholeRegister: options.field === undefined });
  const tellingAccess = documented.filter(({ isAside }) => isAside !== true);
  const isToldElsewhere = told.size > 0 || tellingAccess.length > 0;
  const left = tellingAccess.some(effect => effect.fields === undefined) ? [] : silent.filter(({ name }) => !documented.some(effect => effect.fields?.includes(name) === true));
  const inferred = inferredEffects(register, left, { wordsOnly: isToldElsewhere });
  const known = [...stated, ...documented, ...inferred];
  return known.length > 0 ? known : [{ text: 'Side effects are not stated: the chip\'s description says nothing beyond the access.', certainty: 'unknown' }];
}

/** An effect as one line, with the fields it holds for and where it is known from. */
export function effectText({ text, fields, certainty, source }: Pick<SideEffect, 'text' | 'fields' | 'certainty' | 'source'>): string {
  const names = fields === undefined ? '' : `${fields.length > 8 ? `${fields.slice(0, 8).join(', ')} and ${fields.length - 8} more` : fields.join(', ')}: `;
  const from = certainty === 'inferred' ? ` (inferred${source === undefined ? ' from the name' : ` from ${source}`})` : source === undefined ? '' : ` (${source})`;
  return `${names}${text}${from}`;
}

const writeTexts: Readonly<Record<string, string>> = {
  oneToClear: 'Writing 1 clears the bit; writing 0 has no effect.',
  oneToSet: 'Writing 1 sets the bit; writing 0 has no effect.',
  oneToToggle: 'Writing 1 toggles the bit; writing 0 has no effect.',
  zeroToClear: 'Writing 0 clears the bit; writing 1 has no effect.',
  zeroToSet: 'Writing 0 sets the bit; writing 1 has no effect.',
  zeroToToggle: 'Writing 0 toggles the bit; writing 1 has no effect.',
  clear: 'Any write clears the bits.',
  set: 'Any write sets the bits.',
};

const readTexts: Readonly<Record<string, string>> = {
  clear: 'Reading clears the bits.',
  set: 'Reading sets the bits.',
  modify: 'Reading changes the value.',
  modifyExternal: 'Reading changes something else on the chip, such as a FIFO.',
};

const accessTexts: Partial<Readonly<Record<Access, string>>> = {
  'read-only': 'Read-only: writing has no effect.',
  'write-only': 'Write-only: what is read is not the value written, so read-modify-write is wrong.',
  'writeOnce': 'Only the first write after reset counts; it cannot be read back.',
  'read-writeOnce': 'Only the first write after reset counts.',
};

/** What the file says, fields with the same effect together. */
function statedEffects(register: Register, fields: readonly Field[]): SideEffect[] {
  const effects = new Map<string, { readonly effect: SideEffect; readonly fields: string[] }>();
  const add = (effect: SideEffect, field: string | undefined) => {
    const known = effects.get(effect.text) ?? { effect, fields: [] };
    effects.set(effect.text, known);
    if (field !== undefined) known.fields.push(field);
  };
  for (const subject of fields.length > 0 ? fields : [register]) {
    const name = 'kind' in subject ? undefined : subject.name;
    const written = subject.modifiedWriteValues ?? register.modifiedWriteValues;
    const read = subject.readAction ?? register.readAction;
    const access = subject.access === undefined ? undefined : accessTexts[subject.access];
    if (written !== undefined && written !== 'modify') add({ text: writeTexts[written] ?? `Writing: ${written}.`, certainty: 'stated', modifiedWriteValues: written }, name);
    if (read !== undefined) add({ text: readTexts[read] ?? `Reading: ${read}.`, certainty: 'stated', readAction: read }, name);
    if (access !== undefined) add({ text: access, certainty: 'stated' }, name);
  }
  return [...effects.values()].map(({ effect, fields: names }) => names.length === 0 || names.length === fields.length ? effect : { ...effect, fields: names });
}
