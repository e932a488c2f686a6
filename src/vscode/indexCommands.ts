import * as vscode from 'vscode';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import { indexText } from './indexText.ts';
import { readSettings } from './settings.ts';

/** Registers "Rebuild Index" and "Restart Engine". */
export function registerIndexCommands(sessions: FolderSessions): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('halcyon.rebuildIndex', () => withSession(sessions, rebuild)),
    vscode.commands.registerCommand('halcyon.restartEngine', () => withSession(sessions, session => session.restart())),
  );
}

/** Rebuilds with progress; what is cancelled is paused, as an index in pieces has to be finished some time. */
async function rebuild(session: FolderSession): Promise<void> {
  if (session.status.paused === true) await session.pause(false);
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, cancellable: true, title: vscode.l10n.t('Halcyon: rebuilding the index') }, async (progress, cancelled) => {
    let shown = '';
    const following = setInterval(() => {
      const message = indexText(session);
      if (message !== shown) progress.report({ message });
      shown = message;
    }, followMs);
    const paused = new Promise<void>(resolve => {
      cancelled.onCancellationRequested(() => { void session.pause(true).then(resolve); });
    });
    await Promise.race([session.index({ everything: true, rebuild: true }), paused]).finally(() => { clearInterval(following); });
  });
  const { index } = session.status;
  if (index?.status === 'failed') await vscode.window.showErrorMessage(vscode.l10n.t('Indexing failed: {0}', index.message ?? ''));
}

/** Between two looks at how far a rebuild is. */
const followMs = 300;

/** After `prepare`, indexes every folder in the background and keeps the index in step with created, saved and deleted files. */
export function keepIndexed(sessions: FolderSessions, prepare: () => Promise<void>): vscode.Disposable {
  const watchers = new Map<FolderSession, vscode.Disposable>();
  const follow = (): void => {
    for (const session of sessions.all()) {
      if (watchers.has(session) || !readSettings(session.folder).automaticIndex) continue;
      watchers.set(session, watch(session));
      void session.refreshDevice().then(() => session.index({ everything: true }));
    }
    for (const [session, watcher] of watchers) {
      if (sessions.all().includes(session) && readSettings(session.folder).automaticIndex) continue;
      watcher.dispose();
      watchers.delete(session);
    }
  };
  sessions.onStatus(session => { if (session === undefined) follow(); });
  // Activation returns first: starting a worker thread costs milliseconds that nobody should wait for.
  const start = setImmediate(() => { void prepare().then(follow); });
  return new vscode.Disposable(() => {
    clearImmediate(start);
    for (const watcher of watchers.values()) watcher.dispose();
  });
}

function watch(session: FolderSession): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(session.folder, '**/*'));
  // What is in scope is the engine's decision; only git's own bookkeeping, which never stops, is left out here.
  const changed = (uri: vscode.Uri): void => {
    const file = session.fileOf(uri);
    if (!/(^|\/)\.git(\/|$)/.test(file) && session.status.crash === undefined) void session.index({ files: [file] });
  };
  watcher.onDidCreate(changed);
  watcher.onDidChange(changed);
  watcher.onDidDelete(changed);
  return watcher;
}

async function withSession(sessions: FolderSessions, run: (session: FolderSession) => Promise<void>): Promise<void> {
  const session = sessions.current();
  if (session === undefined) await vscode.window.showWarningMessage(vscode.l10n.t('Open a firmware folder first.'));
  else await run(session);
}
