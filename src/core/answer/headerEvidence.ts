import type { Peripheral, RegisterPlace } from '../device/device.ts';
import type { HeaderJoin } from '../header/headerJoin.ts';
import type { EvidenceCandidate } from '../prompt/buildPrompt.ts';

const mostNames = 60;

/** What the device header calls a peripheral, its registers' bits and itself: code that uses other names does not compile. */
export function headerEvidence(places: readonly RegisterPlace[], peripheral: Peripheral, join: HeaderJoin | undefined): EvidenceCandidate | undefined {
  const file = join?.files[0];
  if (join === undefined || file === undefined) return undefined;
  const instance = join.instances.find(({ peripherals }) => peripherals.includes(peripheral.name));
  const paths = new Set(places.map(({ path }) => path));
  const ids = new Set(join.registers.filter(register => register.places.some(place => place.paths.some(path => paths.has(path)))).map(({ id }) => id));
  const all = join.macros.filter(({ registers }) => registers.some(id => ids.has(id)));
  // A position says nothing more beside its mask; some headers have only positions.
  const macros = all.filter(macro => macro.meaning !== 'position' || !all.some(other => other.meaning !== 'position' && other.bitOffset === macro.bitOffset && other.registers[0] === macro.registers[0]));
  // `USART_CR1_UE_Msk` beside `USART_CR1_UE` says nothing more.
  const names = macros.map(({ name }) => name).filter((name, _index, listed) => !/_Msk$/.test(name) || !listed.includes(name.replace(/_Msk$/, '')));
  if (instance === undefined && names.length === 0) return undefined;
  const include = `#include "${file.split('/').at(-1) ?? file}"`;
  const shown = names.slice(0, mostNames);
  return {
    kind: 'device', title: `Facts: names in the device header ${file}`, file, line: instance?.line ?? 1,
    text: [include, ...instance === undefined ? [] : [`pointer: ${instance.name}`], ...shown.length === 0 ? [] : [`bit macros: ${shown.join(' ')}${names.length > shown.length ? ` (and ${names.length - shown.length} more)` : ''}`]].join('\n'),
  };
}
