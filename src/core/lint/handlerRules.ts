import type { RegisterPlace } from '../device/device.ts';
import type { Handlers } from '../isr/handlers.ts';
import { nearestHandler } from '../isr/nearestHandler.ts';
import { asksForContext, whyBlocking } from '../isr/blockingCalls.ts';
import { clearingEffect, flags } from '../isr/flags.ts';
import type { Touch } from '../isr/touched.ts';
import type { CallFact } from '../parse/facts.ts';
import type { LintHit } from './finding.ts';
import { isFault } from '../isr/hazards.ts';
import { type HandlerGround, within } from './handlerGround.ts';
import type { LintGround } from './joinedAccess.ts';

/** Calls that wait, or that only tasks may make. */
export function blockingCalls(ground: HandlerGround): LintHit[] {
  if (isFault(ground.handler)) return [];
  const { tree } = ground;
  return tree.functions.flatMap(inside => {
    const { file, function: { name: own, calls }, depth } = inside;
    // Of a project's own delay the call is told, not what it is made of.
    if (whyBlocking({ name: own, arguments: [] }) !== undefined || asksForContext(calls)) return [];
    return calls.flatMap((call): LintHit[] => {
      const why = whyBlocking(call);
      if (why === undefined) return [];
      return [{ rule: 'blocking-in-isr', file, line: call.line, certainty: isTraced(call, calls) ? 'possible' : depth === 0 ? 'certain' : depth <= 2 ? 'likely' : 'possible', message: `${call.name}(), called in ${within(ground, inside)}, ${why}.`, related: depth === 0 ? [] : [{ file: ground.handler.file, line: ground.handler.function.startLine, message: 'the handler' }] }];
    });
  });
}

/** `TRACE(printf(…))`: a macro that most builds leave empty. */
function isTraced({ name, line }: CallFact, calls: readonly CallFact[]): boolean {
  return calls.some(outer => outer.line === line && /^[A-Z][A-Z0-9_]+$/.test(outer.name) && outer.arguments.some(argument => new RegExp(`\\b${name}\\s*\\(`).test(argument)));
}

/** A waiting loop without a bound on something that is no register of the chip, or for ever. */
export function endlessWaits(ground: HandlerGround): LintHit[] {
  if (isFault(ground.handler)) return [];
  return ground.tree.functions.filter(({ depth }) => depth <= 1).flatMap(inside => (inside.function.loops ?? []).flatMap((loop): LintHit[] => {
    if (loop.hasExit || !loop.isEmpty || /\+\+|--|&&|^(1|true|)$|[<>]=?\s*\w/.test(loop.condition.replaceAll('->', '.'))) return [];
    const reads = ground.touches.filter(({ access, use }) => use.file === inside.file && access.line === loop.line && access.kind === 'read');
    if (reads.length === 0) return [];
    return [{ rule: 'blocking-in-isr', file: inside.file, line: loop.line, certainty: 'likely', message: `${within(ground, inside)}, waits here until (${loop.condition}) becomes false, with no bound; other interrupts of this priority wait too.` }];
  }));
}

/** Flags whose way of being cleared is known and not taken. */
export function flagsNeverCleared(ground: HandlerGround): LintHit[] {
  const { device, handler, tree, touches } = ground;
  if (device === undefined || handler.peripheral === undefined || handler.irq === undefined || handler.irq < 0) return [];
  const own = touches.filter(({ resolved }) => resolved.places.some(({ peripheral }) => peripheral === handler.peripheral || peripheral.groupName === handler.peripheral?.groupName));
  const unknown = tree.callees.filter(({ definition, name }) => definition === undefined && !isHarmless(name));
  if (own.length === 0) return unknown.length > 0 || tree.isCut ? [] : untouched(ground);
  if (unknown.length > 0 || tree.isCut) return [];
  const { tested, cleared } = flags(touches, device);
  const done = new Set(cleared.map(({ flag }) => flag));
  return tested.filter(({ flag }) => !done.has(flag)).flatMap(({ path, flag, file, line }): LintHit[] => {
    const touch = own.find(({ use }) => use.path === path && use.file === file && use.line === line);
    const place = touch?.resolved.places.find(({ peripheral }) => peripheral === handler.peripheral);
    const field = place?.register.fields.find(({ name }) => name === flag);
    if (touch === undefined || place === undefined || field === undefined || touch.resolved.how === 'type') return [];
    const effect = clearingEffect(place, field, device);
    // Any write to a register of flags may be the one that clears it.
    const isWritten = own.some(other => other.access.kind !== 'read' && mayClear(other, place, flag));
    return effect === undefined || isWritten ? [] : [{ rule: 'flag-never-cleared', file, line, certainty: 'likely', expression: touch.access.expression, column: touch.access.column, message: `${path}.${flag} is tested but never cleared in ${handler.function.name}. ${effect.text} While it is set, the interrupt comes again at once.` }];
  });
}

