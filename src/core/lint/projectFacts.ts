import type { Device } from '../device/device.ts';
import type { Graph } from '../graph/graph.ts';
import { findHandlers, type Handler, type Handlers } from '../isr/handlers.ts';
import { createInterruptSettings } from '../isr/priority.ts';
import { bareName, callingContext, type CallingContext } from './callingContext.ts';
import { clockEnables, type ClockEnables } from './clockEnables.ts';
import type { LintHit } from './finding.ts';
import { footprint, handlerGround, type HandlerGround } from './handlerGround.ts';
import { blockingCalls, endlessWaits, flagsNeverCleared, notInTable } from './handlerRules.ts';
import { interruptEnables, type InterruptEnables } from './interruptEnables.ts';
import { missingBarrier } from './missingBarrier.ts';
import { aboveSyscallCeiling } from './priorityCeiling.ts';
import { sharedDataHits, type InterruptFunctions } from './sharedDataRules.ts';

/** What is known of the whole workspace: what the rules need that look beyond one file. */
export interface ProjectFacts {
  readonly handlers: Handlers;
  readonly clocks: ClockEnables;
  readonly enables: InterruptEnables;
  /** Findings that follow from handlers, by the file they stand in. */
  readonly handlerHits: ReadonlyMap<string, readonly LintHit[]>;
}

/** Findings of handlers from an earlier time, that still hold while the files they follow from are the same. */
export type KnownHandlers = Map<string, KnownHandler>;

interface KnownHandler {
  readonly basis: string;
  readonly files: readonly string[];
  readonly functions: readonly string[];
  readonly hits: readonly LintHit[];
}

export interface ProjectContext {
  readonly graph: Graph;
  readonly device: Device | undefined;
  /** Changes when the content of the file does. */
  readonly stampOf: (file: string) => string;
  readonly known: KnownHandlers;
  readonly signal?: AbortSignal | undefined;
  /** Lets other requests go first. */
  readonly rest: () => Promise<void>;
}

/** Looks at every handler of the workspace, at clocks, and at what is enabled. */
export async function projectFacts(context: ProjectContext): Promise<ProjectFacts> {
  const { graph, device } = context;
  const found = await findHandlers(graph.source, device);
  const handlers = { ...found, handlers: found.handlers.filter(isSure) };
  const clocks = device === undefined ? { openings: () => undefined } : await clockEnables(graph, device, found.hasVectorTable);
  const enables = await interruptEnables(graph.source);
  const hits = await allHandlerHits(handlers, context);
  return { handlers, clocks, enables, handlerHits: Map.groupBy(hits, ({ file }) => file) };
}

/** Something says that it is a handler beside a name that only sounds like one: `WaitUSB_Interrupt`. */
function isSure({ vector, interrupt, function: { name, attributes } }: Handler): boolean {
  return vector !== undefined || interrupt !== undefined || attributes.some(attribute => /interrupt|isr|signal/i.test(attribute)) || /_IRQHandler$|_vect$|_isr$|_Handler$|_irqn$/i.test(name);
}

async function allHandlerHits(handlers: Handlers, context: ProjectContext): Promise<LintHit[]> {
  const { graph, device, known, stampOf, signal } = context;
  const tables = await vectorTables(graph);
  const table = [tables, ...handlers.unhandled, ...handlers.handlers.map(({ function: { name } }) => name)].join(' ');
  const basisOf = (files: readonly string[]): string => `${table} ${files.map(stampOf).join(' ')}`;
  const settings = createInterruptSettings(graph.source, graph.macros);
  const grounds = new Map<Handler, HandlerGround>();
  for (const handler of handlers.handlers) {
    if (signal?.aborted === true) return [];
    const before = known.get(keyOf(handler));
    if (before?.basis !== undefined && before.basis === basisOf(before.files)) continue;
    grounds.set(handler, await handlerGround(handler, { handlers, tables, graph, device, settings }));
    await context.rest();
  }
  const placed = new Set(handlers.handlers.flatMap(handler => functionsOf(grounds.get(handler)) ?? known.get(keyOf(handler))?.functions ?? []));
  const interruptNames = new Set([...placed].map(each => bareName(each)));
  for (const [handler, ground] of grounds) {
    if (signal?.aborted === true) return [];
    const climbed = new Set<string>();
    const contexts = new Map<string, Promise<CallingContext>>();
    const contextOf = (name: string): Promise<CallingContext> => {
      const context = contexts.get(name) ?? callingContext(name, { source: graph.source, interruptNames, files: climbed });
      contexts.set(name, context);
      return context;
    };
    const hits = await hitsOf(ground, { placed, contextOf });
    const files = [...new Set([...footprint(ground), ...climbed])];
    known.set(keyOf(handler), { basis: basisOf(files), files, functions: functionsOf(ground) ?? [], hits });
    await context.rest();
  }
  return handlers.handlers.flatMap(handler => known.get(keyOf(handler))?.hits ?? []);
}

/** A table of two slots is an example. */
const fewestSlots = 8;

async function vectorTables({ source }: Graph): Promise<number> {
  let tables = 0;
  for (const file of await source.handlerFiles()) if (((await source.facts(file))?.vectors.length ?? 0) >= fewestSlots) tables += 1;
  return tables;
}

function keyOf({ file, function: { name } }: Handler): string {
  return `${file}\n${name}`;
}

function functionsOf(ground: HandlerGround | undefined): string[] | undefined {
  return ground?.tree.functions.map(({ file, function: { name } }) => `${file}\n${name}`);
}

async function hitsOf(ground: HandlerGround, interrupts: InterruptFunctions): Promise<LintHit[]> {
  return [
    ...[blockingCalls, endlessWaits, flagsNeverCleared, missingBarrier].flatMap(rule => rule(ground)),
    ...await notInTable(ground),
    ...await sharedDataHits(ground, interrupts),
    ...await aboveSyscallCeiling(ground),
  ];
}
