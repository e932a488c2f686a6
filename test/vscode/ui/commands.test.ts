// The commands behind the status bar: choosing SVD file and model, rebuilding, picking a handler.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Ground, modelFile, whySkip } from '../ground.ts';
import type { Workbench } from '../workbench.ts';

const broken = path.resolve(import.meta.dirname, '../../fixtures/broken/model.gguf');

describe('commands in VS Code', { skip: whySkip({ model: true }), timeout: 900_000 }, () => {
  const cache = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-cache-'));
  let ground: Ground;
  let folder: string;
  let workbench: Workbench;
  before(async () => {
    const models = path.join(cache, 'models');
    fs.mkdirSync(models);
    fs.copyFileSync(broken, path.join(models, 'broken.gguf'));
    fs.symlinkSync(modelFile ?? '', path.join(models, path.basename(modelFile ?? '')));
    ground = await Ground.open({ settings: { 'halcyon.offline': true }, environment: { HALCYON_CACHE: cache } });
    folder = ground.folder('fictional-mcu');
    workbench = await ground.window(folder);
    await workbench.openFile('console.c');
    await workbench.status().filter({ hasText: 'AX32' }).locator('.codicon-circuit-board').waitFor();
  });
  after(async () => {
    await workbench[Symbol.asyncDispose]();
    await ground[Symbol.asyncDispose]();
    fs.rmSync(cache, { recursive: true, force: true });
  });

  it('opens the menu from the status bar', async () => {
    await workbench.status().click();
    const rows = await workbench.pickRows('Show Output');
    for (const entry of ['Choose SVD File…', 'Select Model…', 'Rebuild Index', 'Restart Engine', 'Show Output']) assert.ok(rows.includes(entry), entry);
    await workbench.picture('menu');
    await workbench.page.keyboard.press('Escape');
  });

  it('lists cached, broken and downloadable models with size, licence and fit', async () => {
    await workbench.command('Halcyon: Select Model');
    const rows = await workbench.pickRows('Qwen2.5 Coder 7B');
    for (const part of [/SmolLM2|Gemma/, /broken/, /Qwen2\.5 Coder 7B Instruct.*recommended · 4\.7 GB · Apache-2\.0 · chat/s, /(Fits|Too large).* of memory/]) assert.match(rows, part);
    await workbench.picture('select-model');
    await workbench.page.keyboard.press('Escape');
  });

  it('refuses a broken model with the reason', async () => {
    await workbench.command('Halcyon: Select Model');
    await workbench.pick('broken');
    await workbench.notification('broken.gguf is a text file').waitFor();
    await workbench.picture('broken-model');
  });

  it('downloads nothing in offline mode', async () => {
    await workbench.command('Halcyon: Select Model');
    await workbench.pick('Qwen2.5 Coder 1.5B');
    await workbench.notification('offline mode is on').waitFor();
    assert.deepEqual(fs.readdirSync(path.join(cache, 'models')).filter(name => name.startsWith('qwen')), []);
  });

  it('sets the SVD file that is chosen, in the folder', async () => {
    await workbench.command('Halcyon: Choose SVD File');
    await workbench.pick('AX32.svd');
    const settings = path.join(folder, '.vscode', 'settings.json');
    await workbench.page.waitForTimeout(1000);
    assert.deepEqual(JSON.parse(fs.readFileSync(settings, 'utf8')), { 'halcyon.svd.path': 'AX32.svd' });
  });

  it('picks a handler from a list, that of a file saved just now among them', async () => {
    fs.writeFileSync(path.join(folder, 'late.c'), '#include "ax32.h"\n\nvoid UART1_IRQHandler(void)\n{\n  (void) UART1->DATA;\n}\n');
    await workbench.openFile('pump.h');
    for (let attempt = 0; ; attempt++) {
      await workbench.command('Halcyon: Explain This ISR');
      const rows = await workbench.pickRows('UART0_IRQHandler');
      await workbench.page.keyboard.press('Escape');
      if (rows.includes('UART1_IRQHandler')) break;
      // The watcher needs a moment; a file that never appears fails here.
      assert.ok(attempt < 20, rows);
      await workbench.page.waitForTimeout(500);
    }
  });

  it('rebuilds the index', async () => {
    const reports = (): readonly string[] => ground.server.extensionLog().match(/Index: .*/g) ?? [];
    const before = reports().length;
    await workbench.command('Halcyon: Rebuild Index');
    for (let attempt = 0; attempt < 200 && reports().length === before; attempt++) await workbench.page.waitForTimeout(200);
    assert.match(reports().slice(before).join('\n'), /Index: 1\d files, \d+ chunks/);
  });
});
