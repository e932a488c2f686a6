import { bareExpression, childByField, childrenOf, fieldOf, firstChild, kindOf, noNode, oneLine, startLine, textOf, type CTree } from './cTree.ts';
import type { VectorFact } from './facts.ts';
import { isHandlerName, isStackName, isVectorSection } from './handlerNames.ts';

/** The slots of an array that is an interrupt vector table; empty when it is not one. */
export function readVectorTable(tree: CTree, name: string, value: number, attributes: readonly string[]): VectorFact[] {
  if (kindOf(tree, value) !== 'initializer_list') return [];
  const slots = readSlots(tree, value);
  const handlers = slots.filter(slot => isHandlerName(slot.handler)).length;
  // What lies where the core looks for its table is one, however its handlers are named.
  const isPlaced = attributes.some(text => /^section\b/.test(text) && isVectorSection(text));
  const isNamed = isPlaced || /vector|intvec|isr_table/i.test(name);
  const isLong = isPlaced && slots.length >= fewestPlaced;
  if (!isLong && (isNamed ? handlers < 1 : handlers < 8 || handlers < slots.length / 2)) return [];
  return slots.filter(slot => !isStackName(slot.handler));
}

/** A placed table of fewer slots that are named like no handler may be something else, such as a boot header. */
const fewestPlaced = 8;

/** Slots beyond this are not read: no interrupt controller has more. */
const mostSlots = 4096;

function readSlots(tree: CTree, list: number): VectorFact[] {
  const slots: VectorFact[] = [];
  let at: SlotPosition = { index: 0 };
  for (const child of childrenOf(tree, list)) {
    if (kindOf(tree, child) === 'comment') continue;
    let value = child;
    let last = at;
    if (kindOf(tree, child) === 'initializer_pair') {
      value = childByField(tree, child, 'value');
      const range = designatedRange(tree, child);
      if (range !== undefined) [at, last] = range;
    }
    if (at.index >= mostSlots) break;
    const handler = handlerOf(tree, value);
    const line = startLine(tree, child);
    if (handler !== undefined) {
      slots.push({ handler, line, ...at });
      for (let index = at.index + 1; at.indexText === undefined && index <= Math.min(last.index, mostSlots); index += 1) slots.push({ handler, line, index });
    }
    at = nextPosition(last.index > at.index ? last : at);
  }
  return slots;
}

interface SlotPosition {
  readonly index: number;
  readonly indexText?: string;
}

function nextPosition(position: SlotPosition): SlotPosition {
  return position.indexText === undefined ? { index: position.index + 1 } : { index: -1, indexText: `${position.indexText} + 1` };
}

/** First and last slot of `[n] =` or `[n ... m] =`; undefined for member designators, which keep the order. */
function designatedRange(tree: CTree, pair: number): [SlotPosition, SlotPosition] | undefined {
  const designator = childrenOf(tree, pair).find(child => fieldOf(tree, child) === 'designator') ?? noNode;
  const kind = kindOf(tree, designator);
  if (kind === 'subscript_range_designator') {
    return [positionOf(oneLine(tree, childByField(tree, designator, 'start'))), positionOf(oneLine(tree, childByField(tree, designator, 'end')))];
  }
  if (kind !== 'subscript_designator') return undefined;
  const position = positionOf(oneLine(tree, firstChild(tree, designator)));
  return [position, position];
}

function positionOf(text: string): SlotPosition {
  const terms = text.replace(/[()\s]/g, '').split('+').map(term => /^(0[xX][\da-fA-F]+|\d+)[uUlL]*$/.test(term) ? Number(term.replace(/[uUlL]+$/, '')) : NaN);
  const index = terms.reduce((sum, term) => sum + term, 0);
  return Number.isNaN(index) ? { index: -1, indexText: text } : { index };
}

function handlerOf(tree: CTree, node: number): string | undefined {
  let value = bareExpression(tree, node);
  if (kindOf(tree, value) === 'pointer_expression') value = bareExpression(tree, childByField(tree, value, 'argument'));
  if (kindOf(tree, value) === 'initializer_list') value = bareExpression(tree, firstChild(tree, value));
  return kindOf(tree, value) === 'identifier' ? textOf(tree, value) : undefined;
}
