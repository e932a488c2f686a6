import type { Device, RegisterPlace } from '../device/device.ts';
import { placeName } from '../device/places.ts';
import type { AccessFact, AccessKind, CallFact, FunctionFact, MacroFact, SourceFacts } from '../parse/facts.ts';
import { callText } from './callArguments.ts';
import type { Graph } from './graph.ts';
import { instanceOf } from './instanceOf.ts';
import { namesInBody } from './names.ts';
import type { ResolvedAccess } from './resolveAccess.ts';
import { touchedRegisters } from './touchedRegisters.ts';

/** A call that reaches a register: of a macro such as `__HAL_RCC_USART2_CLK_ENABLE`, or of a driver's function that is handed the peripheral. */
export interface RegisterCall {
  readonly file: string;
  readonly line: number;
  /** Name of the enclosing function. */
  readonly function: string;
  /** Macro or function that is called here. */
  readonly by: string;
  readonly kind: AccessKind;
  readonly fields: readonly string[];
  readonly path: string;
  readonly expression: string;
  /** It stands under an `#if` that does not hold in this build. */
  readonly inactive?: true;
}

/** An access through a pointer that may be any instance, with where it stands. */
export interface OpenAccess {
  readonly file: string;
  readonly facts: SourceFacts;
  readonly access: AccessFact;
  readonly resolved: ResolvedAccess;
}

/** What is looked for, and what the sources are read with. */
export interface CallSearch {
  readonly device: Device;
  readonly graph: Graph;
  /** Reads a macro's body as C. */
  readonly parse: (text: string) => SourceFacts;
  /** Names by which code may reach what is asked for. */
  readonly names: ReadonlySet<string>;
  /** The one of these registers that is asked for, with the fields that are touched. */
  readonly meant: (places: readonly RegisterPlace[], fields: readonly string[]) => RegisterPlace | undefined;
}

/** Macros looked after, calls read for them, functions followed upwards and levels of these. */
const mostMacros = 200;
const mostCalls = 600;
const mostFunctions = 300;
const deepestHandOver = 4;

/** Calls of macros whose bodies touch what is asked for, in the given files' macros and those around them. */
export async function macroCalls(search: CallSearch, files: readonly (readonly [string, SourceFacts])[]): Promise<RegisterCall[]> {
  const macros = await macrosAround(search, files.flatMap(([file, facts]) => facts.macros.filter(macro => namesInBody(macro).some(name => search.names.has(name))).map(macro => ({ file, macro }))));
  const calls: RegisterCall[] = [];
  let read = 0;
  for (const name of macros) {
    for (const file of await search.graph.source.mentions(name)) {
      const facts = await search.graph.source.facts(file);
      if (facts === undefined) continue;
      for (const { call, inside } of callsOf(facts, name)) {
        if (read >= mostCalls) return calls;
        read += 1;
        calls.push(...await callOfMacro(search, { file, facts, call, inside }));
      }
    }
  }
  return calls;
}

/** The macros themselves and those whose bodies use them. */
async function macrosAround(search: CallSearch, found: readonly { readonly file: string; readonly macro: MacroFact }[]): Promise<Set<string>> {
  const names = new Set(found.map(({ macro: { name } }) => name));
  for (const name of names) {
    if (names.size >= mostMacros) break;
    for (const file of await search.graph.source.mentions(name)) {
      for (const macro of (await search.graph.source.facts(file))?.macros ?? []) if (names.size < mostMacros && namesInBody(macro).includes(name)) names.add(macro.name);
    }
  }
  return names;
}

interface CallPlace {
  readonly file: string;
  readonly facts: SourceFacts;
  readonly call: CallFact;
  readonly inside: string;
}

/** Calls of a macro, and mentions of one without parameters. */
function callsOf(facts: SourceFacts, name: string): Pick<CallPlace, 'call' | 'inside'>[] {
  const calls = facts.functions.flatMap(({ name: inside, calls: made }) => made.filter(call => call.name === name).map(call => ({ call, inside })));
  const bare = facts.uses.filter(use => use.name === name && !calls.some(({ call }) => call.line === use.line)).map(({ line, function: inside }) => ({ call: { name, line, arguments: [] }, inside }));
  return [...calls, ...bare];
}

async function callOfMacro({ device, graph, parse, meant }: CallSearch, { file, facts, call, inside }: CallPlace): Promise<RegisterCall[]> {
  const { touched } = await touchedRegisters(call, { device, graph, facts, file, function: inside, parse });
  const hits = touched.flatMap(({ access, resolved }) => {
    const place = meant(resolved.places, resolved.fields);
    return place === undefined ? [] : [{ kind: access.kind, fields: resolved.fields, path: resolved.path }];
  });
  return oneCall(hits, { file, call, inside });
}

