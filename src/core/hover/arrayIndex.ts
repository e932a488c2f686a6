import { evaluateExpression } from '../graph/evaluate.ts';
import type { MacroTable } from '../graph/macroTable.ts';
import type { AccessFact } from '../parse/facts.ts';

/** An access whose indices are numbers, and the ones among them that are not known before the program runs. */
export interface IndexedAccess {
  readonly access: AccessFact;
  /** As written: `pin >> 3`; 0 stands for them in `access`. */
  readonly unknown: readonly string[];
}

/** `NVIC->ISER[USART2_IRQn >> 5]` as `NVIC->ISER[1]`, and `GPIOA->AFR[pin >> 3]` as `GPIOA->AFR[0]`; undefined when every index is a number already. */
export async function withIndices(access: AccessFact, macros: MacroTable): Promise<IndexedAccess | undefined> {
  const computed = access.members.flatMap(member => computedIndex.exec(member)?.[2] ?? []);
  if (computed.length === 0) return undefined;
  await macros.load(computed);
  const unknown: string[] = [];
  const members = access.members.map(member => member.replace(computedIndex, (_, name: string, text: string) => {
    const index = evaluateExpression(text, macros.lookup);
    if (index === undefined || index < 0n) unknown.push(text);
    return `${name}[${index === undefined || index < 0n ? 0n : index}]`;
  }));
  return { access: { ...access, members }, unknown };
}

/** A name with one index that is no plain number; an element of another array may be the index: `Group[pins[pin].port]`. */
const computedIndex = /^(\w+)\[(?!\d+\]$)((?:[^[\]]|\[[^[\]]*\])+)\]$/;
