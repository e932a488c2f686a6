// What VS Code shows when something is missing or broken: a sentence, a remedy, and an extension host that lives.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { Ground, whySkip } from '../ground.ts';
import type { Workbench } from '../workbench.ts';

const broken = path.resolve(import.meta.dirname, '../../fixtures/broken');

describe('missing and broken input in VS Code', { skip: whySkip(), timeout: 900_000 }, () => {
  let ground: Ground;
  before(async () => {
    ground = await Ground.open({ environment: { HALCYON_CACHE: fs.mkdtempSync('/tmp/halcyon-cache-') } });
  });
  after(() => ground[Symbol.asyncDispose]());

  it('without a folder: the chat says so and offers to open one', () => check(undefined, {}, async ({ chat, workbench }) => {
    await chat.locator('.notice').filter({ hasText: 'No folder is open' }).locator('[data-command=openFolder]').waitFor();
    await workbench.picture('bad-1-no-folder');
  }));

  it('in an empty folder: the chat names the missing SVD file and model, each with its button', () => check('', {}, async ({ chat, workbench }) => {
    await chat.locator('[data-command=selectModel]').waitFor();
    await chat.locator('[data-command=chooseSvd]').waitFor();
    await chat.locator('.setup').filter({ hasText: /GB.*(Apache|MIT)/s }).waitFor();
    await workbench.picture('bad-2-empty-folder');
    await chat.locator('[data-setup=download]').click();
    // With a network it arrives, and is not wanted here; without one, the reason is told.
    const cancel = chat.locator('[data-setup=cancel]');
    await chat.locator('.setup-failure').or(cancel).first().waitFor();
    await cancel.click({ timeout: 5000 }).catch(() => undefined);
    await chat.locator('[data-setup=download]').waitFor({ timeout: 120_000 });
    await workbench.picture('bad-2-no-download');
  }));

  it('without a model: the facts of a handler come, and the turn says what to do for words', () => check('fictional-mcu', {}, async ({ chat, workbench }) => {
    await workbench.openFile('console.c');
    await workbench.goTo(52);
    await workbench.explainFromLens();
    await chat.locator('.facts').filter({ hasText: 'UART0_IRQHandler' }).waitFor();
    await chat.locator('.turn').filter({ hasText: /model/i }).waitFor();
    await workbench.picture('bad-3-no-model');
  }));

  it('without an embedding model: the Knowledge view says so instead of a share', () => check('fictional-mcu', {}, async ({ workbench }) => {
    await workbench.command('Halcyon: Focus on Knowledge View');
    await workbench.page.locator('.pane-header').filter({ hasText: 'Chat' }).click();
    await workbench.page.locator('.pane-body .monaco-list-row').filter({ hasText: 'no embedding model' }).waitFor();
    await workbench.picture('bad-3-no-embedder');
  }));

  for (const file of ['page.svd', 'truncated.svd']) {
    it(`with the broken ${file} set: the chat names it, and the window goes on`, () => check('fictional-mcu', { 'halcyon.svd.path': path.join(broken, file) }, async ({ chat, workbench }) => {
      await workbench.openFile('console.c');
      await chat.locator('.notice.warning, .remark').filter({ hasText: file }).waitFor();
      await workbench.picture(`bad-4-${file}`);
    }));
  }

  it('with a .gguf that is none: asking names the file, and the window goes on', () => check('fictional-mcu', { 'halcyon.model.path': path.join(broken, 'model.gguf') }, async ({ chat, workbench }) => {
    await chat.locator('.question-box textarea').fill('Where is the baud rate set?');
    await chat.locator('.question-box textarea').press('Enter');
    await chat.locator('.turn').filter({ hasText: 'model.gguf' }).waitFor();
    await workbench.picture('bad-5-gguf');
    await workbench.openFile('console.c');
    await workbench.goTo(23, 10);
    assert.match(await (await workbench.showHover()).innerText(), /UART0/);
  }));

  interface Scene {
    readonly workbench: Workbench;
    readonly chat: Frame;
  }

  /** Opens a copy of the fixture (`''`: an empty folder) with the settings in it, and shows the chat. */
  async function check(fixture: string | undefined, settings: Readonly<Record<string, unknown>>, expect: (scene: Scene) => Promise<void>): Promise<void> {
    const folder = fixture === undefined ? undefined : ground.folder(fixture === '' ? undefined : fixture);
    if (folder !== undefined && Object.keys(settings).length > 0) {
      fs.mkdirSync(path.join(folder, '.vscode'));
      fs.writeFileSync(path.join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
    }
    const workbench = await ground.window(folder);
    try {
      await expect({ workbench, chat: await workbench.chat() });
    } finally {
      await workbench[Symbol.asyncDispose]();
    }
  }
});
