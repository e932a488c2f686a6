import { splitLines } from '../text/lines.ts';
import { blankComments, commentLinesAbove } from './blankComments.ts';
import { emptyFacts } from './emptyFacts.ts';
import type { PartFact, SourceFacts } from './facts.ts';
import { inFileOrder, namedPlace } from './partFacts.ts';

/** Reads a CMake file: functions and macros, blocks of conditions and loops, targets. */
export function parseCmake(text: string): SourceFacts {
  const lines = splitLines(text);
  const code = splitLines(blankComments(text, { hash: true }));
  const parts: PartFact[] = [];
  const open: { readonly word: string; readonly line: number; readonly what: string }[] = [];
  code.forEach((written, index) => {
    const [, word = '', rest = ''] = /^\s*(\w+)\s*\((.*)$/.exec(written) ?? [];
    const line = index + 1;
    const lower = word.toLowerCase();
    if (/^(function|macro|if|foreach|while)$/.test(lower)) open.push({ word: lower, line, what: rest.replace(/\)\s*$/, '').trim() });
    else if (/^end(function|macro|if|foreach|while)$/.test(lower)) parts.push(...closeBlock(lines, open.pop(), line));
    else if (targetCommands.test(lower)) parts.push(...target(rest === '' ? code[index + 1] ?? '' : rest, line));
  });
  return { ...emptyFacts('cmake'), parts: inFileOrder(parts) };
}

const targetCommands = /^(add_executable|add_library|add_custom_target|zephyr_library_named|project|option|define_property|zephyr_library_add_dependencies)$/;

function closeBlock(lines: readonly string[], block: { readonly word: string; readonly line: number; readonly what: string } | undefined, endLine: number): PartFact[] {
  if (block === undefined) return [];
  const { word, line, what } = block;
  const place = { startLine: commentLinesAbove(lines, line), endLine, line };
  if (word === 'function' || word === 'macro') return [{ kind: 'function', name: what.split(/\s/, 1)[0] ?? '', ...place, title: `${word} ${what}`.slice(0, 200) }];
  return [{ kind: 'group', name: '', ...place, title: `${word}(${what})`.slice(0, 200) }];
}

function target(rest: string, line: number): PartFact[] {
  const name = /^\s*([\w.${}-]+)/.exec(rest)?.[1];
  return name === undefined ? [] : [namedPlace('label', name, line)];
}

/** Reads a makefile: rules with their recipes, `define` blocks, conditions, variables. */
export function parseMakefile(text: string): SourceFacts {
  const lines = splitLines(text);
  const parts: PartFact[] = [];
  const open: { readonly line: number; readonly title: string; readonly name: string }[] = [];
  lines.forEach((written, index) => {
    const line = index + 1;
    const [, word = '', rest = ''] = /^\s*(ifeq|ifneq|ifdef|ifndef|endif|define|endef)\b\s*(.*)$/.exec(written) ?? [];
    if (word.startsWith('if')) open.push({ line, title: `${word} ${rest}`.trim(), name: '' });
    else if (word === 'define') open.push({ line, title: `define ${rest}`, name: rest.split(/\s/, 1)[0] ?? '' });
    else if (word !== '') {
      const block = open.pop();
      if (block !== undefined) parts.push({ kind: block.name === '' ? 'group' : 'function', name: block.name, startLine: commentLinesAbove(lines, block.line), endLine: line, line: block.line, title: block.title.slice(0, 200) });
    } else parts.push(...readRule(lines, index), ...readVariable(written, line));
  });
  return { ...emptyFacts('make'), parts: inFileOrder(parts) };
}

function readRule(lines: readonly string[], index: number): PartFact[] {
  const [, names, needs = ''] = /^([^\s:#=][^:#=\t]*?)\s*::?(?![=:])\s*([^=]*)$/.exec(lines[index] ?? '') ?? [];
  if (names === undefined || names.startsWith('.PHONY')) return [];
  let end = index;
  while (end + 1 < lines.length && (/^\t/.test(lines[end + 1] ?? '') || /\\\s*$/.test(lines[end] ?? ''))) end += 1;
  const [name = '', ...others] = names.split(/\s+/);
  return [{ kind: 'target', name, startLine: commentLinesAbove(lines, index + 1), endLine: end + 1, line: index + 1, title: `rule ${names}: ${needs}`.trim().slice(0, 200), aliases: others.slice(0, 20) }];
}

function readVariable(text: string, line: number): PartFact[] {
  const name = /^\s*(?:export\s+|override\s+)?([A-Za-z_][\w.-]*)\s*(?:[:?+]?=|::=)/.exec(text)?.[1];
  return name === undefined ? [] : [namedPlace('variable', name, line)];
}
