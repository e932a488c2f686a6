import type { FactSource } from '../graph/factSource.ts';
import type { SharedVariable } from '../isr/dossier.ts';
import { isFault } from '../isr/hazards.ts';
import { mainUses } from '../isr/mainUses.ts';
import { isScalarType } from '../isr/sharedVariables.ts';
import { knownWordBits } from '../isr/typeBits.ts';
import type { FunctionFact } from '../parse/facts.ts';
import { listed } from '../text/listed.ts';
import type { CallingContext } from './callingContext.ts';
import type { LintHit } from './finding.ts';
import type { HandlerGround } from './handlerGround.ts';

/** Functions that interrupts run: what only they touch is not shared with the main program. */
export interface InterruptFunctions {
  /** As `file`, line feed, name. */
  readonly placed: ReadonlySet<string>;
  /** Who runs the others. */
  readonly contextOf: (name: string) => Promise<CallingContext>;
}

/** Variables that a handler shares with the main program without what that takes. */
export async function sharedDataHits(ground: HandlerGround, interrupts: InterruptFunctions): Promise<LintHit[]> {
  const hits: LintHit[] = [];
  // What a fault handler does to variables is the last that is done to them.
  if (isFault(ground.handler)) return [];
  for (const variable of ground.shared) {
    if (variable.isAtomic === true || variable.type.includes('[') || (!isScalarType(variable.type) && variable.bits === undefined)) continue;
    const users = await mainUsers(ground.graph.source, variable, interrupts);
    if (users.length === 0 || await isAmbiguous(ground.graph.source, variable)) continue;
    const isVolatile = variable.isVolatile || await isVolatileType(ground.graph.source, variable.type);
    hits.push(...notVolatile(ground, { ...variable, isVolatile }, users), ...notAtomic(ground, variable, users));
  }
  return hits;
}

/** `vu16`: a typedef may hold the word. */
async function isVolatileType(source: FactSource, type: string): Promise<boolean> {
  const name = /[A-Za-z_]\w*$/.exec(type)?.[0] ?? '';
  for (const { kind, file } of await source.definitions(name)) {
    if (kind === 'type' && /\b(volatile|__IO|__IOM)\b/.test((await source.facts(file))?.types.find(each => each.name === name)?.aliasOf ?? '')) return true;
  }
  return false;
}

/** Several boards define variables of one name, and only one of them is in a build. */
async function isAmbiguous(source: FactSource, { name, declared }: SharedVariable): Promise<boolean> {
  let defined = 0;
  for (const { kind, file } of await source.definitions(name)) {
    if (kind === 'variable' && (await source.facts(file))?.variables.some(variable => variable.name === name && variable.function === undefined && !variable.isExtern && (!variable.isStatic || file === declared.file)) === true) defined += 1;
  }
  return defined > 1;
}

interface MainUser {
  readonly file: string;
  readonly line: number;
  readonly kind: 'read' | 'write' | 'modify';
  readonly function: FunctionFact;
  /** The main program or a task is seen to run it. */
  readonly isMain: boolean;
}

/** Uses by code that a handler may interrupt, as the dossier sees it, but for what interrupts run besides. */
async function mainUsers(source: FactSource, variable: SharedVariable, { placed, contextOf }: InterruptFunctions): Promise<MainUser[]> {
  const users: MainUser[] = [];
  for (const { file, line, kind, function: own } of mainUses(variable, use => placed.has(`${use.file}\n${use.function}`))) {
    const context = await contextOf(own);
    if (context === 'interrupt') continue;
    const found = (await source.facts(file))?.functions.find(({ name }) => name === own);
    // Through a call that accesses it once the compiler keeps nothing back, and one access is one step.
    if (found !== undefined && !isAccessedOnce(found, variable.name, line)) users.push({ file, line, kind, function: found, isMain: context === 'main' });
  }
  return users;
}

/** Calls that access what they are handed once, as kernels' `readl(&x)` and `WRITE_ONCE(x, 1)`. */
const accessesOnce = /^(__raw_)?(read|write)[bwlq]$|^(READ|WRITE|ACCESS|LOAD|STORE)_ONCE$/;

