import type { Command } from 'commander';
import { CommandFailure } from '../output.ts';

/** Commands of the contract that have no engine behind them yet: they say so, and exit with 1. */
const later: readonly (readonly [string, string])[] = [
  ['mcp', 'MCP server on stdio'],
];

export function addLaterCommands(program: Command): void {
  for (const [name, description] of later) {
    program.command(name).description(`${description} (not yet)`).allowUnknownOption().allowExcessArguments()
      .action(() => { throw new CommandFailure(`${name}: not yet in this version.`); });
  }
}
