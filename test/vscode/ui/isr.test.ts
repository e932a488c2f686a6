// The interrupt handlers of a project in VS Code: summary above each, the panel, the tree. Run with `npm run test:vscode`.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Frame, Locator } from 'playwright-core';
import { Ground, whySkip } from '../ground.ts';
import type { Workbench } from '../workbench.ts';

for (const theme of ['Dark Modern', 'Light Modern', 'Default High Contrast']) {
  describe(`interrupt handlers in VS Code, ${theme}`, { skip: whySkip(), timeout: 900_000 }, () => {
    let ground: Ground;
    let workbench: Workbench;
    const picture = (name: string): Promise<void> => workbench.picture(`isr-${theme.split(' ').map(word => word.charAt(0).toLowerCase()).join('')}-${name}`);
    const row = (text: string): Locator => workbench.page.locator('.pane-body .monaco-list-row').filter({ hasText: text }).first();

    /** The panel's page, once it shows the handler. */
    const panel = async (handler: string): Promise<Frame> => {
      for (let attempt = 0; attempt < 150; attempt++) {
        for (const frame of workbench.page.frames()) if (await frame.locator('main h1').filter({ hasText: handler }).count().catch(() => 0) > 0) return frame;
        await workbench.page.waitForTimeout(200);
      }
      throw new Error(`the panel does not show ${handler}`);
    };

    before(async () => {
      ground = await Ground.open({ settings: { 'workbench.colorTheme': theme, 'halcyon.offline': true } });
      workbench = await ground.window(ground.folder('stm32f4-uart'));
      await workbench.openFile('i2c_sensor.c');
      await workbench.status().locator('.codicon-circuit-board').waitFor();
    });
    after(async () => {
      await workbench[Symbol.asyncDispose]();
      await ground[Symbol.asyncDispose]();
    });

    it('says above each handler what it is and how many hazards it has', async () => {
      await workbench.goTo(52);
      await workbench.codeLens('hazards').waitFor();
      assert.match(await workbench.codeLens('hazards').innerText(), /IRQ 31.*\d+ registers · \d+ hazards/);
      await picture('lens');
    });

    it('shows the dossier beside the code, with links that open the line', async () => {
      for (let attempt = 0; attempt < 5; attempt++) {
        await workbench.codeLens('hazards').click();
        if (await panel('I2C1_EV_IRQHandler').then(() => true, () => false)) break;
      }
      const page = await panel('I2C1_EV_IRQHandler');
      await page.locator('svg .box.isr').waitFor();
      assert.ok(await page.locator('svg .box.risky').count() > 0, 'a shared variable without volatile is drawn as a risk');
      assert.equal(await page.locator('script').count(), 0);
      await picture('panel');
      await page.locator('section.hazards a').first().click();
      await workbench.selectionStatus().filter({ hasText: 'Ln 72' }).waitFor();
      await page.locator('svg a').filter({ hasText: 'samples_done' }).click();
      await workbench.selectionStatus().filter({ hasText: 'Ln 8' }).waitFor();
    });

    it('follows the code while it is changed', async () => {
      const page = await panel('I2C1_EV_IRQHandler');
      await page.locator('section.hazards li').filter({ hasText: 'samples_done' }).first().waitFor();
      await workbench.page.locator('.tab[data-resource-name="i2c_sensor.c"]').click();
      await workbench.goTo(8);
      await workbench.page.keyboard.press('Home');
      await workbench.page.keyboard.insertText('volatile ');
      // Every change makes a new page.
      const isNamed = async (): Promise<boolean | undefined> => (await panel('I2C1_EV_IRQHandler')).locator('section.hazards li').filter({ hasText: 'samples_done is shared' }).count().then(count => count > 0, () => undefined);
      // Looked at once more, a page might just be drawn anew.
      const becomes = async (wanted: boolean): Promise<boolean> => {
        for (let attempt = 0; attempt < 100; attempt++) {
          await workbench.page.waitForTimeout(200);
          if (await isNamed() === wanted) return true;
        }
        return false;
      };
      assert.ok(await becomes(false), 'the hazard goes with its reason');
      // The editor undoes the space by itself.
      await workbench.page.keyboard.press('Control+Z');
      await workbench.page.keyboard.press('Control+Z');
      assert.ok(await becomes(true), 'and comes back when the text is undone');
    });

    it('lists the project\'s interrupts and unfolds them to calls and hazards', async () => {
      await workbench.command('Halcyon: Focus on Interrupts View');
      await workbench.page.locator('.pane-header').filter({ hasText: 'Chat' }).click();
      await row('USART2_IRQHandler').filter({ hasText: 'IRQ 38' }).waitFor();
      await row('I2C1_EV_IRQHandler').locator('.monaco-tl-twistie').click();
      await row('waits here').waitFor();
      await picture('tree');
      await row('USART2_IRQHandler').hover();
      await row('USART2_IRQHandler').locator('.codicon-open-preview').click();
      await panel('USART2_IRQHandler');
      await picture('tree-panel');
    });

    it('lists in which order a peripheral is set up', async () => {
      await workbench.openFile('uart.c');
      await workbench.goTo(53, 4);
      await workbench.command('Halcyon: Show Init Timeline');
      assert.match(await workbench.pickRows('USART2.BRR'), /1\. .*RCC\.APB1ENR[^]*2\. .*USART2\.BRR[^]*3\. .*USART2\.CR1/);
      await picture('timeline');
      await workbench.page.keyboard.press('Escape');
    });
  });
}
