import type { Problem } from '../text/problem.ts';
import type { PatchEntry, PatchMap, PatchNode, PatchPlace } from './svdPatchYaml.ts';
import { isOptional, matchesPattern } from './svdPatchMatch.ts';

/** What a patch does not achieve. */
export interface PatchLog {
  readonly problems: Problem[];
  /** Nodes that the patch has copied so far. */
  copies: number;
}

/** The largest real patch copies some thousand; a small patch must not make a device without end. */
const mostCopies = 200_000;

/** Whether the patch may still copy so many nodes; beyond the bound it is told once. */
export function mayCopy(log: PatchLog, place: PatchPlace, nodes: number): boolean {
  log.copies += nodes;
  if (log.copies <= mostCopies) return true;
  report(log, place, `The patch copies more than ${mostCopies} registers and fields; what lies beyond is left out.`);
  return false;
}

/** How many problems of one patch are listed. */
const mostProblems = 200;

/** Notes that a line of the patch was not followed. */
export function report(log: PatchLog, place: PatchPlace, message: string): void {
  // What is not supported is said once, however often a collection of patches uses it.
  if (log.problems.some(known => known.message === message)) return;
  if (log.problems.length < mostProblems) log.problems.push({ ...place, message });
  else if (log.problems.length === mostProblems) log.problems.push({ file: place.file, message: 'More problems of the patch are not listed.' });
}

interface Named {
  readonly name: string | undefined;
}

/** The elements that a pattern means; none is reported, unless the pattern is optional (`?~`). */
export function matching<Element extends Named>(elements: readonly Element[], pattern: string, { log, place, what }: { readonly log: PatchLog; readonly place: PatchPlace; readonly what: string }): Element[] {
  const found = elements.filter(({ name }) => name !== undefined && matchesPattern(pattern, name));
  if (found.length === 0 && !isOptional(pattern)) report(log, place, `${pattern} matches no ${what}; nothing was changed by it.`);
  return found;
}

/** The members of a map, or nothing when it is something else. */
export function entriesOf(node: PatchNode | undefined): PatchMap['entries'] {
  return node?.kind === 'map' ? node.entries : [];
}

/** The verbs of a block that come before what it says of single elements, in the order in which svdtools follows them, whatever their order in the file. */
export function verbsOf(node: PatchNode): PatchEntry[] {
  return entriesOf(node).filter(({ key }) => key.startsWith('_') && !late.includes(key)).toSorted((left, right) => rankIn(early, left) - rankIn(early, right));
}

/** The verbs that come after it: what was corrected one by one is collected or unfolded. */
export function lateVerbsOf(node: PatchNode): PatchEntry[] {
  return entriesOf(node).filter(({ key }) => late.includes(key)).toSorted((left, right) => rankIn(late, left) - rankIn(late, right));
}

const early = ['_delete', '_copy', '_strip', '_strip_end', '_prefix', '_suffix', '_clear', '_modify', '_clear_fields', '_add', '_derive', '_rebase', '_merge', '_split'];
const late = ['_expand_array', '_array', '_cluster', '_clusters', '_expand_cluster'];

function rankIn(order: readonly string[], { key }: PatchEntry): number {
  const index = order.indexOf(key);
  return index < 0 ? order.length : index;
}

/** A block without some of its keys. */
export function withoutKeys(node: PatchNode, isLeftOut: (key: string) => boolean): PatchNode {
  return node.kind === 'map' ? { ...node, entries: node.entries.filter(({ key }) => !isLeftOut(key)) } : node;
}

/** Verbs' entries, with those below the words for a kind (`_registers`, `_clusters`, `_peripherals`) beside the others. */
export function withoutKinds(node: PatchNode, ...kinds: readonly string[]): PatchMap['entries'] {
  return entriesOf(node).flatMap(entry => kinds.includes(entry.key) ? entriesOf(entry.value) : [entry]);
}

/** Texts of a list, of one text (commas separate), or the keys of a map. */
export function namesIn(node: PatchNode): { readonly name: string; readonly place: PatchPlace }[] {
  if (node.kind === 'list') return node.items.flatMap(namesIn);
  if (node.kind === 'map') return node.entries.map(({ key, place }) => ({ name: key, place }));
  return node.text === '' ? [] : [{ name: node.text, place: node.place }];
}

/** The text of a member that holds one. */
export function textOf(node: PatchNode | undefined): string | undefined {
  return node?.kind === 'text' ? node.text : undefined;
}

/** The member of that name. */
export function member(node: PatchNode | undefined, key: string): PatchNode | undefined {
  return entriesOf(node).find(entry => entry.key === key)?.value;
}

/** Sets members of a raw node that hold texts; others are left to the caller, unknown ones are reported. */
export function setTexts(target: object, node: PatchNode, { log, known }: { readonly log: PatchLog; readonly known: ReadonlySet<string> }): void {
  // svdRaw.ts declares every member that bears a leaf element's name as a text.
  const texts = target as unknown as Record<string, string | undefined>;
  for (const { key, place, value } of entriesOf(node)) {
    if (known.has(key)) continue;
    const text = value.kind === 'list' && key === 'dimIndex' ? value.items.map(textOf).join(',') : textOf(value);
    if (text === undefined || !Object.hasOwn(texts, key) || unsettable.has(key)) report(log, place, `${key} is not known here; it was left out.`);
    else texts[key] = text === '' ? undefined : numbers.has(key) ? text.replaceAll('_', '') : text;
  }
}

/** YAML allows `0x4000_0000`. */
const numbers = new Set(['addressOffset', 'baseAddress', 'offset', 'size', 'resetValue', 'resetMask', 'bitOffset', 'bitWidth', 'lsb', 'msb', 'dim', 'dimIncrement', 'value']);

const unsettable = new Set(['kind', 'place', 'parent', 'derivedFrom', 'dimArrayIndex', 'writeConstraint', 'fields', 'children', 'blocks', 'values', 'cpu', 'peripherals', 'addressBlocks', 'interrupts', 'sauRegionsConfig', 'vendorExtensions']);
