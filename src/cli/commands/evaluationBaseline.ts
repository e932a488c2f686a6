import type { Command } from 'commander';
import { baselineOf, driftsOf, evaluationReport, readBaseline, type Drift, type EvaluationRun } from '../../core/index.ts';
import { textOf, writeWhole } from '../files.ts';
import { CommandFailure, WrongUsage } from '../output.ts';
import { writeRun } from './evaluationRuns.ts';

/** Where a measurement goes besides the terminal, and what it is held against. */
export interface RunDestinations {
  readonly out?: string;
  readonly report?: string;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly slack: string;
}

export function addRunDestinations(command: Command): Command {
  return command.option('--out <file>', 'where the run is kept, for halcyon eval compare')
    .option('--report <file>', 'a page of HTML with tables, plots and the questions that failed')
    .option('--baseline <file>', 'fail when a figure fell below those of this file').option('--write-baseline <file>', 'keep the figures as the new baseline')
    .option('--slack <share>', 'how far a figure may fall below the baseline', '0');
}

/** What is wrong with the destinations is said before anything is measured. */
export async function checkDestinations({ baseline, slack }: RunDestinations, measured: EvaluationRun['measured']): Promise<void> {
  if (!(Number(slack) >= 0 && Number(slack) <= 1)) throw new WrongUsage(`--slack ${slack}: give a share from 0 to 1.`);
  if (baseline === undefined) return;
  const read = readBaseline(await textOf(baseline), baseline);
  if (read.baseline === undefined) throw new CommandFailure(read.problems[0]?.message ?? `${baseline} is no baseline.`);
  if (read.baseline.measured !== measured) throw new CommandFailure(`${baseline} is a baseline of eval ${read.baseline.measured}.`);
}

/** Writes the run where it is wanted; what it fell short of, as one sentence. */
export async function keepRun({ out, report, baseline, writeBaseline, slack }: RunDestinations, run: EvaluationRun): Promise<{ readonly drifted?: string }> {
  if (out !== undefined) await writeRun(out, run);
  if (report !== undefined) await writeWhole(report, evaluationReport(run));
  const now = baselineOf(run);
  // Held against the old file before it is replaced: both may be the same.
  const before = baseline === undefined ? undefined : readBaseline(await textOf(baseline), baseline).baseline;
  if (writeBaseline !== undefined) await writeWhole(writeBaseline, `${JSON.stringify(now, undefined, 1)}\n`);
  if (before === undefined) return {};
  const { drifts, sameQuestions } = driftsOf(before, now, Number(slack));
  const [first] = drifts;
  if (first === undefined) return {};
  const others = sameQuestions ? '' : ' The questions are others than the baseline\'s, so only falls below its intervals count.';
  return { drifted: `below the baseline ${baseline ?? ''}: ${drifts.map(driftText).join('; ')}.${others}` };
}

function driftText({ name, before, now }: Drift): string {
  return `${name} ${before.toFixed(3)} → ${now === undefined ? 'not measured' : now.toFixed(3)}`;
}
