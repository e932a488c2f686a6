// The chip in the editor, as a user meets it: tree, finding, hover, uses, decoded values, hints, completion, the choice of
// the chip; on the STM32F407 sample with its vendor's description, in a light, a dark and a high-contrast theme.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { Ground, whySkip } from '../ground.ts';
import type { Workbench } from '../workbench.ts';

const svd = path.resolve(import.meta.dirname, '../../../../shared/svd/STM32F407.svd');
const skip = fs.existsSync(svd) ? whySkip() : 'no SVD file beside the repository';

for (const theme of ['Dark Modern', 'Light Modern', 'Default High Contrast']) {
  describe(`the chip in VS Code, ${theme}`, { skip, timeout: 900_000 }, () => {
    let ground: Ground;
    let workbench: Workbench;
    const picture = (name: string): Promise<void> => workbench.picture(`hardware-${theme.split(' ').map(word => word.charAt(0).toLowerCase()).join('')}-${name}`);
    const row = (text: string): Locator => workbench.page.locator('.pane-body .monaco-list-row').filter({ hasText: text }).first();

    before(async () => {
      ground = await Ground.open({ settings: { 'workbench.colorTheme': theme, 'halcyon.offline': true, 'halcyon.inlayHints.registerValues': true, 'editor.inlayHints.enabled': 'on' } });
      const folder = ground.folder('stm32f4-uart');
      fs.copyFileSync(svd, path.join(folder, 'STM32F407.svd'));
      workbench = await ground.window(folder);
      await workbench.openFile('uart.c');
      await workbench.status().filter({ hasText: 'STM32F407' }).locator('.codicon-circuit-board').waitFor();
    });
    after(async () => {
      await workbench[Symbol.asyncDispose]();
      await ground[Symbol.asyncDispose]();
    });

    it('shows the chip with its peripherals without a debug session', async () => {
      await workbench.command('Halcyon: Focus on Peripherals View');
      await row('STM32F407').waitFor();
      // The chat above it takes half of the room.
      await workbench.page.locator('.pane-header').filter({ hasText: 'Chat' }).click();
      await row('GPIO').waitFor();
      await picture('tree');
    });

    it('finds a register and shows it in the tree, with its fields and how often it is used', async () => {
      await workbench.command('Halcyon: Find Register');
      await workbench.page.locator('.quick-input-widget input.input').fill('usart2 control register 1');
      assert.match(await workbench.pickRows('USART2.CR1'), /0x4000440C/);
      await picture('find');
      await workbench.page.keyboard.press('Enter');
      await row('CR1').filter({ hasText: /\d+ uses/ }).waitFor();
      await row('TXEIE').waitFor();
      await row('CR1').hover();
      await workbench.page.locator('.monaco-hover').filter({ hasText: 'USART2.CR1' }).first().waitFor();
      await picture('row');
      await workbench.page.keyboard.press('Escape');
      // A mouse left over the tree brings the card of whatever row comes under it.
      await workbench.page.mouse.move(900, 700);
    });

    it('filters the tree', async () => {
      await workbench.command('Halcyon: Filter Peripherals');
      await workbench.page.locator('.quick-input-widget input.input').fill('baud');
      await workbench.page.keyboard.press('Enter');
      await row('USART6').waitFor();
      await row('GPIO').waitFor({ state: 'detached' });
      await picture('filter');
      await workbench.command('Halcyon: Clear Peripherals Filter');
      await row('GPIO').waitFor();
    });

    it('leads from the hover to the uses', async () => {
      const line = lineOf('USART2->CR1 = ');
      await workbench.goTo(line, 12);
      const hover = await workbench.showHover();
      await hover.getByText('Where it is used').waitFor();
      await picture('hover');
      await hover.getByText('Where it is used').click();
      assert.match(await workbench.pickRows('uart.c'), /modify/);
      await picture('uses');
      await workbench.page.keyboard.press('Escape');
      // The list showed other files meanwhile.
      await workbench.page.locator('.tab.active[data-resource-name="uart.c"]').waitFor();
    });

    it('folds a long register, and takes a modification apart', async () => {
      await workbench.goTo(lineOf('GPIOA->MODER = '), 10);
      const hover = await workbench.showHover();
      await hover.getByText('GPIOA.MODER').first().waitFor();
      await picture('long');
      await workbench.page.keyboard.press('Escape');
    });

    it('shows what a register write means', async () => {
      await workbench.goTo(lineOf('GPIOA->MODER = '), 1);
      await workbench.page.locator('.view-line').filter({ hasText: /MODER3,2=2/ }).first().waitFor();
      await picture('inlay');
    });

    it('decodes a value while it is typed', async () => {
      await workbench.goTo(lineOf('USART2->CR1 = '), 12);
      await workbench.command('Halcyon: Decode Register Value');
      const box = workbench.page.locator('.quick-input-widget input.input');
      await box.fill('0x8000200C');
      assert.match(await workbench.pickRows('Bits 0x80000000 belong to no field'), /UE = 0x1/);
      await picture('decode');
      await workbench.page.keyboard.press('Escape');
    });

    it('completes registers after an arrow', async () => {
      await workbench.goTo(lineOf('USART2->BRR'), 1);
      await workbench.page.keyboard.press('End');
      await workbench.page.keyboard.press('Enter');
      await workbench.page.keyboard.type('USART2->');
      const widget = workbench.page.locator('.suggest-widget.visible');
      await widget.locator('.monaco-list-row').filter({ hasText: '0x4000440C' }).first().waitFor();
      await picture('completion');
      await workbench.page.keyboard.press('Escape');
      await workbench.command('File: Revert File');
    });

    it('offers the detected chips with their evidence', async () => {
      await workbench.command('Halcyon: Choose Chip');
      assert.match(await workbench.pickRows('STM32F407'), /platformio\.ini/);
      await picture('chip');
      await workbench.page.keyboard.press('Escape');
    });

    it('downloads nothing in offline mode', async () => {
      await workbench.command('Halcyon: Download SVD');
      await workbench.notification('offline mode is on').waitFor();
    });
  });
}

