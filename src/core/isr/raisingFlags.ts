import type { Device, Peripheral, RegisterPlace } from '../device/device.ts';
import { registersOf } from '../device/places.ts';
import type { Graph } from '../graph/graph.ts';
import { resolveAccess } from '../graph/resolveAccess.ts';
import type { AccessFact } from '../parse/facts.ts';
import type { CallTree } from './callTree.ts';
import type { FlagUse, Hazard, RaisingFlag } from './dossier.ts';
import type { Handler } from './handlers.ts';
import { clearingEffect, type Touch } from './touched.ts';

export interface RaisingGround {
  readonly handler: Handler;
  readonly tree: CallTree;
  readonly touches: readonly Touch[];
  readonly cleared: readonly FlagUse[];
  readonly graph: Graph;
  readonly device: Device | undefined;
}

/** Files looked through for a peripheral's enables; a vendor's SDK names every peripheral in hundreds. */
const mostFiles = 40;

/** Flags that the code lets raise this interrupt: those whose enable bit it sets in the same peripheral, and whether the handler clears them. */
export async function raisingFlags({ handler, graph, device, cleared, touches }: RaisingGround): Promise<RaisingFlag[]> {
  const { peripheral, irq } = handler;
  if (device === undefined || peripheral === undefined || irq === undefined || irq < 0) return [];
  const done = new Set(cleared.map(({ flag }) => flag.toUpperCase()));
  const flags = flagFields(peripheral);
  const found = new Map<string, RaisingFlag>();
  const files = new Set([...touches.map(({ use }) => use.file), ...(await graph.source.mentions(peripheral.name)).slice(0, mostFiles)]);
  for (const file of files) {
    const facts = await graph.source.facts(file);
    for (const access of facts?.accesses ?? []) {
      if (facts === undefined || !setsEnables(access)) continue;
      const { places: [place], fields, how } = await resolveAccess(access, { device, graph, facts });
      if (place?.peripheral !== peripheral || how === 'type') continue;
      for (const field of fields) {
        const flag = flagOf(field, place, flags);
        if (flag !== undefined && !found.has(flag.name)) found.set(flag.name, { path: flag.place.path, flag: flag.name, enable: `${place.path}.${field}`, file, line: access.line, isCleared: done.has(flag.name.toUpperCase()) });
      }
    }
  }
  return [...found.values()];
}

/** Enables that are set, by names that say so: the costly join is for those alone. */
function setsEnables({ kind, operator, value, members, through }: AccessFact): boolean {
  if (kind === 'read' || through !== undefined || operator === '&=' || /CLEAR|RESET/.test(operator ?? '') || value?.includes('~') === true) return false;
  return /(IE|IEN|INTEN|INTE|IE\d+)\b|IE\b|_IE_|INTENSET|IER|IMR|DIER/.test(`${value ?? ''} ${members.at(-1) ?? ''}`);
}

interface FlagField {
  readonly name: string;
  readonly place: RegisterPlace;
}

/** One-bit fields of the peripheral's status registers. */
function flagFields(peripheral: Peripheral): FlagField[] {
  const found: FlagField[] = [];
  let registers = 0;
  for (const place of registersOf(peripheral)) {
    registers += 1;
    if (registers > 400) break;
    if (!/(^|_)(SR\d*|ISR|STATUS\w*|STAT\w*|INTFLAG|RIS|MIS|INTS|IRQ\w*|EVENTS_\w+|[HL]ISR|PR\d*|FLAGS?)$/i.test(place.register.name)) continue;
    for (const field of place.register.fields) if (field.bitWidth === 1) found.push({ name: field.name, place });
  }
  return found;
}

/** `RXNEIE` stands for `RXNE`, `UIE` for `UIF`, `TCIE` for `TC` or `TCIF`; registers of enables repeat the flags' own names. */
function flagOf(field: string, { register }: RegisterPlace, flags: readonly FlagField[]): FlagField | undefined {
  const isEnables = /(^|_)(IER\w*|IMR\w*|INTEN\w*|IM|INTE)$/i.test(register.name);
  const stem = /^(\w+?)(?:IEN|IE)(\d*)$/.exec(field);
  const wanted = stem === null ? (isEnables ? [field] : []) : [`${stem[1] ?? ''}${stem[2] ?? ''}`, `${stem[1] ?? ''}F${stem[2] ?? ''}`, `${stem[1] ?? ''}IF${stem[2] ?? ''}`];
  if (isEnables && stem !== null) wanted.push(field);
  return flags.find(({ name }) => wanted.includes(name));
}

/** Flags that stay set and so bring the interrupt again at once. Said only where the way of clearing is known, and everything the handler calls too. */
export function stormHazards({ handler, tree, touches, device }: RaisingGround, raising: readonly RaisingFlag[]): Hazard[] {
  const { peripheral } = handler;
  if (device === undefined || peripheral === undefined || tree.isCut || tree.callees.some(({ definition, name }) => definition === undefined && !/^(__\w+|NVIC_\w+|\w+FromISR|portYIELD\w*|mem\w+)$/.test(name))) return [];
  // A register reached through a pointer, or one not resolved, may be the one that clears it.
  if (touches.some(({ access, resolved }) => access.kind !== 'read' && (resolved.places.length === 0 || resolved.how === 'type'))) return [];
  return raising.filter(({ isCleared }) => !isCleared).flatMap(({ path, flag, enable, file, line }): Hazard[] => {
    const place = [...registersOf(peripheral)].find(each => each.path === path);
    const field = place?.register.fields.find(({ name }) => name === flag);
    if (place === undefined || field === undefined || touches.some(({ access, resolved }) => access.kind !== 'read' && resolved.places.some(({ address }) => address === place.address))) return [];
    const effect = clearingEffect(place, field, device);
    if (effect === undefined) return [];
    // The handler may switch the enable off instead.
    if (touches.some(({ access, resolved }) => access.kind !== 'read' && enable.startsWith(`${resolved.path}.`))) return [];
    return [{ id: 'flag-not-cleared', file: handler.file, line: handler.function.startLine, certainty: 'likely', message: `${path}.${flag} can raise this interrupt (${enable} is set at ${file}:${line}), and nothing here clears it: once set, the interrupt comes again and again.` }];
  });
}
