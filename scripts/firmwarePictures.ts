// The part of repositoryPictures.ts that shows what is known of the firmware: handlers, registers, findings.
import type { Frame, Locator } from 'playwright-core';
import type { Workbench } from '../test/vscode/workbench.ts';

/** What is shown: a handler with its file, and a register that the code uses. */
export interface FirmwareSubject {
  readonly file: string;
  readonly handler: string;
  readonly register: string;
}

/** Pictures of a handler's summary and dossier, the lists of interrupts and peripherals, a register's uses and set-up, and findings. */
export async function takeFirmwarePictures(workbench: Workbench, prefix: string, { file, handler, register }: FirmwareSubject): Promise<void> {
  const { page } = workbench;
  const row = (text: string): Locator => page.locator('.pane-body .monaco-list-row').filter({ hasText: text }).first();
  await workbench.command('View: Close All Editors');
  await workbench.openFile(file);
  await page.keyboard.press('Control+F');
  await page.keyboard.type(`${handler}(`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await workbench.codeLens('register').waitFor({ timeout: 120_000 });
  await workbench.picture(`${prefix}-7-lens`);
  await workbench.codeLens('register').click();
  await panelOf(workbench, handler);
  await workbench.picture(`${prefix}-8-dossier`);
  await workbench.command('View: Close All Editors');
  await workbench.openFile(file);
  await workbench.command('Halcyon: Focus on Interrupts View');
  await row(handler).waitFor({ timeout: 120_000 });
  await row(handler).locator('.monaco-tl-twistie').click();
  await workbench.picture(`${prefix}-9-interrupts`);
  await workbench.command('Halcyon: Focus on Peripherals View');
  await row('uses').waitFor({ timeout: 300_000 });
  await row(register.split('.', 1)[0] ?? register).locator('.monaco-tl-twistie').click();
  await workbench.picture(`${prefix}-10-peripherals`);
  await takeUsePictures(workbench, prefix, register);
  await workbench.command('Problems: Focus on Problems View');
  await page.locator('.markers-panel .monaco-list-row').first().waitFor({ timeout: 120_000 });
  await workbench.picture(`${prefix}-14-findings`);
}

async function takeUsePictures(workbench: Workbench, prefix: string, register: string): Promise<void> {
  const { page } = workbench;
  const input = page.locator('.quick-input-widget input.input');
  const first = page.locator('.quick-input-list .monaco-list-row').first();
  await workbench.command('Halcyon: Find Uses of Register');
  await input.fill(register);
  await first.waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-title').filter({ hasText: 'use' }).waitFor({ timeout: 120_000 });
  await workbench.picture(`${prefix}-11-uses`);
  await page.locator('.quick-input-widget .codicon-references').first().click();
  await page.locator('.zone-widget .reference, .zone-widget .ref-tree').first().waitFor();
  await workbench.picture(`${prefix}-12-references`);
  await page.keyboard.press('Escape');
  await workbench.command('Halcyon: Show Init Timeline');
  await first.waitFor({ timeout: 120_000 });
  await workbench.picture(`${prefix}-13-timeline`);
  await page.keyboard.press('Escape');
}

/** The panel's page, once it shows the handler. */
async function panelOf({ page }: Workbench, handler: string): Promise<Frame> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    for (const frame of page.frames()) if (await frame.locator('main h1').filter({ hasText: handler }).count().catch(() => 0) > 0) return frame;
    await page.waitForTimeout(200);
  }
  throw new Error(`the panel does not show ${handler}`);
}
