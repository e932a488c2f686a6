import { lineAt, lineStarts } from '../text/lines.ts';

/** A region of a linker script's `MEMORY` block. */
export interface MemoryRegion {
  readonly name: string;
  /** Absent when it is no plain number. */
  readonly origin?: bigint;
  readonly sizeBytes?: bigint;
  readonly line: number;
}

/** The memory regions of a GNU linker script. */
export function parseMemoryRegions(text: string): MemoryRegion[] {
  const plain = text.replace(/\/\*[\s\S]*?\*\//g, comment => comment.replace(/[^\n]/g, ' '));
  const starts = lineStarts(plain);
  return [...plain.matchAll(/^\s*(\w+)\s*(?:\([\w!\s]*\))?\s*:\s*(?:ORIGIN|org|o)\s*=\s*([^,\n]+),\s*(?:LENGTH|len|l)\s*=\s*([^\n}]+)/gim)].map(match => {
    const origin = sizeOf(match[2] ?? '');
    const sizeBytes = sizeOf(match[3] ?? '');
    const line = lineAt(starts, match.index + match[0].search(/\w/));
    return { name: match[1] ?? '', line, ...(origin !== undefined && { origin }), ...(sizeBytes !== undefined && { sizeBytes }) };
  });
}

/** `0x08000000`, `512K`, `1M`. */
function sizeOf(text: string): bigint | undefined {
  const match = /^\s*(0x[\da-f]+|\d+)\s*([KM])?\s*$/i.exec(text);
  if (match === null) return undefined;
  const unit = { K: 1024n, M: 1024n * 1024n }[(match[2] ?? '').toUpperCase()] ?? 1n;
  return BigInt(match[1] ?? '0') * unit;
}
