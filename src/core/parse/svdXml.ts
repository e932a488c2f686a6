import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { type RawCluster, type RawDevice, type RawField, type RawNode, type RawPeripheral, type RawRegister, type RawRegisterNode, type RawStart, rawAddressBlock, rawCluster, rawCpu, rawDevice, rawEnumeratedValue, rawEnumeration, rawField, rawInterrupt, rawPeripheral, rawRegister, rawSauRegion, rawSauRegionsConfig, rawWriteConstraint } from './svdRaw.ts';
import { svdLimitRemedy, svdLimits } from './svdBudget.ts';
import { quoted, type SvdProblemLog } from './svdProblems.ts';
import { createSvdTexts, type SvdTexts } from './svdTexts.ts';

/** What the XML held: the device as written, or the root element that stood in its place. */
export interface SvdTree {
  readonly device: RawDevice | undefined;
  readonly rootName: string | undefined;
  /** Reading ended at a limit. */
  readonly stopped: boolean;
}

/** Elements nested deeper than this are left out: no real file passes 20, and the walk after this one recurses. */
const deepest = 48;

/** After so many XML faults the rest of a file says nothing reliable any more. */
const mostFaults = 1000;

/** After so many elements closed by end tags of other names, too: each costs as much as a fault. */
const mostForcedEnds = 20_000;

/** Thrown through saxes to stop reading early; caught in `readSvdTree`. */
const stopReading = new Error('stop reading');

/** Thrown through saxes to begin anew behind an end tag that closes nothing. */
const resumeReading = new Error('resume reading');

const ignoredMark = 'ignored';

/** Stands for vendorExtensions and everything in it, which is counted. */
const foreignMark = 'foreign';

/** An element that holds only text; `name` is the one string for all of its kind, which makes setting members by name quick. */
interface Leaf {
  readonly kind: 'leaf';
  readonly name: string;
}

/** An element with a node of its own, and which nodes may hold it. */
interface Holdable {
  readonly kind: 'node';
  readonly holders: ReadonlySet<RawNode['kind']>;
}

type Rule = Leaf | Holdable | 'wrapper' | 'foreign';
type Entry = RawNode | Leaf | typeof ignoredMark | typeof foreignMark | undefined;

const unknownLeaf: Leaf = { kind: 'leaf', name: '' };

/** Wrappers in which no text of the element around them can stand. */
const groupNames: ReadonlySet<string> = new Set(['peripherals', 'registers', 'fields']);

/** What every element of the vocabulary is: one look-up for each start tag. */
const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  // Elements that only group others: what they hold belongs to the element around them.
  ...['peripherals', 'registers', 'fields', 'range'].map(name => [name, 'wrapper'] as const),
  // Elements whose content is another vocabulary.
  ['vendorExtensions', 'foreign'],
  ...[
    'name', 'displayName', 'description', 'vendor', 'vendorID', 'series', 'version', 'addressUnitBits', 'width', 'size', 'access', 'protection', 'resetValue', 'resetMask',
    'headerSystemFilename', 'headerDefinitionsPrefix', 'dim', 'dimIncrement', 'dimIndex', 'dimName', 'prependToName', 'appendToName', 'disableCondition', 'dataType',
    'revision', 'endian', 'mpuPresent', 'fpuPresent', 'fpuDP', 'dspPresent', 'mvePresent', 'mveFP', 'pmuPresent', 'pmuNumEventCnt', 'icachePresent', 'dcachePresent', 'itcmPresent', 'dtcmPresent',
    'vtorPresent', 'nvicPrioBits', 'vendorSystickConfig', 'deviceNumInterrupts', 'sauNumRegions', 'base', 'limit', 'groupName', 'headerStructName', 'headerEnumName',
    'alternatePeripheral', 'alternateCluster', 'alternateRegister', 'alternateGroup', 'baseAddress', 'addressOffset', 'offset', 'usage', 'value', 'isDefault',
    'bitOffset', 'bitWidth', 'lsb', 'msb', 'bitRange', 'modifiedWriteValues', 'readAction', 'writeAsRead', 'useEnumeratedValues', 'minimum', 'maximum',
  ].map(name => [name, { kind: 'leaf', name }] as const),
  node('cpu', 'device'), node('peripheral', 'device'), node('addressBlock', 'peripheral'), node('interrupt', 'peripheral'),
  node('cluster', 'peripheral', 'cluster'), node('register', 'peripheral', 'cluster'), node('field', 'register'), node('writeConstraint', 'register', 'field'),
  node('enumeratedValues', 'field'), node('enumeratedValue', 'enumeratedValues'), node('dimArrayIndex', 'peripheral', 'cluster', 'register', 'field'),
  node('sauRegionsConfig', 'cpu'), node('region', 'sauRegionsConfig'),
]);

