import type { Device, RegisterPlace } from '../device/device.ts';
import { sideEffects } from '../manual/sideEffects.ts';
import type { FunctionFact, LoopFact, SourceFacts } from '../parse/facts.ts';
import { listed } from '../text/listed.ts';
import { asksForContext, whyBlocking } from './blockingCalls.ts';
import type { CallTree } from './callTree.ts';
import type { Hazard, IsrDossier } from './dossier.ts';
import type { Handler, Handlers } from './handlers.ts';
import { mainUses } from './mainUses.ts';
import { nearestHandler } from './nearestHandler.ts';
import { isScalarType } from './sharedVariables.ts';
import { flagOfEnable, interruptFields } from './enableFields.ts';
import type { NamedFlag } from './flagNames.ts';
import { clearingEffect, clearingOf } from './flags.ts';
import type { Touch } from './touched.ts';
import { wordBits } from './typeBits.ts';

/** Functions that a hazard names before it counts. */
export const mostNames = 3;

/** What is known of a handler when its hazards are looked for. */
export interface HazardGround {
  readonly handler: Handler;
  readonly handlers: Handlers;
  readonly tree: CallTree;
  readonly touches: readonly Touch[];
  readonly device: Device | undefined;
  readonly facts: Pick<IsrDossier, 'flagsTested' | 'flagsCleared' | 'sharedVariables'>;
  /** Flags that may be cleared, by values that only the program knows. */
  readonly open: readonly NamedFlag[];
}

/** What an experienced reviewer would stop at. */
export function hazards(ground: HazardGround): Hazard[] {
  return [notInVectorTable, blockingCalls, waitingLoops, sharedData, modifiedFlags, unclearedFlags].flatMap(find => find(ground));
}

function notInVectorTable({ handler, handlers }: HazardGround): Hazard[] {
  if (!handlers.hasVectorTable || handler.vector !== undefined || handler.mayBe !== undefined || handler.function.attributes.length > 0) return [];
  const { name, startLine } = handler.function;
  // Only this convention says that a vector table should name it; `xyzIsr` may well be called by another handler.
  if (!/_IRQHandler$/.test(name)) return [];
  const isKnown = handler.interrupt !== undefined;
  const near = isKnown ? undefined : nearestHandler(name, handlers.unhandled);
  const doubt = isKnown ? '' : near === undefined ? ' Is the name misspelt? Then the interrupt ends in the default handler.' : ` Is ${near} meant? That interrupt ends in the default handler.`;
  return [{ id: 'handler-not-in-vector-table', file: handler.file, line: startLine, certainty: near === undefined ? 'likely' : 'certain', message: `No vector table of this workspace names ${name}.${doubt}` }];
}

function blockingCalls({ tree, handler }: HazardGround): Hazard[] {
  if (isFault(handler)) return [];
  return tree.functions.filter(({ function: { calls } }) => !asksForContext(calls)).flatMap(({ file, function: { name, calls } }) => calls.flatMap(call => {
    const why = whyBlocking(call);
    return why === undefined ? [] : [{ id: 'blocking-call', file, line: call.line, certainty: 'likely' as const, message: `${call.name}(), called in ${name}, ${why}.` }];
  }));
}

/** A fault handler that reports and stops for ever does what it should; so may NMI's. Its number tells, or else its name. */
export function isFault({ irq, function: { name } }: Handler): boolean {
  return irq === undefined ? /fault|^NMI_/i.test(name) : irq <= -9;
}

function waitingLoops({ tree, handler }: HazardGround): Hazard[] {
  if (isFault(handler)) return [];
  return tree.functions.flatMap(({ file, facts, function: inside }) => (inside.loops ?? []).filter(({ hasExit }) => !hasExit).flatMap(loop => {
    const found = loopHazard(loop, inside, facts);
    return found === undefined ? [] : [{ ...found, file, line: loop.line, certainty: 'likely' as const }];
  }));
}

