/** A function or label of a linked program. */
export interface MapSymbol {
  readonly name: string;
  readonly address: bigint;
}

/** Symbols of a map file as GNU ld, LLVM's lld and armlink write it, by address; what is no symbol's line is passed over. */
export function readLinkerMap(text: string): MapSymbol[] {
  const symbols: MapSymbol[] = [];
  for (const [line] of text.matchAll(/[^\r\n]+/g)) {
    const gnu = /^\s+0x([\da-fA-F]{1,16})\s+([A-Za-z_][\w.$]*)\s*$/.exec(line) ?? /^\s+0x([\da-fA-F]{1,16})\s+(?:PROVIDE \()?([A-Za-z_][\w.$]*)(?: = [^;]*)?\)?$/.exec(line);
    const lld = /^\s*([\da-f]{4,16})\s+[\da-f]{4,16}\s+[\da-f]+\s+\d+\s{9,}([A-Za-z_][\w.$]*)\s*$/.exec(line);
    const arm = /^\s+([A-Za-z_][\w.$]*)\s+0x([\da-fA-F]{8})\s+(?:Thumb|ARM) Code\s/.exec(line);
    const [hex, name] = arm === null ? [gnu?.[1] ?? lld?.[1], gnu?.[2] ?? lld?.[2]] : [arm[2], arm[1]];
    if (hex !== undefined && name !== undefined) symbols.push({ name, address: BigInt(`0x${hex}`) & ~1n });
  }
  return symbols.sort((left, right) => (left.address < right.address ? -1 : left.address > right.address ? 1 : 0));
}

/** No function is longer than this: what lies further behind a symbol belongs to something without a name. */
const longestFunction = 0x10000n;

/** The last symbol at or before an address of code, and how far behind its start that is. */
export function symbolAt(symbols: readonly MapSymbol[], address: bigint): { readonly name: string; readonly offset: bigint } | undefined {
  const wanted = address & ~1n;
  const found = symbols.findLast(symbol => symbol.address <= wanted);
  return found === undefined || wanted - found.address > longestFunction ? undefined : { name: found.name, offset: wanted - found.address };
}
