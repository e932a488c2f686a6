#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import metadata from '../../package.json' with { type: 'json' };
import { addAnswerCommands } from './commands/answer.ts';
import { addDatasetCommands } from './commands/dataset.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addEvaluationCommands } from './commands/evaluation.ts';
import { addFeedbackCommands } from './commands/feedback.ts';
import { addHardwareCommands } from './commands/hardware.ts';
import { addIndexCommands } from './commands/indexing.ts';
import { addIsrCommand } from './commands/isr.ts';
import { addLintCommand } from './commands/lint.ts';
import { addModelCommands } from './commands/models.ts';
import { addPromptCommand } from './commands/prompt.ts';
import { addTuneCommands } from './commands/tune.ts';
import { addXrefCommand } from './commands/xref.ts';
import { addLaterCommands } from './commands/later.ts';
import { CommandFailure, printFailure, WrongUsage } from './output.ts';

/** Exit codes of the command-line contract. */
const failure = 1;
const wrongUsage = 2;

function buildProgram(): Command {
  const program = new Command('halcyon')
    .description('An embedded copilot that has read the reference manual.')
    .version(metadata.version)
    .option('--workspace <dir>', 'the firmware folder', '.')
    .option('--json', 'one JSON document on stdout, nothing else')
    .option('--offline', 'never use the network')
    .option('--svd <file>', 'SVD file, instead of the detected one')
    .option('--sdk <folder...>', 'folders that are indexed beside the workspace')
    .option('--svd-patch <file...>', 'corrections of the SVD file, in svdtools\' YAML')
    .option('--device <name>', 'part number, instead of the detected one')
    .option('--model <file|id>', 'chat model: a .gguf file or an id of `halcyon models list`')
    .option('--adapter <file...>', 'LoRA adapters of the chat model: .gguf files')
    .option('--embedder <file|id>', 'embedding model, likewise')
    .option('--endpoint <url>', 'a server that speaks OpenAI\'s protocol answers instead; its key is in HALCYON_ENDPOINT_KEY')
    .option('--endpoint-model <name>', 'its model')
    .option('--embedder-endpoint <url>', 'a server that makes the vectors, likewise')
    .option('--embedder-endpoint-model <name>', 'its model')
    .option('--reranker <file>', 'ranking model that orders the best passages anew: a .gguf file; default: none')
    .option('--threads <n>', 'threads for the model (default: physical cores - 1)')
    .option('--quiet', 'no progress, no warnings')
    .option('--progress', 'progress on stderr even when it is no terminal')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true });
  for (const add of [addHardwareCommands, addIndexCommands, addIsrCommand, addLintCommand, addAnswerCommands, addPromptCommand, addModelCommands, addXrefCommand, addEvaluationCommands, addFeedbackCommands, addDatasetCommands, addDemoCommand, addTuneCommands, addLaterCommands]) add(program);
  for (const command of program.commands) command.exitOverride();
  return program;
}

// `halcyon svd … | head` closes the pipe early: then the rest is not wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await buildProgram().parseAsync(process.argv.map(withoutDash));
} catch (error) {
  process.exitCode = report(error);
}

/** `-0x5`, `-(1 << 3)` are values, which commander takes for options. */
function withoutDash(argument: string): string {
  return /^-(0[xXbB][\da-fA-F]|\()/.test(argument) ? ` ${argument}` : argument;
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : wrongUsage;
  const message = error instanceof Error ? error.message : String(error);
  if (process.argv.includes('--json')) printFailure(message);
  if (message !== '') process.stderr.write(`halcyon: ${message}\n`);
  if (!(error instanceof CommandFailure) && process.env['HALCYON_DEBUG'] !== undefined && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  return error instanceof WrongUsage ? wrongUsage : failure;
}