function loopHazard({ condition, isEmpty }: LoopFact, { name, parameters }: FunctionFact, facts: SourceFacts): Pick<Hazard, 'id' | 'message'> | undefined {
  if (/^(|1U?|true)$/.test(condition)) return { id: 'endless-loop', message: `${name} ${isEmpty ? 'waits here for ever' : 'loops here for ever, with no way out'}; the handler never returns.` };
  if (!isEmpty) return undefined;
  const locals = new Set([...parameters, ...facts.variables.filter(variable => variable.function === name)].map(local => local.name));
  const names = condition.match(/[A-Za-z_]\w*/g) ?? [];
  // Counting in locals and constants alone ends by itself, but takes its time.
  const counts = names.some(used => locals.has(used)) && names.every(used => locals.has(used) || /^[A-Z][A-Z0-9_]*$/.test(used)) && !/->|\.|\(/.test(condition);
  return counts
    ? { id: 'blocking-call', message: `${name} counts in an empty loop here (${condition}): a delay, in which other interrupts of this priority wait.` }
    : { id: 'busy-wait', message: `${name} waits here until (${condition}) becomes false, with no bound; other interrupts of this priority wait too.` };
}

function sharedData({ facts, handlers, device }: HazardGround): Hazard[] {
  // Two handlers mostly have one priority and then never interrupt each other.
  const isHandler = (name: string): boolean => handlers.handlers.some(handler => handler.function.name === name) || /(Isr|ISR|_isr|IRQHandler)(Handler)?$/.test(name);
  return facts.sharedVariables.flatMap(variable => {
    const { name, type, isVolatile, isAtomic, declared, inIsr, bits } = variable;
    if (isAtomic === true || !isScalarType(type) && (bits === undefined || type.includes('['))) return [];
    const open = mainUses(variable, ({ function: user }) => isHandler(user));
    const writer = open.find(({ kind }) => kind === 'modify');
    const isrWrites = inIsr.some(({ kind }) => kind !== 'read');
    const found: Hazard[] = [];
    // What the handler only reads it reads anew each time.
    const readers = open.filter(({ kind }) => kind !== 'write');
    if (!isVolatile && isrWrites && readers.length > 0) found.push({ id: 'shared-not-volatile', ...declared, certainty: 'likely', message: `${name} is shared with ${listed(readers.map(user => user.function), mostNames)} but not volatile: the compiler may keep an old value.` });
    if (writer !== undefined && isrWrites) found.push({ id: 'non-atomic-modify', file: writer.file, line: writer.line, certainty: 'likely', message: `${writer.function} modifies ${name} in several steps; this interrupt may write it in between. Not an error if interrupts are off there.` });
    const torn = isrWrites ? open[0] : open.find(({ kind }) => kind !== 'read');
    const word = wordBits(device);
    if (bits !== undefined && bits > word && torn !== undefined && !type.includes('[')) found.push({ id: 'torn-access', file: torn.file, line: torn.line, certainty: 'likely', message: `${name} is ${bits} bits wide, and a ${word}-bit core moves it in ${bits / word} steps: this interrupt may come between those of ${torn.function}, which then ${torn.kind === 'read' ? 'reads half an old and half a new value' : 'leaves half an old and half a new value for it'}. Not an error if interrupts are off there.` });
    return found;
  });
}

function modifiedFlags({ touches, device }: HazardGround): Hazard[] {
  return touches.flatMap(({ access, resolved, use }) => {
    const [place] = resolved.places;
    if (place === undefined || device === undefined || access.kind !== 'modify' || !/\|=|SET_BIT/.test(access.operator ?? '')) return [];
    const clearing = sideEffects(place, { device: device.name }).find(({ modifiedWriteValues, readsAsZero }) => readsAsZero !== true && (modifiedWriteValues === 'oneToClear' || modifiedWriteValues === 'zeroToClear'));
    if (clearing === undefined) return [];
    const message = clearing.modifiedWriteValues === 'oneToClear'
      ? `This read-modify-write writes back every flag of ${use.path} that is set, and so clears them all; write only the flag.`
      : `${use.path}'s flags are cleared by writing 0, so this |= clears nothing it names, and may clear flags that are set in between.`;
    return [{ id: 'modify-clears-flags', file: use.file, line: use.line, certainty: clearing.certainty === 'stated' ? 'certain' as const : 'likely' as const, message }];
  });
}

/** Only flags whose way of being cleared is known can be missed. */
function unclearedFlags({ facts: { flagsTested, flagsCleared }, open, touches, device, tree }: HazardGround): Hazard[] {
  if (device === undefined) return [];
  // A library's function that is handed the peripheral, and is not indexed, may well clear it: `usart_recv(USART2)`.
  const unknown = new Set(tree.callees.filter(({ definition }) => definition === undefined).map(({ name }) => name));
  const handedOver = tree.functions.flatMap(({ function: { calls } }) => calls.filter(({ name }) => unknown.has(name)).flatMap(call => call.arguments)).join(' ');
  return flagsTested.filter(tested => clearingOf({ cleared: flagsCleared, open }, tested) === 'no').flatMap(({ path, flag, file, line }) => {
    const place = touches.find(({ use }) => use.path === path)?.resolved.places[0];
    const field = place?.register.fields.find(({ name }) => name === flag);
    if (place === undefined || field === undefined || new RegExp(`\\b${place.peripheral.name}\\b`).test(handedOver)) return [];
    // A library's macro writes it through a pointer, with a value that only the program knows.
    if (touches.some(({ use, access, resolved }) => access.kind !== 'read' && use.path === path && resolved.how === 'type') || switchesOff(flag, place, touches)) return [];
    const effect = clearingEffect(place, field, device);
    return effect === undefined ? [] : [{ id: 'flag-not-cleared', file, line, certainty: 'likely' as const, message: `${path}.${flag} is tested but not cleared here; while it is set and enabled, the interrupt comes again at once.` }];
  });
}

/** A handler may take the flag's enable away instead. */
function switchesOff(flag: string, { peripheral }: RegisterPlace, touches: readonly Touch[]): boolean {
  const { flags } = interruptFields(peripheral);
  return touches.some(({ access, resolved: { places: [place] }, use }) => access.kind !== 'read' && place?.peripheral === peripheral && use.fields.some(field => flagOfEnable(field, place, flags)?.name === flag));
}
