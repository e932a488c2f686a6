import { evaluateExpression } from '../graph/evaluate.ts';
import type { FactSource } from '../graph/factSource.ts';
import { folderDistance } from '../graph/folderDistance.ts';
import type { MacroTable } from '../graph/macroTable.ts';
import { expandMacros } from '../graph/macroTokens.ts';
import type { CallFact, PointerFact, SourceFacts } from '../parse/facts.ts';
import type { CodePlace, IsrPriority } from './dossier.ts';
import { mayRun } from './calledInline.ts';
import type { Handler } from './handlers.ts';
import type { Registration } from './registrations.ts';

const priorityCalls = /^(__)?(HAL_)?(NVIC|nvic)_(SetPriority|set_priority)$|^irq_set_priority$|^IntPrioritySet$/;
const enableCalls = /^(__)?(HAL_)?(NVIC|nvic)_(EnableIRQ|enable_irq)$|^irq_set_enabled$|irq_enable$|^IntEnable$|enable_?irq$/i;

/** Handing a handler over to these lets the interrupt through, too. */
const enablesToo = /^(esp_intr_alloc(_intrstatus)?|gpio_isr_handler_add|gpio_isr_register|uart_isr_register|timer_isr_(register|callback_add)|attachInterrupt(Arg)?|gpio_set_irq_enabled_with_callback)$/;
/** On these a higher number is more urgent. */
const risingPriorities = /e?clic|plic/i;

/** What the code tells the interrupt controller about one interrupt. */
export interface InterruptSetting {
  readonly priority?: IsrPriority;
  readonly enabled?: CodePlace;
}

/** Looks settings up; what it has read of the files stays until it is dropped. */
export interface InterruptSettings {
  of(handler: Handler): Promise<InterruptSetting>;
  /** Where the interrupt of that name is enabled: `USART2_IRQHandler`. */
  enabled(handlerName: string): Promise<CodePlace | undefined>;
}

/** Priorities and enables by the interrupts' names: through the core's functions, the project's own around them, or the members of a vendor's struct. */
export function createInterruptSettings(source: FactSource, macros: MacroTable): InterruptSettings {
  const search: Search = { source, macros, arguments: new Map(), general: undefined };
  const known = new Map<Handler, Promise<InterruptSetting>>();
  return {
    of: async handler => {
      const made = known.get(handler) ?? settingOf(search, handler);
      known.set(handler, made);
      return made;
    },
    enabled: async name => (await places(search, namesOf([name], undefined), undefined)).find(isEnabling),
  };
}

interface Search {
  readonly source: FactSource;
  readonly macros: MacroTable;
  /** Calls of a file by their arguments in upper case. */
  readonly arguments: Map<string, Promise<FileCalls>>;
  /** Files that take interrupts by upper-case constants, by which the index knows no file. */
  general: Promise<readonly string[]> | undefined;
}

interface FileCalls {
  readonly facts: SourceFacts | undefined;
  /** What is put into structs' members, by its name in upper case. */
  readonly byValue: ReadonlyMap<string, readonly PointerFact[]>;
  readonly byArgument: ReadonlyMap<string, readonly { readonly call: CallFact; readonly position: number }[]>;
}

/** A place that names the interrupt: in a call, or as a struct's member. */
interface Place extends CodePlace {
  readonly call?: CallFact;
  readonly position: number;
  readonly member?: string;
  readonly facts: SourceFacts;
}

async function settingOf(search: Search, handler: Handler): Promise<InterruptSetting> {
  const all = await places(search, namesOf([handler.tableName, handler.function.name], handler.interrupt?.name), handler.registrations?.[0]?.interrupt);
  // Of several set-ups in one tree the one beside the handler counts.
  const near = Math.min(...all.map(({ file }) => nearness(file, handler.file)));
  const found = all.filter(({ file }) => nearness(file, handler.file) === near);
  let value: (CodePlace & { readonly value: string }) | undefined;
  const isRising = found.some(({ call }) => call !== undefined && risingPriorities.test(call.name));
  for (const place of found) {
    const text = place.call === undefined ? memberPriority(place) : await priorityArgument(search.source, place.call, place.position);
    if (text !== undefined) value = { value: text.trim(), file: place.file, line: place.line };
  }
  const registered = handler.registrations?.find(({ priority }) => priority !== undefined);
  value ??= registered?.priority === undefined ? undefined : devicetreePriority(registered) ?? { value: registered.priority, file: registered.file, line: registered.line };
  const enabled = found.find(isEnabling) ?? handler.registrations?.find(({ by }) => enablesToo.test(by));
  return { ...(value !== undefined && { priority: isRising ? value : await withLevel(search.macros, value) }), ...(enabled !== undefined && { enabled: { file: enabled.file, line: enabled.line } }) };
}

