import { copiedRegister } from './svdCopy.ts';
import { parseSvdInteger } from './svdNumbers.ts';
import { arrayOver, commonText, compareOffsets, hexText, indexIn, stepOf, wildcardIn } from './svdPatchArrays.ts';
import { usedBits } from './svdPatchBits.ts';
import { patchRegister } from './svdPatchFields.ts';
import { entriesOf, matching, member, report, textOf, withoutKeys, type PatchLog } from './svdPatchLog.ts';
import { subpatternFor } from './svdPatchMatch.ts';
import type { PatchEntry, PatchNode } from './svdPatchYaml.ts';
import { rawCluster, type RawCluster, type RawPeripheral, type RawRegister } from './svdRaw.ts';

/** `_array` of a peripheral or cluster: registers alike but for their number become one array. What cannot be joined stays as it is, with a problem. */
export function collectRegisters(holder: RawPeripheral | RawCluster, { key, place, value }: PatchEntry, log: PatchLog): void {
  const singles = holder.children.filter(child => child.kind === 'register').filter(({ dim }) => dim === undefined);
  const found = matching(singles, key, { log, place, what: `register of ${holder.name ?? ''}` }).toSorted((left, right) => compareOffsets(offsetOf(left), offsetOf(right)));
  const [first] = found;
  if (first === undefined) return;
  const array = arrayOver(found, { pattern: key, node: value, offsets: found.map(offsetOf), lone: byteSize(first) });
  const reason = typeof array === 'string' ? array : !haveSameBits(found) ? 'their fields lie at different bits' : undefined;
  if (typeof array === 'string' || reason !== undefined) {
    report(log, place, `${key} of ${holder.name ?? ''} could not be made an array: ${reason ?? ''}.`);
    return;
  }
  const displayName = textOf(member(value, 'displayName')) ?? commonText(found.map(register => register.displayName), array.indexes)?.text;
  Object.assign(first, array.dimension, { displayName: displayName === '_original' ? first.displayName : displayName });
  patchRegister(first, withoutKeys(value, name => arrayWords.has(name)), log);
  holder.children = holder.children.filter(child => child === first || !found.some(register => register === child));
}

/** `_cluster`: registers become members of a new cluster, an array of clusters when its name holds `%s`. */
export function collectCluster(holder: RawPeripheral | RawCluster, { key, place, value }: PatchEntry, log: PatchLog): RawCluster | undefined {
  const isArray = key.includes('%s');
  const members = clusterMembers(holder, value, { log, isArray });
  const fault = typeof members === 'string' ? members : isArray ? unevenness(members) : members.some(({ registers }) => registers.length > 1) ? 'a pattern means several registers, but the cluster is no array' : undefined;
  if (typeof members === 'string' || fault !== undefined) {
    report(log, place, `${key} of ${holder.name ?? ''} could not be made a cluster: ${fault ?? ''}.`);
    return undefined;
  }
  const cluster = rawCluster({ line: holder.line, derivedFrom: undefined }, holder);
  const base = members.map(({ registers: [first] }) => first === undefined ? 0n : offsetOf(first)).reduce((least, offset) => offset < least ? offset : least);
  Object.assign(cluster, { name: key, description: textOf(member(value, 'description')) ?? `Cluster ${key}, containing ${members.map(({ pattern }) => pattern).join(', ')}`, addressOffset: hexText(base) } satisfies Partial<RawCluster>);
  if (isArray) {
    const [{ registers, indexes }] = members as [ClusterMember];
    Object.assign(cluster, { dim: String(registers.length), dimIncrement: textOf(member(value, 'dimIncrement')) ?? hexText(stepOf(registers.map(offsetOf)) ?? byteSize(registers[0])), dimIndex: indexes.join(',') } satisfies Partial<RawCluster>);
  }
  cluster.children = members.flatMap(one => clusterChild(cluster, one, { base, log }));
  for (const { pattern, registers } of members) {
    // As svdtools does it: the cluster's first member gives the distance, as files have wrong addresses in between.
    if (isArray && registers.length > 1 && stepOf(registers.map(offsetOf)) === undefined) report(log, place, `${pattern} of ${holder.name ?? ''} does not repeat at even distances in the file; in ${key} it does.`);
  }
  const taken = new Set<unknown>(members.flatMap(({ registers }) => registers));
  const at = holder.children.findIndex(child => taken.has(child));
  holder.children = holder.children.flatMap((child, index) => index === at ? [cluster] : taken.has(child) ? [] : [child]);
  return cluster;
}

