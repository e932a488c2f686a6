import { lineAt, lineStarts, splitLines } from '../text/lines.ts';
import { blankComments, commentLinesAbove } from './blankComments.ts';
import { textsOf, withInterruptProperty } from './devicetreeInterrupts.ts';
import { emptyFacts } from './emptyFacts.ts';
import type { IncludeFact, MacroFact, NodeInterrupts, PartFact, SourceFacts } from './facts.ts';

/** Reads a devicetree source, fragment or overlay: every node with its path, labels and compatibles, inner nodes before outer ones. */
export function parseDevicetree(text: string): SourceFacts {
  const lines = splitLines(text);
  const blanked = blankComments(text, { block: true, slash: true }).replace(directive, found => found.replace(/[^\r\n]/g, ' '));
  const starts = lineStarts(text);
  return { ...emptyFacts('devicetree'), parts: nodesOf(text, blanked).map(node => describeNode(node, lines, starts)).sort((one, other) => one.startLine - other.startLine), includes: includesOf(lines), macros: macrosOf(lines) };
}

/** Preprocessor lines; `#address-cells` is a property. */
const directive = /^[ \t]*#[ \t]*(?:include|define|undef|ifdef|ifndef|if|elif|else|endif|error|warning|pragma|line)\b(?:[^\n]*\\\r?\n)*[^\n]*/gm;

interface Node {
  /** As written before the brace: `i2c1: i2c@40005400`, `&usart2`, `/`. */
  readonly header: string;
  readonly path: string;
  readonly start: number;
  end: number;
  compatible: readonly string[];
  interrupts: NodeInterrupts;
}

/** Reads nodes by their braces. */
function nodesOf(text: string, blanked: string): Node[] {
  const found: Node[] = [];
  const open: Node[] = [];
  let from = 0;
  // A brace inside `&{/soc/i2c}` opens nothing.
  for (const match of blanked.matchAll(/&\{[^}\n]*\}|[{};]/g)) {
    const [mark] = match;
    if (mark.length > 1) continue;
    const written = blanked.slice(from, match.index);
    const at = from + (written.length - written.trimStart().length);
    if (mark === '{') {
      const header = written.trim().replace(/\s+/g, ' ');
      const node: Node = { header, path: pathOf(open.at(-1), header), start: at, end: at, compatible: [], interrupts: {} };
      open.push(node);
      found.push(node);
    } else if (mark === '}') {
      const node = open.pop();
      if (node !== undefined) node.end = match.index;
    } else noteProperty(open.at(-1), { text: text.slice(at, match.index), blanked: blanked.slice(at, match.index) });
    from = match.index + 1;
  }
  for (const node of open) node.end = Math.max(node.end, text.length - 1);
  return found;
}

/** `blanked`: without comments, and maybe without what stands in quotes. */
function noteProperty(node: Node | undefined, property: { readonly text: string; readonly blanked: string }): void {
  if (node === undefined) return;
  if (/^compatible\s*=/.test(property.text)) node.compatible = textsOf(property.text);
  else if (/^(#?interrupt|status)/.test(property.text)) node.interrupts = withInterruptProperty(node.interrupts, /^#?interrupt(s|-parent|-cells)/.test(property.text) ? property.blanked : property.text);
}

function pathOf(parent: Node | undefined, header: string): string {
  const name = nameOf(header);
  if (parent === undefined) return name;
  return parent.path === '/' ? `/${name}` : `${parent.path}/${name}`;
}

/** Without labels and `/omit-if-no-ref/`. */
function nameOf(header: string): string {
  return header.replace(/^(?:\/omit-if-no-ref\/|\/plugin\/|\/dts-v1\/)\s*/, '').replace(/(?:[A-Za-z_]\w*\s*:\s*)+/, '').trim();
}

function describeNode({ header, path, start, end, compatible, interrupts }: Node, lines: readonly string[], starts: readonly number[]): PartFact {
  const line = lineAt(starts, start);
  const labels = [...header.matchAll(/([A-Za-z_]\w*)\s*:/g)].map(match => match[1] ?? '');
  const name = nameOf(header);
  const said = [...labels.length > 0 ? [`label ${labels.join(', ')}`] : [], ...compatible.length > 0 ? [`compatible ${compatible.join(', ')}`] : []];
  const plain = name.replace(/^&(\w+)$/, '$1');
  return {
    kind: 'node', name: labels[0] ?? plain, startLine: commentLinesAbove(lines, line, /^\s*\/\//), endLine: lineAt(starts, end), line,
    title: `node ${path}${said.length > 0 ? ` (${said.join('; ')})` : ''}`.slice(0, 300),
    aliases: [...new Set([...labels.slice(1), ...labels.length > 0 ? [plain] : [], ...compatible, ...compatible.map(macroName)])].filter(alias => alias !== '/'),
    ...(Object.keys(interrupts).length > 0 && { interrupts }),
  };
}

/** `st_stm32_usart`, as `DT_DRV_COMPAT` writes `st,stm32-usart`. */
function macroName(compatible: string): string {
  return compatible.toLowerCase().replace(/\W/g, '_');
}

/** Constants that cells are written with. */
function macrosOf(lines: readonly string[]): MacroFact[] {
  return lines.flatMap((text, index) => {
    const [, name, body] = /^\s*#\s*define\s+(\w+)\s+([^\\]+)$/.exec(text) ?? [];
    return name === undefined || body === undefined ? [] : [{ name, line: index + 1, body: body.replace(/\/[/*].*$/, '').trim() }];
  });
}

function includesOf(lines: readonly string[]): IncludeFact[] {
  return lines.flatMap((text, index) => {
    const path = /^\s*(?:#\s*include|\/include\/)\s*["<]([^">]+)[">]/.exec(text)?.[1];
    return path === undefined ? [] : [{ path, line: index + 1 }];
  });
}
