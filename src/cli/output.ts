import type { Problem } from '../core/index.ts';

/** How a command speaks: one JSON document on stdout, or text; progress and problems on stderr. */
export interface Output {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly showProgress: boolean;
}

/** Anything a command may print: every report carries its problems. */
export interface Report {
  readonly problems: readonly Problem[];
}

/** Thrown to end a command with exit code 1 and this sentence on stderr. */
export class CommandFailure extends Error {}

/** Thrown when the words of the command line are off: exit code 2. */
export class WrongUsage extends Error {}

let documentPrinted = false;

/** With `--json` a failure is a document too, unless the command has printed its own already. */
export function printFailure(message: string): void {
  if (!documentPrinted) process.stdout.write(`${JSON.stringify({ problems: [{ file: '', message }] }, undefined, 2)}\n`);
}

/** Prints a finished report, as JSON or by `render`. */
export function printReport<R extends Report>(output: Output, report: R, render: (report: R) => string): void {
  if (output.json) {
    const document = JSON.stringify(report, undefined, 2);
    documentPrinted = true;
    process.stdout.write(`${document}\n`);
    return;
  }
  const text = render(report);
  if (text !== '') process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  printProblems(output, report.problems);
}

export function printProblems(output: Output, problems: readonly Problem[]): void {
  if (output.quiet || output.json) return;
  for (const problem of problems) process.stderr.write(`${formatProblem(problem)}\n`);
}

export function formatProblem({ file, line, message }: Problem): string {
  const place = line === undefined ? file : `${file}:${line}`;
  return place === '' || message.includes(file) && line === undefined ? message : `${place}: ${message}`;
}

/** One self-overwriting line on stderr. */
export function showProgress(output: Output, text: string): void {
  if (!output.showProgress) return;
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${text.slice(0, (process.stderr.columns || 80) - 1)}` : `${text}\n`);
}

export function endProgress(output: Output): void {
  if (output.showProgress && process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}