interface ClusterMember {
  readonly pattern: string;
  readonly node: PatchNode;
  /** By address. */
  readonly registers: readonly RawRegister[];
  readonly indexes: readonly string[];
}

function clusterMembers(holder: RawPeripheral | RawCluster, value: PatchNode, { log, isArray }: { readonly log: PatchLog; readonly isArray: boolean }): readonly ClusterMember[] | string {
  const taken = new Set<RawRegister>();
  const members = entriesOf(value).filter(({ key }) => !key.startsWith('_') && key !== 'description' && key !== 'dimIncrement').flatMap(({ key, place, value: node }): ClusterMember[] => {
    const free = holder.children.filter(child => child.kind === 'register').filter(register => !taken.has(register));
    const registers = matching(free, key, { log, place, what: `register of ${holder.name ?? ''}` }).toSorted((left, right) => compareOffsets(offsetOf(left), offsetOf(right)));
    for (const register of registers) taken.add(register);
    return registers.length === 0 ? [] : [{ pattern: key, node, registers, indexes: isArray ? registers.map(({ name = '' }) => indexIn(name, subpatternFor(key, name)) ?? '') : [] }];
  });
  return members.length === 0 ? 'none of its registers exist' : members;
}

/** Why the members do not repeat alike; undefined when they do. */
function unevenness(members: readonly ClusterMember[]): string | undefined {
  const [first] = members;
  for (const { pattern, registers, indexes } of members) {
    if (indexes.some(index => index === '')) return `${pattern} has no place for a number`;
    if (first !== undefined && indexes.join() !== first.indexes.join()) return `${pattern} and ${first.pattern} have different numbers`;
    if (!haveSameBits(registers)) return `the fields of ${pattern} lie at different bits`;
  }
  return first !== undefined && first.registers.length > 1 && stepOf(first.registers.map(offsetOf)) === undefined ? `${first.pattern} does not repeat at even distances` : undefined;
}

/** Derived registers have their base's fields. */
function haveSameBits(registers: readonly RawRegister[]): boolean {
  return new Set(registers.filter(({ derivedFrom, fields }) => derivedFrom === undefined || fields.length > 0).map(usedBits)).size <= 1;
}

function clusterChild(cluster: RawCluster, { pattern, node, registers: [first] }: ClusterMember, { base, log }: { readonly base: bigint; readonly log: PatchLog }): RawRegister[] {
  if (first === undefined) return [];
  const child = copiedRegister(first, cluster);
  patchRegister(child, withoutKeys(node, key => arrayWords.has(key)), log);
  const around = wildcardIn(subpatternFor(pattern, first.name ?? ''));
  child.name = textOf(member(node, 'name')) ?? (cluster.dim === undefined || around === undefined ? first.name : around.before + around.after);
  child.description = textOf(member(node, 'description')) ?? child.description;
  child.addressOffset = hexText(offsetOf(first) - base);
  return [child];
}

/** Keys of a collecting block that are for the array itself, not for what is in it. */
const arrayWords = new Set(['name', 'description', 'displayName', 'dimIncrement', '_start_from_zero']);

function offsetOf({ addressOffset }: RawRegister): bigint {
  return parseSvdInteger(addressOffset ?? '') ?? 0n;
}

function byteSize(register: RawRegister | undefined): bigint {
  return (parseSvdInteger(register?.size ?? '') ?? 32n) / 8n;
}
