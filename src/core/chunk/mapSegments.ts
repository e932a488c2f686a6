import type { Segment } from './cut.ts';
import type { CutResult } from './cutters.ts';

/** Symbols and sections listed, largest first. */
const mostListed = 80;
/** Lines of a section head (memory, components) that are kept as they are. */
const mostKept = 60;

/** What a linker's map file says in short: memory, output sections, the largest contributions. It has a line for every symbol, which nobody asks for. */
export function mapSegments(lines: readonly string[]): CutResult {
  const kept = [...keptBlock(lines, /^Memory Configuration/i), ...keptBlock(lines, /^Image component sizes/i), ...keptBlock(lines, /^\*\*\* PLACEMENT SUMMARY/), ...keptBlock(lines, /^\s*Total R[OW]/i)];
  const outputs = outputSections(lines);
  const inputs = inputSections(lines).sort((one, other) => other.size - one.size);
  const tables = [
    ...listed('output sections (address, size)', outputs.map(({ name, address, size }) => `${name} ${address} ${size}`)),
    ...listed('largest contributions (size, section, object)', inputs.map(({ size, name, object }) => `${size} ${name} ${object}`)),
    ...listed('largest objects (size)', objectSizes(inputs)),
  ];
  const segments = [...kept, ...tables];
  if (segments.length === 0) return { segments: [{ kind: 'text', startLine: 1, lines: lines.slice(0, mostKept) }], note: `map file of an unknown linker: ${Math.max(0, lines.length - mostKept)} of ${lines.length} lines are not in the index` };
  return { segments, note: `map file: its memory, sections and ${mostListed} largest contributions are in the index, not its ${lines.length} lines` };
}

function keptBlock(lines: readonly string[], heading: RegExp): Segment[] {
  const start = lines.findIndex(line => heading.test(line));
  if (start === -1) return [];
  let end = start + 1;
  let blanks = 0;
  while (end < Math.min(lines.length, start + mostKept) && blanks < 2) {
    blanks = lines[end]?.trim() === '' ? blanks + 1 : 0;
    if (/^Linker script and memory map|^={20,}/.test(lines[end] ?? '') && end > start + 3) break;
    end += 1;
  }
  return [{ kind: 'linker', symbol: 'map file', startLine: start + 1, lines: lines.slice(start, end), header: 'map file' }];
}

interface Contribution {
  readonly name: string;
  readonly address: string;
  readonly size: number;
  readonly object: string;
}

/** GNU ld: a name at the margin, address and size on its line or the next. */
function outputSections(lines: readonly string[]): Contribution[] {
  return lines.flatMap((line, index) => {
    const name = /^(\.[\w.]+|[A-Za-z_][\w.]*)(?=\s|$)/.exec(line)?.[1];
    const place = name === undefined ? null : numbers.exec(/^\S+\s*$/.test(line) ? lines[index + 1] ?? '' : line.slice(name.length));
    return name === undefined || place === null || Number(place[2]) === 0 ? [] : [{ name, address: place[1] ?? '', size: Number(place[2]), object: '' }];
  });
}

const numbers = /^\s+(0x[\da-f]+)\s+(0x[\da-f]+)\s*(.*)$/i;

/** GNU ld: a section indented by one blank, its address, size and object on its line or the next. */
function inputSections(lines: readonly string[]): Contribution[] {
  const found: Contribution[] = [];
  lines.forEach((line, index) => {
    const name = /^ ([.\w*][\w.$*-]*)/.exec(line)?.[1];
    if (name === undefined) return;
    const place = numbers.exec(/^ \S+\s*$/.test(line) ? lines[index + 1] ?? '' : line.slice(name.length + 1));
    const size = Number(place?.[2] ?? 0);
    if (place !== null && size > 0 && place[1] !== '0x00000000' && Number(place[1]) > 0) found.push({ name, address: place[1] ?? '', size, object: (place[3] ?? '').replace(/^.*\//, '') });
  });
  return found;
}

function objectSizes(inputs: readonly Contribution[]): string[] {
  const sizes = new Map<string, number>();
  for (const { object, size } of inputs) if (object !== '') sizes.set(object, (sizes.get(object) ?? 0) + size);
  return [...sizes].sort(([, one], [, other]) => other - one).map(([object, size]) => `${size} ${object}`);
}

function listed(title: string, entries: readonly string[]): Segment[] {
  if (entries.length === 0) return [];
  const rest = entries.length - mostListed;
  return [{ kind: 'linker', symbol: 'map file', startLine: 1, endLine: 1, lines: [`map file: ${title}`, ...entries.slice(0, mostListed), ...rest > 0 ? [`and ${rest} more`] : []], header: `map file: ${title}` }];
}
