import * as vscode from 'vscode';
import { registerChipCommands } from './chipCommands.ts';
import { registerDecodeCommand } from './decodeCommand.ts';
import type { FolderSessions } from './folderSessions.ts';
import { registerLintActions } from './lintActions.ts';
import { registerLintDiagnostics } from './lintDiagnostics.ts';
import type { Log } from './outputChannel.ts';
import { registerInitTimeline } from './initTimeline.ts';
import { registerPeripheralCommands } from './peripheralCommands.ts';
import { registerPeripheralsTree } from './peripheralsTree.ts';
import { registerRegisterCompletion } from './registerCompletion.ts';
import { registerRegisterHover } from './registerHover.ts';
import { registerRegisterInlayHints } from './registerInlayHints.ts';
import { registerRegisterUses } from './registerUses.ts';
import { registerSvdCommands } from './svdCommands.ts';
import { registerSvdDownload } from './svdDownloadCommand.ts';

/** Registers all that shows the chip: hover, hints, completion, the Peripherals view and the commands around it. */
export function registerHardwareFeatures(sessions: FolderSessions, log: Log, context: vscode.ExtensionContext): vscode.Disposable {
  const { tree, registration } = registerPeripheralsTree(sessions, log);
  const lint = registerLintDiagnostics(sessions, log, context.extensionUri);
  return vscode.Disposable.from(
    registration,
    lint.registration,
    registerLintActions(lint.shown),
    registerPeripheralCommands(sessions, tree),
    registerRegisterUses(sessions),
    registerInitTimeline(sessions),
    registerDecodeCommand(sessions),
    registerRegisterHover(sessions, log),
    registerRegisterInlayHints(sessions, log),
    registerRegisterCompletion(sessions, log),
    registerSvdCommands(sessions),
    registerChipCommands(sessions, context.workspaceState),
    registerSvdDownload(sessions, context.globalStorageUri.fsPath),
  );
}
