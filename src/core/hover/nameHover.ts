import { findPeripherals, peripheralsOfGroup } from '../device/findPeripherals.ts';
import { findRegisters } from '../device/findRegisters.ts';
import { evaluateExpression } from '../graph/evaluate.ts';
import { valueOfPointer } from '../graph/pointerValues.ts';
import type { ResolvedAccess } from '../graph/resolveAccess.ts';
import { isAddressMacro, registerMacro } from '../parse/cRegisterMacros.ts';
import type { AccessFact } from '../parse/facts.ts';
import { calledCard } from './calledHover.ts';
import { namedInterruptCard } from './interruptHover.ts';
import { macroHover } from './macroHover.ts';
import { peripheralCard, registerCard } from './registerHover.ts';
import type { Card } from './report.ts';
import { lookedAt, resolve, type Subject } from './subject.ts';

/** The card of a name that is no member: an interrupt, a block, a pointer to one, a macro. Variables, types and functions have none. */
export async function nameHover(subject: Subject): Promise<Card | undefined> {
  const { cursor } = subject;
  const interrupt = await namedInterruptCard(subject);
  if (interrupt !== undefined) return interrupt;
  if (/^DT_\w+$/.test(cursor.calledWith ?? cursor.word)) return devicetreeMacroCard(subject);
  if (cursor.declaration !== undefined) return pointerCard(subject);
  if (cursor.isCallee === true) return await calledRegister(subject) ?? calledCard(subject);
  if (cursor.access !== undefined && cursor.access.members.length > 0 && cursor.access.base === cursor.word) return blockOfAccess(subject) ?? macroHover(subject);
  return await isOrdinary(subject) || await isOwnName(subject) ? undefined : macroHover(subject);
}

/** `DT_REG_ADDR(DT_NODELABEL(usart2))`: by what the build generates, else by the label, where it is a block's name. */
async function devicetreeMacroCard(subject: Subject): Promise<Card | undefined> {
  const { cursor, graph, device } = subject;
  const text = cursor.arguments === undefined ? undefined : `${cursor.word}(${cursor.arguments.join(', ')})`;
  if (text !== undefined) await graph.macros.load([text]);
  const address = text === undefined ? undefined : evaluateExpression(text, graph.macros.lookup);
  const label = /DT_NODELABEL\(\s*(\w+)\s*\)/.exec(text ?? '')?.[1] ?? (cursor.calledWith === 'DT_NODELABEL' ? cursor.word : undefined);
  const block = device.peripherals.find(({ name, baseAddress }) => baseAddress === address || (label !== undefined && name.toLowerCase() === label.toLowerCase()));
  return block === undefined ? undefined : peripheralCard(subject, block.name);
}

/** `uart` after `USART_TypeDef *uart = USART2`: the block it points at; other variables have no card. */
async function pointerCard(subject: Subject): Promise<Card | undefined> {
  const { cursor, facts, device, graph } = subject;
  const [value, ...others] = (await valueOfPointer({ source: graph.source, facts, function: cursor.function?.name }, cursor.word))?.values ?? [];
  return others.length === 0 && value !== undefined && device.peripherals.some(({ name }) => name === value || `NRF_${name}` === value) ? peripheralCard(subject, value) : undefined;
}

/** libopencm3's `TIM_ARR(TIM6)`; `SET_BIT` and its like are no registers themselves. */
async function calledRegister(subject: Subject): Promise<Card | undefined> {
  const { cursor } = subject;
  const access = registerMacro(cursor.word) === undefined ? cursor.access ?? await readRegister(subject) : undefined;
  if (access === undefined) return undefined;
  const resolved = await resolve(subject, access);
  return registerCard(subject, resolved.places.length > 0 ? resolved : ofAnyInstance(subject), cursor.operation);
}

/** `return ADC_SR(adc);`, of which only the macro's body says that it is a register. */
async function readRegister(subject: Subject): Promise<AccessFact | undefined> {
  const { cursor, graph } = subject;
  await graph.macros.load([cursor.word]);
  const macro = graph.macros.lookup(cursor.word);
  if (typeof macro !== 'object' || macro.parameters === undefined || !isAddressed(macro.body)) return undefined;
  return lookedAt(subject, `${cursor.word}(${(cursor.arguments ?? []).join(', ')})`, []);
}

/** `MMIO32((adc) + 0x04)`, `(*(volatile uint32_t *) (base + 4))`. */
function isAddressed(body: string): boolean {
  const callee = /^\(*\s*(\w+)\s*\(/.exec(body)?.[1];
  return (callee !== undefined && isAddressMacro(callee)) || /^\(*\s*\*\s*\(\s*(volatile|__IO)/.test(body);
}

/** `ADC_CR1(adc)`, where only the running program knows which ADC. */
function ofAnyInstance({ cursor, device }: Subject): ResolvedAccess {
  const [, block = '', register = ''] = /^([A-Z][A-Z0-9]*)_(\w+)$/.exec(cursor.word) ?? [];
  const blocks = new Set(block === '' ? [] : peripheralsOfGroup(device, block));
  const places = findRegisters(device, `${block}.${register}`).filter(({ place, field }) => field === undefined && blocks.has(place.peripheral)).map(({ place }) => place);
  return { places, fields: [], how: places.length > 1 ? 'type' : 'name', path: cursor.word };
}

/** ST's SVD files know no `DMA1_Stream5`: its registers are DMA1's. */
function blockOfAccess(subject: Subject): Card | undefined {
  const { word } = subject.cursor;
  const whole = /^(\w+?)_?(?:Stream|Channel|CH|Block)_?(?:\d+|[A-Z])$/i.exec(word)?.[1];
  return findPeripherals(subject.device, word).length > 0 ? peripheralCard(subject, word) : whole === undefined ? undefined : peripheralCard(subject, whole);
}

/** Where a type or a declared name stands, a like name on the chip is chance, unless it is a macro: the preprocessor comes first. */
async function isOwnName({ cursor, graph }: Subject): Promise<boolean> {
  if (cursor.role === undefined) return false;
  await graph.macros.load([cursor.word]);
  return graph.macros.lookup(cursor.word) === undefined;
}

/** Whether the project defines the name as something that is no macro: then a like name on the chip is chance. Enumerators name interrupts, which are done with. */
async function isOrdinary({ cursor, graph }: Subject): Promise<boolean> {
  const definitions = await graph.source.definitions(cursor.word);
  return definitions.length > 0 && definitions.every(({ kind }) => kind !== 'macro');
}
