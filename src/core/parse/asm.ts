import type { Problem } from '../text/problem.ts';
import { asmLines, type AsmLine } from './asmLines.ts';
import { asmParts } from './asmParts.ts';
import { asmVectors, sectionOf } from './asmVectors.ts';
import { emptyFacts } from './emptyFacts.ts';
import type { CallFact, FunctionFact, IncludeFact, MacroFact, SourceFacts } from './facts.ts';
import { isHandlerName } from './handlerNames.ts';

/** Reads an assembly file, GNU, Arm or IAR syntax: vector tables, functions with the names they call, weak aliases, constants, includes. Never throws. */
export function parseAsm(text: string, file: string): { readonly facts: SourceFacts; readonly problems: readonly Problem[] } {
  if (text.length > mostCharacters) return { facts: emptyFacts('asm'), problems: [{ file, message: `not parsed: assembly of more than ${mostCharacters / 1024 / 1024} million characters is data or generated` }] };
  const lines = asmLines(text);
  const functions = [...labelledFunctions(lines), ...aliasFunctions(lines)];
  const facts: SourceFacts = {
    ...emptyFacts('asm'), functions, parts: asmParts(text, functions),
    macros: lines.flatMap(readConstant), vectors: asmVectors(lines), includes: lines.flatMap(readInclude),
  };
  return { facts, problems: [] };
}

const mostCharacters = 16 * 1024 * 1024;

interface OpenFunction {
  readonly name: string;
  readonly startLine: number;
  endLine: number;
  readonly calls: CallFact[];
}

