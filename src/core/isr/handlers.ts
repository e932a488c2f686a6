import type { Device, Interrupt, Peripheral } from '../device/device.ts';
import { findInterrupts } from '../device/findPeripherals.ts';
import { evaluateExpression } from '../graph/evaluate.ts';
import type { FactSource } from '../graph/factSource.ts';
import { createMacroTable } from '../graph/macroTable.ts';
import type { FunctionFact, SourceFacts, VectorFact } from '../parse/facts.ts';
import { isHandlerName } from '../parse/handlerNames.ts';
import type { CodePlace } from './dossier.ts';

/** A function that interrupts call, with what says so. */
export interface Handler {
  readonly file: string;
  readonly facts: SourceFacts;
  readonly function: FunctionFact;
  /** The name that a vector table would know it by: its own, unless a macro renames it. */
  readonly tableName: string;
  readonly vector?: VectorFact & CodePlace;
  readonly interrupt?: Interrupt;
  readonly peripheral?: Peripheral;
  /** Interrupt number: 0 is the first external one, core exceptions are negative. */
  readonly irq?: number;
}

/** What is known of the whole workspace's handlers. */
export interface Handlers {
  readonly handlers: readonly Handler[];
  /** False when no vector table was found: then nothing can be said about what it lacks. */
  readonly hasVectorTable: boolean;
  /** Names in the table for which only a default handler is there. */
  readonly unhandled: readonly string[];
}

/** Cortex-M tables begin with the stack pointer and 15 exceptions. */
const coreSlots = 16;

/** Every defined handler: named by a vector table, marked by an attribute, or named like one. Weak defaults do not count. */
export async function findHandlers(source: FactSource, device: Device | undefined): Promise<Handlers> {
  const files = await Promise.all((await source.handlerFiles()).map(async file => ({ file, facts: await source.facts(file) })));
  const known = files.flatMap(({ file, facts }) => (facts === undefined ? [] : [{ file, facts }]));
  const vectors = await vectorSlots(source, known);
  const handlers: Handler[] = [];
  for (const { file, facts } of known.filter(({ facts: { language } }) => language !== 'asm')) {
    for (const candidate of facts.functions) {
      if (!isHandler(candidate, vectors)) continue;
      const tableName = vectors.has(candidate.name) ? candidate.name : await nameBehindMacro(source, facts, candidate.name);
      const handler = describe({ file, facts, function: candidate, tableName }, vectors.get(tableName), device);
      if (isSure(handler) || !await isCalled(source, candidate.name)) handlers.push(handler);
    }
  }
  // Handlers that the table names may stand in files that hold nothing else handler-like.
  for (const [name, vector] of vectors) if (!noInterrupt.test(name) && !handlers.some(handler => handler.tableName === name)) handlers.push(...await definedElsewhere(source, name, (found => describe({ ...found, tableName: name }, vector, device))));
  const handled = new Set(handlers.map(handler => handler.tableName));
  return { handlers, hasVectorTable: vectors.size > 0, unhandled: [...vectors.keys()].filter(name => !handled.has(name) && !noInterrupt.test(name)) };
}

/** Every slot by its handler's name; designators such as `[USART2_IRQn + 16]` are evaluated with the headers' enumerators. */
async function vectorSlots(source: FactSource, files: readonly { readonly file: string; readonly facts: SourceFacts }[]): Promise<Map<string, VectorFact & CodePlace>> {
  const macros = createMacroTable(source);
  const slots = new Map<string, VectorFact & CodePlace>();
  for (const { file, facts } of files) {
    await macros.load(facts.vectors.flatMap(({ indexText }) => indexText ?? []));
    for (const vector of facts.vectors) {
      const index = vector.indexText === undefined ? BigInt(vector.index) : evaluateExpression(vector.indexText, macros.lookup);
      slots.set(vector.handler, { ...vector, file, index: index === undefined ? -1 : Number(index) });
    }
  }
  return slots;
}

