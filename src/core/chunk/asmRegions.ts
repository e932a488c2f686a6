import type { SourceFacts } from '../parse/facts.ts';
import { asmConditionLines, endUnderConditions } from './asmConditions.ts';
import type { Region } from './regions.ts';

/** Routines of an assembly file with the comments and directives above them, its macros, and the weak handlers together. */
export function asmRegions(lines: readonly string[], { functions, parts = [] }: SourceFacts): Region[] {
  const aliases = functions.filter(({ attributes }) => attributes.some(attribute => attribute.startsWith('alias'))).map(({ startLine }) => startLine);
  const routines = joined(lines, [
    ...parts.filter(({ kind }) => kind === 'function').map(({ name, startLine, endLine }) => ({ name, startLine, endLine })),
    ...functions.filter(({ attributes }) => !attributes.some(attribute => attribute.startsWith('alias'))).map(({ name, startLine, endLine }) => ({ name, startLine, endLine })),
  ].sort((one, other) => one.startLine - other.startLine));
  const conditions = asmConditionLines(lines);
  const regions = routines.map(({ name, startLine, endLine }, index): Region => {
    const top = leadingStart(lines, startLine);
    // What belongs to the next routine is not the end of this one.
    const next = routines[index + 1];
    const end = next === undefined || endLine < next.startLine - 1 ? endLine : Math.max(startLine, Math.min(endLine, leadingStart(lines, next.startLine) - 1));
    return { kind: 'function', symbol: name, startLine: top, endLine: endUnderConditions(conditions, startLine, end), header: name };
  });
  const macros = parts.filter(({ kind }) => kind === 'macro').map(({ name, startLine, endLine }): Region => ({ kind: 'macros', symbol: name, startLine: leadingStart(lines, startLine), endLine, header: `macro ${name}` }));
  return [...weakHandlers(aliases), ...regions, ...macros];
}

interface Routine {
  readonly name: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** Several names of one routine: nothing but names, comments and directives stands between them. */
function joined(lines: readonly string[], routines: readonly Routine[]): Routine[] {
  const found: Routine[] = [];
  for (const routine of routines) {
    const last = found.at(-1);
    const isSame = last !== undefined && routine.startLine - last.startLine <= 24 && leadingStart(lines, routine.startLine) <= last.startLine + 1 + names(routines, last, routine);
    if (isSame) found[found.length - 1] = { name: routine.name, startLine: last.startLine, endLine: Math.max(last.endLine, routine.endLine) };
    else found.push(routine);
  }
  return found;
}

/** Lines taken by further names between the first name and the routine. */
function names(routines: readonly Routine[], first: Routine, last: Routine): number {
  return routines.filter(({ startLine }) => startLine > first.startLine && startLine < last.startLine).length;
}

/** First line of the comments and directives right above a line. */
function leadingStart(lines: readonly string[], line: number): number {
  let first = line;
  while (first > 1 && /^\s*(\/\/|\/\*|\*|;|@|#(?!\s*(if|ifdef|ifndef|else|elif|endif|include|define)\b)|\.(section|weak|globa?l|type|align|balign|p2align|thumb|thumb_func|func|syntax|arm|code|size)\b|(EXPORT|PUBLIC|PUBWEAK|THUMB|SECTION|AREA|ALIGN|REQUIRE8|PRESERVE8|\w+_section)\b)/i.test(lines[first - 2] ?? '') && !/^\s*\.size\b/.test(lines[first - 2] ?? '')) first -= 1;
  return first;
}

/** Lines between the aliases of handlers. */
const widestGap = 4;

/** Aliases near each other, with the `.weak` lines between them, as one passage. */
function weakHandlers(aliases: readonly number[]): Region[] {
  const groups: { startLine: number; endLine: number }[] = [];
  for (const line of [...aliases].sort((one, other) => one - other)) {
    const last = groups.at(-1);
    if (last !== undefined && line - last.endLine <= widestGap) last.endLine = line;
    else groups.push({ startLine: Math.max(1, line - 1), endLine: line });
  }
  return groups.map(({ startLine, endLine }) => ({ kind: 'vectors', symbol: 'weak handlers', startLine, endLine, header: 'weak handlers' }));
}
