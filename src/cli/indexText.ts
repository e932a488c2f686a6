import type { IndexReport, Problem } from '../core/index.ts';
import { formatProblem } from './output.ts';

/** A reason for leaving files out, or a problem, with figures of its own in each place it is told of. */
const figures = /\d+(\.\d+)?/g;
/** Reasons, and problems of which only one place is shown. */
const mostKinds = 20;

/** What an update of the index has done: the folders with what they hold, what was left out, and how long it took. */
export function indexText(report: IndexReport, workspace: string): string {
  const seconds = Object.entries(report.seconds).map(([phase, value]) => `${phase} ${value.toFixed(1)} s`).join(', ');
  return [
    `${report.files} files, ${report.chunks} chunks, ${report.symbols} symbols, ${report.registerAccesses} register accesses`,
    `${report.embedded} chunks with a vector, ${report.pending} without`,
    ...(report.roots ?? []).map(({ folder, files, chunks, sizeBytes }) => `  ${folder === '' ? workspace : folder}: ${files} files, ${chunks} chunks, ${sizeText(sizeBytes)}`),
    ...skippedLines(report.skipped),
    seconds,
  ].join('\n');
}

/** Problems, those of one kind in one line with their number. */
export function problemLines(problems: readonly Problem[]): string[] {
  const kinds = [...Map.groupBy(problems, problem => kindOf(problem))].map(([, same]) => same).toSorted((one, other) => other.length - one.length);
  const lines = kinds.slice(0, mostKinds).map(([first, ...others]) => (first === undefined ? '' : others.length === 0 ? formatProblem(first) : `${formatProblem(first)} (and ${others.length} more such)`));
  const rest = kinds.slice(mostKinds).reduce((total, same) => total + same.length, 0);
  return rest === 0 ? lines : [...lines, `and ${rest} more problems; --json lists them`];
}

/** Without the figures and the file's own name, which stands in every sentence about it. */
function kindOf({ file, message }: Problem): string {
  return (file === '' ? message : message.replaceAll(file, '')).replace(figures, '#').replace(/# places\b/, '# place');
}

function skippedLines(skipped: IndexReport['skipped']): string[] {
  const reasons = [...Map.groupBy(skipped, ({ reason }) => reason.replace(figures, '#'))].map(([, same]) => same).toSorted((one, other) => other.length - one.length);
  const lines = reasons.slice(0, mostKinds).map(same => `  skipped ${same.length}: ${same[0]?.reason ?? ''} (${same[0]?.file ?? ''}${same.length > 1 ? ', …' : ''})`);
  const rest = reasons.slice(mostKinds).reduce((total, same) => total + same.length, 0);
  return rest === 0 ? lines : [...lines, `  skipped ${rest} for other reasons; --json lists them`];
}

function sizeText(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
