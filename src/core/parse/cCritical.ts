import { guardedRanges } from './cGuards.ts';
import type { FunctionScope } from './cScope.ts';
import { noNode, type CTree } from './cTree.ts';
import { atomicBlocks, criticalCall } from './criticalCalls.ts';
import type { AccessFact, CallFact, UseFact } from './facts.ts';

/** What is read of a file so far. */
interface ReadFacts {
  readonly tree: CTree;
  readonly uses: UseFact[];
  readonly accesses: AccessFact[];
}

/** Marks the facts of a function that stand where interrupts are off, once its body is read. */
export function markGuarded({ tree, uses, accesses }: ReadFacts, scope: FunctionScope): void {
  const { body, places, calls } = scope;
  const ranges = isCritical(tree, scope) ? guardedRanges(tree, body) : [];
  if (ranges.length === 0) return;
  for (const { list, index, node } of places) {
    const guard = ranges.find(({ from, until }) => node >= from && node < until)?.guard;
    if (guard === undefined) continue;
    const marked: (UseFact | AccessFact | CallFact)[] = list === 'uses' ? uses : list === 'accesses' ? accesses : calls;
    const fact = marked[index];
    if (fact !== undefined) marked[index] = { ...fact, guard };
  }
}

const otherWays = new RegExp(`\\b(?:${atomicBlocks}|cpsid|CPSID|\\w*(?:Critical|Interrupt|IRQ|Irq)\\w*(?:Lock|Guard|Section))\\b`);

/** A quick look: most functions switch nothing. */
function isCritical(tree: CTree, { body, calls }: FunctionScope): boolean {
  if (body === noNode) return false;
  return calls.some(({ name, arguments: given }) => criticalCall(name, given) !== undefined) || otherWays.test(tree.text.slice(tree.start[body], tree.end[body]));
}
