import type { AccessFact, CallFact, FunctionFact, MacroFact, SourceFacts } from '../parse/facts.ts';
import { bestDefinitions } from './bestDefinitions.ts';
import { chosenArms } from './chosenArms.ts';
import { evaluateExpression } from './evaluate.ts';
import { resolveAccess, type ResolveContext, type ResolvedAccess } from './resolveAccess.ts';
import { registerMacro } from '../parse/cRegisterMacros.ts';

/** A register that a macro or function touches. */
export interface TouchedRegister {
  /** The access with the call's arguments in place of the parameters. */
  readonly access: AccessFact;
  readonly resolved: ResolvedAccess;
  /** Macros and functions on the way, the called one first. */
  readonly through: readonly string[];
}

export interface TouchedRegisters {
  readonly touched: readonly TouchedRegister[];
  /** The macro or function is defined in an indexed file. */
  readonly isDefined: boolean;
  /** Calls that lie deeper than is followed, or cannot be followed. */
  readonly isCut: boolean;
  /** A condition in a macro's body is known only when the program runs: some of the registers are left alone. */
  readonly isConditional: boolean;
}

/** What is called, as written. */
export interface CalledName {
  readonly name: string;
  readonly arguments: readonly string[];
}

export interface TouchedContext extends ResolveContext {
  /** Reads a macro's body as C. */
  readonly parse: (text: string) => SourceFacts;
  /** The function in which the call stands. */
  readonly function: string | undefined;
  /** The file in which it stands. */
  readonly file: string;
}

/** Levels of macros and functions followed; a HAL clock macro needs two, a low-level driver's function one to three. */
const deepest = 4;
/** Bodies read for one call, and registers listed. */
const mostBodies = 40;
const mostTouched = 32;

interface Walk {
  readonly context: TouchedContext;
  readonly touched: TouchedRegister[];
  readonly seen: Set<string>;
  bodies: number;
  isCut: boolean;
  isConditional: boolean;
}

/** The registers that a called macro or function touches, its arguments put in place, through further macros and functions to a depth of four. */
export async function touchedRegisters(called: CalledName, context: TouchedContext): Promise<TouchedRegisters> {
  const walk: Walk = { context, touched: [], seen: new Set(), bodies: 0, isCut: false, isConditional: false };
  const isDefined = await follow(walk, called, []);
  return { touched: walk.touched, isDefined, isCut: walk.isCut, isConditional: walk.isConditional };
}

/** A body with the names that a call's arguments replace. */
interface Body {
  readonly accesses: readonly AccessFact[];
  readonly calls: readonly CallFact[];
  readonly facts: SourceFacts;
  /** The function whose locals the accesses may use; a macro's are the caller's. */
  readonly function: string | undefined;
  readonly substitute: (text: string) => string;
  readonly isConditional?: boolean;
}

async function follow(walk: Walk, called: CalledName, through: readonly string[]): Promise<boolean> {
  const key = `${called.name}(${called.arguments.join(',')})`;
  if (walk.seen.has(key)) return true;
  walk.seen.add(key);
  if (through.length >= deepest || walk.bodies >= mostBodies) {
    walk.isCut = true;
    return false;
  }
  const body = await bodyOf(walk.context, called);
  if (body === undefined) return false;
  walk.bodies += 1;
  if (body.isConditional === true) walk.isConditional = true;
  const path = [...through, called.name];
  for (const access of body.accesses) await note(walk, body, access, path);
  for (const call of body.calls) {
    if (registerMacro(call.name) !== undefined || !/^\w+$/.test(call.name)) continue;
    const isKnown = await follow(walk, { name: call.name, arguments: call.arguments.map(body.substitute) }, path);
    if (!isKnown && !isHarmless(call.name)) walk.isCut = true;
  }
  return true;
}

async function note(walk: Walk, body: Body, access: AccessFact, through: readonly string[]): Promise<void> {
  if (walk.touched.length >= mostTouched) {
    walk.isCut = true;
    return;
  }
  // A local that holds the value is looked at, no register.
  if (access.through !== undefined && access.kind === 'read') return;
  const base = body.substitute(access.base);
  const given: AccessFact = {
    ...access, base, members: access.members.map(body.substitute), function: (base === access.base ? body.function : walk.context.function) ?? '',
    ...(access.value !== undefined && { value: body.substitute(access.value) }), expression: body.substitute(access.expression),
  };
  const resolved = await resolveAccess(given, { ...walk.context, facts: base === access.base ? body.facts : walk.context.facts });
  if (resolved.places.length > 0) walk.touched.push({ access: given, resolved, through });
}

async function bodyOf(context: TouchedContext, called: CalledName): Promise<Body | undefined> {
  for (const { kind, file, line } of await bestDefinitions(context.graph, called.name, context.file, ['macro', 'function'])) {
    const facts = await context.graph.source.facts(file);
    if (facts === undefined) continue;
    const macro = kind === 'macro' ? facts.macros.find(fact => fact.name === called.name && fact.line === line) : undefined;
    if (macro !== undefined) return macroBody(context, macro, called);
    const fact = kind === 'function' ? facts.functions.find(({ name, startLine }) => name === called.name && startLine === line) : undefined;
    if (fact !== undefined) return functionBody(facts, fact, called);
  }
  return undefined;
}

async function macroBody(context: TouchedContext, macro: MacroFact, called: CalledName): Promise<Body> {
  const substitute = substitution(macro.parameters ?? [], called.arguments, /[A-Za-z_]\w*/g);
  // Pasted names come to be before they are read.
  const text = substitute(macro.body.replace(/\s*##\s*/g, '\u0001')).replaceAll('\u0001', '');
  const { macros } = context.graph;
  if (text.includes('?')) await macros.load([text]);
  const arms = chosenArms(text, condition => {
    const value = evaluateExpression(condition, macros.lookup);
    return value === undefined ? undefined : value !== 0n;
  });
  const facts = context.parse(`void body_of_macro(void) { ${arms.text}; }`);
  return { accesses: facts.accesses, calls: facts.functions[0]?.calls ?? [], facts: context.facts, function: context.function, substitute: unchanged, isConditional: arms.isOpen };
}

function functionBody(facts: SourceFacts, { name, parameters, calls }: FunctionFact, called: CalledName): Body {
  return {
    accesses: facts.accesses.filter(access => access.function === name), calls, facts, function: name,
    substitute: substitution(parameters.map(parameter => parameter.name), called.arguments),
  };
}

function unchanged(text: string): string {
  return text;
}

/** Parameters replaced by arguments, those that bind loosely in parentheses; a macro's may be members too. */
function substitution(parameters: readonly string[], given: readonly string[], names = /(?<![\w.]|->)[A-Za-z_]\w*/g): (text: string) => string {
  const values = new Map(parameters.map((name, index) => [name, given[index] ?? name] as const).filter(([name]) => name !== ''));
  if (values.size === 0) return unchanged;
  return text => text.replace(names, name => {
    const value = values.get(name);
    return value === undefined ? name : /^[\w.[\]>-]+$/.test(value) && !/^-/.test(value) || /^\(.*\)$/.test(value) ? value : `(${value})`;
  });
}

/** Calls that touch nothing: assertions, casts and hints. */
function isHarmless(name: string): boolean {
  return /^(assert_param|assert|UNUSED|__DSB|__DMB|__ISB|__NOP|__NVIC_\w+|HAL_ASSERT|NRFX_ASSERT|configASSERT|POSITION_VAL|__CLZ|__RBIT|sizeof)$/.test(name);
}
