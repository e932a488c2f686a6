import type { NodeInterrupts } from './facts.ts';

/** What a property's text adds to what is known of a node's interrupts; the same object for any other property. */
export function withInterruptProperty(known: NodeInterrupts, property: string): NodeInterrupts {
  const [, name = '', value = ''] = /^([\w,#.-]+)\s*(?:=\s*([^]*))?$/.exec(property.trim()) ?? [];
  switch (name) {
    case 'interrupts': return { ...known, cells: cellsOf(value) };
    case 'interrupts-extended': return { ...known, extended: cellsOf(value) };
    case 'interrupt-names': return { ...known, names: textsOf(value) };
    case 'interrupt-parent': return labelled(known, value);
    case '#interrupt-cells': return counted(known, value);
    case 'status': return { ...known, isEnabled: /"(okay|ok)"/.test(value) };
    default: return known;
  }
}

/** The strings of a property's value. */
export function textsOf(value: string): string[] {
  return [...value.matchAll(/"([^"]*)"/g)].map(match => match[1] ?? '').filter(text => text !== '');
}

function labelled(known: NodeInterrupts, value: string): NodeInterrupts {
  const parent = /&\s*(\w+)/.exec(value)?.[1];
  return parent === undefined ? known : { ...known, parent };
}

function counted(known: NodeInterrupts, value: string): NodeInterrupts {
  const count = Number(/<\s*(0x[\da-f]+|\d+)\s*>/i.exec(value)?.[1] ?? NaN);
  return Number.isNaN(count) ? known : { ...known, cellCount: count };
}

/** Cells of more interrupts than any device has are left out. */
const mostCells = 400;

/** `<GIC_SPI 38 4>, <(2 + 1) 0>`: each cell as written, an expression in its parentheses as one. */
function cellsOf(value: string): string[] {
  const cells: string[] = [];
  for (const [, list = ''] of value.matchAll(/<([^<>]*(?:(?:<<|>>)[^<>]*)*)>/g)) {
    for (const [cell] of list.matchAll(/\((?:[^()]|\([^()]*\))*\)|[&\w]\w*(?:\((?:[^()]|\([^()]*\))*\))?/g)) if (cells.length < mostCells) cells.push(cell);
  }
  return cells;
}
