import type { Device, RegisterPlace } from '../device/device.ts';
import type { Graph } from '../graph/graph.ts';
import { resolveAccess } from '../graph/resolveAccess.ts';
import { sideEffects } from '../manual/sideEffects.ts';
import type { AccessFact, FunctionFact, SourceFacts } from '../parse/facts.ts';
import { listed } from '../text/listed.ts';
import type { CallTree } from './callTree.ts';
import type { Hazard } from './dossier.ts';
import type { Handlers } from './handlers.ts';
import { mostNames } from './hazards.ts';
import { isCalledGuarded, keepsAway } from './interruptsOff.ts';
import type { Touch } from './touched.ts';

export interface RaceGround {
  readonly handlers: Handlers;
  readonly tree: CallTree;
  readonly touches: readonly Touch[];
  readonly graph: Graph;
  readonly device: Device | undefined;
}

/** Files looked through for one register; a vendor's SDK names `CR1` in hundreds. */
const mostFiles = 60;

/** Registers that the handler writes and other code changes by reading, changing and writing back: what the handler wrote in between is lost. */
export async function registerRaces(ground: RaceGround): Promise<Hazard[]> {
  const written = new Map(ground.touches.filter(({ access, resolved }) => access.kind !== 'read' && resolved.places.length > 0 && resolved.how !== 'type' && !resolved.places.every(place => place.register.access === 'write-only' || clearsByOne(place, ground.device))).map(touch => [touch.use.path, touch]));
  const inTree = new Set(ground.tree.functions.map(({ file, function: { name } }) => `${file}\n${name}`));
  const handlerName = ground.tree.functions[0]?.function.name ?? '';
  const found = new Map<string, Writer[]>();
  for (const file of await filesThatMention(ground, [...written.values()])) {
    const facts = await ground.graph.source.facts(file);
    for (const access of facts?.accesses ?? []) {
      if (facts === undefined || !mayRace(access, written) || keepsAway(access.guard, handlerName)) continue;
      const inside = facts.functions.find(({ name }) => name === access.function);
      if (inside === undefined || inTree.has(`${file}\n${inside.name}`) || !runsInterrupted(inside, facts, ground.handlers)) continue;
      const { path, how } = await resolveAccess(access, { device: ground.device, graph: ground.graph, facts });
      if (how !== 'type' && written.has(path) && !await isCalledGuarded(ground.graph.source, { file, function: inside, handlerName })) found.set(path, [...found.get(path) ?? [], { file, line: access.line, function: inside.name }]);
    }
  }
  return [...found].map(([path, writers]) => race(path, writers));
}

/** What is written there clears flags and is gone: nothing of the handler's can be lost. */
function clearsByOne(place: RegisterPlace, device: Device | undefined): boolean {
  const effects = sideEffects(place, device === undefined ? {} : { device: device.name });
  return place.register.fields.length > 0 && place.register.fields.every(({ name }) => effects.some(({ modifiedWriteValues, fields }) => modifiedWriteValues === 'oneToClear' && (fields?.includes(name) ?? true)));
}

interface Writer {
  readonly file: string;
  readonly line: number;
  readonly function: string;
}

async function filesThatMention({ tree, graph }: RaceGround, touches: readonly Touch[]): Promise<string[]> {
  const files = new Set(tree.functions.map(({ file }) => file));
  for (const base of new Set(touches.map(({ access }) => access.base))) {
    const name = /^\w+$/.test(base) && !/^\d/.test(base) ? base : undefined;
    for (const file of name === undefined ? [] : await graph.source.mentions(name)) if (files.size < mostFiles) files.add(file);
  }
  return [...files].sort();
}

/** A look at the names before the costly join. */
function mayRace({ kind, members, through }: AccessFact, written: ReadonlyMap<string, Touch>): boolean {
  return kind === 'modify' && through === undefined && [...written.values()].some(({ access }) => access.members.at(-1) === members.at(-1));
}

/** Set-up code runs before the interrupt is on; other handlers, and what only they call, mostly have the same priority. */
function runsInterrupted(inside: FunctionFact, facts: SourceFacts, { handlers }: Handlers): boolean {
  if (/init|setup|config|enable|start_?up|^main$/i.test(inside.name)) return false;
  const isHandler = (name: string): boolean => handlers.some(handler => handler.function.name === name);
  if (isHandler(inside.name)) return false;
  const callers = facts.functions.filter(({ calls }) => calls.some(({ name }) => name === inside.name));
  return !inside.isStatic || callers.length === 0 || callers.some(({ name }) => !isHandler(name));
}

/** One hazard a register, however many places change it. */
function race(path: string, writers: readonly Writer[]): Hazard {
  const [first] = writers;
  const who = listed(writers.map(writer => writer.function), mostNames);
  return {
    id: 'register-race', file: first?.file ?? '', line: first?.line ?? 0, certainty: 'likely',
    message: `${path} is read, changed and written back in ${who}: when this interrupt comes in between, what the handler wrote there is lost. Not an error if interrupts are off there.`,
  };
}
