import type { Device, Interrupt, Peripheral } from '../device/device.ts';
import { findInterrupts, type FoundInterrupt } from '../device/findPeripherals.ts';
import { evaluateExpression } from '../graph/evaluate.ts';
import type { FactSource } from '../graph/factSource.ts';
import { createMacroTable, type MacroTable } from '../graph/macroTable.ts';
import type { FunctionFact, SourceFacts, VectorFact } from '../parse/facts.ts';
import { isHandlerName } from '../parse/handlerNames.ts';
import type { Problem } from '../text/problem.ts';
import type { CodePlace } from './dossier.ts';
import { definitionOfHandler, registeredHandlers } from './registeredHandlers.ts';
import { findRegistrations, type Registration } from './registrations.ts';
import { tableNamesOf } from './tableNames.ts';

/** A function that interrupts call, with what says so. */
export interface Handler {
  readonly file: string;
  readonly facts: SourceFacts;
  readonly function: FunctionFact;
  /** The name that a vector table would know it by: its own, unless a macro renames it. */
  readonly tableName: string;
  /** Names of the table that macros make of its own, where the build chooses; none where the macros cannot be resolved. */
  readonly mayBe?: readonly string[];
  readonly vector?: VectorFact & CodePlace;
  readonly interrupt?: Interrupt;
  readonly peripheral?: Peripheral;
  /** Where code hands it over to the interrupt at run time, or a macro puts it into the table. */
  readonly registrations?: readonly Registration[];
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
  /** Every slot by its handler's name. */
  readonly slots: ReadonlyMap<string, VectorFact & CodePlace>;
  /** Handlers that are handed over in a way that is not followed: a lambda, a variable. */
  readonly problems: readonly Problem[];
}

/** Cortex-M tables begin with the stack pointer and 15 exceptions. */
const coreSlots = 16;

/** Every defined handler: named by a vector table, registered at run time, marked by an attribute, or named like one. Weak defaults do not count. */
export async function findHandlers(source: FactSource, device: Device | undefined): Promise<Handlers> {
  const files = await Promise.all((await source.handlerFiles()).map(async file => ({ file, facts: await source.facts(file) })));
  const known = files.flatMap(({ file, facts }) => (facts === undefined ? [] : [{ file, facts }]));
  const macros = createMacroTable(source, device?.name);
  const vectors = await vectorSlots(macros, known);
  const handlers: Handler[] = [];
  for (const { file, facts } of known.filter(({ facts: { language } }) => language !== 'asm')) {
    for (const candidate of facts.functions) {
      if (!isHandler(candidate, vectors)) continue;
      const handler = await named({ file, facts, function: candidate }, vectors, { source, macros, device });
      if (isSure(handler) || !await isCalled(source, candidate.name)) handlers.push(handler);
    }
  }
  // Handlers that the table names may stand in files that hold nothing else handler-like.
  for (const [name, vector] of vectors) {
    if (noInterrupt.test(name) || handlers.some(handler => handler.tableName === name)) continue;
    const found = await definitionOfHandler(source, name);
    if (found !== undefined) handlers.push(describeHandler({ ...found, tableName: name }, vector, device));
  }
  const registered = await registeredHandlers({ source, device, macros, handlers }, await findRegistrations(source, known));
  const handled = new Set(registered.handlers.map(handler => handler.tableName));
  return { ...registered, hasVectorTable: vectors.size > 0, slots: vectors, unhandled: [...vectors.keys()].filter(name => !handled.has(name) && !noInterrupt.test(name)) };
}

/** Every slot by its handler's name; designators such as `[USART2_IRQn + 16]` are evaluated with the headers' enumerators. */
async function vectorSlots(macros: MacroTable, files: readonly { readonly file: string; readonly facts: SourceFacts }[]): Promise<Map<string, VectorFact & CodePlace>> {
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
const noInterrupt = /^(Reset_?Handler|_?reset(_handler)?|_start|Default_?Handler|Dummy_Handler|blocking_handler|null_handler|(irq|isr|exc)\w*_(reset|dummy|unused))$/i;

function isHandler({ name, attributes, parameters }: FunctionFact, vectors: ReadonlyMap<string, VectorFact>): boolean {
  if (noInterrupt.test(name)) return false;
  if (attributes.some(attribute => /\bweak\b|\balias\b/i.test(attribute))) return false;
  if (vectors.has(name) || isMarked(attributes)) return true;
  // The hardware passes nothing: what takes a parameter is called by a handler.
  return isHandlerName(name) && parameters.length === 0 && !/_from_isr$/i.test(name);
}

function isMarked(attributes: readonly string[]): boolean {
  return attributes.some(attribute => /^(__)?(interrupt|isr|signal|vector)\b|^ISR_DIRECT_DECLARE$/i.test(attribute));
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

/** A handler under the name that the table, or else the chip, knows of those it may have. */
async function named(found: Pick<Handler, 'file' | 'facts' | 'function'>, vectors: ReadonlyMap<string, VectorFact & CodePlace>, { source, macros, device }: { readonly source: FactSource; readonly macros: MacroTable; readonly device: Device | undefined }): Promise<Handler> {
  const own = found.function.name;
  if (vectors.has(own)) return describeHandler({ ...found, tableName: own }, vectors.get(own), device);
  const { names, isMacro } = await tableNamesOf(found.function, { source, macros, facts: found.facts });
  const [tableName = own, ...others] = names;
  if (others.length > 0) return { ...found, tableName: own, mayBe: names };
  const isKnown = !isMacro || tableName !== own || (device !== undefined && findInterrupts(device, own).length > 0);
  return { ...describeHandler({ ...found, tableName }, vectors.get(tableName), device), ...(!isKnown && { mayBe: [] }) };
}

/** A handler with what the table's slot and the chip say of it. */
function describeHandler(found: Pick<Handler, 'file' | 'facts' | 'function' | 'tableName'>, vector: Handler['vector'], device: Device | undefined): Handler {
  const isCortexM = device?.cpu === undefined || /^(CM|Cortex-?M|SC)/i.test(device.cpu.name);
  const name = found.tableName;
  const isNamedAfter = ({ peripheral }: FoundInterrupt): boolean => name.toUpperCase().startsWith(peripheral.name.toUpperCase());
  const named = device === undefined ? [] : findInterrupts(device, name);
  const byName = named.find(isNamedAfter) ?? named[0];
  const counted = vector === undefined || vector.index < 0 || !isCortexM ? undefined : vector.index - coreSlots;
  // A table that means another peripheral than the name, which the chip knows too, is not laid out as Cortex-M's: some files of RISC-V parts say that they were one.
  const contradicts = device !== undefined && counted !== undefined && counted >= 0 && byName !== undefined && byName.interrupt.value !== counted
    && !findInterrupts(device, counted).some(({ interrupt, peripheral }) => [interrupt.name, peripheral.name].some(known => name.toUpperCase().startsWith(known.toUpperCase())));
  const slot = contradicts ? undefined : counted;
  const bySlot = device === undefined || slot === undefined || slot < 0 ? [] : findInterrupts(device, slot);
  // Files list some interrupts under another peripheral: one that the handler is named after comes first.
  const matched = bySlot.find(isNamedAfter) ?? bySlot[0] ?? byName;
  const irq = slot ?? matched?.interrupt.value;
  return {
    ...found,
    ...(vector !== undefined && { vector }),
    ...(matched !== undefined && { interrupt: matched.interrupt, peripheral: matched.peripheral }),
    ...(irq !== undefined && { irq }),
  };
}
