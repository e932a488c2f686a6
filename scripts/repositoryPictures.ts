// Pictures of the index at work in a real VS Code on a repository of your own, for people to look at:
//   node scripts/repositoryPictures.ts FOLDER [QUERY] [HANDLER_FILE HANDLER REGISTER]
// With the file name of a handler, its name and a register that the code uses, what is known of the firmware is shown, too.
// They lie in artifacts/screenshots, in a dark, a light and a high-contrast theme. The folder is copied first, and needs
// `npm run package` and `node scripts/vscodeHost.mjs` before.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { Ground, whySkip } from '../test/vscode/ground.ts';
import type { Workbench } from '../test/vscode/workbench.ts';
import { takeFirmwarePictures } from './firmwarePictures.ts';

const themes = { dark: 'Dark Modern', light: 'Light Modern', contrast: 'Default High Contrast' };

async function main(): Promise<void> {
  const [, , source, query = 'interrupt handler', file, handler, register] = process.argv;
  const reason = source === undefined ? 'usage: node scripts/repositoryPictures.ts FOLDER [QUERY] [HANDLER_FILE HANDLER REGISTER]' : whySkip();
  if (source === undefined || reason !== false) {
    console.error(reason);
    process.exitCode = 2;
    return;
  }
  // Without models: vectors of a whole repository take longer than anyone would wait for a picture.
  const emptyCache = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-cache-'));
  await using ground = await Ground.open({ settings: { 'halcyon.offline': true }, environment: { HALCYON_CACHE: emptyCache } });
  for (const [name, theme] of Object.entries(themes)) {
    // A copy each: the first index is what there is to see.
    const folder = path.join(ground.folder(), path.basename(source));
    fs.cpSync(source, folder, { recursive: true });
    fs.mkdirSync(path.join(folder, '.vscode'), { recursive: true });
    fs.writeFileSync(path.join(folder, '.vscode/settings.json'), JSON.stringify({ 'workbench.colorTheme': theme }));
    await using workbench = await ground.window(folder);
    await takePictures(workbench, `repository-${name}`, query);
    if (file !== undefined && handler !== undefined && register !== undefined) await takeFirmwarePictures(workbench, `repository-${name}`, { file, handler, register });
  }
  fs.rmSync(emptyCache, { recursive: true, force: true });
}

async function takePictures(workbench: Workbench, prefix: string, query: string): Promise<void> {
  const { page } = workbench;
  const row = (text: string | RegExp): Locator => page.locator('.pane-body .monaco-list-row').filter({ hasText: text }).first();
  await workbench.command('Halcyon: Focus on Knowledge View');
  await page.locator('.pane-header').filter({ hasText: 'Chat' }).click();
  await workbench.status().filter({ hasText: '%' }).waitFor({ timeout: 120_000 });
  await workbench.picture(`${prefix}-1-indexing`);
  await row('Left out').waitFor({ timeout: 300_000 });
  await workbench.status().locator('.codicon-circuit-board').waitFor({ timeout: 300_000 });
  await row('Left out').click();
  await row(/^not |^ignored |^binary/).click();
  await workbench.picture(`${prefix}-2-knowledge`);
  await workbench.status().hover();
  await page.locator('.workbench-hover').first().waitFor();
  await workbench.picture(`${prefix}-3-status`);
  await page.mouse.move(0, 0);
  await workbench.command('Halcyon: Search Knowledge');
  await page.locator('.quick-input-widget input.input').fill(query);
  await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
  await page.locator('.monaco-editor .view-line').first().waitFor();
  await workbench.picture(`${prefix}-4-search`);
  await page.keyboard.press('Escape');
  await workbench.command('Halcyon: Rebuild Index');
  await page.locator('.notifications-toasts .monaco-button').filter({ hasText: 'Cancel' }).first().waitFor();
  await workbench.picture(`${prefix}-5-rebuild`);
  await page.locator('.notifications-toasts .monaco-button').filter({ hasText: 'Cancel' }).first().click();
  await workbench.status().filter({ hasText: 'paused' }).waitFor();
  await workbench.picture(`${prefix}-6-paused`);
  await workbench.command('Halcyon: Resume Indexing');
  await workbench.status().locator('.codicon-circuit-board').waitFor({ timeout: 300_000 });
}

await main();
