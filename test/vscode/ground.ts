import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { chromiumFile, isVscodeHostReady } from '../../scripts/vscodeHost.mjs';
import { findModel } from '../../src/node/modelChoice.ts';
import { CodeServer, type CodeServerOptions } from './codeServer.ts';
import { launchBrowser, Workbench } from './workbench.ts';

const root = path.resolve(import.meta.dirname, '../..');
const isCi = /^(1|true)$/i.test(process.env['CI'] ?? '');

/** Why the tests of a file cannot run here, for `{ skip }`; under CI that is a failure instead. */
export function whySkip(needs: { readonly model?: boolean } = {}): string | false {
  const reasons = [
    vsixFile() === undefined ? 'no .vsix in artifacts/: run `npm run package`' : '',
    isVscodeHostReady() ? '' : 'no headless VS Code: run `node scripts/vscodeHost.mjs`',
    chromiumFile() === undefined ? 'no Chromium' : '',
    needs.model === true && modelFile === undefined ? 'no chat model: run `node scripts/models.mjs`' : '',
  ].filter(reason => reason !== '');
  if (reasons.length > 0 && isCi) throw new Error(reasons.join('; '));
  return reasons.length > 0 && reasons.join('; ');
}

/** The small chat model that set-up fetched. */
export const modelFile: string | undefined = await findModel('chat');

/** The newest package. */
function vsixFile(): string | undefined {
  const folder = path.join(root, 'artifacts');
  if (!fs.existsSync(folder)) return undefined;
  return fs.readdirSync(folder).filter(name => name.endsWith('.vsix')).map(name => path.join(folder, name))
    .toSorted((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs)[0];
}

/** A server with the packaged extension, a browser, and folders to open: everything one test file needs. */
export class Ground implements AsyncDisposable {
  readonly server: CodeServer;
  readonly #browser: Browser;
  readonly #folders: string[] = [];

  private constructor(server: CodeServer, browser: Browser) {
    this.server = server;
    this.#browser = browser;
  }

  static async open(options: Omit<CodeServerOptions, 'vsix'> = {}): Promise<Ground> {
    const vsix = vsixFile();
    if (vsix === undefined) throw new Error('no .vsix in artifacts/');
    return new Ground(await CodeServer.open({ ...options, vsix }), await launchBrowser());
  }

  /** An empty folder, or a copy of a fixture: a test may write into it. */
  folder(fixture?: string): string {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-folder-'));
    this.#folders.push(folder);
    if (fixture !== undefined) fs.cpSync(path.join(root, 'test/fixtures', fixture), folder, { recursive: true });
    return folder;
  }

  /** `language`: what the editor says its display language is, without a language pack for its own words. */
  async window(folder?: string, language?: string): Promise<Workbench> {
    return await Workbench.open(this.#browser, this.server, { folder, language });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    await this.server[Symbol.asyncDispose]();
    for (const folder of this.#folders) fs.rmSync(folder, { recursive: true, force: true });
  }
}