/** The reset entry stands in the table but is where the program begins; the default handler is where lost interrupts end. */
const noInterrupt = /^(Reset_?Handler|_?reset(_handler)?|_start|Default_?Handler|Dummy_Handler|blocking_handler|null_handler)$/i;

function isHandler({ name, attributes, parameters }: FunctionFact, vectors: ReadonlyMap<string, VectorFact>): boolean {
  if (noInterrupt.test(name)) return false;
  if (attributes.some(attribute => /\bweak\b|\balias\b/i.test(attribute))) return false;
  if (vectors.has(name) || isMarked(attributes)) return true;
  // The hardware passes nothing: what takes a parameter is called by a handler.
  return isHandlerName(name) && parameters.length === 0 && !/_from_isr$/i.test(name);
}

function isMarked(attributes: readonly string[]): boolean {
  return attributes.some(attribute => /^(__)?(interrupt|isr|signal)\b/i.test(attribute));
}

/** More than the name says that interrupts call it. */
function isSure({ vector, interrupt, function: { name, attributes } }: Handler): boolean {
  return vector !== undefined || interrupt !== undefined || isMarked(attributes) || /_IRQHandler$/.test(name);
}

async function isCalled(source: FactSource, name: string): Promise<boolean> {
  for (const file of await source.mentions(name)) {
    if ((await source.facts(file))?.functions.some(({ calls }) => calls.some(call => call.name === name)) === true) return true;
  }
  return false;
}

/** `#define BUTTON_isr exti0_isr`: the function that is written as BUTTON_isr stands in the table as exti0_isr. */
async function nameBehindMacro(source: FactSource, facts: SourceFacts, name: string): Promise<string> {
  const own = facts.macros.find(macro => macro.name === name);
  if (own !== undefined) return aliasOf(own.body) ?? name;
  for (const { kind, file } of await source.definitions(name)) {
    const macro = kind === 'macro' ? (await source.facts(file))?.macros.find(candidate => candidate.name === name) : undefined;
    if (macro !== undefined) return aliasOf(macro.body) ?? name;
  }
  return name;
}

function aliasOf(body: string): string | undefined {
  return isHandlerName(body) ? body : undefined;
}

async function definedElsewhere(source: FactSource, name: string, describeFound: (found: Pick<Handler, 'file' | 'facts' | 'function'>) => Handler): Promise<Handler[]> {
  for (const { kind, file } of await source.definitions(name)) {
    const facts = kind === 'function' ? await source.facts(file) : undefined;
    const found = facts?.language === 'asm' ? undefined : facts?.functions.find(fact => fact.name === name && !fact.attributes.some(attribute => /\bweak\b|\balias\b/i.test(attribute)));
    if (facts !== undefined && found !== undefined) return [describeFound({ file, facts, function: found })];
  }
  return [];
}

function describe(found: Pick<Handler, 'file' | 'facts' | 'function' | 'tableName'>, vector: Handler['vector'], device: Device | undefined): Handler {
  const isCortexM = device?.cpu === undefined || /^(CM|Cortex-?M|SC)/i.test(device.cpu.name);
  const slot = vector === undefined || vector.index < 0 || !isCortexM ? undefined : vector.index - coreSlots;
  const name = found.tableName;
  const byName = device === undefined ? undefined : findInterrupts(device, name)[0];
  const bySlot = device === undefined || slot === undefined || slot < 0 ? [] : findInterrupts(device, slot);
  // Files list some interrupts under another peripheral: one that the handler is named after comes first.
  const matched = bySlot.find(({ peripheral }) => name.toUpperCase().startsWith(peripheral.name.toUpperCase())) ?? bySlot[0] ?? byName;
  const irq = slot ?? matched?.interrupt.value;
  return {
    ...found,
    ...(vector !== undefined && { vector }),
    ...(matched !== undefined && { interrupt: matched.interrupt, peripheral: matched.peripheral }),
    ...(irq !== undefined && { irq }),
  };
}
