import { copiedNode, copiedRegister, copySize } from './svdCopy.ts';
import { indexTextOf } from './svdDimIndex.ts';
import { parseSvdCount, parseSvdInteger } from './svdNumbers.ts';
import { hexText } from './svdPatchArrays.ts';
import { matching, mayCopy, member, namesIn, report, textOf, type PatchLog } from './svdPatchLog.ts';
import type { PatchNode, PatchPlace } from './svdPatchYaml.ts';
import type { RawCluster, RawDimension, RawPeripheral, RawRegisterNode } from './svdRaw.ts';

/** Elements that one patch may unfold: arrays of millions stay folded. */
const mostElements = 10_000;

/** `_expand_array`: an array of registers as single ones. */
export function expandArrays(holder: RawPeripheral | RawCluster, value: PatchNode, log: PatchLog): void {
  for (const { name: pattern, place } of namesIn(value)) {
    const arrays = holder.children.filter(child => child.kind === 'register').filter(({ dim }) => dim !== undefined);
    for (const array of matching(arrays, pattern, { log, place, what: `array of registers of ${holder.name ?? ''}` })) {
      const elements = elementsOf(array, { log, place });
      if (elements === undefined || !mayCopy(log, place, elements.length * copySize(array))) continue;
      const single = elements.map(({ text, offset }) => Object.assign(copiedRegister(array, holder), noDimension, { name: inName(array.name, text), displayName: array.displayName?.replace('%s', text), description: array.description?.replace('%s', text), addressOffset: moved(array.addressOffset, offset) }));
      holder.children = holder.children.flatMap((child): RawRegisterNode[] => child === array ? single : [child]);
    }
  }
}

/** `_expand_cluster`: a cluster's members as the holder's own, named `CLUSTER_0_MEMBER`, with other separators where the block says so. */
export function expandClusters(holder: RawPeripheral | RawCluster, value: PatchNode, log: PatchLog): void {
  for (const { name: pattern, place } of namesIn(value)) {
    const block = value.kind === 'map' ? member(value, pattern) : undefined;
    const option = (key: string): string => textOf(member(block, key)) ?? '_';
    const clusters = holder.children.filter(child => child.kind === 'cluster');
    for (const cluster of matching(clusters, pattern, { log, place, what: `cluster of ${holder.name ?? ''}` })) {
      const elements = cluster.dim === undefined ? [{ text: '', offset: 0n }] : elementsOf(cluster, { log, place });
      const isNumbered = (elements ?? []).length > 1 || textOf(member(block, '_zeroindex')) === 'true';
      const isBare = textOf(member(block, '_noprefix')) === 'true';
      if (isBare && isNumbered) report(log, place, `${cluster.name ?? ''} was not unfolded: without a prefix its ${elements?.length ?? 0} elements would have the same names.`);
      if (elements === undefined || (isBare && isNumbered) || !mayCopy(log, place, elements.length * copySize(cluster))) continue;
      const members = elements.flatMap(({ text, offset }) => {
        const number = isNumbered ? option('_preindex') + text : '';
        const prefix = isBare ? '' : inName(cluster.name, number) + option('_postindex');
        return cluster.children.map(child => Object.assign(copiedNode(child, holder), { name: prefix + (child.name ?? ''), addressOffset: moved(child.addressOffset, (parseSvdInteger(cluster.addressOffset ?? '') ?? 0n) + offset) }));
      });
      holder.children = holder.children.flatMap((child): RawRegisterNode[] => child === cluster ? members : [child]);
    }
  }
}

const noDimension = { dim: undefined, dimIncrement: undefined, dimIndex: undefined, dimName: undefined, dimArrayIndex: undefined };

function elementsOf(array: RawDimension & { readonly name: string | undefined }, { log, place }: { readonly log: PatchLog; readonly place: PatchPlace }): { readonly text: string; readonly offset: bigint }[] | undefined {
  const count = parseSvdCount(array.dim ?? '') ?? 0;
  if (count === 0 || count > mostElements) {
    report(log, place, `${array.name ?? ''} was not unfolded: it has ${count === 0 ? 'no known number of' : `${count}, more than ${mostElements},`} elements.`);
    return undefined;
  }
  const increment = parseSvdInteger(array.dimIncrement ?? '') ?? 0n;
  const { text } = indexTextOf(array.dimIndex);
  return Array.from({ length: count }, (_, index) => ({ text: text(index), offset: BigInt(index) * increment }));
}

function inName(name: string | undefined, text: string): string {
  const written = name ?? '';
  return written.includes('%s') ? written.replace('[%s]', '%s').replace('%s', () => text) : written + text;
}

function moved(offset: string | undefined, by: bigint): string {
  return hexText((parseSvdInteger(offset ?? '') ?? 0n) + by);
}
