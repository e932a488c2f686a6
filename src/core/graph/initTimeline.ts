import type { Device, Peripheral } from '../device/device.ts';
import { findPeripherals } from '../device/findPeripherals.ts';
import { peripheralClock } from '../manual/clockGates.ts';
import { registerMacro } from '../parse/cRegisterMacros.ts';
import type { AccessFact, AccessKind, BranchFact, CallFact, SourceFacts } from '../parse/facts.ts';
import { listed } from '../text/listed.ts';
import type { Problem } from '../text/problem.ts';
import { argumentsOf, callText, substituted, withArguments, type CallArguments } from './callArguments.ts';
import { definedFunctions, type DefinedFunction } from './definedFunctions.ts';
import type { FactSource } from './factSource.ts';
import { chipAgreement } from './chipAgreement.ts';
import { evaluateExpression } from './evaluate.ts';
import { folderDistance } from './folderDistance.ts';
import { createGraph, type Graph } from './graph.ts';
import { resolveAccess, type ResolvedAccess } from './resolveAccess.ts';
import { touchedRegisters } from './touchedRegisters.ts';
import { isWeak } from './weakFunction.ts';

/** One register access on the way from reset to the main loop. */
export interface InitStep {
  readonly file: string;
  readonly line: number;
  readonly function: string;
  /** Functions on the way to it, the first one first. */
  readonly through: readonly string[];
  readonly kind: AccessKind;
  readonly path: string;
  readonly fields: readonly string[];
  readonly expression: string;
  /** `type`: a pointer that may reach any instance of the peripheral. */
  readonly how: ResolvedAccess['how'];
  /** It switches the peripheral's clock on, in another block. */
  readonly isClock?: true;
  /** The condition under which alone it is done, as written: of the innermost `if` or `switch` on the way. */
  readonly condition?: string;
  /** It stands in a loop, or is called in one. */
  readonly inLoop?: true;
  /** The macro that does it. */
  readonly by?: string;
  /** The task that does it, once the scheduler runs; between tasks the order is that of their making. */
  readonly task?: string;
}

/** In which order the registers of a peripheral are written from the reset handler to the main loop. */
export interface InitTimeline {
  readonly peripheral?: string;
  readonly steps: readonly InitStep[];
  /** Where the walk began, and where the main loop or the scheduler ends it. */
  readonly start?: { readonly name: string; readonly file: string; readonly line: number };
  readonly end?: { readonly what: string; readonly file: string; readonly line: number };
  readonly problems: readonly Problem[];
}

/** Calls and functions walked; a whole SDK's start-up is shorter. */
const mostCalls = 4000;
const deepestCall = 24;
const mostSteps = 400;

/** Walks the program in the order of its lines; branches whose condition is known only at run time are taken all, one after the other, and marked. `parse` reads a macro's body as C: without it macros are not followed. */
export async function initTimeline(source: FactSource, device: Device, name: string, parse?: (text: string) => SourceFacts): Promise<InitTimeline> {
  const [peripheral] = findPeripherals(device, name);
  if (peripheral === undefined) return { steps: [], problems: [{ file: '', message: `${name} is no peripheral of ${device.name}` }] };
  const graph = createGraph(source, device.name);
  const start = await startOf(graph);
  if (start === undefined) return { peripheral: peripheral.name, steps: [], problems: [{ file: '', message: 'Neither a reset handler nor main is defined in the indexed sources, so the order of initialisation is not known.' }] };
  const walk: Walk = { device, peripheral, clock: clockPlace(device, peripheral), graph, parse, steps: [], calls: 0, unknown: new Set(), opaque: new Set(), tasks: new Map(), done: new Set(), end: undefined, task: undefined, isTaskDone: false, isCut: false };
  await follow(walk, start, []);
  await followTasks(walk);
  return { peripheral: peripheral.name, steps: walk.steps, start: { name: start.function.name, file: start.file, line: start.function.startLine }, ...(walk.end !== undefined && { end: walk.end }), problems: problemsOf(walk) };
}

