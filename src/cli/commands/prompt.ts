import fs from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { readTemplate, templateFile, templates } from '../../core/index.ts';
import { outputOf } from '../context.ts';
import { printReport, WrongUsage } from '../output.ts';

/** `prompt preview`: a task's words as the model gets them, in the form of the file that may replace them. */
export function addPromptCommand(program: Command): void {
  program.command('prompt').description('the words of the tasks, which files in .halcyon/prompts may replace')
    .command('preview').exitOverride().description('a task as it is worded now').argument('<name>', [...templates.keys()].join(', ')).argument('[question...]')
    .action(async (name: string, words: string[], _options, command: Command) => {
      const globals = command.optsWithGlobals<{ readonly workspace: string; readonly json?: boolean }>();
      const builtIn = templates.get(name);
      if (builtIn === undefined) throw new WrongUsage(`${name}: no such task; there are ${[...templates.keys()].join(', ')}.`);
      const file = `.halcyon/prompts/${name}.md`;
      const text = await fs.readFile(path.resolve(globals.workspace, file), 'utf8').catch(() => undefined);
      const { template, problems } = text === undefined ? { template: builtIn, problems: [] } : readTemplate(builtIn, text, file);
      const { id, version, system, origin, task } = template;
      const shown = words.length === 0 ? templateFile(template) : `${system}\n---\n${task(words.join(' '))}\n`;
      printReport(outputOf(globals), { id, version, from: origin ?? 'built in', prompt: shown, problems }, report => `${report.id}, version ${report.version}, ${report.from}\n\n${report.prompt}`);
    });
}
