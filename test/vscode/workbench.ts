import path from 'node:path';
import fs from 'node:fs';
import { chromium, type Browser, type Frame, type Locator, type Page } from 'playwright-core';
import { chromiumFile } from '../../scripts/vscodeHost.mjs';
import type { CodeServer } from './codeServer.ts';

const extensionId = 'halcyon.halcyon-embedded';
const screenshots = path.resolve(import.meta.dirname, '../../artifacts/screenshots');

/** Busy cores load a workbench far slower than idle ones. */
const openTimeoutMs = 120_000;

/** Starts the browser that all windows of a test file share. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = chromiumFile();
  if (executablePath === undefined) throw new Error('chromium is missing: `apt-get install chromium`, or set HALCYON_CHROMIUM to a Chrome or Chromium.');
  return await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
}

/** One VS Code window, driven the way a user does. */
export class Workbench implements AsyncDisposable {
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(browser: Browser, server: CodeServer, { folder, language }: { readonly folder?: string | undefined; readonly language?: string | undefined } = {}): Promise<Workbench> {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.setDefaultNavigationTimeout(openTimeoutMs);
    if (language !== undefined) await context.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(language)};`);
    const workbench = new Workbench(page);
    await page.goto(server.address(folder), { waitUntil: 'commit' });
    await workbench.#loaded();
    return workbench;
  }

  async reload(): Promise<void> {
    await this.page.reload({ waitUntil: 'commit' });
    await this.#loaded();
  }

  /** Runs a command by its title, as in the command palette. */
  async command(title: string): Promise<void> {
    const { box, rows } = this.#quickInput();
    // A window that is still starting may not know the command yet, or lose the key.
    for (let attempt = 0; ; attempt++) {
      await this.page.keyboard.press('F1');
      try {
        await box.waitFor({ timeout: 5000 });
        await box.fill(`>${title}`);
        await rows.filter({ hasText: title }).first().waitFor({ timeout: 3000 });
        break;
      } catch (error) {
        await this.page.keyboard.press('Escape');
        if (attempt === 20) throw new Error(`no such command: ${title}`, { cause: error });
      }
    }
    await this.page.keyboard.press('Enter');
  }

  /** Picks the row with this text in the quick pick that is, or is about to be, open. */
  async pick(rowText: string, typed = rowText): Promise<void> {
    const { box, rows } = this.#quickInput();
    await box.waitFor();
    await box.fill(typed);
    await rows.filter({ hasText: rowText }).first().waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Text of the quick pick that is, or is about to be, open, once one of its rows has `rowText`. */
  async pickRows(rowText: string): Promise<string> {
    const { rows } = this.#quickInput();
    await rows.filter({ hasText: rowText }).first().waitFor();
    return (await rows.allInnerTexts()).join('\n');
  }

  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.pick(name);
    await this.page.locator(`.tab[data-resource-name="${name}"]`).first().waitFor();
    await this.page.locator('.monaco-editor .view-line').first().waitFor();
  }

  async goTo(line: number, column = 1): Promise<void> {
    // A page that is drawn anew takes the focus, and the input goes with it: then once more.
    for (let attempt = 0; attempt < 5; attempt++) {
      await this.page.keyboard.press('Control+G');
      if (await this.#quickInput().box.fill(`:${line}:${column}`, { timeout: 5000 }).then(() => true, () => false)) break;
    }
    await this.pick(`line ${line} at column ${column}`, `:${line}:${column}`);
    await this.selectionStatus().filter({ hasText: `Ln ${line}, Col ${column}` }).waitFor();
  }

  selectionStatus(): Locator {
    return this.page.locator('#status\\.editor\\.selection');
  }

  codeLens(text: string): Locator {
    return this.page.locator('.codelens-decoration a').filter({ hasText: text }).first();
  }

  /** Shows the hover at the cursor by the keyboard command. */
  async showHover(): Promise<Locator> {
    await this.page.keyboard.press('Control+K');
    await this.page.keyboard.press('Control+I');
    const hover = this.page.locator('.monaco-hover:not(.hidden) .monaco-hover-content').first();
    await hover.waitFor();
    return hover;
  }

  status(): Locator {
    return this.page.locator(`.statusbar-item[id="${extensionId}.halcyon.status"]`);
  }

  notification(text: string): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text }).first();
  }

  /** Shows the chat and returns its page, the innermost of three frames. */
  async chat(): Promise<Frame> {
    await this.command('Halcyon: Focus on Chat View');
    return await this.chatFrame();
  }

  /** The chat's page, once it is there. */
  async chatFrame(): Promise<Frame> {
    const end = Date.now() + openTimeoutMs;
    while (Date.now() < end) {
      const frame = await this.#findChat();
      if (frame !== undefined) return frame;
      await this.page.waitForTimeout(200);
    }
    throw new Error('the chat view did not appear');
  }

  /** Clicks the lens until the chat has a new turn: a lens that is being replaced swallows a click. */
  async explainFromLens(): Promise<Frame> {
    const turns = async (): Promise<number> => await (await this.#findChat())?.locator('.turn').count() ?? 0;
    const before = await turns();
    for (let attempt = 0; attempt < 6; attempt++) {
      await this.codeLens('Explain this ISR').click();
      for (let wait = 0; wait < 50; wait++) {
        if (await turns() > before) return await this.chatFrame();
        await this.page.waitForTimeout(200);
      }
    }
    throw new Error('the lens does not bring a turn');
  }

  /** Keeps a picture of the window for people to look at. */
  async picture(name: string): Promise<void> {
    fs.mkdirSync(screenshots, { recursive: true });
    // Menus and notifications fade in.
    await this.page.waitForTimeout(400);
    await this.page.screenshot({ path: path.join(screenshots, `${name}.png`) });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close();
  }

  async #loaded(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: openTimeoutMs });
    await this.page.locator('.statusbar-item').first().waitFor({ timeout: openTimeoutMs });
  }

  async #findChat(): Promise<Frame | undefined> {
    for (const frame of this.page.frames()) if (await frame.locator('.composer').count().catch(() => 0) > 0) return frame;
    return undefined;
  }

  #quickInput(): { readonly box: Locator; readonly rows: Locator } {
    const widget = this.page.locator('.quick-input-widget');
    return { box: widget.locator('input.input'), rows: widget.locator('.monaco-list-row') };
  }
}
