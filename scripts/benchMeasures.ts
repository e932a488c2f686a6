// What the benches measure with: percentiles, and processor time and memory of this process with all that it started.
import fs from 'node:fs';
import { performance } from 'node:perf_hooks';

/** One line of a benchmark's table. */
export interface Figure {
  readonly what: string;
  readonly value: string;
  readonly of: string;
}

/** Value below which that share of the times lies. */
export function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function percentiles(times: readonly number[]): string {
  return `${percentile(times, 0.5).toFixed(1)} / ${percentile(times, 0.95).toFixed(1)} ms`;
}

/** A row of a markdown table. */
export function printRow(...cells: readonly string[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}

export interface Spent<T> {
  readonly result: T;
  readonly wallSeconds: number;
  /** Of this process and every process below it, user and system; not a number where there is no /proc. */
  readonly cpuSeconds: number;
}

/** Does the work and says what it took: processor time tells more than the clock where the machine is shared. */
export async function spent<T>(work: () => Promise<T>): Promise<Spent<T>> {
  const cpu = treeCpuSeconds();
  const started = performance.now();
  const result = await work();
  return { result, wallSeconds: (performance.now() - started) / 1000, cpuSeconds: treeCpuSeconds() - cpu };
}

/** Megabytes that no other process has, and those shared with others in shares: of this process and of every process below it. */
export interface TreeMemory {
  readonly own: ProcessMemory;
  readonly children: ProcessMemory;
}

export interface ProcessMemory {
  /** Proportional set size; resident memory where there is no /proc. */
  readonly pss: number;
  /** Unique set size; not a number where there is no /proc. */
  readonly uss: number;
}

export function treeMemory(): TreeMemory {
  const own = fs.existsSync('/proc/self/smaps_rollup') ? processMemory(process.pid) : { pss: process.memoryUsage().rss / 1e6, uss: Number.NaN };
  return { own, children: descendants().map(processMemory).reduce((sum, { pss, uss }) => ({ pss: sum.pss + pss, uss: sum.uss + uss }), { pss: 0, uss: 0 }) };
}

function processMemory(pid: number): ProcessMemory {
  const rollup = read(`/proc/${pid}/smaps_rollup`);
  const megabytes = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0) * 1024 / 1e6;
  return { pss: megabytes('Pss'), uss: megabytes('Private_Clean') + megabytes('Private_Dirty') };
}

/** Proportional megabytes of all, `142 + 168 = 310 MB (283 of them unshared)`. */
export function memoryText({ own, children }: TreeMemory): string {
  return `${own.pss.toFixed(0)} + ${children.pss.toFixed(0)} = ${(own.pss + children.pss).toFixed(0)} MB (${(own.uss + children.uss).toFixed(0)} unshared)`;
}

/** The most memory until it is stopped: the moment at which the sum was largest. Looking takes time itself, so it is once a second. */
export function watchMemory(): { stop(): TreeMemory } {
  let most = treeMemory();
  const look = (): void => {
    const now = treeMemory();
    if (now.own.pss + now.children.pss > most.own.pss + most.children.pss) most = now;
  };
  const timer = setInterval(look, 1000);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return most;
    },
  };
}

/** Ticks of user and system time, own and of ended children that were waited for, are the fields 14 to 17. */
function treeCpuSeconds(): number {
  if (!fs.existsSync('/proc/self/stat')) return Number.NaN;
  return [process.pid, ...descendants()].reduce((sum, pid) => sum + statFields(pid).slice(11, 15).reduce((ticks, field) => ticks + Number(field), 0) / ticksPerSecond, 0);
}

const ticksPerSecond = 100;

/** The fields behind the name, which may hold blanks. */
function statFields(pid: number): string[] {
  return read(`/proc/${pid}/stat`).replace(/^[^]*\) /, '').trim().split(' ').filter(field => field !== '');
}

function descendants(): number[] {
  const found: number[] = [];
  const below = (pid: number): void => {
    for (const task of fs.existsSync(`/proc/${pid}/task`) ? names(`/proc/${pid}/task`) : []) {
      for (const child of read(`/proc/${pid}/task/${task}/children`).trim().split(' ').filter(Boolean).map(Number)) {
        found.push(child);
        below(child);
      }
    }
  };
  below(process.pid);
  return found;
}

/** A process may end between two looks. */
function read(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function names(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}
