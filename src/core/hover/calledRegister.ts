import { bitBandTargets } from '../device/bitBand.ts';
import { codeText } from '../card/markdown.ts';
import { findPeripherals, peripheralsOfGroup } from '../device/findPeripherals.ts';
import { findRegisters } from '../device/findRegisters.ts';
import { evaluateAddress, evaluateExpression } from '../graph/evaluate.ts';
import { macroAlias } from '../graph/macroTokens.ts';
import type { ResolvedAccess } from '../graph/resolveAccess.ts';
import { isAddressMacro, registerMacro } from '../parse/cRegisterMacros.ts';
import type { AccessFact } from '../parse/facts.ts';
import { registerCard } from './registerHover.ts';
import type { Card } from './report.ts';
import { lookedAt, resolve, type Subject } from './subject.ts';

/** The card of a macro that is a register when it is called: libopencm3's `TIM_ARR(TIM6)`, `PAout(5)`; `SET_BIT` and its like are no registers themselves. */
export async function calledRegister(subject: Subject): Promise<Card | undefined> {
  const { cursor } = subject;
  if (registerMacro(cursor.word) !== undefined) return undefined;
  const access = cursor.access ?? await readRegister(subject);
  const resolved = access === undefined ? undefined : await resolve(subject, access);
  if (resolved !== undefined && resolved.places.length > 0) return registerCard(subject, resolved, cursor.operation);
  const alias = await aliasCard(subject);
  if (alias !== undefined || access === undefined) return alias;
  const absent = await absentInstance(subject);
  const any = ofAnyInstance(subject);
  return absent === undefined || any.places.length === 0 ? registerCard(subject, any, cursor.operation) : absentCard(subject, any, absent);
}

/** `return ADC_SR(adc);`, of which only the macro's body says that it is a register; where its header is not indexed, the block's name in it does. */
async function readRegister(subject: Subject): Promise<AccessFact | undefined> {
  const { cursor, graph } = subject;
  const text = callText(subject);
  await graph.macros.load([text]);
  const macro = graph.macros.lookup(cursor.word);
  if (macro === undefined) return await namesInstance(subject) ? lookedAt(subject, text, []) : undefined;
  if (typeof macro !== 'object' || macro.parameters === undefined) return undefined;
  return isAddressed(macro.body) || evaluateAddress(text, graph.macros.lookup) !== undefined ? lookedAt(subject, text, []) : undefined;
}

function callText({ cursor }: Subject): string {
  return `${cursor.word}(${(cursor.arguments ?? []).join(', ')})`;
}

