import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { setUpVscodeHost, type VscodeHost } from '../../scripts/vscodeHost.mjs';

/** Everything that would move, ask or phone home is off, so that a screen shows only what was asked for. */
const quietSettings = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'editor.hover.delay': 100,
  'window.commandCenter': false,
  'chat.commandCenter.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
};

export interface CodeServerOptions {
  /** Installed before the start. */
  readonly vsix?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Runs tests inside the extension host; suppresses notification toasts. */
  readonly smokeTestDriver?: boolean;
}

/** A running VS Code server with a profile of its own in a temporary folder. */
export class CodeServer implements AsyncDisposable {
  readonly url: string;
  readonly folder: string;
  readonly #process: ChildProcess;

  private constructor(url: string, folder: string, child: ChildProcess) {
    this.url = url;
    this.folder = folder;
    this.#process = child;
  }

  static async open(options: CodeServerOptions = {}): Promise<CodeServer> {
    const host = await setUpVscodeHost();
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-vscode-'));
    // Settings of machine scope count only in the second file: the window is a remote one.
    for (const scope of ['User', 'Machine']) {
      fs.mkdirSync(path.join(folder, 'user', scope), { recursive: true });
      fs.writeFileSync(path.join(folder, 'user', scope, 'settings.json'), JSON.stringify({ ...quietSettings, ...options.settings }, null, 2));
    }
    const profile = ['--user-data-dir', path.join(folder, 'user'), '--extensions-dir', path.join(folder, 'extensions'), '--config', path.join(folder, 'config.yaml')];
    if (options.vsix !== undefined) await install(host, profile, options.vsix);
    const port = await freePort();
    const log = fs.openSync(path.join(folder, 'server.log'), 'w');
    const child = spawn(host.node, [
      host.entry, ...profile, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check', '--disable-workspace-trust',
      '--disable-getting-started-override', '--ignore-last-opened',
      ...(options.smokeTestDriver === true ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ], { env: environmentOf(host, options.environment), stdio: ['ignore', log, log], detached: true });
    const server = new CodeServer(`http://127.0.0.1:${port}`, folder, child);
    await server.#listening();
    return server;
  }

  /** The folder's page; without a folder, an empty window. */
  address(folder: string | undefined, payload?: readonly (readonly [string, string])[]): string {
    const address = new URL(this.url);
    if (folder === undefined) address.searchParams.set('ew', 'true');
    else address.searchParams.set('folder', folder);
    if (payload !== undefined) address.searchParams.set('payload', JSON.stringify(payload));
    return address.href;
  }

  /** How the page names a file of this machine. */
  remote(file: string): string {
    return `vscode-remote://${new URL(this.url).host}${file}`;
  }

  /** The extension's log of every window so far. */
  extensionLog(): string {
    const logs = path.join(this.folder, 'user', 'logs');
    return fs.readdirSync(logs, { recursive: true, encoding: 'utf8' })
      .filter(name => /halcyon[^/]*[/].*Halcyon\.log$|Halcyon\.log$/.test(name))
      .map(name => fs.readFileSync(path.join(logs, name), 'utf8'))
      .join('\n');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = once(this.#process, 'exit');
    this.#signal('SIGTERM');
    await Promise.race([gone, delay(4000)]);
    this.#signal('SIGKILL');
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  /** The server starts its extension hosts as children: the whole group goes. */
  #signal(name: NodeJS.Signals): void {
    if (this.#process.pid === undefined) return;
    try {
      process.kill(-this.#process.pid, name);
    } catch {
      // Already gone.
    }
  }

  async #listening(): Promise<void> {
    for (let attempt = 0; attempt < 400; attempt++) {
      if (this.#process.exitCode !== null) throw new Error(`code-server ended: ${fs.readFileSync(path.join(this.folder, 'server.log'), 'utf8')}`);
      if (await isHealthy(this.url)) return;
      await delay(150);
    }
    throw new Error(`code-server does not answer at ${this.url}`);
  }
}

function isHealthy(url: string): Promise<boolean> {
  return new Promise(resolve => {
    http.get(`${url}/healthz`, response => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on('error', () => { resolve(false); });
  });
}

function environmentOf(host: VscodeHost, extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  // What node:test tells its own children must not reach the extension host: it would turn a worker into a test.
  return { ...process.env, NODE_OPTIONS: undefined, NODE_TEST_CONTEXT: undefined, PATH: `${path.dirname(host.node)}${path.delimiter}${process.env['PATH'] ?? ''}`, ...extra };
}

async function install(host: VscodeHost, profile: readonly string[], vsix: string): Promise<void> {
  const output = await new Promise<string>((resolve, reject) => {
    const child = spawn(host.node, [host.entry, ...profile, '--install-extension', vsix, '--force'], { env: environmentOf(host), stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => { text += data.toString(); });
    child.on('error', reject);
    child.on('exit', () => { resolve(text); });
  });
  if (!output.includes('successfully installed')) throw new Error(`${vsix} was not installed: ${output}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('no free port'));
      });
    });
  });
}
