import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { Problem } from '../text/problem.ts';

/** What a CMSIS-Pack's own list (`.pdsc`) says of its devices. */
export interface PdscParse {
  readonly descriptions: readonly PdscDescription[];
  readonly problems: readonly Problem[];
}

/** One description file of a pack, and the parts that it describes. */
export interface PdscDescription {
  /** Path inside the pack, `/` between folders. */
  readonly file: string;
  /** Device and variant names, as the vendor spells them. */
  readonly parts: readonly string[];
}

/** A family, sub-family, device or variant: each may name description files, and inherits those of the level around it where it names none. */
interface Level {
  readonly element: string;
  readonly name: string | undefined;
  readonly files: string[];
}

const levels = new Set(['family', 'subFamily', 'device', 'variant']);

/** XML faults after which the rest of a file says nothing reliable any more. */
const mostFaults = 20;

/** Thrown through saxes to stop reading early. */
const stopReading = new Error('stop reading');

/** Reads which SVD or ATDF file of a pack describes which parts. Never throws; a broken list is read as far as it goes. */
export function parsePdsc(text: string, file: string): PdscParse {
  const parts = new Map<string, Set<string>>();
  const open: Level[] = [];
  const faults: Problem[] = [];
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  parser.on('error', () => {
    faults.push({ file, message: `${file} is not well-formed: some of its devices may be missing` });
    if (faults.length > mostFaults) throw stopReading;
  });
  parser.on('opentag', tag => { openElement(tag, open); });
  parser.on('closetag', tag => {
    if (!levels.has(tag.name) || open.at(-1)?.element !== tag.name) return;
    const level = open.at(-1);
    if (level?.name !== undefined) listPart(level.name, descriptionsOf(open), parts);
    open.pop();
  });
  try {
    parser.write(text.trimStart()).close();
  } catch (error) {
    if (error !== stopReading) faults.push({ file, message: `${file} is not XML` });
  }
  return { descriptions: [...parts].map(([name, names]) => ({ file: name, parts: [...names] })), problems: faults.slice(0, 1) };
}

function openElement(tag: SaxesTagPlain, open: Level[]): void {
  if (levels.has(tag.name)) {
    open.push({ element: tag.name, name: tag.attributes['Dname'] ?? tag.attributes['Dvariant'], files: [] });
    return;
  }
  const named = tag.name === 'debug' ? tag.attributes['svd'] : /(^|:)atdf$/.test(tag.name) ? tag.attributes['name'] : undefined;
  if (named !== undefined && named !== '') open.at(-1)?.files.push(named.replaceAll('\\', '/').replace(/^\.\//, ''));
}

function descriptionsOf(open: readonly Level[]): readonly string[] {
  return open.findLast(({ files }) => files.length > 0)?.files ?? [];
}

function listPart(name: string, files: readonly string[], parts: Map<string, Set<string>>): void {
  for (const file of files) {
    const names = parts.get(file) ?? new Set();
    parts.set(file, names.add(name));
  }
}
