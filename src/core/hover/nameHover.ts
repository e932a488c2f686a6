import { findPeripherals } from '../device/findPeripherals.ts';
import { evaluateExpression } from '../graph/evaluate.ts';
import { valueOfPointer } from '../graph/pointerValues.ts';
import { calledCard } from './calledHover.ts';
import { calledRegister } from './calledRegister.ts';
import { namedInterruptCard } from './interruptHover.ts';
import { macroHover } from './macroHover.ts';
import { addressCard, peripheralCard } from './registerHover.ts';
import type { Card } from './report.ts';
import { blockCardWithOthers, blockMeant, compatiblesOf } from './sharedAddress.ts';
import type { Subject } from './subject.ts';

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
  const meant = block === undefined ? undefined : blockMeant(device, block.baseAddress, { label, compatibles: label === undefined ? [] : await compatiblesOf(graph.source, label) });
  return meant === undefined ? undefined : blockCardWithOthers(device, meant, subject.card);
}

/** `uart` after `USART_TypeDef *uart = USART2`: the block it points at; other variables have no card. */
async function pointerCard(subject: Subject): Promise<Card | undefined> {
  const { cursor, facts, device, graph } = subject;
  if (cursor.access?.base === cursor.word && cursor.access.members.length === 0) return addressCard(subject);
  const [value, ...others] = (await valueOfPointer({ source: graph.source, facts, function: cursor.function?.name }, cursor.word))?.values ?? [];
  return others.length === 0 && value !== undefined && device.peripherals.some(({ name }) => name === value || `NRF_${name}` === value) ? peripheralCard(subject, value) : undefined;
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
