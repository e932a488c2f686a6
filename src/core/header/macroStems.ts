import { looseName } from '../device/names.ts';
import type { HeaderRegister } from './headerJoin.ts';

/** A register that a macro's name may begin with; without `element`, the whole array. */
export interface KeyTarget {
  readonly id: string;
  readonly element?: number;
}

/** Registers that one key may stand for: streams and mailboxes have a dozen. */
const mostTargets = 64;

/** Adds a register under a key, once. */
export function addKey(keys: Map<string, KeyTarget[]>, key: string, target: KeyTarget): void {
  const targets = keys.get(key);
  if (targets === undefined) keys.set(key, [target]);
  else if (targets.length < mostTargets && !targets.some(({ id, element }) => id === target.id && (element === undefined || element === target.element))) targets.push(target);
}

/** `DMA` and `Stream` of `DMA_Stream_TypeDef`. */
export function typeWords({ type = '' }: HeaderRegister): string[] {
  return type.replace(/^(NRF|LPC|R)_/, '').replace(/(Global|Device|Host|HostChannel|_OUTEndpoint|_INEndpoint)?_?(TypeDef|Type|hw_t|dev_t|[Rr]egs?(?:_t)?|registers_t|struct|_t)$/, '').split('_').filter(word => word !== '');
}

/** `USART`, `DMASTREAM` and `DMA`: what the struct's name says, its first words, and its instances' names without number. */
export function stemsOf(register: HeaderRegister): string[] {
  const words = typeWords(register);
  const beginnings = words.map((_, index) => looseName(words.slice(0, index + 1).join('')));
  const instances = register.places.map(({ instance = '' }) => looseName(instance.replace(/^NRF_/, '').replace(/_(S|NS|hw|REGS)$/, '')));
  // Renesas keeps its prefix in the macros: `R_ADC0_ADCSR_TRGE_Pos` of `R_ADC0_Type`.
  const prefixed = register.type?.startsWith('R_') === true ? [`R${beginnings.at(-1) ?? ''}`] : [];
  return [...new Set([...prefixed, ...beginnings, ...instances, ...instances.map(name => name.replace(/\d+$/, ''))])].filter(stem => stem !== '');
}
