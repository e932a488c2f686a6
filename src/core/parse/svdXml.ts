import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { type RawNode, type RawDevice, type RawStart, rawAddressBlock, rawCluster, rawCpu, rawDevice, rawEnumeratedValue, rawEnumeration, rawField, rawInterrupt, rawPeripheral, rawRegister, rawWriteConstraint } from './svdRaw.ts';
import { quoted, type SvdProblemLog } from './svdProblems.ts';

/** What the XML held: the device as written, or the root element that stood in its place. */
export interface SvdTree {
  readonly device: RawDevice | undefined;
  readonly rootName: string | undefined;
}

/** Elements nested deeper than this are left out: no real file passes 20, and the walk after this one recurses. */
const deepest = 48;

/** After so many XML faults the rest of a file says nothing reliable any more. */
const mostFaults = 1000;

/** Thrown through saxes to stop reading early; caught in `readSvdTree`. */
const stopReading = new Error('stop reading');

const leafMark = 'leaf';
const ignoredMark = 'ignored';
type Entry = RawNode | typeof leafMark | typeof ignoredMark | undefined;

/** Elements that only group others: what they hold belongs to the element around them. */
const wrappers = new Set(['peripherals', 'registers', 'fields', 'range']);

/** Elements whose content is another vocabulary. */
const foreign = new Set(['vendorExtensions', 'dimArrayIndex', 'sauRegionsConfig']);

/** For each element with children: which elements may hold it. */
const holders: ReadonlyMap<string, ReadonlySet<RawNode['kind']>> = new Map<string, ReadonlySet<RawNode['kind']>>([
  ['cpu', new Set(['device'])],
  ['peripheral', new Set(['device'])],
  ['addressBlock', new Set(['peripheral'])],
  ['interrupt', new Set(['peripheral'])],
  ['cluster', new Set(['peripheral', 'cluster'])],
  ['register', new Set(['peripheral', 'cluster'])],
  ['field', new Set(['register'])],
  ['writeConstraint', new Set(['register', 'field'])],
  ['enumeratedValues', new Set(['field'])],
  ['enumeratedValue', new Set(['enumeratedValues'])],
]);

/** Members of raw nodes that are not texts of the file. */
const structural = new Set(['kind', 'line', 'parent', 'derivedFrom', 'cpu', 'peripherals', 'addressBlocks', 'interrupts', 'children', 'fields', 'writeConstraint', 'blocks', 'values']);

/**
 * Reads XML into raw nodes. Faults become problems; what stands before a fault, or in a file that
 * breaks off, is kept. Document types are not followed: entities they declare stay unexpanded.
 */
export function readSvdTree(text: string, problems: SvdProblemLog): SvdTree {
  const state: TreeState = { problems, stack: [], depth: 0, text: '', device: undefined, rootName: undefined, faults: 0, brokenOff: false };
  const parser = new SaxesParser();
  parser.on('error', error => { addFault(state, error, parser.line); });
  parser.on('doctype', () => { problems.add('document type declarations', parser.line, 'The file declares a document type; CMSIS-SVD has none, so it is ignored and its entities are not expanded.'); });
  parser.on('text', part => { state.text = state.text === '' ? part : state.text + part; });
  parser.on('cdata', part => { state.text += part; });
  parser.on('opentag', tag => { openElement(state, tag, parser.line); });
  parser.on('closetag', tag => { closeElement(state, tag.name, parser.line); });
  try {
    parser.write(text).close();
  } catch (error) {
    if (error !== stopReading) problems.add('XML faults', parser.line, `The XML cannot be read beyond this line (${error instanceof Error ? error.message : String(error)}).`);
  }
  return { device: state.device, rootName: state.rootName };
}

interface TreeState {
  readonly problems: SvdProblemLog;
  /** One entry for each open element, from the root at 1. */
  readonly stack: Entry[];
  depth: number;
  /** Character data since the last tag. */
  text: string;
  device: RawDevice | undefined;
  rootName: string | undefined;
  faults: number;
  brokenOff: boolean;
}

function openElement(state: TreeState, tag: SaxesTagPlain, line: number): void {
  state.text = '';
  const outer = state.stack[state.depth];
  state.depth += 1;
  state.stack[state.depth] = state.depth === 1 ? openRoot(state, tag.name, line) : entryFor(state, tag, { outer, line });
}

function openRoot(state: TreeState, name: string, line: number): Entry {
  // After a fault that closes the root too early, a second root is not another device.
  if (state.rootName !== undefined) return ignoredMark;
  state.rootName = name;
  if (name !== 'device') throw stopReading;
  state.device = rawDevice(line);
  return state.device;
}

