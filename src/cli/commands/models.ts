import type { Command } from 'commander';
import { modelsFolder } from '../../node/folders.ts';
import { listModels, type ListedModel } from '../../node/modelCatalog.ts';
import { outputOf } from '../context.ts';
import { CommandFailure, printReport, type Report } from '../output.ts';

/** `models`: what is catalogued and what lies in the cache; downloading from a terminal comes with the endpoints. */
export function addModelCommands(program: Command): void {
  program.command('models').description('catalogued and cached models').argument('[action]', 'list', 'list')
    .action(async (action: string, _options, command: Command) => {
      if (action !== 'list') throw new CommandFailure(`models ${action}: not yet in this version; in VS Code, "Halcyon: Select Model…" downloads.`);
      const models = await listModels({ folder: modelsFolder() });
      printReport(outputOf(command.optsWithGlobals()), { models, problems: [] }, renderModels);
    });
}

function renderModels({ models }: Report & { readonly models: readonly ListedModel[] }): string {
  return models.map(model => `${model.cached ? '●' : '○'} ${model.id.padEnd(34)} ${model.role.padEnd(9)} ${(model.sizeBytes / 1e9).toFixed(2).padStart(6)} GB  ${model.license}`).join('\n');
}
