import { registersAt } from '../device/addressIndex.ts';
import type { Peripheral, RegisterNode } from '../device/device.ts';
import { findPeripherals, peripheralsOfGroup } from '../device/findPeripherals.ts';
import { hex } from '../device/numbers.ts';
import { elementStart } from '../device/places.ts';
import { macroAlias } from '../graph/macroTokens.ts';
import { groupsOfType } from '../graph/resolveAccess.ts';
import { memberOffset, typeNamed } from '../graph/structLayout.ts';
import { valueOfPointer } from '../graph/pointerValues.ts';
import type { MemberFact } from '../parse/facts.ts';
import type { Completion, CompletionList, CompletionSubject } from './completions.ts';

/** The members of the block that `chain` names or points at: as the indexed header declares them, else as the chip's description names them. */
export async function memberCompletions(subject: CompletionSubject, chain: string): Promise<CompletionList> {
  const [base = '', ...path] = chain.split(/\s*(?:->|\.)\s*/);
  const block = await blockOf(subject, chain) ?? (path.length > 0 ? await blockOf(subject, base) : undefined);
  if (block === undefined) return { items: [], isIncomplete: false };
  const isWhole = block.chain === chain;
  const declared = isWhole && block.type !== undefined ? await membersOf(subject, block.type) : [];
  const items = declared.length > 0 ? await fromHeader(subject, block, declared) : fromDevice(block, isWhole ? [] : path);
  return { items, isIncomplete: false };
}

/** Typedefs followed to a struct, and macros to a block. */
const longestAlias = 6;

interface Block {
  readonly chain: string;
  readonly peripheral: Peripheral;
  /** Struct type in the code, where it is known. */
  readonly type: string | undefined;
}

/** The peripheral that a name or pointer stands for. */
async function blockOf(subject: CompletionSubject, chain: string, steps = longestAlias): Promise<Block | undefined> {
  const { device, graph, facts, line } = subject;
  const inside = facts.functions.find(({ startLine, endLine }) => startLine <= line && line <= endLine)?.name;
  const pointer = await valueOfPointer({ source: graph.source, facts, function: inside }, chain);
  if (pointer !== undefined) {
    const named = pointer.values.flatMap(value => findPeripherals(device, value.replace(/^[&(\s]+|[)\s]+$/g, '')))[0];
    const peripheral = named ?? groupsOfType(pointer.type).flatMap(group => [...peripheralsOfGroup(device, group), ...findPeripherals(device, group)])[0];
    return peripheral === undefined ? undefined : { chain, peripheral, type: pointer.type.replace(/[*\s]+$/, '') };
  }
  const name = chain.replace(/\[.*$/, '');
  if (!/^[A-Z][A-Z0-9]*\w*$|_hw$/.test(name)) return undefined;
  await graph.macros.load([name]);
  const macro = graph.macros.lookup(name);
  const [peripheral] = findPeripherals(device, name);
  if (peripheral === undefined) {
    // `CONSOLE->` after `#define CONSOLE USART2`.
    const alias = macroAlias(macro);
    const block = alias === undefined || !/^[A-Z]/.test(alias) || steps === 0 ? undefined : await blockOf(subject, alias, steps - 1);
    return block === undefined ? undefined : { ...block, chain };
  }
  const type = typeof macro === 'object' ? /\(\s*(?:volatile\s+|const\s+|struct\s+)*(\w+)\s*(?:volatile\s*)?\*\s*\)/.exec(macro.body)?.[1] : undefined;
  return { chain, peripheral, type };
}

async function membersOf({ graph, facts }: CompletionSubject, type: string): Promise<readonly MemberFact[]> {
  let name = type.replace(/\b(const|volatile|struct)\b/g, '').trim();
  for (let step = 0; step < longestAlias; step += 1) {
    const searched = name;
    const fact = facts.types.find(type => type.name === searched) ?? await typeNamed(graph, name);
    if (fact?.aliasOf === undefined) return fact?.members ?? [];
    name = fact.aliasOf.replace(/\b(const|volatile|struct)\b|\*/g, '').trim();
  }
  return [];
}

/** Members as the header spells them, each told by the register at its address: the two often differ in name. */
async function fromHeader({ device, graph }: CompletionSubject, { peripheral, type = '' }: Block, members: readonly MemberFact[]): Promise<Completion[]> {
  const items: Completion[] = [];
  for (const { name, comment, dimensions } of members) {
    if (name === '' || /^_*(reserved|dummy|unused)/i.test(name)) continue;
    const offset = await memberOffset(graph, type, [name]);
    const place = offset === undefined ? undefined : registersAt(device, peripheral.baseAddress + offset).find(({ address }) => address === peripheral.baseAddress + offset);
    const description = place?.register.description ?? comment;
    items.push({
      label: name, kind: place === undefined && dimensions.length > 0 ? 'cluster' : 'register',
      detail: place === undefined ? '' : `${hex(place.address, 8)} ${place.register.access ?? ''}`.trim(),
      ...(description !== undefined && { description }), ...(place !== undefined && { path: place.path }),
    });
  }
  return items;
}

function fromDevice({ peripheral }: Block, path: readonly string[]): Completion[] {
  let nodes: readonly RegisterNode[] = peripheral.registers;
  let start = { path: peripheral.name, address: peripheral.baseAddress };
  for (const name of path) {
    const bare = name.replace(/\[.*$/, '');
    const inner = nodes.find(node => node.kind === 'cluster' && node.name.replace(/\[?%s\]?/, '') === bare);
    if (inner?.kind !== 'cluster') return [];
    start = elementStart(inner, start, 0);
    nodes = inner.registers;
  }
  return nodes.map(node => {
    const { path: full, address } = elementStart(node, start, 0);
    return {
      label: node.name.replace(/\[?%s\]?/, ''), kind: node.kind,
      detail: `${hex(address, 8)}${node.dim === undefined ? '' : ` × ${node.dim.count}`}${node.kind === 'register' && node.access !== undefined ? ` ${node.access}` : ''}`,
      ...(node.description !== undefined && { description: node.description }), ...(node.kind === 'register' && { path: full }),
    };
  });
}
