import { lineAt, lineStarts, splitLines } from '../text/lines.ts';
import { blankComments, commentLinesAbove } from './blankComments.ts';
import { emptyFacts } from './emptyFacts.ts';
import type { IncludeFact, PartFact, PartKind, SourceFacts } from './facts.ts';
import { inFileOrder, namedPlace } from './partFacts.ts';

/** Reads a linker script of GNU ld, IAR or Arm: memory regions, sections with where they go, and the symbols it defines. */
export function parseLinkerScript(text: string): SourceFacts {
  const lines = splitLines(text);
  const script: Script = { blanked: blankComments(text, { block: true, slash: true }).replace(/^\s*;[^\n]*/gm, line => ' '.repeat(line.length)), lines, starts: lineStarts(text) };
  const parts = [...blocksOf(script), ...regionsOf(script), ...symbolsOf(script)];
  return { ...emptyFacts('linker'), parts: inFileOrder(parts), includes: includesOf(lines) };
}

interface Script {
  /** Without comments. */
  readonly blanked: string;
  readonly lines: readonly string[];
  readonly starts: readonly number[];
}

interface Block {
  readonly header: string;
  readonly depth: number;
  readonly start: number;
  readonly around: string;
}

/** `MEMORY`, output sections of `SECTIONS`, Arm's load and execution regions, IAR's named blocks. */
function blocksOf(script: Script): PartFact[] {
  const found: PartFact[] = [];
  const open: Block[] = [];
  let from = 0;
  for (const match of script.blanked.matchAll(/[{};]/g)) {
    const written = script.blanked.slice(from, match.index);
    if (match[0] === '{') open.push(openBlock(script, written, { from, around: open.at(-1)?.header ?? '', depth: open.length }));
    else if (match[0] === '}') {
      const block = open.pop();
      if (block !== undefined) found.push(...blockPart(script, block, match.index));
    }
    from = match.index + 1;
  }
  return found;
}

function openBlock({ lines, starts }: Script, written: string, { from, around, depth }: { readonly from: number; readonly around: string; readonly depth: number }): Block {
  // What the section before goes to, and directives, are not part of the name.
  const own = written.replace(/^\s*(?:(?:>|AT\s*>)\s*\w+\s*)*(?::\s*\w+\s*)*(?:=\s*\w+)?\s*,?/, skipped => ' '.repeat(skipped.length)).replace(/^[ \t]*#[^\n]*/gm, line => ' '.repeat(line.length));
  const start = from + (own.length - own.trimStart().length);
  const header = own.trim().replace(/\s+/g, ' ').replace(/^.*\b(?=(?:SECTIONS|MEMORY|PHDRS)$)/i, '');
  return { header: header === '' ? (lines[lineAt(starts, start) - 1] ?? '').trim() : header, depth, start, around };
}

function blockPart({ blanked, lines, starts }: Script, { header, depth, start, around }: Block, closed: number): PartFact[] {
  // Debug sections go where every linker puts them.
  if (/^SECTIONS\b|^\.(debug|stab|line|comment|gnu\.attributes)/i.test(header) || depth > 1 || header === '') return [];
  const isMemory = /^MEMORY\b/i.test(header);
  const goes = /^\s*((?:(?:>|AT\s*>)\s*\w+\s*)*)/.exec(blanked.slice(closed + 1, closed + 200))?.[1] ?? '';
  const name = /^(?:place\b.*|define\s+block\s+(\w+).*)$/i.exec(header)?.[1] ?? /^\w*\(\s*([\w.$]+)/.exec(header)?.[1] ?? /^["]?([^\s:("]+)/.exec(header)?.[1] ?? '';
  const title = isMemory ? 'MEMORY regions' : `section ${header.replace(/\s*:$/, '')}${goes === '' ? '' : ` ${goes.trim().replace(/\s+/g, ' ')}`}${around === '' || /^SECTIONS/i.test(around) ? '' : ` in ${around}`}`;
  const line = lineAt(starts, start);
  const kind: PartKind = isMemory ? 'group' : 'section';
  return [{ kind, name: isMemory ? 'MEMORY' : name, startLine: commentLinesAbove(lines, line, /^\s*(\/\/|;)/), endLine: lineAt(starts, closed + goes.trimEnd().length), line, title: title.slice(0, 200) }];
}

/** `FLASH (rx) : ORIGIN = …`, and IAR's `define region`. */
function regionsOf({ blanked, starts }: Script): PartFact[] {
  const found = [
    ...blanked.matchAll(/^[ \t]*(\w+)[ \t]*(?:\([^)\n]*\))?[ \t]*:[ \t]*(?:ORIGIN|org|o)[ \t]*=/gim),
    ...blanked.matchAll(/\bdefine\s+region\s+(\w+)/gi),
  ];
  return found.map(match => namedPlace('region', match[1] ?? '', lineAt(starts, match.index + match[0].indexOf(match[1] ?? ''))));
}

/** `_estack = …;`, `PROVIDE(end = .)`, and IAR's `define symbol`. */
function symbolsOf({ blanked, starts }: Script): PartFact[] {
  const isIar = /^\s*define\s+(?:exported\s+)?(?:symbol|region|block|memory)\b/m.test(blanked);
  const found = [...blanked.matchAll(isIar ? /\bdefine\s+(?:exported\s+)?symbol\s+(\w+)/gi : /(?:^|[;{(}\s])([A-Za-z_$][\w$.]*)\s*[-+|&]?=(?!=)/g)];
  const places = found.filter(match => !/^(ORIGIN|org|o|LENGTH|len|l|FILL)$/i.test(match[1] ?? '') && match[1] !== '.').map(match => namedPlace('symbol', match[1] ?? '', lineAt(starts, match.index + match[0].indexOf(match[1] ?? ''))));
  return [...new Map(places.map(part => [`${part.name} ${part.line}`, part])).values()];
}

function includesOf(lines: readonly string[]): IncludeFact[] {
  return lines.flatMap((text, index) => {
    const path = /^\s*(?:#\s*include|INCLUDE)\s+["<]?([^">\s;]+)/.exec(text)?.[1];
    return path === undefined ? [] : [{ path, line: index + 1 }];
  });
}