/** What one call does in one line, however often it touches the register. */
function oneCall(hits: readonly Pick<RegisterCall, 'kind' | 'fields' | 'path'>[], { file, call, inside }: Pick<CallPlace, 'file' | 'call' | 'inside'>): RegisterCall[] {
  const changing = hits.filter(({ kind }) => kind !== 'read');
  const told = changing.length > 0 ? changing : hits;
  const [first] = told;
  if (first === undefined) return [];
  return [{
    file, line: call.line, function: inside, by: call.name, kind: new Set(told.map(({ kind }) => kind)).size > 1 ? 'modify' : first.kind,
    fields: [...new Set(told.flatMap(({ fields }) => fields))], path: first.path, expression: callText(call),
  }];
}

/** A function that hands one of its parameters to registers, with what it does to them. */
interface Driver {
  readonly name: string;
  readonly file: string;
  readonly isStatic: boolean;
  readonly parameter: number;
  readonly does: readonly OpenAccess[];
  readonly depth: number;
}

/** Calls that hand the peripheral to a function which touches the register through its parameter: `LL_USART_Enable(USART2)`, `HAL_UART_Init(&huart2)`. */
export async function driverCalls(search: CallSearch, open: readonly OpenAccess[]): Promise<RegisterCall[]> {
  const waiting = driversOf(open);
  const seen = new Set(waiting.map(keyOf));
  const calls: RegisterCall[] = [];
  for (const driver of waiting) {
    if (seen.size > mostFunctions) break;
    for (const file of driver.isStatic ? [driver.file] : await search.graph.source.mentions(driver.name)) {
      const facts = await search.graph.source.facts(file);
      for (const caller of facts?.functions ?? []) {
        for (const call of caller.calls.filter(({ name }) => name === driver.name)) {
          const argument = call.arguments[driver.parameter] ?? '';
          const parameter = parameterOf(caller, argument);
          const next: Driver = { ...driver, name: caller.name, file, isStatic: isOwn(caller, file), parameter, depth: driver.depth + 1 };
          if (parameter === -1 && facts !== undefined) calls.push(...await handedOver(search, driver, { file, facts, call, inside: caller.name }));
          else if (parameter !== -1 && next.depth < deepestHandOver && !seen.has(keyOf(next))) {
            seen.add(keyOf(next));
            waiting.push(next);
          }
        }
      }
    }
  }
  return distinct(calls);
}

function driversOf(open: readonly OpenAccess[]): Driver[] {
  const drivers = new Map<string, Driver & { readonly does: OpenAccess[] }>();
  for (const found of open) {
    const { file, facts, access } = found;
    const inside = facts.functions.find(({ name }) => name === access.function);
    const parameter = inside === undefined ? -1 : parameterOf(inside, access.base);
    if (inside === undefined || parameter === -1) continue;
    const driver = { name: inside.name, file, isStatic: isOwn(inside, file), parameter, does: [], depth: 0 };
    const known = drivers.get(keyOf(driver)) ?? driver;
    known.does.push(found);
    drivers.set(keyOf(driver), known);
  }
  return [...drivers.values()];
}

/** Called in its file alone: a header's static function is every includer's. */
function isOwn({ isStatic }: FunctionFact, file: string): boolean {
  return isStatic && !/\.h$/i.test(file);
}

function keyOf({ name, file, isStatic, parameter }: Driver): string {
  return `${isStatic ? file : ''} ${name} ${parameter}`;
}

/** Which parameter an expression such as `huart->Instance` begins with. */
function parameterOf({ parameters }: FunctionFact, expression: string): number {
  const root = /^[(&\s]*([A-Za-z_]\w*)/.exec(expression.replace(/^\(\s*\w+\s*\*\s*\)/, ''))?.[1];
  return parameters.findIndex(({ name }) => name === root);
}

async function handedOver({ device, graph, meant }: CallSearch, driver: Driver, place: CallPlace): Promise<RegisterCall[]> {
  const instance = await instanceOf(place.call.arguments[driver.parameter] ?? '', { device, graph, facts: place.facts, file: place.file });
  if (instance === undefined) return [];
  const isOf = (each: RegisterPlace): boolean => each.peripheral.baseAddress === instance.peripheral.baseAddress && (instance.channel === undefined || new RegExp(`(?<!\\d)${instance.channel}(?!\\d)`).test(placeName(each)));
  const hits = driver.does.flatMap(({ access, resolved }) => {
    const register = meant(resolved.places.filter(isOf), resolved.fields);
    return register === undefined ? [] : [{ kind: access.kind, fields: resolved.fields, path: register.path }];
  });
  return oneCall(hits, place);
}

/** A call that is reached by several functions below it is one. */
function distinct(calls: readonly RegisterCall[]): RegisterCall[] {
  const found = new Map<string, RegisterCall>();
  for (const call of calls) {
    const key = `${call.file}:${call.line} ${call.expression}`;
    const known = found.get(key);
    found.set(key, known === undefined ? call : { ...known, kind: known.kind === call.kind ? call.kind : 'modify', fields: [...new Set([...known.fields, ...call.fields])] });
  }
  return [...found.values()];
}
