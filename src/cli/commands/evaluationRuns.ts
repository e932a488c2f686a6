import path from 'node:path';
import type { Command } from 'commander';
import { readRun, runFormat, type EvaluationRun, type Problem, type RunItem } from '../../core/index.ts';
import { textOf, writeWhole } from '../files.ts';
import { CommandFailure } from '../output.ts';

/** A run as it is kept: what was measured, with what, and every question. */
export function evaluationRun(measured: EvaluationRun['measured'], items: readonly RunItem[], settings: Readonly<Record<string, string | undefined>>): EvaluationRun {
  return { format: runFormat, measured, settings: Object.fromEntries(Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))), items };
}

/** The adapters of the command line by their files' names; undefined where there is none. */
export function adapterNames(command: Command): string | undefined {
  return command.optsWithGlobals<{ readonly adapter?: readonly string[] }>().adapter?.map(file => path.basename(file)).join(', ');
}

export async function writeRun(file: string, run: EvaluationRun): Promise<void> {
  await writeWhole(path.resolve(file), `${JSON.stringify(run)}\n`);
}

/** A run out of a file; a file that is none ends the command. */
export async function runOf(file: string): Promise<{ readonly run: EvaluationRun; readonly problems: readonly Problem[] }> {
  const { run, problems } = readRun(await textOf(file), file);
  if (run === undefined) throw new CommandFailure(problems[0]?.message ?? `${file} is no run.`);
  return { run, problems };
}