function entryFor(state: TreeState, tag: SaxesTagPlain, place: { readonly outer: Entry; readonly line: number }): Entry {
  const { outer, line } = place;
  if (outer === ignoredMark) return ignoredMark;
  const mayHold = holders.get(tag.name);
  if (mayHold === undefined) {
    if (wrappers.has(tag.name)) return outer;
    return outer === leafMark || foreign.has(tag.name) ? ignoredMark : leafMark;
  }
  if (state.depth > deepest) {
    state.problems.add('elements nested too deeply', line, `<${tag.name}> is nested more than ${deepest} elements deep and was left out.`);
    return ignoredMark;
  }
  const holder = holderOf(state, mayHold, { outer, name: tag.name, line });
  return holder === undefined ? ignoredMark : (addNode(holder, tag, line) ?? ignoredMark);
}

/** The nearest open element that may hold the new one: not always the innermost, when an end tag is missing. */
function holderOf(state: TreeState, mayHold: ReadonlySet<RawNode['kind']>, element: { readonly outer: Entry; readonly name: string; readonly line: number }): RawNode | undefined {
  for (let depth = state.depth - 1; depth > 0; depth -= 1) {
    const entry = state.stack[depth];
    if (entry === ignoredMark) return undefined;
    if (typeof entry !== 'object' || !mayHold.has(entry.kind)) continue;
    if (entry !== element.outer) state.problems.add('misplaced elements', element.line, `<${element.name}> stands in the wrong place, perhaps after a missing end tag; it is taken as part of the ${entry.kind} around it.`);
    return entry;
  }
  state.problems.add('misplaced elements', element.line, `<${element.name}> stands where the standard has no place for it and was left out.`);
  return undefined;
}

function addNode(holder: RawNode, tag: SaxesTagPlain, line: number): RawNode | undefined {
  const start: RawStart = { line, derivedFrom: tag.attributes['derivedFrom']?.trim() };
  switch (holder.kind) {
    case 'device': return tag.name === 'cpu' ? (holder.cpu = rawCpu(line)) : pushed(holder.peripherals, rawPeripheral(start, holder));
    case 'register': return tag.name === 'field' ? pushed(holder.fields, rawField(start, holder)) : (holder.writeConstraint = rawWriteConstraint(line));
    case 'field': return tag.name === 'enumeratedValues' ? pushed(holder.blocks, rawEnumeration(start, holder)) : (holder.writeConstraint = rawWriteConstraint(line));
    case 'enumeratedValues': return pushed(holder.values, rawEnumeratedValue(line));
    case 'peripheral':
      if (tag.name === 'addressBlock') return pushed(holder.addressBlocks, rawAddressBlock(line));
      if (tag.name === 'interrupt') return pushed(holder.interrupts, rawInterrupt(line));
      return pushed(holder.children, tag.name === 'cluster' ? rawCluster(start, holder) : rawRegister(start, holder));
    case 'cluster': return pushed(holder.children, tag.name === 'cluster' ? rawCluster(start, holder) : rawRegister(start, holder));
    case 'cpu': case 'addressBlock': case 'interrupt': case 'writeConstraint': case 'enumeratedValue': return undefined;
  }
}

function pushed<Node>(list: Node[], node: Node): Node {
  list.push(node);
  return node;
}

function closeElement(state: TreeState, name: string, line: number): void {
  const entry = state.stack[state.depth];
  state.depth -= 1;
  if (entry === leafMark) {
    const owner = state.stack[state.depth];
    if (typeof owner === 'object') setText(state, owner, { name, line });
  }
  state.text = '';
}

function setText(state: TreeState, owner: RawNode, element: { readonly name: string; readonly line: number }): void {
  const text = cleanText(state.text);
  const { name, line } = element;
  if (text === '' || structural.has(name) || !Object.hasOwn(owner, name)) return;
  // The literal in svdRaw.ts declares every member that is not structural as a text.
  const texts = owner as unknown as Record<string, string | undefined>;
  if (texts[name] !== undefined && texts[name] !== text) state.problems.add('repeated elements', line, `<${name}> appears twice in one ${owner.kind}: ${quoted(texts[name])}, then ${quoted(text)}; the last one counts.`);
  texts[name] = text;
}

/** Trims, and joins broken lines: in SVD texts line breaks come from the file's layout. */
function cleanText(text: string): string {
  const trimmed = text.trim();
  return trimmed.includes('\n') || trimmed.includes('  ') || trimmed.includes('\t') || trimmed.includes('\\n') ? trimmed.replace(/(?:\s|\\n)+/g, ' ') : trimmed;
}

function addFault(state: TreeState, error: Error, line: number): void {
  state.faults += 1;
  const message = error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
  if (message.startsWith('unclosed tag')) {
    if (!state.brokenOff) state.problems.add('files that break off', line, `The file breaks off here (${message}); what stands before is kept. Fetch a complete copy of the file.`);
    state.brokenOff = true;
    return;
  }
  state.problems.add('XML faults', line, `Faulty XML: ${message}.`);
  if (state.faults < mostFaults) return;
  state.problems.add('files with too many XML faults', line, `Reading stopped here after ${mostFaults} XML faults; the rest of the file is left out.`);
  throw stopReading;
}
