import { looseName } from '../device/names.ts';
import type { HeaderRegister } from './headerJoin.ts';

/** A register that a macro's name may begin with; without `element`, the whole array. */
export interface KeyTarget {
  readonly id: string;
  readonly element?: number;
}

/** Registers by how macros spell them: `USART_CR1`, `DMA_SxCR`, `FMC_BCR1`, in capitals without underscores. */
export interface MacroKeys {
  /** The longest beginning of the name's parts that is a register, and how many parts it takes. */
  readonly longest: (parts: readonly string[]) => { readonly targets: readonly KeyTarget[]; readonly length: number } | undefined;
}

/** Makes the keys: block names from types and instances, register names from the header's members and from the description at the same address. */
export function macroKeys(registers: readonly HeaderRegister[]): MacroKeys {
  const exact: Keys = new Map();
  const wild: Keys = new Map();
  const stems = new Map<string, readonly string[]>();
  for (const register of registers) {
    if (register.type === undefined) { add(exact, looseName(register.member.replace(/_REG$/, '')), { id: register.id }); continue; }
    const own = stems.get(register.type) ?? stemsOf(register);
    stems.set(register.type, own);
    const leaf = register.member.split('.').at(-1) ?? '';
    for (const stem of own) for (const name of new Set([leaf, register.member])) add(exact, stem + looseName(name), { id: register.id });
    for (const { element, paths } of register.places) {
      const target = { id: register.id, ...(element !== undefined && { element }) };
      for (const path of paths) addDescribed({ exact, wild }, { path, target, stems: own });
    }
  }
  return {
    longest: parts => {
      for (const keys of [exact, wild]) {
        for (let length = parts.length; length > 0; length -= 1) {
          const targets = keys.get(looseName(parts.slice(0, length).join('')));
          if (targets !== undefined) return { targets, length };
        }
      }
      return undefined;
    },
  };
}

type Keys = Map<string, KeyTarget[]>;

/** Registers that one key may stand for: streams and mailboxes have a dozen. */
const mostTargets = 64;

function add(keys: Keys, key: string, target: KeyTarget): void {
  const targets = keys.get(key);
  if (targets === undefined) keys.set(key, [target]);
  else if (targets.length < mostTargets && !targets.some(({ id, element }) => id === target.id && (element === undefined || element === target.element))) targets.push(target);
}

/** `USART`, `DMASTREAM` and `DMA`: what the struct's name says, its first words, and its instances' names without number. */
function stemsOf({ type = '', places }: HeaderRegister): string[] {
  const words = type.replace(/^(NRF|LPC|R)_/, '').replace(/(Global|Device|Host|HostChannel|_OUTEndpoint|_INEndpoint)?_?(TypeDef|Type|hw_t|dev_t|[Rr]egs?(?:_t)?|registers_t|struct|_t)$/, '').split('_').filter(word => word !== '');
  const beginnings = words.map((_, index) => looseName(words.slice(0, index + 1).join('')));
  const instances = places.map(({ instance = '' }) => looseName(instance.replace(/^NRF_/, '').replace(/_(S|NS|hw|REGS)$/, '')));
  // Renesas keeps its prefix in the macros: `R_ADC0_ADCSR_TRGE_Pos` of `R_ADC0_Type`.
  const prefixed = type.startsWith('R_') ? [`R${beginnings.at(-1) ?? ''}`] : [];
  return [...new Set([...prefixed, ...beginnings, ...instances, ...instances.map(name => name.replace(/\d+$/, ''))])].filter(stem => stem !== '');
}

function addDescribed({ exact, wild }: { readonly exact: Keys; readonly wild: Keys }, { path, target, stems }: { readonly path: string; readonly target: KeyTarget; readonly stems: readonly string[] }): void {
  const [peripheral = '', ...rest] = path.split('.');
  const own = looseName(peripheral);
  for (const name of new Set([rest.at(-1) ?? '', rest.join('_')].map(looseName))) {
    for (const stem of new Set([...stems, own, own.replace(/\d+$/, '')])) {
      const bare = name.startsWith(stem) ? name.slice(stem.length) : name;
      for (const key of new Set([name, bare])) {
        add(exact, stem + key, target);
        const pattern = key.replace(/\d+/g, 'X');
        if (pattern !== key) add(wild, stem + pattern, target);
      }
    }
  }
}
