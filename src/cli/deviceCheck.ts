import type { CheckReport } from '../core/index.ts';

/** Lines of one kind shown in a terminal: a vendor's file may have renamed a thousand fields. */
const mostOfKind = 20;

/** Header and description compared, for a terminal: what was compared, how much of it meets, what does not. */
export function renderCheck({ headers, svd, checks, coverage }: CheckReport): string {
  const more = headers.length > 1 ? ` and ${headers.length - 1} more` : '';
  const lines = [`header  ${headers[0] ?? 'none'}${more}`, `svd     ${svd ?? 'none'}`];
  if (coverage !== undefined) {
    for (const about of ['registers', 'fields', 'interrupts'] as const) {
      const { total, joined, sameName } = coverage[about];
      lines.push(`${about.padEnd(11)} ${joined} of ${total} of the header's are in the SVD, ${sameName} under the same name`);
    }
    lines.push(`${'the SVD\'s'.padEnd(11)} ${coverage.svdRegisters.joined} of ${coverage.svdRegisters.total} registers are in the header`);
  }
  const kinds = new Map<string, CheckReport['checks'][number][]>();
  for (const check of checks) kinds.set(`${check.about}: ${check.kind.replaceAll('-', ' ')}`, [...kinds.get(`${check.about}: ${check.kind.replaceAll('-', ' ')}`) ?? [], check]);
  for (const [kind, own] of kinds) {
    lines.push('', `${kind} (${own.length})`, ...own.slice(0, mostOfKind).map(({ file, line, message }) => `  ${file === undefined ? '' : `${file}:${line ?? 0}  `}${message}`));
    if (own.length > mostOfKind) lines.push(`  and ${own.length - mostOfKind} more (--json lists them)`);
  }
  return lines.join('\n');
}