describe('a chip without an SVD file in VS Code', { skip: whySkip(), timeout: 600_000 }, () => {
  let ground: Ground;
  let workbench: Workbench;
  const row = (text: string): Locator => workbench.page.locator('.pane-body .monaco-list-row').filter({ hasText: text }).first();

  before(async () => {
    ground = await Ground.open({ settings: { 'workbench.colorTheme': 'Dark Modern', 'halcyon.offline': true } });
    workbench = await ground.window(ground.folder('stm32f4-uart'));
    await workbench.openFile('uart.c');
    await workbench.status().filter({ hasText: 'STM32F407' }).waitFor();
  });
  after(async () => {
    await workbench[Symbol.asyncDispose]();
    await ground[Symbol.asyncDispose]();
  });

  it('shows the registers that the device header gives, and says where they come from', async () => {
    await workbench.command('Halcyon: Focus on Peripherals View');
    await row('STM32F407').filter({ hasText: 'stm32f407.h' }).waitFor();
    await workbench.page.locator('.pane-header').filter({ hasText: 'Chat' }).click();
    await row('USART2').waitFor();
    await workbench.command('Halcyon: Find Register');
    await workbench.page.locator('.quick-input-widget input.input').fill('USART2.CR1');
    assert.match(await workbench.pickRows('USART2.CR1'), /0x4000440C/);
    await workbench.page.keyboard.press('Enter');
    await row('RXNEIE').waitFor();
    await workbench.picture('hardware-header-tree');
  });

  it('has cards in the code, which name the header', async () => {
    await workbench.goTo(lineOf('USART2->CR1 = '), 12);
    const hover = await workbench.showHover();
    await workbench.picture('hardware-header-hover');
    const text = await hover.innerText();
    for (const fact of ['USART2.CR1', '0x4000440C', 'RXNEIE', 'stm32f407.h']) assert.ok(text.includes(fact), `${fact} in: ${text}`);
  });
});

/** The line of uart.c in which the text begins. */
function lineOf(text: string): number {
  const lines = fs.readFileSync(path.resolve(import.meta.dirname, '../../fixtures/stm32f4-uart/uart.c'), 'utf8').split('\n');
  return lines.findIndex(line => line.includes(text)) + 1;
}
