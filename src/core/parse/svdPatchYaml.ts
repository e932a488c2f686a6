import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { Problem } from '../text/problem.ts';

/** A patch file's text as a tree: scalars stay as written, so that `0x10` and `010` keep their meaning for the SVD reader. */
export type PatchNode = PatchMap | PatchList | PatchText;

/** Where something stands in a patch file. */
export interface PatchPlace {
  readonly file: string;
  readonly line: number;
}

export interface PatchMap {
  readonly kind: 'map';
  readonly place: PatchPlace;
  readonly entries: readonly PatchEntry[];
}

export interface PatchEntry {
  readonly key: string;
  readonly place: PatchPlace;
  readonly value: PatchNode;
}

export interface PatchList {
  readonly kind: 'list';
  readonly place: PatchPlace;
  readonly items: readonly PatchNode[];
}

export interface PatchText {
  readonly kind: 'text';
  readonly place: PatchPlace;
  /** Empty for a key without a value. */
  readonly text: string;
}

/** Aliases can multiply a small text without bound; the largest public patch has some 40,000 nodes. */
const mostNodes = 300_000;
const mostCharacters = 20_000_000;
const deepest = 40;

/** Reads a YAML text; undefined when nothing of it can be used. Never throws. */
export function readPatchYaml(text: string, file: string): { readonly root?: PatchNode; readonly problems: readonly Problem[] } {
  if (text.length > mostCharacters) return { problems: [{ file, message: `${file} has more than ${mostCharacters / 1e6} million characters, which no patch file has; it is not applied.` }] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, merge: true, uniqueKeys: false, logLevel: 'error' });
  const [fault] = document.errors;
  if (fault !== undefined) {
    const reason = (fault.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
    return { problems: [{ file, line: lines.linePos(fault.pos[0]).line, message: `${file} is not valid YAML and is not applied: ${reason}.` }] };
  }
  const reading: Reading = { file, document, lines, nodes: 0 };
  const root = document.contents === null ? undefined : read(document.contents, reading, 0);
  if (reading.nodes > mostNodes) return { problems: [{ file, message: `${file} unfolds to more than ${mostNodes} nodes and is not applied.` }] };
  return { ...(root !== undefined && { root }), problems: [] };
}

interface Reading {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
  nodes: number;
}

function read(node: Node | null, reading: Reading, depth: number): PatchNode {
  reading.nodes += 1;
  const place = placeOf(node, reading);
  if (node === null || reading.nodes > mostNodes || depth > deepest) return { kind: 'text', place, text: '' };
  if (isAlias(node)) return read(node.resolve(reading.document) ?? null, reading, depth + 1);
  if (isMap<Node, Node | null>(node)) return { kind: 'map', place, entries: node.items.map(({ key, value }) => ({ key: scalarText(key), place: placeOf(key, reading), value: read(value, reading, depth + 1) })) };
  if (isSeq<Node>(node)) return { kind: 'list', place, items: node.items.map(item => read(item, reading, depth + 1)) };
  return { kind: 'text', place, text: scalarText(node) };
}

function placeOf(node: Node | null, { file, lines }: Reading): PatchPlace {
  return { file, line: lines.linePos(node?.range?.[0] ?? 0).line };
}

/** Plain scalars as they stand in the file, quoted ones without their quotes. */
function scalarText(node: Node): string {
  if (!isScalar(node)) return '';
  if (typeof node.value === 'string') return node.value;
  return node.source ?? '';
}