function node(name: string, ...holders: RawNode['kind'][]): readonly [string, Holdable] {
  return [name, { kind: 'node', holders: new Set(holders) }];
}

/**
 * Reads XML into raw nodes. Faults become problems; what stands before a fault, or in a file that
 * breaks off, is kept. Document types are not followed: entities they declare stay unexpanded.
 */
export function readSvdTree(text: string, problems: SvdProblemLog): SvdTree {
  const state: TreeState = { problems, texts: createSvdTexts(problems), marks: 0, attributes: 0, stopped: false, stack: [], names: [], depth: 0, text: '', device: undefined, rootName: undefined, faults: 0, forcedEnds: 0, brokenOff: false, closing: undefined };
  let rest: Rest | undefined = { start: 0, line: 0 };
  while (rest !== undefined) rest = readOn(text, rest, state);
  return { device: state.device, rootName: state.rootName, stopped: state.stopped };
}

/** Where reading begins, and how many lines stand before. */
interface Rest {
  readonly start: number;
  readonly line: number;
}

/** Reads from `rest` to the end, or to an end tag that closes nothing: the parser would take all open elements as closed by it. */
function readOn(text: string, rest: Rest, state: TreeState): Rest | undefined {
  const parser = new SaxesParser();
  const opening = rest.start === 0 ? '' : state.names.slice(1, state.depth + 1).map(name => `<${/^[A-Za-z_][\w.-]*$/.test(name) ? name : 'unreadable'}>`).join('');
  parser.write(opening);
  const line = () => rest.line + parser.line;
  parser.on('error', error => { addFault(state, error, { line: line(), position: parser.position }); });
  parser.on('doctype', () => { state.problems.add('document type declarations', line(), 'The file declares a document type; CMSIS-SVD has none, so it is ignored and its entities are not expanded.'); });
  parser.on('text', part => { state.text = state.text === '' ? part : state.text + part; });
  parser.on('cdata', part => { state.text += part; });
  parser.on('attribute', () => {
    state.marks += 1;
    state.attributes += 1;
    if (state.attributes > svdLimits.attributes) stopAt(state, line(), `an element with more than ${svdLimits.attributes} attributes`);
  });
  parser.on('opentag', tag => { openElement(state, tag, line()); });
  parser.on('closetag', () => { closeElement(state, line()); });
  try {
    parser.write(rest.start === 0 ? text : text.slice(rest.start)).close();
  } catch (error) {
    if (error === resumeReading) return { start: rest.start + parser.position - opening.length, line: line() - 1 };
    if (error !== stopReading) state.problems.add('XML faults', line(), `The XML cannot be read beyond this line (${error instanceof Error ? error.message : String(error)}).`);
  }
  return undefined;
}