/** A write to the flag's register or to one that clears flags, unless it is plainly about other bits. */
function mayClear({ access, resolved }: Touch, { address }: RegisterPlace, flag: string): boolean {
  if (!resolved.places.some(other => other.address === address || /ICR$|IFCR|CLR|CLEAR/.test(other.register.name))) return false;
  // A read-modify-write writes back every flag.
  if (access.kind === 'modify') return true;
  const isConstant = /^[A-Z\d_|()~<>\s]+$/.test(access.value ?? '');
  return !isConstant || resolved.fields.length === 0 || resolved.fields.includes(flag) || !resolved.places.some(other => other.address === address);
}

/** Peripherals whose every interrupt flag waits for software. */
const alwaysBySoftware = /^(TIM\d|EXTI|DMA\d|LPTIM)/;

/** A handler that does not touch its peripheral at all, nor calls anything unknown. */
function untouched({ handler, touches, handlers, tree }: HandlerGround): LintHit[] {
  const { peripheral, function: { name, startLine, endLine } } = handler;
  if (peripheral === undefined || !alwaysBySoftware.test(peripheral.name) || !name.toUpperCase().startsWith(peripheral.name.toUpperCase()) || touches.some(({ resolved }) => resolved.places.length === 0 || resolved.how === 'type')) return [];
  // What is only a loop is a trap; an empty body is a stub.
  const isStub = endLine - startLine < 1 || (tree.functions[0]?.function.loops ?? []).some(({ hasExit, condition }) => !hasExit && /^(1|true|)$/.test(condition));
  const doesSomething = tree.functions.some(({ facts, function: { calls, name: own } }) => calls.length > 0 || facts.uses.some(use => use.function === own));
  if (isStub || !doesSomething || !handlers.handlers.includes(handler)) return [];
  return [{ rule: 'flag-never-cleared', file: handler.file, line: startLine, certainty: 'likely', message: `${name} clears no flag of ${peripheral.name}: while one is set, the interrupt comes again at once.` }];
}

function isHarmless(name: string): boolean {
  return /^(__DSB|__DMB|__ISB|__NOP|__WFI|__SEV|__disable_irq|__enable_irq|__set_\w+|__get_\w+|NVIC_\w+|sizeof|assert|configASSERT|assert_param|memcpy|memset|portYIELD_FROM_ISR|portEND_SWITCHING_ISR|\w+FromISR|printf)$/.test(name);
}

/** A handler by its name that no table of the workspace names, nor any code hands over. */
export async function notInTable({ handler, handlers, tables, graph }: HandlerGround): Promise<LintHit[]> {
  const { name, startLine, attributes } = handler.function;
  // Only this convention says that a vector table should name it; `xyzIsr` may well be called by another handler.
  if (tables === 0 || handler.vector !== undefined || attributes.some(attribute => !/IRAM|used/i.test(attribute)) || !/_IRQHandler$/.test(handler.tableName)) return [];
  if ((await graph.source.mentions(name)).length > 0 || (await graph.source.definitions(name)).some(({ kind }) => kind === 'macro')) return [];
  const near = nearestHandler(handler.tableName, handlers.unhandled);
  // A workspace for several chips has tables that know nothing of each other's handlers.
  if (near === undefined && (tables > 1 || handler.interrupt !== undefined)) return [];
  const doubt = near === undefined ? ' Is the name misspelt? Then the interrupt ends in the default handler.' : ` ${near} is in the table and has no handler: is that meant? The interrupt ends in the default handler.`;
  return [{ rule: 'handler-not-in-table', file: handler.file, line: startLine, certainty: near !== undefined && tables === 1 ? 'certain' : 'likely', message: `No vector table of this workspace names ${name}.${doubt}`, ...(near !== undefined && { fix: { title: `Rename to ${near}`, find: name, replace: near } }) }];
}

/** A function whose name no convention knows as a handler's, but that a slot without a handler nearly has: `TIM2_IRQHander`. */
export async function misspeltHandlers({ facts, file, graph }: LintGround, { unhandled, hasVectorTable }: Handlers): Promise<LintHit[]> {
  if (!hasVectorTable || unhandled.length === 0) return [];
  const hits: LintHit[] = [];
  for (const { name, startLine, parameters, isStatic, attributes } of facts.functions) {
    if (isStatic || parameters.length > 0 || attributes.length > 0 || !/irq|handl|isr|hand?er/i.test(name) || /_IRQHandler$/.test(name)) continue;
    const near = nearestHandler(name, unhandled.filter(slot => /_IRQHandler$/.test(slot)));
    if (near === undefined || (await graph.source.mentions(name)).length > 0) continue;
    hits.push({ rule: 'handler-not-in-table', file, line: startLine, certainty: 'likely', message: `No vector table of this workspace names ${name}. ${near} is in the table and has no handler: is that meant? The interrupt ends in the default handler.`, fix: { title: `Rename to ${near}`, find: name, replace: near } });
  }
  return hits;
}
