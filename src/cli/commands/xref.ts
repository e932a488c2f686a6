import type { Command } from 'commander';
import { noUseSeen, unresolvedText, type InitTimelineReport, type SymbolUses, type XrefReport } from '../../core/index.ts';
import { withContext } from '../context.ts';
import { finish } from './hardware.ts';

/** `xref`: where a register or field is read, written and modified, or a name of the code used; with `--init`, in which order a peripheral is set up. */
export function addXrefCommand(program: Command): void {
  program.command('xref').description('where a register, field, function, variable or macro is used').argument('<register|field|peripheral|name>')
    .option('--init', "the order in which a peripheral's registers are written from reset to the main loop")
    .action((query: string, options: { readonly init?: boolean }, command: Command) => withContext(command, async context => {
      if (options.init === true) finish(context, await context.engine.initTimeline(query), renderTimeline, ({ peripheral, start }) => peripheral !== undefined && start !== undefined);
      else finish(context, await context.engine.xref(query), report => renderUses(query, report), ({ accesses, problems }) => accesses.length > 0 || problems.length === 0);
    }));
}

function renderTimeline({ peripheral = '', steps, start, end }: InitTimelineReport): string {
  const lines = steps.map(({ file, line, kind, path, fields, expression, how, isClock, through, task, function: inside, condition, inLoop }, index) =>
    `${String(index + 1).padStart(3)}  ${file}:${line}  ${kind.padEnd(6)}  ${path}${fields.length > 0 ? `  [${fields.join(', ')}]` : ''}${isClock === true ? '  (clock)' : ''}${how === 'type' ? '  (any instance)' : ''}${condition === undefined ? '' : `  (if ${condition})`}${inLoop === true ? '  (in a loop)' : ''}  ${expression}  in ${task === undefined ? [...through.slice(1), inside].join(' > ') : `task ${[...through, inside].join(' > ')}`}`);
  const from = start === undefined ? [] : [`from ${start.name} at ${start.file}:${start.line}`];
  const to = end === undefined ? [] : [`to ${end.what} at ${end.file}:${end.line}`];
  return [...from, ...(lines.length > 0 ? lines : [`  ${peripheral} is not written on this way`]), ...to].join('\n');
}

function renderUses(query: string, report: XrefReport): string {
  const { accesses, calls = [], symbol } = report;
  if (symbol !== undefined) return renderSymbol(symbol);
  if (accesses.length === 0 && calls.length === 0) return noUseSeen(query.trim(), report);
  const lines = accesses.map(({ file, line, kind, function: inside, fields, expression, how, path, aliasOf, inactive }) =>
    `${file}:${line}  ${kind.padEnd(7)}  ${inside ?? ''}${fields.length > 0 ? `  [${fields.join(', ')}]` : ''}${how === 'type' ? `  (${path.split(':', 1)[0] ?? 'any instance'})` : ''}${aliasOf === undefined ? '' : `  (through ${path})`}${markOf(inactive)}  ${expression}`);
  const reaching = calls.map(({ file, line, kind, function: inside, fields, by, expression, inactive }) => `${file}:${line}  ${kind.padEnd(7)}  ${inside}${fields.length > 0 ? `  [${fields.join(', ')}]` : ''}  (by ${by})${markOf(inactive)}  ${expression}`);
  return [...lines, ...reaching, ...unresolvedText(report)].join('\n');
}

function renderSymbol({ name, definitions, uses }: SymbolUses): string {
  const defined = definitions.map(({ file, line, kind, declared, inactive }) => `${file}:${line}  ${declared === true ? 'declares' : 'defines'}  ${kind} ${name}${markOf(inactive)}`);
  return [...defined, ...uses.map(({ file, line, kind, function: inside = '', expression = '', inactive }) => `${file}:${line}  ${kind.padEnd(8)} ${inside}${markOf(inactive)}  ${expression}`)].join('\n');
}

function markOf(inactive: true | undefined): string {
  return inactive === true ? '  (inactive in this build)' : '';
}
