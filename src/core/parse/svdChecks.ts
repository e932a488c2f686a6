import type { Register, RegisterNode } from '../device/device.ts';
import { quoted, type SvdProblemLog } from './svdProblems.ts';

/** Where checks report to; `reported` keeps lists that derived elements share from telling the same again. */
export interface CheckLog {
  readonly problems: SvdProblemLog;
  readonly reported: Set<string>;
}

/** A register as resolved, with the line it begins on. */
export interface LinedNode {
  readonly node: RegisterNode;
  readonly line: number;
}

/** Reports what an author of the file would want to know of registers side by side: names twice, undeclared overlaps, index brackets without an array. */
export function checkRegisterList(list: readonly LinedNode[], log: CheckLog): void {
  const names = new Map<string, number>();
  const singles: Single[] = [];
  for (const { node, line } of list) {
    const before = names.get(node.name);
    if (before !== undefined) report(log, 'names used twice', line, `${node.kind} ${quoted(node.name)} has the name of the ${node.kind} in line ${before} beside it; both are kept.`);
    names.set(node.name, line);
    if (node.dim === undefined && node.name.includes('[')) report(log, 'brackets without an array', line, `${node.kind} ${quoted(node.name)} is named like an element of an array but is none: it has no dim.`);
    if (node.kind === 'register' && node.dim === undefined) singles.push({ register: node, line, start: Number(node.addressOffset), end: Number(node.addressOffset) + Math.ceil(node.size / 8) });
  }
  checkOverlaps(singles, log);
}

interface Single {
  readonly register: Register;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** Each register against the one before it that reaches farthest: enough to find every place where there is an overlap. */
function checkOverlaps(singles: Single[], log: CheckLog): void {
  // Most lists are in order, and without overlap.
  const ordered = singles.every(({ start }, index) => start >= (singles[index - 1]?.start ?? 0)) ? singles : singles.toSorted((left, right) => left.start - right.start);
  let farthest: Single | undefined;
  for (const single of ordered) {
    if (farthest !== undefined && single.start < farthest.end && !mayOverlap(farthest.register, single.register)) {
      report(log, 'overlaps that are not declared', single.line, `register ${quoted(single.register.name)} lies over register ${quoted(farthest.register.name)} (line ${farthest.line}) without alternateRegister or alternateGroup.`);
    }
    if (farthest === undefined || single.end > farthest.end) farthest = single;
  }
}

function report({ problems, reported }: CheckLog, kind: string, line: number, message: string): void {
  const key = `${kind} ${line}`;
  if (reported.has(key)) return;
  reported.add(key);
  problems.add(kind, line, message);
}

/** Declared as another view, or one for reading and the other for writing. */
function mayOverlap(one: Register, other: Register): boolean {
  const declared = [one, other].some(({ alternateRegister, alternateGroup }) => alternateRegister !== undefined || alternateGroup !== undefined);
  const accesses = [one.access, other.access];
  return declared || (accesses.includes('read-only') && (accesses.includes('write-only') || accesses.includes('writeOnce')));
}
