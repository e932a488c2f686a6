import type { Device, Peripheral } from '../device/device.ts';
import { findPeripherals } from '../device/findPeripherals.ts';
import type { SourceFacts } from '../parse/facts.ts';
import { nearestFirst } from './folderDistance.ts';
import type { Graph } from './graph.ts';
import { macroAlias } from './macroTokens.ts';

/** The peripheral that an argument means, and which of its channels. */
export interface Instance {
  readonly peripheral: Peripheral;
  /** `5` of `DMA1_Stream5`. */
  readonly channel?: string;
}

/** Macros for macros, and files looked through for a handle's set-up. */
const deepestAlias = 4;
const mostFiles = 16;

/** `USART2`, `CONSOLE` after `#define CONSOLE USART2`, `&huart2` after `huart2.Instance = USART2` in whatever file; undefined for a parameter, and for what only running tells. */
export async function instanceOf(argument: string, { device, graph, facts, file }: { readonly device: Device; readonly graph: Graph; readonly facts: SourceFacts; readonly file: string }): Promise<Instance | undefined> {
  const name = /^\(?\s*&?\s*\(?\s*([A-Za-z_][\w.]*)\s*\)?\)?$/.exec(argument.replace(/^\(\s*\w+\s*\*\s*\)/, '').trim())?.[1];
  if (name === undefined) return undefined;
  const named = await peripheralNamed(name, device, graph);
  if (named !== undefined) return named;
  const own = instanceIn(facts, name);
  if (own !== undefined) return peripheralNamed(own, device, graph);
  const others = new Set([...(await graph.source.definitions(name)).filter(({ kind }) => kind === 'variable').map(definition => definition.file), ...await graph.source.mentions(name)]);
  for (const other of nearestFirst(others, file).slice(0, mostFiles)) {
    const facts = await graph.source.facts(other);
    const instance = facts === undefined ? undefined : instanceIn(facts, name);
    if (instance !== undefined) return peripheralNamed(instance, device, graph);
  }
  return undefined;
}

async function peripheralNamed(written: string, device: Device, graph: Graph): Promise<Instance | undefined> {
  let name = written;
  for (let depth = 0; depth < deepestAlias; depth += 1) {
    const [, block, channel] = /^(\w+?)_(?:Stream|Channel|CH)_?(\d+)$/i.exec(name) ?? [];
    const found = /^[A-Z]/.test(name) ? findPeripherals(device, name) : [];
    const [whole] = found.length > 0 || block === undefined ? found : findPeripherals(device, block);
    if (whole !== undefined) return { peripheral: whole, ...(found.length === 0 && channel !== undefined && { channel }) };
    await graph.macros.load([name]);
    const alias = macroAlias(graph.macros.lookup(name));
    if (alias === undefined) return undefined;
    name = alias;
  }
  return undefined;
}

/** What a file puts into the handle's `Instance`, by an assignment or an initialiser. */
function instanceIn(facts: SourceFacts, handle: string): string | undefined {
  const assigned = facts.pointers?.find(({ member, base }) => member === 'Instance' && base === handle)?.value;
  if (assigned !== undefined) return assigned;
  const initializer = facts.variables.find(({ name, function: inside }) => name === handle && inside === undefined)?.initializer;
  return initializer === undefined ? undefined : /\.\s*Instance\s*=\s*(?:\([\w\s*]+\)\s*)?(\w+)/.exec(initializer)?.[1];
}
