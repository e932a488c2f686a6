import { entriesOf, member, namesIn, report, textOf, type PatchLog } from './svdPatchLog.ts';
import { readPatchYaml, type PatchList, type PatchMap, type PatchNode, type PatchText } from './svdPatchYaml.ts';

/** A patch file in the YAML of svdtools (https://github.com/rust-embedded/svdtools), with those that it includes. */
export interface SvdPatch {
  readonly file: string;
  readonly text: string;
  /** By the path written after `_include`, as this file writes it. */
  readonly includes: ReadonlyMap<string, SvdPatch>;
  /** Texts of other SVD files whose peripherals it copies, by the path written before the colon. */
  readonly copied?: ReadonlyMap<string, string>;
}

/** The paths that a patch's text includes, as written. */
export function includedPaths(patch: Pick<SvdPatch, 'file' | 'text'>): string[] {
  const collect = (node: PatchNode): string[] => {
    if (node.kind === 'list') return node.items.flatMap(collect);
    return node.kind === 'map' ? node.entries.flatMap(({ key, value }) => key === '_include' ? namesIn(value).map(({ name }) => name) : collect(value)) : [];
  };
  const { root } = readPatchYaml(patch.text, patch.file);
  return root === undefined ? [] : [...new Set(collect(root))];
}

/** The other SVD files whose peripherals a patch's text copies (`_copy: {TIM1: {from: ../svd/other.svd:TIM1}}`), as written. */
export function copiedPaths(patch: Pick<SvdPatch, 'file' | 'text'>): string[] {
  if (!/^\s*['"]?_copy['"]?\s*:/m.test(patch.text)) return [];
  const copies = entriesOf(member(readPatchYaml(patch.text, patch.file).root, '_copy'));
  return [...new Set(copies.flatMap(({ value }) => {
    const from = textOf(value) ?? textOf(member(value, 'from') ?? member(value, '_from')) ?? '';
    return from.includes(':') ? [from.slice(0, from.lastIndexOf(':'))] : [];
  }))];
}

/** The SVD file that the patch says it is for: a chip's patch must not correct another chip. */
export function patchTarget(patch: Pick<SvdPatch, 'file' | 'text'>): string | undefined {
  return textOf(member(readPatchYaml(patch.text, patch.file).root, '_svd'));
}

/** The patch's tree with what it includes in place; a file that one block includes twice is followed once. */
export function patchTree(patch: SvdPatch, log: PatchLog): PatchMap {
  return unfolded(patch, { log, path: [], known: new Set() });
}

interface Unfolding {
  readonly log: PatchLog;
  /** The files around this one, against files that include themselves. */
  readonly path: readonly string[];
  /** The files that the block has included so far. */
  readonly known: Set<string>;
}

function unfolded(patch: SvdPatch, { log, path, known }: Unfolding): PatchMap {
  const { root, problems } = readPatchYaml(patch.text, patch.file);
  log.problems.push(...problems);
  const place = { file: patch.file, line: 1 };
  if (root?.kind === 'map') return withIncluded(root, patch, { log, path: [...path, patch.file], known });
  if (root !== undefined && (root.kind === 'list' || root.text !== '')) report(log, place, `${patch.file} holds no map of peripherals; it is not applied.`);
  return { kind: 'map', place, entries: [] };
}

function withIncluded(node: PatchMap, patch: SvdPatch, unfolding: Unfolding): PatchMap {
  const { log, path, known } = unfolding;
  const own: PatchMap = { ...node, entries: node.entries.filter(({ key }) => key !== '_include').map(entry => entry.value.kind === 'map' ? { ...entry, value: withIncluded(entry.value, patch, { ...unfolding, known: new Set() }) } : entry) };
  const includes = node.entries.filter(({ key }) => key === '_include').flatMap(({ value }) => namesIn(value)).flatMap(({ name, place }) => {
    const other = patch.includes.get(name);
    if (other !== undefined && !path.includes(other.file)) {
      if (known.has(other.file)) return [];
      known.add(other.file);
      return [unfolded(other, unfolding)];
    }
    report(log, place, `${name} ${other === undefined ? 'was not found' : 'includes itself'}; what it would correct stays as it is.`);
    return [];
  });
  return includes.reduce(merged, own);
}

/** Both trees in one, as svdtools does it: the including file's own words win, and lists add up. */
function merged(own: PatchMap, included: PatchMap): PatchMap {
  const entries = own.entries.map(entry => {
    const other = included.entries.find(({ key }) => key === entry.key)?.value;
    return other === undefined ? entry : { ...entry, value: mergedValue(entry.value, other) };
  });
  const keys = new Set(own.entries.map(({ key }) => key));
  return { ...own, entries: [...entries, ...included.entries.filter(({ key }) => !keys.has(key))] };
}

function mergedValue(own: PatchNode, other: PatchNode): PatchNode {
  if (own.kind === 'map') return other.kind === 'map' ? merged(own, other) : own;
  if (other.kind === 'map' || (own.kind === 'text' && other.kind === 'text')) return own;
  const [first, second] = [itemsOf(own), itemsOf(other)];
  const added = second.filter(item => item.kind !== 'text' || !first.some(known => textOf(known) === item.text));
  return { kind: 'list', place: own.place, items: [...first, ...added] };
}

function itemsOf(node: PatchList | PatchText): readonly PatchNode[] {
  return node.kind === 'list' ? node.items : node.text === '' ? [] : [node];
}
