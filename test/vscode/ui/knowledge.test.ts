// What is known, as a user meets it: the Knowledge view with what was left out, an SDK that the build includes, searching with
// previews, an unsaved text, pausing; in a light, a dark and a high-contrast theme.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { Ground, whySkip } from '../ground.ts';
import type { Workbench } from '../workbench.ts';

/** An SDK beside the workspace. */
const sensorKit = {
  'kit/README.md': '# Sensor kit\n\nReads the zorblatt sensor over I2C.\n',
  'kit/include/zorblatt.h': 'int zorblatt_read(void);\n',
  'kit/src/zorblatt.c': '/** Reads the humidity of the zorblatt sensor in per mille. */\nint zorblatt_read(void)\n{\n  return 0;\n}\n',
};

for (const theme of ['Dark Modern', 'Light Modern', 'Default High Contrast']) {
  describe(`knowledge in VS Code, ${theme}`, { skip: whySkip(), timeout: 900_000 }, () => {
    let ground: Ground;
    let workbench: Workbench;
    let folder: string;
    const picture = (name: string): Promise<void> => workbench.picture(`knowledge-${theme.split(' ').map(word => word.charAt(0).toLowerCase()).join('')}-${name}`);
    const row = (text: string): Locator => workbench.page.locator('.pane-body .monaco-list-row').filter({ hasText: text }).first();
    const box = (): Locator => workbench.page.locator('.quick-input-widget input.input');

    before(async () => {
      ground = await Ground.open({ settings: { 'workbench.colorTheme': theme, 'halcyon.offline': true } });
      folder = ground.folder('stm32f4-uart');
      const kit = ground.folder();
      for (const [name, text] of Object.entries(sensorKit)) {
        fs.mkdirSync(path.dirname(path.join(kit, name)), { recursive: true });
        fs.writeFileSync(path.join(kit, name), text);
      }
      fs.mkdirSync(path.join(folder, 'build'), { recursive: true });
      fs.writeFileSync(path.join(folder, 'build/compile_commands.json'), JSON.stringify([{ directory: folder, file: 'uart.c', command: `cc -I${kit}/kit/include -c uart.c` }]));
      fs.writeFileSync(path.join(folder, 'firmware.bin'), '\0\0');
      workbench = await ground.window(folder);
      await workbench.openFile('uart.c');
      await workbench.status().locator('.codicon-circuit-board').waitFor();
    });
    after(async () => {
      await workbench[Symbol.asyncDispose]();
      await ground[Symbol.asyncDispose]();
    });

    it('lists the workspace and the SDK its build includes, and what was left out with the reason', async () => {
      await workbench.command('Halcyon: Focus on Knowledge View');
      await workbench.page.locator('.pane-header').filter({ hasText: 'Chat' }).click();
      await row('kit').filter({ hasText: /3 files/ }).waitFor();
      await row('Left out').click();
      await row('not a text file (.bin)').click();
      await row('firmware.bin').waitFor();
      await picture('tree');
    });

    it('finds a passage of the SDK while the question is typed, and shows it', async () => {
      await workbench.command('Halcyon: Search Knowledge');
      await box().fill('humidity of the zorblatt in per mille');
      assert.match(await workbench.pickRows('zorblatt_read'), /zorblatt/);
      await workbench.page.locator('.tab[data-resource-name="zorblatt.c"]').waitFor();
      await picture('search');
      await workbench.page.keyboard.press('Escape');
      await workbench.page.locator('.tab.active[data-resource-name="uart.c"]').waitFor();
    });

    it('finds what has been typed and not saved', async () => {
      await workbench.goTo(1);
      await workbench.page.keyboard.press('Control+Home');
      await workbench.page.keyboard.insertText('int quuxify(void) { return 1; }\n');
      await workbench.command('Halcyon: Search Knowledge');
      // Handed over once typing has paused.
      for (let attempt = 0; attempt < 20; attempt++) {
        await box().fill('');
        await box().fill('quuxify');
        if (await workbench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'uart.c:1' }).first().waitFor({ timeout: 1500 }).then(() => true, () => false)) break;
      }
      assert.match(await workbench.pickRows('quuxify'), /uart\.c:1/);
      await workbench.page.keyboard.press('Escape');
      // The file that was open before is shown again, which takes the focus from what is opened meanwhile.
      await workbench.page.waitForTimeout(1500);
      await workbench.command('File: Save');
      await workbench.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
    });

    it('pauses and goes on', async () => {
      await workbench.command('Halcyon: Pause Indexing');
      await workbench.status().filter({ hasText: 'paused' }).locator('.codicon-debug-pause').waitFor();
      await picture('paused');
      await workbench.command('Halcyon: Resume Indexing');
      await workbench.status().locator('.codicon-circuit-board').waitFor();
    });

    it('lets go of an SDK that is removed', async () => {
      await workbench.command('Halcyon: Focus on Knowledge View');
      await row('kit').hover();
      await row('kit').locator('.codicon-remove').click();
      await row('kit').waitFor({ state: 'detached' });
      assert.match(fs.readFileSync(path.join(folder, '.vscode/settings.json'), 'utf8'), /knowledge\.ignoredFolders/);
    });
  });
}
