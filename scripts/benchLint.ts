import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { performance } from 'node:perf_hooks';
import type { Engine, LintReport, LintRequest } from '../src/core/index.ts';

/** What linting a workspace and one saved file takes. */
interface LintTimes {
  readonly first: LintPass;
  readonly again: LintPass;
  /** Milliseconds of each saved file, whose text is another one every time. */
  readonly savedMs: readonly number[];
}

/** One run over the whole workspace. */
interface LintPass {
  readonly bytes: number;
  readonly files: number;
  readonly findings: number;
  readonly wallSeconds: number;
  /** Of this process, in which the engine's worker runs. */
  readonly cpuSeconds: number;
}

/** Files that are saved, spread over those that hold register accesses or handlers' names. */
const savedFiles = 40;

/** The workspace twice, then files as an editor hands them over after a change. */
export async function lintTimes(engine: Engine, workspace: string): Promise<LintTimes> {
  const first = await pass(engine);
  const again = await pass(engine);
  const savedMs: number[] = [];
  for (const file of spread(workspace, savedFiles)) {
    const text = `${fs.readFileSync(path.join(workspace, file), 'utf8')}\n/* changed */\n`;
    const started = performance.now();
    await lint(engine, { file, text });
    savedMs.push(performance.now() - started);
  }
  return { first, again, savedMs };
}

async function pass(engine: Engine): Promise<LintPass> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const { bytes, files, findings } = await lint(engine, {});
  const { user, system } = process.cpuUsage(cpu);
  return { bytes, files, findings: findings.length, wallSeconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 };
}

export async function lint(engine: Engine, request: LintRequest): Promise<LintReport> {
  for await (const event of engine.lint(request)) if (event.type === 'done') return event.report;
  throw new Error('The lint ended without a report.');
}

/** At most so many files that hold register accesses or handlers' names, evenly over the tree. */
export function spread(workspace: string, most: number): string[] {
  const all = fs.readdirSync(workspace, { recursive: true, encoding: 'utf8' }).filter(name => /\.(c|cpp)$/.test(name) && /->[A-Z]|_IRQHandler|_isr\b/.test(fs.readFileSync(path.join(workspace, name), 'latin1'))).sort();
  const step = Math.max(1, Math.floor(all.length / most));
  return all.filter((_name, index) => index % step === 0).slice(0, most).map(name => name.split(path.sep).join('/'));
}
