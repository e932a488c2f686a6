import type { RegisterPlace } from '../device/device.ts';
import { registersAt } from '../device/addressIndex.ts';
import { valueOfPointer } from '../graph/pointerValues.ts';
import type { ResolvedAccess } from '../graph/resolveAccess.ts';
import { lookUpMember } from '../header/lookUp.ts';
import type { AccessFact } from '../parse/facts.ts';
import type { Subject } from './subject.ts';

/**
 * The registers of an access by the device header's structs, where the description names neither the pointer's type nor
 * the members: `usart_hw->STATUS` with a `SercomUsart *`, `USB->HOST.HostPipe[n].PCFG`. Undefined without a joined header.
 */
export async function byHeaderStruct({ header, device, graph, facts, cursor }: Subject, { base, members }: AccessFact): Promise<ResolvedAccess | undefined> {
  if (header === undefined || members.length === 0) return undefined;
  const pointer = await valueOfPointer({ source: graph.source, facts, function: cursor.function?.name }, base);
  const names = pointer === undefined ? [base] : [...pointer.values, structName(pointer.type)];
  for (const name of names) {
    const meaning = /^\w+$/.test(name) ? lookUpMember(header, name, members) : undefined;
    const places = meaning?.places.flatMap(({ address }) => registersAt(device, address).filter(place => place.address === address)) ?? [];
    const [first] = places;
    if (meaning === undefined || first === undefined) continue;
    const fields = meaning.kind === 'field' ? meaning.fields : [];
    return { places: sameNamed(places, members), fields, how: new Set(places.map(({ address }) => address)).size > 1 ? 'type' : 'address', path: first.path };
  }
  return undefined;
}

/** Of several views of one address, those that the code's members name: `SercomUsart`'s STATUS is no other mode's. */
function sameNamed(places: readonly RegisterPlace[], members: readonly string[]): readonly RegisterPlace[] {
  const names = new Set(members.map(member => member.replace(/\[.*$/, '').toUpperCase()));
  const named = places.filter(({ path }) => path.split('.').slice(1).every(part => names.has(part.replace(/\[.*$|\d+$/, '').toUpperCase())));
  return named.length > 0 ? named : places;
}

/** `SercomUsart` of `SercomUsart *const`. */
function structName(type: string): string {
  return type.replace(/\b(const|volatile|struct|static|extern)\b|[*&]/g, ' ').trim();
}
