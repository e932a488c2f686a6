import { splitLines } from '../text/lines.ts';
import type { FunctionFact, PartFact } from './facts.ts';
import { namedPlace } from './partFacts.ts';

/** The macros an assembly file defines, and its labels; those that begin a routine reach to the next one. Local labels are left out. */
export function asmParts(text: string, functions: readonly FunctionFact[]): PartFact[] {
  const lines = splitLines(text);
  const macros = macrosOf(lines);
  const inside = (line: number) => macros.some(({ startLine, endLine }) => line >= startLine && line <= endLine);
  const known = new Set(functions.map(({ name }) => name));
  const exported = new Set(lines.flatMap(line => /^\s*(?:\.globa?l|EXPORT|PUBLIC|XDEF)\s+(\w+)/i.exec(line)?.[1] ?? []));
  const labels: PartFact[] = [];
  lines.forEach((text, index) => {
    const line = index + 1;
    const routine = routineAt(text);
    const name = routine ?? /^\s*([A-Za-z_]\w*)\s*:/.exec(text)?.[1];
    if (name === undefined || known.has(name) || inside(line)) return;
    const begins = routine !== undefined || exported.has(name);
    labels.push(namedPlace(begins ? 'function' : 'label', name, line));
  });
  return [...macros, ...withEnds(labels, [...functions.map(({ startLine }) => startLine), ...macros.map(({ startLine }) => startLine)], lines.length)];
}

/** `regular_func name`, `ENTRY(name)`, `SECTION_FUNC(TEXT, name)`: what SDKs call their macro for a routine. */
function routineAt(text: string): string | undefined {
  return /^\s*(?:\w+_func|ENTRY|FUNC|FUNCTION|WEAK|SECTION_FUNC|SECTION_SUBSEC_FUNC|PROC_ENTRY|BEGIN_FUNC\w*)\s*[\s(]\s*(?:\w+\s*,\s*)*(\w+)\s*\)?\s*(?:[@;/].*)?$/.exec(text)?.[1];
}

function macrosOf(lines: readonly string[]): PartFact[] {
  const found: PartFact[] = [];
  let open: { readonly name: string; readonly line: number } | undefined;
  lines.forEach((text, index) => {
    const gnu = /^\s*\.macro\s+([\w.$]+)/i.exec(text)?.[1];
    // Arm's assembler names the macro on the line after, behind a label's name.
    const arm = /^\s+MACRO\s*$/i.test(text) ? /^(?:\$\w+)?\s+(\w+)/.exec(lines[index + 1] ?? '')?.[1] : undefined;
    const name = gnu ?? arm ?? /^(\w+)\s+MACRO\b/i.exec(text)?.[1];
    if (name !== undefined) open = { name, line: index + 1 };
    else if (open !== undefined && /^\s*(\.endm|MEND|ENDM)\b/i.test(text)) {
      found.push({ kind: 'macro', name: open.name, startLine: open.line, endLine: index + 1, line: open.line, title: `macro ${open.name}` });
      open = undefined;
    }
  });
  return found;
}

/** A routine ends before the next one. */
function withEnds(labels: readonly PartFact[], others: readonly number[], last: number): PartFact[] {
  const starts = [...labels.filter(({ kind }) => kind === 'function').map(({ line }) => line), ...others].sort((one, other) => one - other);
  return labels.map(part => {
    if (part.kind !== 'function') return part;
    const next = starts.find(line => line > part.line);
    return { ...part, endLine: next === undefined ? last : next - 1 };
  });
}
