import type { Device, Peripheral } from '../device/device.ts';
import { registersOf } from '../device/places.ts';
import { nearestFirst } from '../graph/folderDistance.ts';
import type { Graph } from '../graph/graph.ts';
import { instanceOf } from '../graph/instanceOf.ts';
import { resolveAccess } from '../graph/resolveAccess.ts';
import type { AccessFact, SourceFacts } from '../parse/facts.ts';
import type { CallTree } from './callTree.ts';
import type { CodePlace, FlagUse, Hazard, RaisingFlag } from './dossier.ts';
import { enablesOfWord, flagName, flagOfEnable, interruptFields, raises, type InterruptFields, type PlacedField } from './enableFields.ts';
import type { Handler } from './handlers.ts';
import { enablingCalls, readLibraryEnable } from './libraryEnables.ts';
import type { NamedFlag } from './flagNames.ts';
import { clearingEffect, clearingOf } from './flags.ts';
import { isClearingCall } from './libraryClears.ts';
import type { Touch } from './touched.ts';

export interface RaisingGround {
  readonly handler: Handler;
  readonly tree: CallTree;
  readonly touches: readonly Touch[];
  readonly cleared: readonly FlagUse[];
  /** Flags that a write may clear, by a value that only the program knows. */
  readonly open: readonly NamedFlag[];
  readonly graph: Graph;
  readonly device: Device | undefined;
}

/** Files looked through for a peripheral's enables, the nearest to the handler first; a vendor's SDK names every peripheral in hundreds. */
const mostFiles = 40;

/** Flags that the code lets raise this interrupt: those whose enable bit it sets in the same peripheral, itself or through a vendor's library, and whether the handler clears them. */
export async function raisingFlags({ handler, graph, device, cleared, open, touches }: RaisingGround): Promise<RaisingFlag[]> {
  const { irq } = handler;
  if (device === undefined || irq === undefined || irq < 0) return [];
  const found = new Map<string, RaisingFlag>();
  for (const peripheral of blocksOf(handler, device)) {
    const fields = interruptFields(peripheral);
    for await (const { enable, by, file, line } of enablesOf(handler, { graph, device, fields, peripheral, own: touches.map(({ use }) => use.file) })) {
      const flag = raises(handler.tableName, enable) ? flagOfEnable(enable.name, enable.place, fields.flags) : undefined;
      const named = flag === undefined ? undefined : { path: flag.place.path, flag: flagName(flag) };
      if (named !== undefined && !found.has(named.flag)) found.set(named.flag, { ...named, enable: `${enable.place.path}.${enable.name}`, file, line, ...clearing(clearingOf({ cleared, open }, named)), ...(by !== undefined && { by }) });
    }
  }
  return [...found.values()];
}

/** The handler's own peripheral, and those of Nordic's that share its interrupt because they share its place: `UART0` and `UARTE0`. */
function blocksOf({ peripheral, irq }: Handler, { peripherals }: Device): Peripheral[] {
  if (peripheral === undefined) return [];
  return [peripheral, ...peripherals.filter(other => other !== peripheral && other.baseAddress === peripheral.baseAddress && other.interrupts.some(({ value }) => value === irq))];
}

function clearing(known: ReturnType<typeof clearingOf>): Pick<RaisingFlag, 'isCleared' | 'mayBeCleared'> {
  return { isCleared: known === 'yes', ...(known === 'perhaps' && { mayBeCleared: true as const }) };
}

interface EnableGround {
  readonly graph: Graph;
  readonly device: Device;
  readonly fields: InterruptFields;
  readonly peripheral: NonNullable<Handler['peripheral']>;
  /** Files that the handler's own accesses stand in. */
  readonly own: readonly string[];
}

/** A place that sets an enable bit of the peripheral, and the library's function that does it. */
interface Enable extends CodePlace {
  readonly enable: PlacedField;
  readonly by?: string;
}

async function* enablesOf({ file: home, tableName }: Handler, ground: EnableGround): AsyncGenerator<Enable, void> {
  const { graph, peripheral } = ground;
  // Headers have structs for single channels, too: `DMA1_Stream5`.
  const named = await filesThatMention(graph, [peripheral.name, `NRF_${peripheral.name}`, tableName.replace(/_?IRQHandler$/, '')], home);
  for (const file of new Set([...ground.own, ...named])) {
    const facts = await graph.source.facts(file);
    if (facts !== undefined) yield* setByAccess(file, facts, ground);
  }
  for (const file of await filesThatMention(graph, enablingCalls(peripheral.name), home)) {
    const facts = await graph.source.facts(file);
    if (facts !== undefined) yield* setByCall(file, facts, ground);
  }
}

