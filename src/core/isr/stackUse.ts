import type { Device } from '../device/device.ts';
import type { FactSource } from '../graph/factSource.ts';
import { lastName } from '../graph/names.ts';
import type { SourceFacts, StackFact } from '../parse/facts.ts';
import { listed } from '../text/listed.ts';
import type { CallTree, TreeFunction } from './callTree.ts';
import type { StackUse } from './dossier.ts';

/** The deepest stack of the handler's call tree, from what the compiler wrote down; undefined where it wrote nothing of the handler. */
export async function stackUse(source: FactSource, tree: CallTree, device: Device | undefined): Promise<StackUse | undefined> {
  const known = await knownStacks(source, tree);
  const [handler] = tree.functions;
  if (handler === undefined || known.get(handler)?.stack === undefined) return undefined;
  const walk: Walk = { tree, known, byName: new Map(tree.functions.map(each => [each.function.name, each])), done: new Map(), macros: await macrosCalled(source, tree), unknown: new Set(), dynamic: new Set(), indirect: new Set() };
  const { bytes, path } = deepest(walk, handler, []);
  const open = openReasons(walk);
  return { bytes, path, isAtLeast: open.length > 0, ...(open.length > 0 && { open }), ...(isCortexM(device) && { frame: frameText(device) }) };
}

/** What the compiler said of a function; a function of a file that it wrote about, without a line of its own, is inlined or gone. */
interface Known {
  readonly stack?: StackFact;
  readonly isInlined: boolean;
}

async function knownStacks(source: FactSource, { functions }: CallTree): Promise<Map<TreeFunction, Known>> {
  const files = new Map<string, SourceFacts | undefined>();
  const known = new Map<TreeFunction, Known>();
  for (const each of functions) {
    const stacks: StackFact[] = [];
    for (const file of (await source.mentions(lastName(each.function.name))).filter(name => /\.su$/i.test(name))) {
      if (!files.has(file)) files.set(file, await source.facts(file));
      stacks.push(...stacksOf(files.get(file)?.stacks ?? [], each));
    }
    // Of several builds the one that takes most.
    const [stack] = stacks.toSorted((one, other) => other.bytes - one.bytes || kinds.indexOf(other.kind) - kinds.indexOf(one.kind));
    known.set(each, { ...(stack !== undefined && { stack }), isInlined: false });
  }
  const compiled = new Set([...files.values()].flatMap(facts => facts?.stacks ?? []).map(({ file }) => file));
  for (const [each, { stack }] of known) if (stack === undefined) known.set(each, { isInlined: /\.(h|hh|hpp|hxx)$/i.test(each.file) || (each.function.isStatic && [...compiled].some(file => isSameFile(file, each.file))) });
  return known;
}

const kinds: readonly StackFact['kind'][] = ['static', 'bounded', 'dynamic'];

/** The lines about a function: of its file and name, those within its lines before those of a build that is older than the text. */
function stacksOf(stacks: readonly StackFact[], { file, function: { name, startLine, endLine } }: TreeFunction): StackFact[] {
  const named = stacks.filter(stack => lastName(stack.name) === lastName(name) && isSameFile(stack.file, file));
  const here = named.filter(({ line }) => startLine <= line && line <= endLine);
  return here.length > 0 ? here : named;
}

/** The compiler's path may begin anywhere: `../Core/Src/uart.c` and `Core/Src/uart.c` are one, `uart.c` and `Core/Src/uart.c` may be. */
function isSameFile(compiled: string, file: string): boolean {
  const one = compiled.split('/').filter(part => part !== '.' && part !== '..').toReversed();
  const other = file.split('/').toReversed();
  const shorter = Math.min(one.length, other.length);
  return shorter > 0 && one.slice(0, shorter).every((part, index) => part === other[index]) || (one[0] === other[0] && one[1] !== undefined && one[1] === other[1]);
}

