import { looseName } from '../device/names.ts';
import type { HeaderRegister } from './headerJoin.ts';
import { familyKey, familyKeys } from './macroFamilies.ts';
import { addKey, type KeyTarget, stemsOf } from './macroStems.ts';

/** Registers by how macros spell them: `USART_CR1`, `DMA_SxCR`, `FMC_BCR1`, in capitals without underscores. */
export interface MacroKeys {
  /** The longest beginning of the name's parts that is a register, and how many parts it takes. */
  readonly longest: (parts: readonly string[]) => { readonly targets: readonly KeyTarget[]; readonly length: number } | undefined;
}

/** Makes the keys: block names from types and instances, register names from the header's members, from the description at the same address, and from how headers spell families; `names` are those of all macros. */
export function macroKeys(registers: readonly HeaderRegister[], names: Iterable<string>): MacroKeys {
  const exact: Keys = new Map();
  const wild: Keys = new Map();
  const stems = new Map<string, readonly string[]>();
  for (const register of registers) {
    if (register.type === undefined) { addKey(exact, looseName(register.member.replace(/_REG$/, '')), { id: register.id }); continue; }
    const own = stems.get(register.type) ?? stemsOf(register);
    stems.set(register.type, own);
    const leaf = register.member.split('.').at(-1) ?? '';
    for (const stem of own) for (const name of new Set([leaf, register.member])) addKey(exact, stem + looseName(name), { id: register.id });
    for (const { element, paths } of register.places) {
      const target = { id: register.id, ...(element !== undefined && { element }) };
      for (const path of paths) addDescribed({ exact, wild }, { path, target, stems: own });
    }
  }
  const beginnings = new Set(Array.from(names, name => looseName(name.split('_', 2).join(''))));
  const families = familyKeys(registers, key => beginnings.has(key));
  return {
    longest: parts => {
      for (const keys of [exact, wild, families]) {
        const keyOf = keys === families ? familyKey : looseName;
        for (let length = parts.length; length > 0; length -= 1) {
          const targets = keys.get(keyOf(parts.slice(0, length).join('')));
          if (targets !== undefined) return { targets, length };
        }
      }
      return undefined;
    },
  };
}

type Keys = Map<string, KeyTarget[]>;

function addDescribed({ exact, wild }: { readonly exact: Keys; readonly wild: Keys }, { path, target, stems }: { readonly path: string; readonly target: KeyTarget; readonly stems: readonly string[] }): void {
  const [peripheral = '', ...rest] = path.split('.');
  const own = looseName(peripheral);
  for (const name of new Set([rest.at(-1) ?? '', rest.join('_')].map(looseName))) {
    for (const stem of new Set([...stems, own, own.replace(/\d+$/, '')])) {
      const bare = name.startsWith(stem) ? name.slice(stem.length) : name;
      for (const key of new Set([name, bare])) {
        addKey(exact, stem + key, target);
        const pattern = key.replace(/\d+/g, 'X');
        if (pattern !== key) addKey(wild, stem + pattern, target);
      }
    }
  }
}