async function filesThatMention({ source }: Graph, names: readonly string[], home: string): Promise<string[]> {
  const files = new Set<string>();
  for (const name of names) for (const file of await source.mentions(name)) files.add(file);
  return nearestFirst(files, home).slice(0, mostFiles);
}

async function* setByAccess(file: string, facts: SourceFacts, { graph, device, peripheral }: EnableGround): AsyncGenerator<Enable, void> {
  for (const access of facts.accesses) {
    if (!setsEnables(access)) continue;
    const { places: [place], fields, how } = await resolveAccess(access, { device, graph, facts });
    if (place?.peripheral !== peripheral || how === 'type') continue;
    for (const name of fields) yield { enable: { name, place }, file, line: access.line };
  }
}

async function* setByCall(file: string, facts: SourceFacts, { graph, device, peripheral, fields }: EnableGround): AsyncGenerator<Enable, void> {
  for (const { calls } of facts.functions) {
    for (const call of calls) {
      const read = readLibraryEnable(call);
      const instance = read === undefined ? undefined : await instanceOf(read.target, { device, graph, facts, file });
      if (read === undefined || instance?.peripheral !== peripheral) continue;
      for (const word of read.words) for (const enable of enablesOfWord(word, fields.enables, read.channel ?? instance.channel)) yield { enable, file, line: call.line, by: call.name };
    }
  }
}

/** Enables that are set, by names that say so: the costly join is for those alone. */
function setsEnables({ kind, operator, value, members, through }: AccessFact): boolean {
  if (kind === 'read' || through !== undefined || operator === '&=' || /CLEAR|RESET/.test(operator ?? '') || value?.includes('~') === true) return false;
  return /(IE|IEN|INTEN|INTE|IE\d+)\b|IE\b|_IE_|INTENSET|IER|IMR|DIER/.test(`${value ?? ''} ${members.at(-1) ?? ''}`);
}

/** Flags that stay set and so bring the interrupt again at once. Said only where the way of clearing is known, and everything the handler calls too. */
export function stormHazards({ handler, tree, touches, device }: RaisingGround, raising: readonly RaisingFlag[]): Hazard[] {
  const { peripheral } = handler;
  if (device === undefined || peripheral === undefined || tree.isCut || tree.callees.some(({ definition, name }) => definition === undefined && !isClearingCall(name) && !/^(__\w+|NVIC_\w+|\w+FromISR|portYIELD\w*|mem\w+)$/.test(name))) return [];
  // Of a block's several interrupts nothing tells which of them a flag raises.
  if (new Set(peripheral.interrupts.map(({ value }) => value)).size > 1) return [];
  // A register reached through a pointer, or one not resolved, may be the one that clears it.
  if (touches.some(({ access, resolved }) => access.kind !== 'read' && (resolved.places.length === 0 || resolved.how === 'type'))) return [];
  return raising.filter(({ isCleared, mayBeCleared }) => !isCleared && mayBeCleared !== true).flatMap(({ path, flag, enable, file, line }): Hazard[] => {
    const place = blocksOf(handler, device).flatMap(block => [...registersOf(block)]).find(each => each.path === path);
    const field = place?.register.fields.find(({ name }) => name === flag) ?? (flag.startsWith('EVENTS_') ? place?.register.fields[0] : undefined);
    if (place === undefined || field === undefined || touches.some(({ access, resolved }) => access.kind !== 'read' && resolved.places.some(({ address }) => address === place.address))) return [];
    const effect = clearingEffect(place, field, device);
    if (effect === undefined) return [];
    // The handler may switch the enable off instead.
    if (touches.some(({ access, resolved }) => access.kind !== 'read' && enable.startsWith(`${resolved.path}.`))) return [];
    return [{ id: 'flag-not-cleared', file: handler.file, line: handler.function.startLine, certainty: 'likely', message: `${flag.startsWith('EVENTS_') ? path : `${path}.${flag}`} can raise this interrupt (${enable} is set at ${file}:${line}), and nothing here clears it: once set, the interrupt comes again and again.` }];
  });
}
