import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';

/** The user's choices for one workspace folder; every path is absolute. */
export interface Settings {
  readonly modelPath?: string;
  readonly threads?: number;
  /** LoRA adapters by the file name of their model. */
  readonly adapters: Readonly<Record<string, readonly string[]>>;
  /** 0: a loaded model stays. */
  readonly unloadAfterMinutes: number;
  /** Thread or process of the engine. */
  readonly runIn: 'auto' | 'worker' | 'process';
  readonly embedderPath?: string;
  /** A server that answers instead of a model file; its key is elsewhere. */
  readonly endpoint?: EndpointSetting;
  readonly embedderEndpoint?: EndpointSetting;
  readonly svdPath?: string;
  readonly svdFolders: readonly string[];
  readonly svdPatches: readonly string[];
  readonly device?: string;
  /** Folders indexed beside the workspace. */
  readonly knowledgeFolders: readonly string[];
  /** Folders not indexed though the build includes them. */
  readonly ignoredFolders: readonly string[];
  readonly offline: boolean;
  readonly automaticIndex: boolean;
  readonly exclude: readonly string[];
  /** What the editor hides. */
  readonly hidden: readonly string[];
  /** Decoded values behind register writes. */
  readonly inlayHints: boolean;
  /** `auto`: where no language server completes. */
  readonly completion: 'auto' | 'on' | 'off';
  /** Findings are marked while typing. */
  readonly lint: boolean;
  /** Severities of rules by id, in the user's own words. */
  readonly lintRules: LintSeverities;
}

/** Where a model server is, and which of its models is meant. */
export interface EndpointSetting {
  readonly url: string;
  readonly model: string;
  readonly contextTokens?: number;
}

type LintSeverities = Readonly<Record<string, string>>;

/** The settings that a command writes. */
export type WritableSetting = 'model.path' | 'embedder.path' | 'endpoint.url' | 'embedder.endpoint.url' | 'svd.path' | 'device';

/** Reads the configuration that holds for the folder; the only place that does. */
export function readSettings(folder?: vscode.WorkspaceFolder): Settings {
  const configuration = vscode.workspace.getConfiguration('halcyon', folder);
  const base = folder?.uri.fsPath ?? os.homedir();
  const file = (name: string): string | undefined => absolutePath(configuration.get<string>(name, ''), base);
  const paths = (name: string): string[] => configuration.get(name, [] as string[]).map(value => absolutePath(value, base)).filter(value => value !== undefined);
  const modelPath = file('model.path');
  const embedderPath = file('embedder.path');
  const svdPath = file('svd.path');
  const endpoint = endpointSetting(configuration.get<string>('endpoint.url', ''), configuration.get<string>('endpoint.model', ''), configuration.get<number>('endpoint.contextTokens', 8192));
  const embedderEndpoint = endpointSetting(configuration.get<string>('embedder.endpoint.url', ''), configuration.get<string>('embedder.endpoint.model', ''));
  const device = configuration.get<string>('device', '').trim();
  const threads = configuration.get<number>('model.threads', 0);
  return {
    ...(modelPath !== undefined && { modelPath }),
    ...(threads > 0 && { threads }),
    ...(embedderPath !== undefined && { embedderPath }),
    ...(endpoint !== undefined && { endpoint }),
    ...(embedderEndpoint !== undefined && { embedderEndpoint }),
    ...(svdPath !== undefined && { svdPath }),
    adapters: configuration.get<Settings['adapters']>('model.adapters', {}),
    unloadAfterMinutes: configuration.get<number>('model.unloadAfterMinutes', 15),
    runIn: configuration.get<Settings['runIn']>('model.runIn', 'auto'),
    svdFolders: paths('svd.folders'),
    svdPatches: paths('svd.patches'),
    ...(device !== '' && { device }),
    offline: configuration.get<boolean>('offline', false),
    automaticIndex: configuration.get<boolean>('index.automatic', true),
    knowledgeFolders: paths('knowledge.folders'),
    ignoredFolders: paths('knowledge.ignoredFolders'),
    exclude: configuration.get<string[]>('index.exclude', []),
    hidden: hiddenFiles(folder),
    inlayHints: configuration.get<boolean>('inlayHints.registerValues', false),
    completion: configuration.get<Settings['completion']>('completion', 'auto'),
    lint: configuration.get<boolean>('lint.enabled', true),
    lintRules: configuration.get<LintSeverities>('lint.rules', {}),
  };
}

/** Writes a setting where it belongs: the chip and its SVD file to the folder, the model to the user; undefined goes back to the default. */
export async function writeSetting(name: WritableSetting, value: string | undefined, folder?: vscode.WorkspaceFolder): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('halcyon', folder);
  const inFolder = (name === 'svd.path' || name === 'device') && folder !== undefined;
  const target = inFolder ? (vscode.workspace.workspaceFile === undefined ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.WorkspaceFolder) : vscode.ConfigurationTarget.Global;
  await configuration.update(name, value, target);
}

/** Names the adapters of a chat model, by its file's name, for every folder; the other models' stay. */
export async function writeAdapters(model: string, files: readonly string[]): Promise<void> {
  await vscode.workspace.getConfiguration('halcyon').update('model.adapters', { ...readSettings().adapters, [model]: files }, vscode.ConfigurationTarget.Global);
}

/** Writes a list of folders to the workspace folder's settings. */
export async function writeFolders(name: 'knowledge.folders' | 'knowledge.ignoredFolders', folders: readonly string[], folder: vscode.WorkspaceFolder): Promise<void> {
  const target = vscode.workspace.workspaceFile === undefined ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.WorkspaceFolder;
  await vscode.workspace.getConfiguration('halcyon', folder).update(name, folders.length === 0 ? undefined : folders, target);
}

/** Calls the listener after any setting of the extension has changed. */
export function onSettingsChange(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration(event => {
    if (event.affectsConfiguration('halcyon') || event.affectsConfiguration('files.exclude')) listener();
  });
}

function endpointSetting(url: string, model: string, contextTokens = 0): EndpointSetting | undefined {
  return url.trim() === '' ? undefined : { url: url.trim(), model: model.trim(), ...(contextTokens > 0 && { contextTokens }) };
}

/** What the editor itself hides, as patterns of a `.gitignore`; patterns that depend on other files are left to the editor. */
function hiddenFiles(folder: vscode.WorkspaceFolder | undefined): string[] {
  const globs = Object.entries(vscode.workspace.getConfiguration('files', folder).get<Readonly<Record<string, unknown>>>('exclude', {}));
  return globs.filter(([, on]) => on === true).flatMap(([glob]) => gitPatterns(glob));
}

/** A glob as patterns of a `.gitignore`, which knows no `{a,b}`; `name` alone means the top folder's, as in the editor. */
function gitPatterns(glob: string): string[] {
  const [whole, list] = /\{([^{}]*)\}/.exec(glob) ?? [];
  if (whole !== undefined && list !== undefined) return list.split(',').flatMap(part => gitPatterns(glob.replace(whole, part)));
  return [glob.includes('/') ? glob : `/${glob}`];
}

function absolutePath(name: string, base: string): string | undefined {
  const trimmed = name.trim();
  if (trimmed === '') return undefined;
  if (trimmed === '~' || trimmed.startsWith('~/')) return path.join(os.homedir(), trimmed.slice(1));
  return path.resolve(base, trimmed);
}
