import { SaxesParser } from 'saxes';
import type { SvdProblemLog } from './svdProblems.ts';

/** An element of a Microchip device file: everything it says stands in attributes. */
export interface AtdfElement {
  readonly name: string;
  readonly line: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: AtdfElement[];
}

/** Real files nest ten deep. */
const deepest = 40;

/** The largest real file has some 60,000 elements. */
const mostElements = 2_000_000;

/** After so many XML faults the rest of a file says nothing reliable any more. */
const mostFaults = 1000;

/** Thrown through saxes to stop reading early; caught in `readAtdfTree`. */
const stopReading = new Error('stop reading');

/** Parts of the file that say nothing about registers, and hold the larger part of its elements. */
const passedOver = new Set(['signals', 'pinouts', 'variants', 'property-groups', 'interfaces', 'parameters']);

/** Reads the elements of a device file; faults become problems, and what stands before them is kept. Entities are not expanded. */
export function readAtdfTree(text: string, problems: SvdProblemLog): AtdfElement | undefined {
  const top: AtdfElement = { name: '', line: 0, attributes: {}, children: [] };
  const stack: (AtdfElement | undefined)[] = [top];
  const parser = new SaxesParser();
  let elements = 0;
  let faults = 0;
  parser.on('error', error => {
    problems.add('XML faults', parser.line, `Faulty XML: ${error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')}.`);
    faults += 1;
    if (faults >= mostFaults) throw stopReading;
  });
  parser.on('doctype', () => { problems.add('document type declarations', parser.line, 'The file declares a document type; it is ignored, and its entities are not expanded.'); });
  parser.on('opentag', ({ name, attributes }) => {
    const outer = stack.at(-1);
    elements += 1;
    if (elements > mostElements) {
      problems.add('files with too many elements', parser.line, `Reading stopped here after ${mostElements} elements; the rest of the file is left out.`);
      throw stopReading;
    }
    const kept = outer !== undefined && stack.length <= deepest && !passedOver.has(name) ? { name, line: parser.line, attributes: { ...attributes }, children: [] } : undefined;
    if (kept !== undefined) outer?.children.push(kept);
    stack.push(kept);
  });
  parser.on('closetag', () => { if (stack.length > 1) stack.pop(); });
  try {
    parser.write(text).close();
  } catch (error) {
    if (error !== stopReading) problems.add('XML faults', parser.line, `The XML cannot be read beyond this line (${error instanceof Error ? error.message : String(error)}).`);
  }
  return top.children[0];
}

/** The children of that name. */
export function childrenNamed(element: AtdfElement | undefined, name: string): AtdfElement[] {
  return element?.children.filter(child => child.name === name) ?? [];
}

/** The first child of that name. */
export function childNamed(element: AtdfElement | undefined, name: string): AtdfElement | undefined {
  return element?.children.find(child => child.name === name);
}