/** `MMIO32((adc) + 0x04)`, `(*(volatile uint32_t *) (base + 4))`. */
function isAddressed(body: string): boolean {
  const callee = /^\(*\s*(\w+)\s*\(/.exec(body)?.[1];
  return (callee !== undefined && isAddressMacro(callee)) || /^\(*\s*\*\s*\(\s*(volatile|__IO)/.test(body);
}

/** `USART_SR(CONSOLE)`: a macro of a block's kind with a block of this kind, here or on a larger part. */
async function namesInstance(subject: Subject): Promise<boolean> {
  const { cursor, device } = subject;
  const block = /^([A-Z][A-Z0-9]*)_[A-Z]\w*$/.exec(cursor.word)?.[1];
  if (block === undefined || cursor.arguments?.length !== 1) return false;
  const instance = await instanceNamed(subject);
  const isOfKind = instance !== undefined && kindOf(instance) === kindOf(block) && /\d$|^[A-Z]+[A-K]$/.test(instance);
  return isOfKind || (instance !== undefined && instance === block && findPeripherals(device, instance).length > 0);
}

/** Macros for macros; real code needs three. */
const mostAliases = 8;

/** What the only argument stands for in the end: `USART2` for `CONSOLE`; undefined for a variable or number. */
async function instanceNamed({ cursor, graph }: Subject): Promise<string | undefined> {
  let [name = ''] = cursor.arguments ?? [];
  for (let step = 0; step < mostAliases; step += 1) {
    if (!/^[A-Z][A-Z0-9_]*$/.test(name)) return undefined;
    await graph.macros.load([name]);
    const alias = macroAlias(graph.macros.lookup(name));
    if (alias === undefined) return name;
    name = alias;
  }
  return undefined;
}

/** `USART` of `USART2` and of `UART4`, `GPIO` of `GPIOA`. */
function kindOf(block: string): string {
  const bare = block.replace(/\d+$/, '').replace(/^(GPIO|PORT)[A-K]$/, '$1');
  return bare === 'UART' ? 'USART' : bare;
}

/** The block that is named and that this chip does not have. */
async function absentInstance(subject: Subject): Promise<string | undefined> {
  const instance = await namesInstance(subject) ? await instanceNamed(subject) : undefined;
  return instance === undefined || findPeripherals(subject.device, instance).length > 0 ? undefined : instance;
}

async function absentCard(subject: Subject, any: ResolvedAccess, instance: string): Promise<Card | undefined> {
  const card = await registerCard(subject, any, undefined);
  const note = `**${codeText(subject.device.name)} has no ${codeText(instance)}:** ${codeText(callText(subject))} is no register of this chip.`;
  return card === undefined ? undefined : { ...card, markdown: `${note}\n\n${card.markdown ?? ''}` };
}

/** `ADC_CR1(adc)`, where only the running program knows which ADC. */
function ofAnyInstance({ cursor, device }: Subject): ResolvedAccess {
  const [, block = '', register = ''] = /^([A-Z][A-Z0-9]*)_(\w+)$/.exec(cursor.word) ?? [];
  const blocks = new Set(block === '' ? [] : peripheralsOfGroup(device, block));
  const places = findRegisters(device, `${block}.${register}`).filter(({ place, field }) => field === undefined && blocks.has(place.peripheral)).map(({ place }) => place);
  return { places, fields: [], how: places.length > 1 ? 'type' : 'name', path: cursor.word };
}

/** `BITBAND(GPIOA_ODR_Addr, 5)`, which is the alias's address, and `PAout(n)`, of which only the running program knows the bit. */
async function aliasCard(subject: Subject): Promise<Card | undefined> {
  const { cursor, graph, device } = subject;
  const given = cursor.arguments ?? [];
  await graph.macros.load([callText(subject)]);
  const macro = graph.macros.lookup(cursor.word);
  if (typeof macro !== 'object' || macro.parameters === undefined || given.length === 0) return undefined;
  const address = valueOf(subject, given);
  if (address !== undefined) return bitCard(subject, address, undefined);
  const unknown = given.filter(text => evaluateExpression(text, graph.macros.lookup) === undefined);
  const first = valueOf(subject, given.map(text => unknown.includes(text) ? '0' : text));
  return first === undefined || bitBandTargets(device, first).length === 0 ? undefined : bitCard(subject, first, unknown);
}

/** The address that the call is, or whose content it is. */
function valueOf({ cursor, graph }: Subject, given: readonly string[]): bigint | undefined {
  const text = `${cursor.word}(${given.join(', ')})`;
  return evaluateAddress(text, graph.macros.lookup) ?? evaluateExpression(text, graph.macros.lookup);
}

async function bitCard(subject: Subject, address: bigint, unknown: readonly string[] | undefined): Promise<Card | undefined> {
  const targets = bitBandTargets(subject.device, address);
  const places = targets.map(({ place }) => place);
  const fields = unknown === undefined ? targets.flatMap(({ field }) => field?.name ?? []) : [];
  const card = await registerCard(subject, { places, fields, how: 'address', path: places[0]?.path ?? '' }, undefined);
  if (card === undefined || unknown === undefined) return card;
  return { ...card, markdown: `*One bit of it, by its bit-band alias; which one ${unknown.map(text => codeText(text, 60)).join(', ')} says is known only when the program runs.*\n\n${card.markdown ?? ''}` };
}