interface Walk {
  readonly tree: CallTree;
  readonly known: ReadonlyMap<TreeFunction, Known>;
  readonly byName: ReadonlyMap<string, TreeFunction>;
  readonly done: Map<TreeFunction, Deepest>;
  /** Names that are called and are macros. */
  readonly macros: ReadonlySet<string>;
  readonly unknown: Set<string>;
  readonly dynamic: Set<string>;
  readonly indirect: Set<string>;
}

interface Deepest {
  readonly bytes: number;
  readonly path: StackUse['path'];
}

function deepest(walk: Walk, each: TreeFunction, around: readonly TreeFunction[]): Deepest {
  const done = walk.done.get(each);
  if (done !== undefined) return done;
  const { name, calls } = each.function;
  const { stack, isInlined } = walk.known.get(each) ?? { isInlined: false };
  if (stack === undefined && !isInlined) walk.unknown.add(name);
  if (stack?.kind === 'dynamic') walk.dynamic.add(name);
  let below: Deepest = { bytes: 0, path: [] };
  for (const called of calls.flatMap(call => calledBy(walk, each, call.name))) {
    if (called === each || around.includes(called)) continue;
    const found = deepest(walk, called, [...around, each]);
    if (found.bytes > below.bytes) below = found;
  }
  const own = stack?.bytes ?? 0;
  const result = { bytes: own + below.bytes, path: stack === undefined ? below.path : [{ name, bytes: own, kind: stack.kind }, ...below.path] };
  walk.done.set(each, result);
  return result;
}

/** The functions that a call reaches; what is not known of it is noted. */
function calledBy(walk: Walk, caller: TreeFunction, name: string): TreeFunction[] {
  const direct = walk.byName.get(name);
  if (direct !== undefined) return [direct];
  const through = walk.tree.callees.filter(callee => callee.through === name).flatMap(callee => walk.byName.get(callee.name) ?? []);
  if (!/^\w+$/.test(name)) walk.indirect.add(name);
  else if (through.length === 0 && !walk.macros.has(name) && !takesNoStack.test(name) && !caller.function.parameters.some(parameter => parameter.name === name)) walk.unknown.add(name);
  return through;
}

/** Instructions with a function's name. */
const takesNoStack = /^(__(disable|enable)_(irq|fault_irq)|__(DSB|DMB|ISB|NOP|WFI|WFE|SEV|CLZ|RBIT|REV\w*|LDREX\w?|STREX\w?|CLREX|get_\w+|set_\w+|NVIC_\w+)|__builtin_\w+|__sync_\w+|__atomic_\w+|NVIC_\w+|sei|cli|sizeof|offsetof|[su]?int\d+_t)$/;

async function macrosCalled(source: FactSource, { functions }: CallTree): Promise<Set<string>> {
  const found = new Set<string>();
  for (const name of new Set(functions.flatMap(({ function: { calls } }) => calls.map(call => call.name)))) {
    if (/^\w+$/.test(name) && (await source.definitions(name)).some(({ kind }) => kind === 'macro')) found.add(name);
  }
  return found;
}

/** Why the number is the least that is taken. */
function openReasons({ tree, unknown, dynamic, indirect }: Walk): string[] {
  const names = (all: Iterable<string>): string => listed([...all], 4);
  return [
    ...(unknown.size > 0 ? [`nothing is known of ${names(unknown)}`] : []),
    ...(dynamic.size > 0 ? [`${names(dynamic)} ${dynamic.size === 1 ? 'takes' : 'take'} more at run time`] : []),
    ...(tree.recursive.length > 0 ? [`recursion in ${names(tree.recursive)}`] : []),
    ...(indirect.size > 0 ? [`calls through ${names(indirect)} may reach other functions`] : []),
    ...(tree.isCut ? ['calls go deeper than is followed'] : []),
  ];
}

function isCortexM(device: Device | undefined): boolean {
  return device?.cpu !== undefined && /^(CM|Cortex-?M|SC\d)/i.test(device.cpu.name);
}

/** What the core itself puts onto the stack before the handler runs. */
function frameText(device: Device | undefined): string {
  return device?.cpu?.fpuPresent === true ? '32 bytes for the core\'s frame, 104 with floating-point registers' : '32 bytes for the core\'s frame';
}