interface TreeState {
  readonly problems: SvdProblemLog;
  readonly texts: SvdTexts;
  /** Start tags and attributes read so far. */
  marks: number;
  /** Attributes of the tag being read. */
  attributes: number;
  stopped: boolean;
  /** One entry for each open element, from the root at 1. */
  readonly stack: Entry[];
  /** The names of the open elements, as `stack`. */
  readonly names: string[];
  depth: number;
  /** Character data since the last tag. */
  text: string;
  device: RawDevice | undefined;
  rootName: string | undefined;
  faults: number;
  /** Elements that an end tag of another name has closed. */
  forcedEnds: number;
  brokenOff: boolean;
  /** The end tag that has closed elements of other names: where it stands, and the depth before it. */
  closing: { readonly position: number; readonly depth: number } | undefined;
}

function openElement(state: TreeState, tag: SaxesTagPlain, line: number): void {
  state.text = '';
  state.attributes = 0;
  state.marks += 1;
  if (state.marks > svdLimits.marks) stopAt(state, line, `${svdLimits.marks} tags and attributes`);
  if (state.depth >= svdLimits.openElements) stopAt(state, line, `${svdLimits.openElements} elements within each other`);
  const outer = state.stack[state.depth];
  state.depth += 1;
  state.names[state.depth] = tag.name;
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
  if (outer === ignoredMark || outer === foreignMark) {
    if (outer === foreignMark && state.device !== undefined) state.device.vendorExtensions += 1;
    return outer;
  }
  const rule = rules.get(tag.name);
  if (rule === 'wrapper') return outer;
  if (rule === 'foreign') return foreignMark;
  if (rule === undefined || rule.kind === 'leaf') return outer?.kind === 'leaf' ? ignoredMark : rule ?? unknownLeaf;
  if (state.depth > deepest) {
    state.problems.add('elements nested too deeply', line, `<${tag.name}> is nested more than ${deepest} elements deep and was left out.`);
    return ignoredMark;
  }
  const holder = holderOf(state, rule.holders, { outer, name: tag.name, line });
  if (holder === undefined) return ignoredMark;
  if (state.device !== undefined) state.device.elements += 1;
  if ((state.device?.elements ?? 0) > svdLimits.elements) stopAt(state, line, `${svdLimits.elements} elements`);
  return addNode(holder, tag, line) ?? ignoredMark;
}

/** The nearest open element that may hold the new one: not always the innermost, when an end tag is missing. */
function holderOf(state: TreeState, mayHold: ReadonlySet<RawNode['kind']>, element: { readonly outer: Entry; readonly name: string; readonly line: number }): RawNode | undefined {
  for (let depth = state.depth - 1; depth > 0; depth -= 1) {
    const entry = state.stack[depth];
    if (entry === ignoredMark || entry === foreignMark) return undefined;
    if (entry === undefined || entry.kind === 'leaf' || !mayHold.has(entry.kind)) continue;
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
    case 'register': return tag.name === 'field' ? pushed(holder.fields, rawField(start, holder)) : addToRegisterOrField(holder, tag.name, line);
    case 'field': return tag.name === 'enumeratedValues' ? pushed(holder.blocks, rawEnumeration(start, holder)) : addToRegisterOrField(holder, tag.name, line);
    case 'enumeratedValues': return pushed(holder.values, rawEnumeratedValue(line));
    case 'peripheral':
      if (tag.name === 'addressBlock') return pushed(holder.addressBlocks, rawAddressBlock(line));
      if (tag.name === 'interrupt') return pushed(holder.interrupts, rawInterrupt(line));
      return addRegisterNode(holder, tag.name, start);
    case 'cluster': return addRegisterNode(holder, tag.name, start);
    case 'cpu': return (holder.sauRegionsConfig = rawSauRegionsConfig(line, tag.attributes));
    case 'sauRegionsConfig': return pushed(holder.regions, rawSauRegion(line, tag.attributes));
    case 'region': case 'addressBlock': case 'interrupt': case 'writeConstraint': case 'enumeratedValue': return undefined;
  }
}