function isAccessedOnce({ calls }: FunctionFact, name: string, line: number): boolean {
  return calls.some(call => call.line === line && accessesOnce.test(call.name) && new RegExp(`\\b${name}\\b`).test(call.arguments[0] ?? ''));
}

function notVolatile({ handler }: HandlerGround, { name, type, isVolatile, declared, inIsr }: SharedVariable, users: readonly MainUser[]): LintHit[] {
  const isrWrites = inIsr.some(({ kind }) => kind !== 'read');
  // What the handler only reads it reads anew each time it runs.
  const concerned = users.filter(user => user.kind !== 'write' && !synchronises(user.function));
  if (isVolatile || !isrWrites || concerned.length === 0) return [];
  const waits = concerned.find(user => user.kind === 'read' && (user.function.loops ?? []).some(loop => loop.isEmpty && user.line >= loop.line && user.line <= loop.endLine && new RegExp(`\\b${name}\\b`).test(loop.condition)));
  const who = listed(concerned.map(user => user.function.name));
  const certainty = waits !== undefined ? 'certain' : concerned.some(({ isMain }) => isMain) ? 'likely' : 'possible';
  const message = waits === undefined
    ? `${name} is written in ${handler.function.name} and used in ${who} but is not volatile: the compiler may keep an old value in a register.`
    : `${name} is written in ${handler.function.name} and waited for in ${waits.function.name} but is not volatile: the compiler may read it once and wait for ever.`;
  const first = waits ?? concerned[0];
  return [{
    rule: 'missing-volatile', ...declared, expression: name, certainty, message,
    related: [{ ...placeOf(inIsr[0] ?? declared), message: `used in the interrupt` }, ...(first === undefined ? [] : [{ ...placeOf(first), message: `used in ${first.function.name}` }])],
    fix: { title: 'Make it volatile', find: `${type} `, replace: `volatile ${type} ` },
  }];
}

function notAtomic({ handler, device }: HandlerGround, { name, inIsr, bits }: SharedVariable, users: readonly MainUser[]): LintHit[] {
  const writer = inIsr.find(({ kind }) => kind !== 'read');
  if (writer === undefined) return [];
  const word = knownWordBits(device);
  // Code that waits for the variable first has an understanding with the handler.
  const open = users.filter(user => !(user.function.loops ?? []).some(loop => loop.line <= user.line && new RegExp(`\\b${name}\\b`).test(loop.condition)));
  const related = [{ ...placeOf(writer), message: `written in the interrupt` }];
  const modify = open.filter(({ kind }) => kind === 'modify').map((user): LintHit => ({
    rule: 'non-atomic-shared', file: user.file, line: user.line, expression: name, certainty: user.isMain ? 'likely' : 'possible', related,
    message: `${user.function.name} reads, changes and writes back ${name}; when ${handler.function.name} writes it in between, that is lost. Switch the interrupt off around it.`,
  }));
  if (word === undefined || bits === undefined || bits <= word) return modify;
  const torn = open.filter(({ kind }) => kind !== 'modify').slice(0, 1).map((user): LintHit => ({
    rule: 'non-atomic-shared', file: user.file, line: user.line, expression: name, certainty: synchronises(user.function) || !user.isMain ? 'possible' : 'likely', related,
    message: `${name} has ${bits} bits and takes several ${word}-bit accesses in ${user.function.name}; ${handler.function.name} may write it between them. Switch the interrupt off around it.`,
  }));
  return [...modify, ...torn];
}

/** Code that waits for the handler through the kernel reads anew after that call. */
function synchronises({ calls }: FunctionFact): boolean {
  return calls.some(({ name }) => /^(xSemaphoreTake\w*|ulTaskNotifyTake\w*|xTaskNotifyWait\w*|xQueue(Receive|Peek)\w*|xEventGroupWaitBits|k_sem_take|k_msgq_get|os(Semaphore(Acquire|Wait)|ThreadFlagsWait|SignalWait|MessageQueueGet)|tx_semaphore_get)$/.test(name));
}

function placeOf({ file, line }: { readonly file: string; readonly line: number }): { readonly file: string; readonly line: number } {
  return { file, line };
}
