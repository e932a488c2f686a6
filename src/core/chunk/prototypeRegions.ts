import type { PrototypeFact } from '../parse/facts.ts';
import type { Region } from './regions.ts';

/** A prototype with its description, alone; those without one that stand together, together; what follows a described one line by line belongs to it. */
export function prototypeRegions(lines: readonly string[], prototypes: readonly PrototypeFact[]): Region[] {
  const groups: Group[] = [];
  for (const prototype of [...prototypes].sort((one, other) => one.startLine - other.startLine)) {
    const { name, docStartLine, startLine, endLine } = prototype;
    const isDescribed = docStartLine < startLine;
    const last = groups.at(-1);
    const gap = last === undefined ? Infinity : docStartLine - last.endLine - 1;
    const isBlank = last !== undefined && lines.slice(last.endLine, docStartLine - 1).every(line => line.trim() === '');
    if (last !== undefined && !isDescribed && isBlank && gap <= (last.isDescribed ? 0 : 1)) {
      last.names.push(name);
      last.endLine = Math.max(last.endLine, endLine);
    } else groups.push({ names: [name], isDescribed, startLine: docStartLine, endLine, line: startLine });
  }
  return groups.map(({ names, startLine, endLine, line }) => {
    const region = { kind: 'text' as const, startLine, endLine };
    const [first] = names;
    const header = lines.slice(line - 1, endLine).join(' ').replace(/\s+/g, ' ').trim().slice(0, 200);
    return names.length > 1 || first === undefined ? region : { ...region, symbol: first, header };
  });
}

interface Group {
  readonly names: string[];
  readonly isDescribed: boolean;
  readonly startLine: number;
  endLine: number;
  readonly line: number;
}
