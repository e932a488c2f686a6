import type { Command } from 'commander';
import type { XrefReport } from '../../core/index.ts';
import { withContext } from '../context.ts';
import { finish } from './hardware.ts';

/** `xref`: where a register or field is read, written and modified. */
export function addXrefCommand(program: Command): void {
  program.command('xref').description('where a register or field is read, written, modified').argument('<register|field>')
    .action((query: string, _options, command: Command) => withContext(command, async context => {
      finish(context, await context.engine.xref(query), renderUses, ({ accesses, problems }) => accesses.length > 0 || problems.length === 0);
    }));
}

export function renderUses({ accesses }: XrefReport): string {
  if (accesses.length === 0) return 'not used in the indexed files';
  return accesses.map(({ file, line, kind, function: inside, fields, expression, how }) =>
    `${file}:${line}  ${kind.padEnd(6)}  ${inside ?? ''}${fields.length > 0 ? `  [${fields.join(', ')}]` : ''}${how === 'type' ? '  (any instance)' : ''}  ${expression}`).join('\n');
}