interface Walk {
  readonly device: Device;
  readonly peripheral: Peripheral;
  /** The register and field that switch its clock on. */
  readonly clock: { readonly path: string; readonly field: string } | undefined;
  readonly graph: Graph;
  readonly parse: ((text: string) => SourceFacts) | undefined;
  readonly steps: InitStep[];
  calls: number;
  readonly unknown: Set<string>;
  /** Calls that are handed the peripheral and write what could not be joined to it. */
  readonly opaque: Set<string>;
  /** Functions of the tasks that are made, in that order. */
  readonly tasks: Map<string, Place>;
  /** Calls of the same function with the same arguments that gave nothing, or nothing certain. */
  readonly done: Set<string>;
  end: InitTimeline['end'];
  /** The task that is walked, and whether its loop has been reached. */
  task: string | undefined;
  isTaskDone: boolean;
  isCut: boolean;
}

interface Place extends DefinedFunction {
  /** What the caller hands over. */
  readonly given?: CallArguments;
  /** What the call to it stands under. */
  readonly under?: Under;
}

type Under = Pick<InitStep, 'condition' | 'inLoop'>;

/** The entry of a vector table, else the usual names; an assembly file that calls main is as good as one in C. */
async function startOf(graph: Graph): Promise<Place | undefined> {
  for (const name of ['Reset_Handler', 'ResetISR', 'reset_handler', 'Reset_IRQHandler', '_reset_handler', '_start', 'main', 'app_main', 'setup']) {
    const place = await functionNamed(graph, name);
    if (place !== undefined && (place.function.calls.length > 0 || name === 'main')) return place;
  }
  return undefined;
}

async function functionNamed({ source, chip }: Graph, name: string, from?: Place): Promise<Place | undefined> {
  const own = from?.facts.functions.find(fact => fact.name === name && !isWeak(fact));
  if (own !== undefined && from !== undefined) return { file: from.file, facts: from.facts, function: own };
  const found: Place[] = [];
  for await (const place of definedFunctions(source, name, { from: from?.file, most: mostDefinitions })) found.push(place);
  // A weak one only where there is no other; of several programs in one tree, each with its main, the one beside the caller.
  const strong = found.filter(place => !isWeak(place.function));
  const candidates = strong.length > 0 ? strong : found;
  const cost = ({ file }: Place): number => (chipAgreement(file, chip) === 'other' ? 1000 : 0) + (from === undefined ? 0 : folderDistance(from.file, file));
  return candidates.toSorted((one, other) => cost(one) - cost(other))[0];
}

/** Definitions compared; a name defined more often is a build system's. */
const mostDefinitions = 40;

async function follow(walk: Walk, place: Place, through: readonly string[]): Promise<void> {
  const { function: { name, loops = [] } } = place;
  const path = [...through, name];
  for (const event of eventsOf(place)) {
    if (isOver(walk)) return;
    // A loop without a way out, where the program stays: what stands before it is initialisation.
    const loop = loops.find(each => !each.hasExit && /^(|1U?|true)$/.test(each.condition) && each.line <= event.line && event.line <= each.endLine);
    if (loop !== undefined && walk.task !== undefined && name === walk.task) {
      walk.isTaskDone = true;
      return;
    }
    if (loop !== undefined && walk.task === undefined && /^(main|app_main|loop)$/.test(name)) {
      walk.end = { what: `the main loop of ${name}`, file: place.file, line: loop.line };
      return;
    }
    const under = await underOf(walk, place, event.line);
    if (under === undefined) continue;
    if ('call' in event) await followCall(walk, event.call, { place, path, under });
    else await noteAccess(walk, event.access, { place, path, under });
  }
  if (name === 'main' && walk.end === undefined && walk.task === undefined) walk.end = { what: 'the end of main', file: place.file, line: place.function.endLine };
}

/** Once the scheduler runs, each task sets up what is its own before its loop. */
async function followTasks(walk: Walk): Promise<void> {
  for (const [name, place] of walk.tasks) {
    if (walk.isCut) return;
    Object.assign(walk, { task: name, isTaskDone: false });
    await follow(walk, place, []);
  }
}

function isOver({ task, isTaskDone, end, isCut }: Walk): boolean {
  return isCut || (task === undefined ? end !== undefined : isTaskDone);
}

type Event = { readonly line: number; readonly access: AccessFact } | { readonly line: number; readonly call: CallFact };

