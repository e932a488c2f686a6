import * as vscode from 'vscode';

/** The "Halcyon" log in the Output panel. */
export type Log = vscode.LogOutputChannel;

/** Creates the log; its level is the user's choice in the Output panel. */
export function createLog(): Log {
  return vscode.window.createOutputChannel('Halcyon', { log: true });
}

/** Registers the command that shows the log. */
export function registerShowOutput(log: Log): vscode.Disposable {
  return vscode.commands.registerCommand('halcyon.showOutput', () => { log.show(); });
}
