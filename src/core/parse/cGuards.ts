import { atomicBlocks, criticalCall, type CriticalCall } from './criticalCalls.ts';
import { readCall } from './cFunctions.ts';
import { childByField, childrenOf, kindOf, noNode, oneLine, textOf, type CTree } from './cTree.ts';

/** Nodes of a function at which interrupts are off on every way there, with what switched them off: `__disable_irq`, or `NVIC_DisableIRQ(TIM2_IRQn)` where it is one of them only. */
export interface GuardedRange {
  readonly from: number;
  readonly until: number;
  readonly guard: string;
}

/** What is open, outermost first; undefined behind a `return`. */
type Open = readonly string[] | undefined;

interface Walk {
  readonly tree: CTree;
  ranges: GuardedRange[];
  /** The loops and switches around. */
  readonly leaving: Leaving[];
  loops: number;
}

/** What is open where `break` leaves a loop or switch, and where `continue` goes to a loop's next round. */
interface Leaving {
  readonly breaks: Open[];
  readonly continues?: Open[];
}

/** Loops in loops are walked twice each; deeper ones begin with nothing open. */
const deepestLoop = 4;

/** Where interrupts are off in a function's body, by the order and nesting of what switches them off and on. */
export function guardedRanges(tree: CTree, body: number): readonly GuardedRange[] {
  const walk: Walk = { tree, ranges: [], leaving: [], loops: 0 };
  statement(walk, body, []);
  return walk.ranges;
}

function statement(walk: Walk, node: number, open: Open): Open {
  const { tree } = walk;
  switch (kindOf(tree, node)) {
    case 'compound_statement': return compound(walk, node, open);
    case 'if_statement': {
      const condition = plain(walk, childByField(tree, node, 'condition'), open);
      const alternative = childByField(tree, node, 'alternative');
      return joined(statement(walk, childByField(tree, node, 'consequence'), condition), alternative === noNode ? condition : statement(walk, alternative, condition));
    }
    case 'while_statement':
    case 'for_statement':
    case 'for_range_loop':
    case 'do_statement': return loop(walk, node, open);
    case 'switch_statement': return switched(walk, node, open);
    case 'preproc_if':
    case 'preproc_ifdef':
    case 'preproc_elif': return conditional(walk, node, open);
    // Whoever jumps here may come with anything.
    case 'labeled_statement': return sequence(walk, childrenOf(tree, node), []);
    case 'else_clause':
    case 'preproc_else':
    case 'try_statement': return sequence(walk, childrenOf(tree, node), open);
    case 'break_statement': walk.leaving.at(-1)?.breaks.push(open); return undefined;
    case 'continue_statement': walk.leaving.findLast(({ continues }) => continues !== undefined)?.continues?.push(open); return undefined;
    case 'return_statement':
    case 'goto_statement': plain(walk, node, open); return undefined;
    default: return plain(walk, node, open);
  }
}

const atomicHead = new RegExp(`\\b(${atomicBlocks})\\s*\\([^()]*\\)\\s*$`);

function compound(walk: Walk, node: number, open: Open): Open {
  const { tree } = walk;
  const block = atomicHead.exec(tree.text.slice(Math.max(0, (tree.start[node] ?? 0) - 200), tree.start[node]))?.[1];
  if (block === undefined) return sequence(walk, childrenOf(tree, node), open);
  sequence(walk, childrenOf(tree, node), open === undefined ? undefined : [block, ...open]);
  return open;
}

function sequence(walk: Walk, nodes: readonly number[], open: Open): Open {
  let now = open;
  const scoped = now;
  let isScoped = false;
  for (const node of nodes) {
    now = statement(walk, node, now);
    // An object whose life is the section, as C++ has them.
    const lock = kindOf(walk.tree, node) === 'declaration' ? /^(?:\w+::)*(\w*(?:Critical|Interrupt|IRQ|Irq)\w*(?:Lock|Guard|Section)\w*)\b/.exec(textOf(walk.tree, node))?.[1] : undefined;
    if (lock !== undefined && now !== undefined) {
      now = [...now, lock];
      isScoped = true;
    }
  }
  return isScoped ? now === undefined ? undefined : scoped : now;
}

