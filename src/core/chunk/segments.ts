import { fitsOneChunk, type Segment } from './cut.ts';
import type { Region } from './regions.ts';

const brackets = String.raw`[{}()[\];,]*|\/\*.{0,4}\*\/|\/\/.{0,2}|\/\*[*!]?|\*+\/?|\*?\s*[@\\][{}]`;
const directives = String.raw`#\s*(endif|else|elif|if|ifdef|ifndef|include|pragma once)\b.*|#\s*define\s+\w+_H(PP|XX)?_*|extern\s+"C"\s*\{?`;
const blockEnds = String.raw`end(menu|if|choice|function|macro|foreach|while|ef)\b\s*(\(.*\))?\s*(#.*)?|#\s*end of .*|else\s*(\(\s*\))?|#+|menu\s+"[^"]*"|if\s+[\w!()&|= ."-]+`;

/** What says nothing between regions of C and what is preprocessed like it: brackets, frames of comments, conditions, which passages name, and includes, which the header lists. */
export const cNoise = new RegExp(`^\\s*(${brackets}|${directives}|\\/\\s*\\{)\\s*$`);

/** The same of scripts and configurations: brackets, frames of comments, beginnings and ends of blocks, which the titles of what is in them name. */
export const scriptNoise = new RegExp(`^\\s*(${brackets}|${blockEnds})\\s*$`, 'i');

/**
 * Every line of the file in a segment: those of a region together, later regions over earlier ones, the rest in blocks.
 * What is left between regions and around inner ones is dropped where all of it is `noise`.
 */
export function segmentsOf(lines: readonly string[], regions: readonly Region[], noise = cNoise): Segment[] {
  const saysSomething = (some: readonly string[]) => some.some(line => !noise.test(line));
  const owners = new Int32Array(lines.length).fill(-1);
  regions.forEach(({ startLine, endLine }, index) => owners.fill(index, startLine - 1, endLine));
  const segments: Segment[] = [];
  let start = 0;
  while (start < lines.length) {
    let end = start + 1;
    while (end < lines.length && owners[end] === owners[start]) end += 1;
    const run = { startLine: start + 1, lines: lines.slice(start, end) };
    const region = regions[owners[start] ?? -1];
    const isWhole = region !== undefined && region.startLine === run.startLine && region.endLine <= end;
    if (isWhole || (region !== undefined && saysSomething(run.lines))) segments.push(regionSegment(region, run));
    else if (region === undefined && saysSomething(run.lines)) segments.push(...blocksOf(run));
    start = end;
  }
  return segments;
}

interface Run {
  readonly startLine: number;
  readonly lines: readonly string[];
}

function regionSegment({ startLine, endLine, replacement, ...about }: Region, run: Run): Segment {
  if (replacement !== undefined && run.startLine === startLine && run.lines.length === endLine - startLine + 1) return { ...about, ...replacement, startLine, endLine };
  const isFirst = run.startLine === startLine;
  const { title } = about;
  // What follows an inner region says again whose lines they are.
  return { ...about, ...run, ...(!isFirst && title === undefined && about.header !== undefined && { title: `${about.header} … (to line ${endLine})` }) };
}

/** Paragraphs, merged while they fit in one passage. */
function blocksOf(run: Run): Segment[] {
  const blocks: { startLine: number; lines: string[] }[] = [];
  for (const paragraph of paragraphsOf(run)) {
    const last = blocks.at(-1);
    if (last !== undefined && fitsOneChunk([...last.lines, ...paragraph.lines])) last.lines.push(...paragraph.lines);
    else blocks.push({ startLine: paragraph.startLine, lines: [...paragraph.lines] });
  }
  return blocks.map(block => ({ kind: 'text', ...block }));
}

/** Lines up to and including the blank lines that follow them. */
function paragraphsOf({ startLine, lines }: Run): Run[] {
  const paragraphs: Run[] = [];
  let start = 0;
  for (let index = 1; index <= lines.length; index += 1) {
    const borders = index === lines.length || (lines[index - 1]?.trim() === '' && lines[index]?.trim() !== '');
    if (!borders) continue;
    paragraphs.push({ startLine: startLine + start, lines: lines.slice(start, index) });
    start = index;
  }
  return paragraphs;
}
