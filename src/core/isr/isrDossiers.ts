import type { Device } from '../device/device.ts';
import type { FactSource } from '../graph/factSource.ts';
import { createGraph, type Graph } from '../graph/graph.ts';
import type { Problem } from '../text/problem.ts';
import { callTree } from './callTree.ts';
import type { Hazard, IsrDossier } from './dossier.ts';
import { findHandlers, type Handler, type Handlers } from './handlers.ts';
import { hazards } from './hazards.ts';
import { lostInterrupts } from './lostInterrupts.ts';
import { partialFacts } from './partialFacts.ts';
import { createInterruptSettings, type InterruptSettings } from './priority.ts';
import { raisingFlags, stormHazards } from './raisingFlags.ts';
import { reachingHandlers } from './reachingHandlers.ts';
import { registerRaces } from './registerRaces.ts';
import { sharedVariables } from './sharedVariables.ts';
import { clearsFlag } from './flagNames.ts';
import { flags, type Flags } from './flags.ts';
import { libraryClears, type LibraryClears } from './libraryClears.ts';
import { stackUse } from './stackUse.ts';
import { mostTouches, touches } from './touched.ts';
import { aboveCeiling, preemptionOf } from './urgency.ts';
import { floatingPointHazard, workloadOf } from './workload.ts';

/** Which handlers: by name, around a line of a file, of a file; none of these: all. */
export interface DossierTarget {
  readonly name?: string;
  readonly file?: string;
  readonly line?: number;
}

/** What all dossiers of one request stand on. */
interface Ground {
  readonly handlers: Handlers;
  readonly graph: Graph;
  readonly device: Device | undefined;
  readonly settings: InterruptSettings;
}

export interface Dossiers {
  readonly isrs: readonly IsrDossier[];
  /** What is wrong with the vector table as a whole; only where all handlers are asked for. */
  readonly findings?: readonly Hazard[];
  readonly problems: readonly Problem[];
}

/** The facts of interrupt handlers, worked out from the sources and the chip's description. In the order of files and lines. A name that is no handler's, such as a HAL's callback, gives the handlers that run it. */
export async function isrDossiers(source: FactSource, device: Device | undefined, target: DossierTarget = {}, pause?: () => Promise<void>): Promise<Dossiers> {
  const handlers = await findHandlers(source, device);
  const named = handlers.handlers.filter(handler => isWanted(handler, target));
  const wanted = named.length > 0 || target.name === undefined ? named : await reachingHandlers(source, target.name, handlers.handlers);
  const graph = createGraph(source, device?.name);
  const ground: Ground = { handlers, graph, device, settings: createInterruptSettings(source, graph.macros) };
  const isrs: IsrDossier[] = [];
  for (const handler of wanted) {
    isrs.push(await dossier(handler, ground));
    // A large project has hundreds: what the editor asks meanwhile must not wait for all of them.
    await pause?.();
  }
  isrs.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
  const registered = handlers.problems.filter(({ file }) => target.name === undefined && (target.file ?? file) === file && target.line === undefined);
  const isWhole = target.name === undefined && target.file === undefined;
  return { isrs, ...(isWhole && { findings: await lostInterrupts(handlers, ground.settings) }), problems: [...targetProblems(target, named.length, isrs), ...registered] };
}

function targetProblems({ name }: DossierTarget, named: number, isrs: readonly IsrDossier[]): Problem[] {
  if (name === undefined || named > 0) return [];
  if (isrs.length === 0) return [{ file: '', message: `${name}: no such interrupt handler is defined in the indexed sources.` }];
  return [{ file: '', message: `${name} is no interrupt handler itself; it runs in ${isrs.map(isr => isr.name).join(', ')}.` }];
}

function isWanted({ file, function: { name, docStartLine, endLine } }: Handler, target: DossierTarget): boolean {
  if (target.name !== undefined && target.name !== name) return false;
  if (target.file !== undefined && target.file !== file) return false;
  return target.line === undefined || (docStartLine <= target.line && target.line <= endLine);
}

