import type { Command } from 'commander';
import { dossierMarkdown, type IsrReport, type IsrTarget } from '../../core/index.ts';
import { withContext } from '../context.ts';
import { plainText } from '../plainText.ts';
import { finish } from './hardware.ts';

/** `isr`: the dossier of one handler, or of all. */
export function addIsrCommand(program: Command): void {
  program.command('isr').description('what an interrupt handler touches, shares and risks').argument('[name|file:line]')
    .action((target: string | undefined, _options, command: Command) => withContext(command, async context => {
      const report = await context.engine.isr(parseTarget(target));
      finish(context, report, renderIsrs, ({ isrs }) => target === undefined || isrs.length > 0);
    }));
}

export function renderIsrs(report: IsrReport): string {
  if (report.isrs.length === 0) return 'no interrupt handler found (is the folder indexed? run: halcyon index)';
  return report.isrs.map(isr => plainText(dossierMarkdown(isr))).join('\n\n');
}

function parseTarget(target: string | undefined): IsrTarget {
  if (target === undefined) return {};
  const [, file, line] = /^(.+):(\d+)$/.exec(target) ?? [];
  return file === undefined ? { name: target } : { file, line: Number(line) };
}