/** Accesses and calls of a function in the order of its lines; on one line the call, whose result an access takes, comes first. */
function eventsOf({ facts, function: { name, startLine, endLine, calls } }: Place): Event[] {
  const accesses = facts.accesses.filter(access => access.function === name && access.line >= startLine && access.line <= endLine);
  return [...calls.map(call => ({ line: call.line, call })), ...accesses.map(access => ({ line: access.line, access }))].sort((one, other) => one.line - other.line);
}

interface At {
  readonly place: Place;
  readonly path: readonly string[];
  readonly under: Under;
}

/** What a line stands under; undefined where what the caller handed over rules it out. */
async function underOf(walk: Walk, { function: { branches = [], loops = [] }, given, under = {} }: Place, line: number): Promise<Under | undefined> {
  let { condition } = under;
  for (const branch of branches) {
    if (line < branch.line || line > branch.endLine) continue;
    const holds = given === undefined ? undefined : await holdsFor(walk, branch, given);
    if (holds === false) return undefined;
    // An `else if` is inside the arm before it: the innermost counts.
    if (holds === undefined) condition = conditionText(branch);
  }
  const inLoop = under.inLoop === true || loops.some(loop => loop.line <= line && line <= loop.endLine && !/^[01]$|^false$/.test(loop.condition));
  return { ...(condition !== undefined && { condition }), ...(inLoop && { inLoop }) };
}

function conditionText({ condition, isElse, isSwitch }: BranchFact): string {
  return isSwitch === true ? `${condition} is the case` : isElse === true ? `not (${condition})` : condition;
}

/** Whether a branch is taken with the constants that a call hands over: `NewState != DISABLE` for `ENABLE`. */
async function holdsFor({ graph: { macros } }: Walk, { condition, isElse, isSwitch }: BranchFact, given: CallArguments): Promise<boolean | undefined> {
  if (isSwitch === true || ![...given.values.keys()].some(name => new RegExp(`\\b${name}\\b`).test(condition))) return undefined;
  const text = withArguments(condition, given);
  await macros.load([text]);
  const value = evaluateExpression(text, macros.lookup);
  return value === undefined ? undefined : (value !== 0n) !== (isElse === true);
}

const startsScheduler = /^(vTaskStartScheduler|osKernelStart|osKernelStartDefault|tx_kernel_enter|OSStart|chSysInit|rt_system_scheduler_start|xPortStartScheduler)$/;
const makesTask = /^(xTaskCreate\w*|osThreadNew|osThreadCreate|k_thread_create|tx_thread_create|OSTaskCreate|\w*TASK_CREATE\w*)$/;

/** The task's function is the argument that is defined as one. */
async function noteTask(walk: Walk, call: CallFact, place: Place): Promise<void> {
  for (const text of call.arguments) {
    const name = /^(?:\([\w\s*]+\)\s*)?&?([A-Za-z_]\w*)$/.exec(text.trim())?.[1];
    const found = name === undefined || walk.tasks.has(name) ? undefined : await functionNamed(walk.graph, name, place);
    if (name !== undefined && found !== undefined) walk.tasks.set(name, found);
  }
}

async function followCall(walk: Walk, call: CallFact, at: At): Promise<void> {
  const { place, path, under } = at;
  if (startsScheduler.test(call.name) && walk.task === undefined) {
    walk.end = { what: `${call.name}(), where the tasks begin`, file: place.file, line: call.line };
    return;
  }
  if (makesTask.test(call.name)) await noteTask(walk, call, place);
  walk.calls += 1;
  if (walk.calls > mostCalls || path.length > deepestCall) {
    walk.isCut = walk.calls > mostCalls;
    return;
  }
  if (path.includes(call.name)) return;
  const found = await functionNamed(walk.graph, call.name, place);
  if (found === undefined) {
    if (await followMacro(walk, call, at)) return;
    if (mentions(call, walk.peripheral.name)) walk.unknown.add(`${call.name}() at ${place.file}:${call.line}`);
    return;
  }
  const given = argumentsOf(found.function, call, { facts: place.facts, function: place.function.name, ...(place.given !== undefined && { given: place.given }) });
  const key = `${found.file} ${call.name}(${[...given.values.values()].map(({ text }) => text).join(', ')})`;
  if (walk.done.has(key)) return;
  const before = walk.steps.length;
  await follow(walk, { ...found, given, under }, path);
  if (walk.steps.length === before && call.arguments.some(text => text.trim() === walk.peripheral.name) && found.facts.accesses.some(({ function: inside, kind }) => inside === call.name && kind !== 'read')) walk.opaque.add(`${call.name}() at ${place.file}:${call.line}`);
  // What any instance may be is listed once, not at every transfer of a driver.
  if (!isOver(walk) && walk.steps.slice(before).every(({ how }) => how === 'type')) walk.done.add(key);
}

