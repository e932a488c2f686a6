import path from 'node:path';
import type { Command } from 'commander';
import metadata from '../../../package.json' with { type: 'json' };
import { lintRules, sarifLog, type LintFinding, type LintReport } from '../../core/index.ts';
import { type Context, withContext } from '../context.ts';
import { CommandFailure, endProgress, printReport, showProgress, WrongUsage } from '../output.ts';

interface LintOptions {
  readonly sarif?: boolean;
  readonly rule?: readonly string[];
}

/** `lint`: register misuse and interrupt mistakes, in named files or in all that the project wrote. */
export function addLintCommand(program: Command): void {
  program.command('lint').description('register misuse and interrupt mistakes').argument('[file...]')
    .option('--sarif', 'one SARIF 2.1.0 document on stdout')
    .option('--rule <id...>', 'only these rules')
    .action((files: readonly string[], options: LintOptions, command: Command) => {
      const unknown = options.rule?.find(id => !lintRules.some(rule => rule.id === id));
      if (unknown !== undefined) throw new WrongUsage(`${unknown} is no rule. The rules are ${lintRules.map(({ id }) => id).join(', ')}.`);
      return withContext(command, async context => { print(context, await runLint(context, files, options), options); });
    });
}

async function runLint({ engine, output, signal, workspace }: Context, files: readonly string[], { rule }: LintOptions): Promise<LintReport> {
  const names = files.map(file => nameIn(workspace, file));
  const rules = rule === undefined ? {} : { rules: rule };
  const reports: LintReport[] = [];
  // Named files are read from disk, indexed or not.
  for (const request of names.length === 0 ? [rules] : names.map(file => ({ file, ...rules }))) {
    for await (const event of engine.lint(request, signal)) {
      if (event.type === 'done') reports.push(event.report);
      else showProgress(output, `lint: ${event.done} of ${event.total} files`);
    }
  }
  endProgress(output);
  return joined(reports);
}

/** The engine's name of a file that was given from where the command runs, or from the workspace. */
function nameIn(workspace: string, file: string): string {
  const inside = path.relative(workspace, path.resolve(file)).replaceAll(path.sep, '/');
  return inside.startsWith('..') || path.isAbsolute(inside) ? file.replaceAll(path.sep, '/') : inside;
}

function joined(reports: readonly LintReport[]): LintReport {
  const sum = (of: (report: LintReport) => number): number => reports.reduce((total, report) => total + of(report), 0);
  const problems = [...new Map(reports.flatMap(report => report.problems).map(problem => [`${problem.file} ${problem.message}`, problem])).values()];
  return { findings: reports.flatMap(({ findings }) => findings), files: sum(({ files }) => files), bytes: sum(({ bytes }) => bytes), suppressed: sum(({ suppressed }) => suppressed), hidden: reports.flatMap(({ hidden }) => hidden), vendorFiles: sum(({ vendorFiles }) => vendorFiles), problems };
}

function print({ output, signal }: Context, report: LintReport, { sarif }: LintOptions): void {
  if (sarif === true) process.stdout.write(`${JSON.stringify(sarifLog(report.findings, { version: metadata.version, problems: report.problems, hidden: report.hidden, hasRun: report.files > 0 || report.problems.length === 0 }), undefined, 2)}\n`);
  else printReport(output, report, renderFindings);
  if (signal.aborted) throw new CommandFailure('Stopped.');
  if (report.findings.some(({ severity }) => severity === 'error' || severity === 'warning') || (report.files === 0 && report.problems.length > 0)) process.exitCode = 1;
}

/** One line a finding, as compilers write them, so that editors and tools find the place. */
function renderFindings({ findings, files, suppressed, vendorFiles }: LintReport): string {
  const sorted = findings.toSorted((left, right) => (left.file < right.file ? -1 : left.file > right.file ? 1 : left.startLine - right.startLine));
  const asides = [...(suppressed > 0 ? [`${suppressed} hidden by comments`] : []), ...(vendorFiles > 0 ? [`${vendorFiles} files of vendors' libraries left out (name them to look at them)`] : [])];
  return [...sorted.map(line), `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'} in ${files} ${files === 1 ? 'file' : 'files'}${asides.length > 0 ? `; ${asides.join('; ')}` : ''}`].join('\n');
}

function line({ file, startLine, startColumn, severity, rule, message }: LintFinding): string {
  return `${file}:${startLine}:${startColumn}: ${severity}: ${message} [${rule}]`;
}
