import * as vscode from 'vscode';
import type { EngineOptions } from '../node/engineOptions.ts';
import { FolderSession, type FolderStatus } from './folderSession.ts';
import type { Log } from './outputChannel.ts';

/** What the sessions are given. */
export interface FolderSessionsOptions {
  readonly workerFile: string;
  readonly engineOptions: (folder: vscode.WorkspaceFolder) => EngineOptions;
  readonly log: Log;
}

/** Called with the session concerned; undefined: folders came or went, or settings changed. */
export type StatusListener = (session: FolderSession | undefined) => void;

/** The sessions of all workspace folders, one engine each. */
export class FolderSessions {
  readonly #options: FolderSessionsOptions;
  readonly #sessions = new Map<string, FolderSession>();
  readonly #listeners: StatusListener[] = [];
  readonly #watching: vscode.Disposable;

  private constructor(options: FolderSessionsOptions) {
    this.#options = options;
    for (const folder of vscode.workspace.workspaceFolders ?? []) this.#add(folder);
    this.#watching = vscode.workspace.onDidChangeWorkspaceFolders(event => {
      for (const folder of event.removed) void this.#remove(folder);
      for (const folder of event.added) this.#add(folder);
      this.#tell(undefined);
    });
  }

  /** Follows the workspace's folders; starts no engine. */
  static open(options: FolderSessionsOptions): FolderSessions {
    return new FolderSessions(options);
  }

  all(): readonly FolderSession[] {
    return [...this.#sessions.values()];
  }

  /** The session of a folder, by its URI. */
  ofFolder(folder: string): FolderSession | undefined {
    return this.#sessions.get(folder);
  }

  /** The session a document belongs to; a header outside every folder belongs to the folder in use. */
  of(uri: vscode.Uri): FolderSession | undefined {
    if (uri.scheme !== 'file') return undefined;
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    return folder === undefined ? this.all()[0] : this.#sessions.get(folder.uri.toString());
  }

  /** The session of the active editor, else the first. */
  current(): FolderSession | undefined {
    const uri = vscode.window.activeTextEditor?.document.uri;
    return (uri === undefined ? undefined : this.of(uri)) ?? this.all()[0];
  }

  /** Calls the listener when folders come or go or a status changes. */
  onStatus(listener: StatusListener): void {
    this.#listeners.push(listener);
  }

  /** Calls the listener when folders come or go, or settings change, or when what `read` takes of a status is not what it was. */
  onStatusChange(read: (status: FolderStatus) => unknown, listener: () => void): void {
    const last = new WeakMap<FolderSession, string>();
    this.onStatus(session => {
      if (session !== undefined) {
        const now = JSON.stringify(read(session.status));
        if (last.get(session) === now) return;
        last.set(session, now);
      }
      listener();
    });
  }

  /** Hands changed settings to every running engine. */
  async reconfigure(): Promise<void> {
    await Promise.all(this.all().map(session => session.reconfigure()));
    this.#tell(undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#watching.dispose();
    await Promise.all(this.all().map(session => session[Symbol.asyncDispose]()));
    this.#sessions.clear();
  }

  #add(folder: vscode.WorkspaceFolder): void {
    if (folder.uri.scheme !== 'file') return;
    const { workerFile, engineOptions, log } = this.#options;
    this.#sessions.set(folder.uri.toString(), FolderSession.open({ folder, workerFile, log, engineOptions: () => engineOptions(folder), onStatus: session => { this.#tell(session); } }));
  }

  async #remove(folder: vscode.WorkspaceFolder): Promise<void> {
    const session = this.#sessions.get(folder.uri.toString());
    this.#sessions.delete(folder.uri.toString());
    await session?.[Symbol.asyncDispose]();
  }

  #tell(session: FolderSession | undefined): void {
    for (const listener of this.#listeners) listener(session);
  }
}