/** Labels that are functions: typed so, opened by `PROC`, or named like a handler outside of data. */
function labelledFunctions(lines: readonly AsmLine[]): FunctionFact[] {
  const typed = namesIn(lines, /^(\.type|\.thumb_func|\.func)$/, /^(\w+)(?:\s*,\s*[%@#"]?(?:function|STT_FUNC))?"?$/i);
  const weak = weakNames(lines);
  const found: OpenFunction[] = [];
  // Several labels may name one body: Arm's files list all default handlers above one branch.
  let open: OpenFunction[] = [];
  let follows = false;
  const labels = new Set(lines.map(({ label }) => label));
  for (const [index, line] of lines.entries()) {
    const { label, operation, operands } = line;
    if (label !== undefined && isFunctionLabel(line, typed)) {
      if (follows) open = [];
      open.push({ name: label, startLine: line.line, endLine: line.line, calls: [] });
      found.push(...open.slice(-1));
      follows = false;
    }
    if (sectionOf(line) !== undefined) open = [];
    for (const current of open) current.endLine = line.line;
    if (operation !== '' && !/^(proc|export|pubweak|public)$/.test(operation) && !operation.startsWith('.')) {
      follows = true;
      for (const current of open) current.calls.push(...callOf(line, lines[index + 1], labels));
    }
    if (/^(\.size|endp|endfunc|\.endfunc)$/.test(operation)) open = operation === '.size' ? open.filter(({ name }) => name !== operands.split(',', 1)[0]?.trim()) : [];
  }
  return found.map(({ name, startLine, endLine, calls }) => describe(name, { startLine, endLine, attributes: weak.has(name) ? ['weak'] : [], calls }));
}

function isFunctionLabel({ label = '', operation }: AsmLine, typed: ReadonlySet<string>): boolean {
  return (typed.has(label) || operation === 'proc' || operation === 'function' || isHandlerName(label) || label === 'Default_Handler') && !/^(\.?(word|long|equ|set)|dcd|dc32|equ)$/.test(operation);
}

/** Names that a file declares weak, by directive or by its own macro. */
function weakNames(lines: readonly AsmLine[]): Set<string> {
  const names = namesIn(lines, /^(\.weak|pubweak)$/, /^(\w+)$/);
  for (const { operation, operands } of lines) if (/^(export|public)$/.test(operation) && /\[\s*WEAK\s*\]/i.test(operands)) names.add(/^\w+/.exec(operands)?.[0] ?? '');
  return names;
}

/** `.weak X` with `.thumb_set X, Default_Handler`, in the open or through a macro of the file. */
function aliasFunctions(lines: readonly AsmLine[]): FunctionFact[] {
  const weak = weakNames(lines);
  const macros = new Map<string, string>();
  const found: FunctionFact[] = [];
  let macro = '';
  let isWeakMacro = false;
  for (const { operation, operands, line } of lines) {
    const [left = '', right = ''] = operands.split(',').map(part => part.trim());
    const isSet = /^\.(thumb_set|set|equ)$/.test(operation);
    if (operation === '.macro') [macro, isWeakMacro] = [operands.split(/[\s,(]/, 1)[0] ?? '', false];
    else if (operation === '.endm') macro = '';
    else if (macro !== '') {
      isWeakMacro ||= operation === '.weak';
      if (isWeakMacro) macros.set(macro.toLowerCase(), isSet ? right : macros.get(macro.toLowerCase()) ?? 'Default_Handler');
    } else if (isSet && weak.has(left) && /^\w+$/.test(right)) found.push(alias(left, right, line));
    else if (macros.has(operation) && /^\w+$/.test(left)) found.push(alias(left, macros.get(operation) ?? '', line));
  }
  return found;
}

function alias(name: string, target: string, line: number): FunctionFact {
  return describe(name, { startLine: line, endLine: line, attributes: ['weak', `alias("${target}")`], calls: [] });
}

function describe(name: string, rest: Pick<FunctionFact, 'startLine' | 'endLine' | 'attributes' | 'calls'>): FunctionFact {
  return { name, docStartLine: rest.startLine, signature: name, parameters: [], isStatic: false, ...rest };
}

function namesIn(lines: readonly AsmLine[], operation: RegExp, name: RegExp): Set<string> {
  const names = new Set<string>();
  lines.forEach((line, index) => {
    if (!operation.test(line.operation)) return;
    // `.thumb_func` alone is about the next label.
    const found = line.operands === '' ? lines.slice(index + 1, index + 4).find(({ label }) => label !== undefined)?.label : name.exec(line.operands)?.[1];
    if (found !== undefined) names.add(found);
  });
  return names;
}

/** `bl name`, a jump to another function, or `ldr r0, =name` with a branch through that register right after. */
function callOf({ operation, operands, line }: AsmLine, next: AsmLine | undefined, labels: ReadonlySet<string | undefined>): CallFact[] {
  if (/^(bl|blx|jal|call|tail)$/.test(operation) || (/^(b|b\.w|j)$/.test(operation) && operands !== '.' && !labels.has(operands))) {
    const name = /^(?:ra\s*,\s*)?([A-Za-z_]\w*)$/.exec(operands)?.[1];
    return name === undefined || /^(r\d+|lr|pc|ip|ra|x\d+)$/i.test(name) ? [] : [{ name, line, arguments: [] }];
  }
  const load = operation === 'ldr' ? /^(\w+)\s*,\s*=\s*([A-Za-z_]\w*)$/.exec(operands) : null;
  return load !== null && next !== undefined && /^blx?$|^bx$/.test(next.operation) && next.operands === load[1] ? [{ name: load[2] ?? '', line, arguments: [] }] : [];
}

function readConstant({ operation, operands, label, line, comment }: AsmLine): MacroFact[] {
  const described = comment === undefined ? {} : { comment };
  if (operation === 'equ' && label !== undefined) return [{ name: label, line, body: operands, ...described }];
  const define = operation === '#define' ? /^(\w+)\s+(.*)$/.exec(operands) : /^\.(equ|equiv)$/.test(operation) ? /^(\w+)\s*,\s*(.*)$/.exec(operands) : null;
  return define === null ? [] : [{ name: define[1] ?? '', line, body: define[2] ?? '', ...described }];
}

function readInclude({ operation, operands, line }: AsmLine): IncludeFact[] {
  if (!/^(#include|\.include|get|include)$/.test(operation)) return [];
  const path = operands.replace(/^["<]|[">]$/g, '').trim();
  return path === '' ? [] : [{ path, line }];
}