/** `DT_INST_IRQ(0, priority)` is what the node says, where there is one node. */
function devicetreePriority({ priority = '', devicetree }: Registration): IsrPriority | undefined {
  const [node, ...others] = devicetree ?? [];
  if (node?.priority === undefined || others.length > 0 || !/^DT_\w+\([^]*\bpriority\b/.test(priority)) return undefined;
  return { value: String(node.priority), file: node.file, line: node.line };
}

/** The file itself, then the files beside it, then the rest of the tree, which one program may be spread over. */
function nearness(file: string, home: string): number {
  return file === home ? -1 : Math.min(folderDistance(file, home), 1);
}

async function withLevel(macros: MacroTable, priority: IsrPriority): Promise<IsrPriority> {
  await macros.load([priority.value]);
  const level = evaluateExpression(priority.value, macros.lookup);
  return { ...priority, ...(level !== undefined && level >= 0n && level < 256n && { level: Number(level) }) };
}

function namesOf(handlerNames: readonly string[], interrupt: string | undefined): string[] {
  const stems = handlerNames.map(name => name.replace(/_?(IRQHandler|Handler|isr|vect)$/i, ''));
  return [...new Set([...stems, ...interrupt === undefined ? [] : [interrupt]])].flatMap(text => [`${text}_IRQn`, `NVIC_${text.toUpperCase()}_IRQ`, `${text}_IRQ`]);
}

async function places(search: Search, names: readonly string[], written: string | undefined): Promise<Place[]> {
  const files = new Set<string>();
  for (const mentioned of names) for (const file of await search.source.mentions(mentioned)) files.add(file);
  search.general ??= generalFiles(search.source);
  for (const file of await search.general) files.add(file);
  const wanted = new Set([...names, ...written === undefined ? [] : [written]].map(text => text.toUpperCase()));
  const found: Place[] = [];
  for (const file of files) {
    const { facts, byArgument, byValue } = await callsOf(search, file);
    if (facts === undefined) continue;
    for (const name of wanted) {
      for (const { call, position } of byArgument.get(name) ?? []) if (await mayRun(search.source, facts, call)) found.push({ file, line: call.line, call, position, facts });
    }
    for (const name of wanted) for (const { member, line } of byValue.get(name) ?? []) found.push({ file, line, position: -1, member, facts });
  }
  return found;
}

async function generalFiles(source: FactSource): Promise<string[]> {
  const found = new Set<string>();
  for (const name of ['nvic_set_priority', 'nvic_enable_irq', 'irq_set_priority', 'irq_set_enabled', 'NVIC_IRQChannel']) for (const file of await source.mentions(name)) found.add(file);
  return [...found];
}

function callsOf({ source, macros, arguments: known }: Search, file: string): Promise<FileCalls> {
  const made = known.get(file) ?? source.facts(file).then(async facts => {
    const calls = facts?.functions.flatMap(each => each.calls) ?? [];
    const pointers = facts?.pointers ?? [];
    const aliases = await aliasesOf(macros, [...calls.filter(({ name }) => priorityCalls.test(name) || enableCalls.test(name)).flatMap(call => call.arguments.slice(0, 1)), ...pointers.filter(({ member }) => member === 'NVIC_IRQChannel').map(({ value }) => value)]);
    const byArgument = new Map<string, { call: CallFact; position: number }[]>();
    for (const call of calls) call.arguments.forEach((text, position) => {
      const written = text.trim();
      // An interrupt is a name, or a macro's call.
      if (!/^[A-Za-z_]/.test(written)) return;
      const key = (aliases.get(written) ?? written).toUpperCase();
      const places = byArgument.get(key);
      if (places === undefined) byArgument.set(key, [{ call, position }]);
      else places.push({ call, position });
    });
    const byValue = Map.groupBy(pointers, ({ value }) => (aliases.get(value) ?? value).toUpperCase());
    return { facts, byArgument, byValue };
  });
  known.set(file, made);
  return made;
}

/** `#define UART1_IRQ USART3_IRQn`, `#define STEP_IRQn INTERRUPT(5)`: what a board's own names of interrupts stand for. */
async function aliasesOf(macros: MacroTable, names: readonly string[]): Promise<Map<string, string>> {
  const asked = [...new Set(names.map(name => name.trim()))].filter(name => /^[A-Za-z_]\w*$/.test(name));
  await macros.load(asked);
  return new Map(asked.flatMap(name => {
    // The interrupts' own names stay: in headers they are numbers.
    const [alias, ...more] = expandMacros(name, each => (each !== name && /_IRQn?$/.test(each) ? undefined : macros.lookup(each))) ?? [];
    return alias === undefined || more.length > 0 || alias === name || !/^[A-Za-z_]/.test(alias) ? [] : [[name, alias] as const];
  }));
}

function isEnabling({ call, member, line, facts }: Place): boolean {
  return call === undefined ? member === 'NVIC_IRQChannel' && nearestMember(facts, line, /^NVIC_IRQChannelCmd$/) !== 'DISABLE' : enableCalls.test(call.name) && !/^(0|false)$/.test(call.arguments[1]?.trim() ?? '');
}

/** ST's older library: the priority stands in another member of the struct, in the lines that follow. */
function memberPriority({ member, line, facts }: Place): string | undefined {
  return member === 'NVIC_IRQChannel' ? nearestMember(facts, line, /PreemptionPriority$|ChannelPriority$/) : undefined;
}

/** Another member of the struct that is filled around a line. */
function nearestMember(facts: SourceFacts, line: number, members: RegExp): string | undefined {
  return (facts.pointers ?? []).filter(other => members.test(other.member) && Math.abs(other.line - line) <= 12).toSorted((one, other) => Math.abs(one.line - line) - Math.abs(other.line - line))[0]?.value;
}

async function priorityArgument(source: FactSource, call: CallFact, interrupt: number): Promise<string | undefined> {
  if (priorityCalls.test(call.name)) return call.arguments[interrupt + 1];
  if (call.arguments.length < 2) return undefined;
  for (const { kind, file } of await source.definitions(call.name)) {
    const parameters = kind === 'function' ? (await source.facts(file))?.functions.find(({ name }) => name === call.name)?.parameters : undefined;
    const position = parameters?.findIndex(({ name }) => /prio/i.test(name)) ?? -1;
    if (position !== -1) return call.arguments[position];
  }
  return undefined;
}
