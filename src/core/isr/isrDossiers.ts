import type { Device } from '../device/device.ts';
import type { FactSource } from '../graph/factSource.ts';
import { createGraph, type Graph } from '../graph/graph.ts';
import type { Problem } from '../text/problem.ts';
import { callTree, type CallTree } from './callTree.ts';
import type { IsrDossier } from './dossier.ts';
import { findHandlers, type Handler, type Handlers } from './handlers.ts';
import { hazards } from './hazards.ts';
import { priorityOf } from './priority.ts';
import { registerRaces } from './registerRaces.ts';
import { sharedVariables } from './sharedVariables.ts';
import { flags, touches } from './touched.ts';

/** Which handlers: by name, around a line of a file, of a file; none of these: all. */
export interface DossierTarget {
  readonly name?: string;
  readonly file?: string;
  readonly line?: number;
}

/** The facts of interrupt handlers, worked out from the sources and the chip's description. In the order of files and lines. */
export async function isrDossiers(source: FactSource, device: Device | undefined, target: DossierTarget = {}): Promise<{ readonly isrs: readonly IsrDossier[]; readonly problems: readonly Problem[] }> {
  const handlers = await findHandlers(source, device);
  const wanted = handlers.handlers.filter(handler => isWanted(handler, target));
  const graph = createGraph(source);
  const isrs: IsrDossier[] = [];
  for (const handler of wanted) isrs.push(await dossier(handler, { handlers, graph, device }));
  isrs.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
  const missing = isrs.length > 0 || target.name === undefined ? [] : [{ file: '', message: `${target.name}: no such interrupt handler is defined in the indexed sources.` }];
  const registered = handlers.problems.filter(({ file }) => target.name === undefined && (target.file ?? file) === file && target.line === undefined);
  return { isrs, problems: [...missing, ...registered] };
}

function isWanted({ file, function: { name, docStartLine, endLine } }: Handler, target: DossierTarget): boolean {
  if (target.name !== undefined && target.name !== name) return false;
  if (target.file !== undefined && target.file !== file) return false;
  return target.line === undefined || (docStartLine <= target.line && target.line <= endLine);
}

async function dossier(handler: Handler, ground: { readonly handlers: Handlers; readonly graph: Graph; readonly device: Device | undefined }): Promise<IsrDossier> {
  const { graph, device, handlers } = ground;
  const tree = await callTree(graph.source, handler);
  const touched = await touches(tree, graph, device);
  const { tested, cleared } = flags(touched, device);
  const shared = await sharedVariables(graph.source, tree, device);
  const uses = touched.filter(({ access }) => access.through === undefined).map(({ use }) => use);
  const facts = { flagsTested: tested, flagsCleared: cleared, sharedVariables: shared };
  const races = await registerRaces({ handlers, tree, touches: touched, graph, device });
  const priority = await priorityOf(graph.source, handler);
  return {
    ...place(handler), ...facts,
    registersRead: uses.filter(({ kind }) => kind !== 'write'),
    registersWritten: uses.filter(({ kind }) => kind !== 'read'),
    callees: tree.callees,
    ...(priority !== undefined && { priority }),
    hazards: [...hazards({ handler, handlers, tree, touches: touched, device, facts }), ...races],
    ...(tree.recursive.length > 0 && { recursive: tree.recursive }),
    callDepth: Math.max(0, ...tree.functions.map(({ depth }) => depth)),
    problems: partialFacts(handler, tree),
  };
}

/** Why these facts may not be all. */
function partialFacts({ file, function: { name, startLine: line, isUnclosed } }: Handler, tree: CallTree): Problem[] {
  return [
    ...(tree.isCut ? [{ file, line, message: `${name} calls deeper than is followed here: what lies below is not in these facts.` }] : []),
    ...(isUnclosed === true ? [{ file, line, message: `${name} has no closing brace yet, so these facts may lack something or hold too much.` }] : []),
    ...tree.callees.filter(({ through }) => through !== undefined).slice(0, 4).map(({ name: callee, through = '', line: at, caller }) => ({ file, line: at, message: `${caller ?? name} calls ${through}: taken to be ${callee}, as that is put there.` })),
  ];
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
  const { file, line, by, interrupt, source } = first;
  return { registered: { file, line, by, ...(interrupt !== undefined && { interrupt }), ...(source !== undefined && { source }), ...(registrations.length > 1 && { more: registrations.length - 1 }) } };
}