function loop(walk: Walk, node: number, open: Open): Open {
  const { tree } = walk;
  const pass = (start: Open): { readonly end: Open; readonly breaks: readonly Open[] } => {
    const around: Leaving = { breaks: [], continues: [] };
    walk.leaving.push(around);
    walk.loops += 1;
    const end = sequence(walk, childrenOf(tree, node), start);
    walk.loops -= 1;
    walk.leaving.pop();
    return { end: [end, ...around.continues ?? []].reduce(joined), breaks: around.breaks };
  };
  const known = walk.ranges.length;
  const first = walk.loops >= deepestLoop ? undefined : pass(open);
  walk.ranges.length = known;
  const head = first === undefined ? [] : joined(open, first.end);
  const { end, breaks } = pass(head);
  // `for (;;)` and `while (1)` are left by `break` alone; counting them in is the safe side.
  return [end, ...breaks].reduce(joined, head);
}

function switched(walk: Walk, node: number, open: Open): Open {
  const { tree } = walk;
  const start = plain(walk, childByField(tree, node, 'condition'), open);
  const around: Leaving = { breaks: [] };
  walk.leaving.push(around);
  let end: Open = undefined;
  for (const child of childrenOf(tree, childByField(tree, node, 'body'))) end = sequence(walk, childrenOf(tree, child), joined(start, end));
  walk.leaving.pop();
  return [end, ...around.breaks].reduce(joined, start);
}

/** Which branch is compiled is not known. */
function conditional(walk: Walk, node: number, open: Open): Open {
  const { tree } = walk;
  const alternative = childByField(tree, node, 'alternative');
  const children = childrenOf(tree, node).filter(child => child !== alternative);
  return joined(sequence(walk, children, open), alternative === noNode ? open : statement(walk, alternative, open));
}

/** What is open on both ways. */
function joined(one: Open, other: Open): Open {
  if (one === undefined || other === undefined) return one ?? other;
  return one.filter(guard => other.includes(guard));
}

/** An expression or declaration: its calls in their order. */
function plain(walk: Walk, node: number, open: Open): Open {
  if (node === noNode) return open;
  const { tree } = walk;
  const after = tree.after[node] ?? node + 1;
  let now = open;
  let from = node;
  for (let inner = node; inner < after; inner += 1) {
    const next = effectOf(tree, inner, now ?? []);
    if (next === undefined || now === undefined) continue;
    // An assignment's own parts are read before it is done.
    const until = tree.after[inner] ?? inner + 1;
    note(walk, { from, until, open: now });
    now = next;
    from = until;
    inner = until - 1;
  }
  note(walk, { from, until: after, open: now });
  return now;
}

function note({ ranges }: Walk, { from, until, open }: { readonly from: number; readonly until: number; readonly open: Open }): void {
  if (open === undefined || open.length === 0 || until <= from) return;
  ranges.push({ from, until, guard: open.find(guard => !guard.includes('(')) ?? open.join(', ') });
}

/** What is open behind a node that switches interrupts off or on; undefined for any other. */
function effectOf(tree: CTree, node: number, open: readonly string[]): readonly string[] | undefined {
  switch (kindOf(tree, node)) {
    case 'call_expression': {
      const call = readCall(tree, node);
      const critical = call === undefined ? undefined : criticalCall(call.name, call.arguments);
      return call === undefined || critical === undefined ? undefined : applied(critical, call.name, open);
    }
    // AVR: the status register with its interrupt flag comes back.
    case 'assignment_expression': return /^SREG$/.test(textOf(tree, childByField(tree, node, 'left'))) ? [] : undefined;
    case 'gnu_asm_expression': return assembled(oneLine(tree, node), open);
    default: return undefined;
  }
}

function assembled(text: string, open: readonly string[]): readonly string[] | undefined {
  return /\b(cpsid|CPSID|cli)\b/.test(text) ? [...open, 'asm'] : /\b(cpsie|CPSIE|sei)\b/.test(text) ? [] : undefined;
}

function applied({ effect, one }: CriticalCall, name: string, open: readonly string[]): readonly string[] {
  if (one !== undefined) return effect === 'open' ? [...open, `${name}(${one})`] : open.filter(guard => !guard.endsWith(`(${one})`));
  const general = open.filter(guard => !guard.includes('('));
  if (effect === 'closeAll') return open.filter(guard => guard.includes('('));
  if (effect === 'open' || effect === 'mask' && general.length === 0) return [...open, name];
  const last = open.findLastIndex(guard => !guard.includes('('));
  return open.filter((_, index) => index !== last);
}
