import { looseName } from '../device/names.ts';
import type { HeaderRegister } from './headerJoin.ts';
import { addKey, type KeyTarget, stemsOf, typeWords } from './macroStems.ts';

/** Where an array holds two kinds of registers in turn, what the headers call each: FSMC's `BTCR[0]` is BCR1, `BTCR[1]` is BTR1. */
const interleaved: Readonly<Record<string, readonly (string | undefined)[]>> = { BTCR: ['BCR', 'BTR'], BWTR: ['BWTR', undefined] };

/** Elements of one array that get names of their own. */
const mostElements = 64;

/**
 * Registers by the spellings that headers make up for families of them, which no description need confirm:
 * `SYSCFG_EXTICR1` for `EXTICR[0]`, `GPIO_AFRH` for `AFR[1]`, `CAN_TI0R` for `sTxMailBox[0].TIR`, `DMA_SxCR` for every
 * stream's CR. `isUsed` tells whether any macro begins so, as some headers count from 0.
 */
export function familyKeys(registers: readonly HeaderRegister[], isUsed: (key: string) => boolean): Map<string, KeyTarget[]> {
  const keys = new Map<string, KeyTarget[]>();
  for (const register of registers) {
    if (register.type === undefined) continue;
    const stems = stemsOf(register);
    for (const { name, target } of [...elementNames(register, stems, isUsed), ...wildNames(register)]) for (const stem of stems) addKey(keys, stem + name, target);
  }
  return keys;
}

/** A macro's first words as a family's key: a small `x` stands for any number. */
export function familyKey(words: string): string {
  return words.split('x').map(looseName).join('x');
}

interface NamedTarget {
  /** In capitals but for the `x`, without the block's name. */
  readonly name: string;
  readonly target: KeyTarget;
}

function elementNames(register: HeaderRegister, stems: readonly string[], isUsed: (key: string) => boolean): NamedTarget[] {
  const [dim] = register.dims;
  if (dim === undefined || register.dims.length !== 1) return [];
  const leaf = looseName(register.member.split('.').at(-1) ?? '');
  const count = Math.min(dim.count, mostElements);
  const named = (nameOf: (element: number) => string | undefined): NamedTarget[] => Array.from({ length: count }, (_, element) => ({ name: nameOf(element), target: { id: register.id, element } }))
    .flatMap(({ name, target }) => name === undefined ? [] : [{ name, target }]);
  if (register.shape?.endsWith('[]') !== true) {
    const [, before, after] = /^(\w*?)(R\d*)$/.exec(leaf) ?? [];
    return before === undefined || after === undefined || before === '' ? [] : named(element => `${before}${element}${after}`);
  }
  const kinds = interleaved[leaf];
  if (kinds !== undefined) return ['x', undefined].flatMap(any => named(element => {
    const kind = kinds[element % kinds.length];
    return kind === undefined ? undefined : `${kind}${any ?? Math.floor(element / kinds.length) + 1}`;
  }));
  if (dim.count === 2 && leaf.endsWith('AFR')) return named(element => leaf + (element === 0 ? 'L' : 'H'));
  const first = stems.some(stem => isUsed(`${stem}${leaf}0`)) ? 0 : 1;
  return named(element => `${leaf}${element + first}`);
}

/** Of the channels and streams of a block, which are structs of their own: `SxCR`, `CxCR`, `LxCR`, `xCR1`, and `CCR1` of channel 1. */
function wildNames(register: HeaderRegister): NamedTarget[] {
  const [, part] = typeWords(register);
  if (part === undefined || register.dims.length > 0) return [];
  const leaf = looseName(register.member);
  const target = { id: register.id };
  const inserted = Array.from(leaf, (_, at) => `${leaf.slice(0, at)}x${leaf.slice(at)}`);
  const numbers = new Set(register.places.map(({ instance = '' }) => /[a-z](\d+)$/.exec(instance)?.[1] ?? ''));
  return [...inserted, `${looseName(part.charAt(0))}x${leaf}`, ...[...numbers].filter(number => number !== '').map(number => `${leaf}${number}`)].map(name => ({ name, target }));
}