function addRegisterNode(holder: RawPeripheral | RawCluster, name: string, start: RawStart): RawNode {
  if (name === 'dimArrayIndex') return (holder.dimArrayIndex = rawEnumeration(start, holder));
  return pushed<RawRegisterNode>(holder.children, name === 'cluster' ? rawCluster(start, holder) : rawRegister(start, holder));
}

function addToRegisterOrField(holder: RawRegister | RawField, name: string, line: number): RawNode {
  if (name === 'dimArrayIndex') return (holder.dimArrayIndex = rawEnumeration({ line, derivedFrom: undefined }, holder));
  return (holder.writeConstraint = rawWriteConstraint(line));
}

function pushed<Node>(list: Node[], node: Node): Node {
  list.push(node);
  return node;
}

function closeElement(state: TreeState, line: number): void {
  const entry = state.stack[state.depth];
  state.depth -= 1;
  const text = state.text;
  state.text = '';
  if (text === '' || typeof entry !== 'object' || entry.kind !== 'leaf') return;
  const owner = state.stack[state.depth];
  if (typeof owner === 'object' && owner.kind !== 'leaf' && Object.hasOwn(owner, entry.name)) setText(state, owner, { name: entry.name, text: state.texts.clean(entry.name, text, line), line });
}

function setText(state: TreeState, owner: RawNode, element: { readonly name: string; readonly text: string; readonly line: number }): void {
  const { name, text, line } = element;
  if (text === '') return;
  // svdRaw.ts declares every member that bears a leaf element's name as a text.
  const texts = owner as unknown as Record<string, string | undefined>;
  // After a start tag that cannot be read, its texts seem to be those of the element around.
  if (texts[name] !== undefined && groupNames.has(state.names[state.depth] ?? '')) return;
  if (texts[name] !== undefined && texts[name] !== text) state.problems.add('repeated elements', line, `<${name}> appears twice in one ${owner.kind}: ${quoted(texts[name])}, then ${quoted(text)}; the last one counts.`);
  texts[name] = text;
}

/** Ends reading where no chip vendor's file comes to. */
function stopAt(state: TreeState, line: number, what: string): never {
  state.stopped = true;
  state.problems.add('files beyond the limit', line, `Reading stopped here after ${what}, which no chip vendor's file has; the rest of the file is left out. ${svdLimitRemedy}`);
  throw stopReading;
}

function addFault(state: TreeState, error: Error, place: { readonly line: number; readonly position: number }): void {
  const { line, position } = place;
  const message = error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
  if (message.startsWith('unclosed tag')) {
    if (!state.brokenOff) state.problems.add('files that break off', line, `The file breaks off here (${message}); what stands before is kept. Fetch a complete copy of the file.`);
    state.brokenOff = true;
    return;
  }
  // What a declaration in the wrong place holds may be as long as the file.
  if (message.startsWith('inappropriately located doctype')) stopAt(state, line, 'a second document type declaration or one within the device');
  const { closing } = state;
  const sameTag = closing?.position === position;
  // The parser closes one element after the other until one has the end tag's name: one fault, not many.
  if (message === 'unexpected close tag') state.forcedEnds += 1;
  if (message === 'unexpected close tag' && !sameTag) state.closing = { position, depth: state.depth + 1 };
  if (!sameTag || message !== 'unexpected close tag' || state.forcedEnds >= mostForcedEnds) countFault(state, message, line);
  if (sameTag && message.startsWith('unmatched closing tag')) {
    state.depth = closing.depth;
    state.closing = undefined;
    throw resumeReading;
  }
}

function countFault(state: TreeState, message: string, line: number): void {
  state.faults += 1;
  state.problems.add('XML faults', line, `Faulty XML: ${message}.`);
  if (state.faults < mostFaults && state.forcedEnds < mostForcedEnds) return;
  state.problems.add('files with too many XML faults', line, `Reading stopped here after ${state.faults + state.forcedEnds} XML faults; the rest of the file is left out.`);
  throw stopReading;
}