async function dossier(handler: Handler, ground: Ground): Promise<IsrDossier> {
  const { graph, device, handlers, settings } = ground;
  const tree = await callTree(graph.source, handler);
  const touched = await touches(tree, graph, device);
  const { tested, cleared, open } = withLibrary(flags(touched, device), await libraryClears(tree, { graph, device }));
  const shared = await sharedVariables(graph.source, tree, device);
  const uses = touched.filter(({ access }) => access.through === undefined).map(({ use }) => use);
  const facts = { flagsTested: tested, flagsCleared: cleared, sharedVariables: shared };
  const raisingGround = { handler, tree, touches: touched, cleared, open, graph, device };
  const raisedBy = await raisingFlags(raisingGround);
  const { priority, enabled } = await settings.of(handler);
  const stack = await stackUse(graph.source, tree, device);
  const preemption = await preemptionOf(handler, priority, handlers.handlers, settings);
  const found = [
    ...hazards({ handler, handlers, tree, touches: touched, device, facts, open }), ...stormHazards(raisingGround, raisedBy),
    ...await aboveCeiling(handler, tree, priority, graph.macros), ...floatingPointHazard(tree, device),
    ...await registerRaces({ handlers, tree, touches: touched, graph, device }),
  ];
  return {
    ...place(handler), ...facts, ...workloadOf(tree),
    registersRead: uses.filter(({ kind }) => kind !== 'write'),
    registersWritten: uses.filter(({ kind }) => kind !== 'read'),
    callees: tree.callees,
    ...(raisedBy.length > 0 && { raisedBy }), ...(priority !== undefined && { priority }), ...(enabled !== undefined && { enabled }), ...(preemption !== undefined && { preemption }),
    ...(stack !== undefined && { stack }),
    ...(tree.recursive.length > 0 && { recursive: tree.recursive }),
    callDepth: Math.max(0, ...tree.functions.map(({ depth }) => depth)),
    hazards: distinctHazards(found), problems: partialFacts(handler, tree, touched.length >= mostTouches),
  };
}

function withLibrary({ tested, cleared, open }: Flags, library: LibraryClears): Flags {
  return { tested, cleared: [...cleared, ...library.cleared.filter(each => !cleared.some(other => clearsFlag(other, each)))], open: [...open, ...library.open] };
}

/** One flag may be missed by two ways of looking; one line a thing is enough. */
function distinctHazards(all: readonly Hazard[]): Hazard[] {
  const flagOf = ({ id, file, line, message }: Hazard): string => (id === 'flag-not-cleared' ? `${id} ${message.split(' ', 1)[0] ?? ''}` : `${id} ${file}:${line} ${message}`);
  return [...new Map(all.toReversed().map(hazard => [flagOf(hazard), hazard])).values()].toReversed();
}

function place({ file, function: { name, startLine, endLine }, irq, vector, interrupt, peripheral, registrations }: Handler): Pick<IsrDossier, 'registered' | 'name' | 'file' | 'line' | 'endLine' | 'irq' | 'vector' | 'vectorPlace' | 'peripheral' | 'description'> {
  return {
    name, file, line: startLine, endLine,
    ...(irq !== undefined && { irq }),
    ...(vector !== undefined && vector.index >= 0 && { vector: vector.index }),
    ...(vector !== undefined && { vectorPlace: { file: vector.file, line: vector.line } }),
    ...(peripheral !== undefined && { peripheral: peripheral.name }),
    ...registeredOf(registrations),
    ...(interrupt?.description !== undefined && { description: interrupt.description.replace(/\s+/g, ' ') }),
  };
}

/** The first registration stands for all. */
function registeredOf(registrations: Handler['registrations'] = []): Pick<IsrDossier, 'registered'> {
  const [first] = registrations;
  if (first === undefined) return {};
  const { file, line, by, interrupt, source, devicetree } = first;
  return { registered: { file, line, by, ...(interrupt !== undefined && { interrupt }), ...(source !== undefined && { source }), ...(devicetree !== undefined && { devicetree }), ...(registrations.length > 1 && { more: registrations.length - 1 }) } };
}