/** A macro is followed with all it calls; false for what is none. */
async function followMacro(walk: Walk, call: CallFact, at: At): Promise<boolean> {
  const { graph, device, parse } = walk;
  const { place } = at;
  // What such a macro does is an access already.
  if (registerMacro(call.name) !== undefined) return true;
  if (parse === undefined || !(await graph.source.definitions(call.name)).some(({ kind }) => kind === 'macro')) return false;
  const { touched, isDefined } = await touchedRegisters({ name: call.name, arguments: call.arguments.map(text => withArguments(text, place.given)) }, { device, graph, facts: place.facts, function: place.function.name, file: place.file, parse });
  for (const { access, resolved } of touched) if (access.kind !== 'read') addStep(walk, { access: { ...access, line: call.line, expression: callText(call) }, resolved, by: call.name }, at);
  return isDefined;
}

function mentions(call: CallFact, peripheral: string): boolean {
  return call.arguments.some(text => new RegExp(`\\b${peripheral}\\b`).test(text));
}

async function noteAccess(walk: Walk, access: AccessFact, at: At): Promise<void> {
  if (access.kind === 'read' || access.through !== undefined || access.operator === '&') return;
  const { place } = at;
  const valued = access.value === undefined ? access : { ...access, value: withArguments(access.value, place.given) };
  const given = substituted(valued, place.given);
  const resolved = await resolveAccess(given?.access ?? valued, { device: walk.device, graph: walk.graph, facts: given?.facts ?? place.facts });
  addStep(walk, { access, resolved }, at);
}

/** Adds what is the peripheral's own, or its clock's. */
function addStep(walk: Walk, { access, resolved, by }: { readonly access: AccessFact; readonly resolved: ResolvedAccess; readonly by?: string }, { place, path, under }: At): void {
  const { peripheral } = walk;
  const isOwn = resolved.places.some(({ peripheral: block }) => block === peripheral || block.baseAddress === peripheral.baseAddress);
  const isClock = !isOwn && walk.clock !== undefined && resolved.path === walk.clock.path && resolved.fields.includes(walk.clock.field);
  if (!isOwn && !isClock) return;
  if (walk.steps.length >= mostSteps) {
    walk.isCut = true;
    return;
  }
  walk.steps.push({
    file: place.file, line: access.line, function: place.function.name, through: path.slice(0, -1), kind: access.kind, path: resolved.path, fields: resolved.fields,
    expression: access.expression, how: resolved.how, ...under, ...(by !== undefined && { by }), ...(isClock && { isClock }), ...(walk.task !== undefined && { task: walk.task }),
  });
}

function clockPlace(device: Device, peripheral: Peripheral): Walk['clock'] {
  const bit = peripheralClock(device, peripheral)?.bits.find(({ does }) => does === 'enable');
  return bit === undefined ? undefined : { path: bit.place.path, field: bit.field.name };
}

function problemsOf({ isCut, unknown, opaque, tasks, end, steps }: Walk): Problem[] {
  return [
    ...(isCut ? [{ file: '', message: `Only the first ${mostSteps} accesses in ${mostCalls} calls were followed; there are more.` }] : []),
    ...(unknown.size > 0 ? [{ file: '', message: `Not followed, as not defined in the indexed sources: ${listed([...unknown])}.` }] : []),
    ...(opaque.size > 0 ? [{ file: '', message: `Handed the peripheral, with writes that could not be joined to its registers: ${listed([...opaque])}.` }] : []),
    ...(steps.some(({ task }) => task !== undefined) ? [{ file: '', message: `What tasks do is listed in the order in which they are made (${listed([...tasks.keys()])}); the scheduler may run them in another.` }] : []),
    ...(end === undefined && !isCut ? [{ file: '', message: 'No main loop was found: the order ends where the calls end.' }] : []),
  ];
}
