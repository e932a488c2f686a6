// Another process writes the index of the folder: the window reads it, and takes over when the other is gone. Run with `npm run test:vscode`.
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { indexFolder } from '../../../src/node/indexFolder.ts';
import { WriterLock } from '../../../src/node/writerLock.ts';
import { Ground, whySkip } from '../ground.ts';
import type { Workbench } from '../workbench.ts';

describe('a second window on the same folder', { skip: whySkip(), timeout: 900_000 }, () => {
  let ground: Ground;
  let workbench: Workbench;
  let folder: string;
  let lock: WriterLock | undefined;

  before(async () => {
    ground = await Ground.open({ settings: { 'halcyon.offline': true } });
    folder = ground.folder('stm32f4-uart');
    const index = indexFolder(folder, path.join(ground.server.folder, 'user/User/globalStorage/halcyon.halcyon-embedded/index'));
    fs.mkdirSync(index, { recursive: true });
    lock = WriterLock.tryAcquire(index);
    workbench = await ground.window(folder);
    await workbench.openFile('uart.c');
  });
  after(async () => {
    lock?.[Symbol.dispose]();
    await workbench[Symbol.asyncDispose]();
    await ground[Symbol.asyncDispose]();
  });

  it('says that another one keeps the index', async () => {
    await workbench.status().locator('.codicon-eye').waitFor();
    await workbench.picture('second-window-reads');
  });

  it('takes over when the other one is gone', async () => {
    lock?.[Symbol.dispose]();
    await workbench.status().locator('.codicon-circuit-board').waitFor({ timeout: 120_000 });
    await workbench.command('Halcyon: Search Knowledge');
    await workbench.page.locator('.quick-input-widget input.input').fill('uart_init');
    await workbench.pickRows('uart.c:');
    await workbench.page.keyboard.press('Escape');
  });
});
