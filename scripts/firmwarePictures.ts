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
  await indexed(workbench);
  await takeHandlerPictures(workbench, prefix, { file, handler });
  await takeTreePictures(workbench, prefix, { handler, register });
  await takeUsePictures(workbench, prefix, register);
  await workbench.command('Problems: Focus on Problems View');
  await workbench.page.locator('.markers-panel .monaco-list-row').first().waitFor({ timeout: 120_000 });
  await workbench.page.locator('.markers-panel .monaco-list-row').nth(1).click();
  await workbench.picture(`${prefix}-15-findings`);
}

async function takeHandlerPictures(workbench: Workbench, prefix: string, { file, handler }: { readonly file: string; readonly handler: string }): Promise<void> {
  const { page } = workbench;
  await workbench.command('View: Close All Editors');
  await workbench.openFile(file);
  await page.keyboard.press('Control+F');
  await page.keyboard.type(`${handler}(`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Home');
  await workbench.codeLens('register').waitFor({ timeout: 120_000 });
  await workbench.picture(`${prefix}-7-lens`);
  // By the command: a click on the lens goes to whichever handler comes first in sight.
  await workbench.command('Halcyon: Show ISR Dossier');
  const panel = await panelOf(workbench, handler);
  await workbench.picture(`${prefix}-8-dossier`);
  await panel.locator('section').last().scrollIntoViewIfNeeded();
  await workbench.picture(`${prefix}-9-dossier-end`);
  await workbench.command('View: Close All Editors');
  await workbench.openFile(file);
}

async function takeTreePictures(workbench: Workbench, prefix: string, { handler, register }: { readonly handler: string; readonly register: string }): Promise<void> {
  const { page } = workbench;
  await widen(workbench);
  await showOnly(workbench, 'Interrupts');
  await (await rowInSight(workbench, handler)).locator('.monaco-tl-twistie').click();
  await page.mouse.wheel(0, 300);
  await page.mouse.move(900, 500);
  await workbench.picture(`${prefix}-10-interrupts`);
  await showOnly(workbench, 'Peripherals');
  const peripheral = register.split('.', 1)[0] ?? register;
  await (await rowInSight(workbench, peripheral.replace(/\d+$/, ''))).locator('.monaco-tl-twistie').click();
  await (await rowInSight(workbench, peripheral)).locator('.monaco-tl-twistie').click();
  await page.mouse.wheel(0, 300);
  await page.mouse.move(900, 500);
  await page.locator('.sidebar .monaco-list-row').filter({ hasText: / uses?/ }).first().waitFor({ timeout: 300_000 });
  await workbench.picture(`${prefix}-11-peripherals`);
}

/** Rows that are not in sight are not in the page: turns the wheel until this one is. */
async function rowInSight({ page }: Workbench, label: string): Promise<Locator> {
  const rows = page.locator('.sidebar .pane-body .monaco-list-row');
  await rows.first().waitFor({ timeout: 120_000 });
  const row = rows.filter({ has: page.locator('.label-name', { hasText: new RegExp(`^${label}$`) }) }).first();
  for (let turn = 0; turn < 40 && await row.count() === 0; turn += 1) {
    await page.mouse.move(150, 400);
    await page.mouse.wheel(0, 250);
    await page.waitForTimeout(150);
  }
  return row;
}

/** Draws the side bar's edge outwards, as one does to read its rows. */
async function widen({ page }: Workbench): Promise<void> {
  const box = await page.locator('.sidebar').first().boundingBox();
  if (box === null) return;
  await page.mouse.move(box.x + box.width + 2, 450);
  await page.mouse.down();
  await page.mouse.move(560, 450, { steps: 4 });
  await page.mouse.up();
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
  await workbench.picture(`${prefix}-12-uses`);
  await page.locator('.quick-input-widget .codicon-references').first().click();
  await page.locator('.zone-widget .reference, .zone-widget .ref-tree').first().waitFor();
  await workbench.picture(`${prefix}-13-references`);
  await page.keyboard.press('Escape');
  await workbench.command('Halcyon: Show Init Timeline');
  // The list of commands is still there for a moment.
  await page.locator('.quick-input-title').filter({ hasText: /Show Init Timeline| writes from / }).waitFor({ timeout: 120_000 });
  if (await input.getAttribute('placeholder') === 'Choose a peripheral') {
    await input.fill(register.split('.', 1)[0] ?? register);
    await page.keyboard.press('Enter');
  }
  await page.locator('.quick-input-title').filter({ hasText: ' writes from ' }).waitFor({ timeout: 120_000 });
  await workbench.picture(`${prefix}-14-timeline`);
  await page.keyboard.press('Escape');
}

/** Folds every other view of the side bar away: none of them is tall enough beside the others. */
async function showOnly(workbench: Workbench, view: string): Promise<void> {
  for (const name of ['Chat', 'Peripherals', 'Interrupts', 'Knowledge']) {
    const header = workbench.page.locator('.sidebar .pane-header').filter({ hasText: name });
    if (await header.getAttribute('aria-expanded') !== String(name === view)) await header.click();
  }
  await workbench.command(`Halcyon: Focus on ${view} View`);
}

/** Waits until nothing has been read for a while. */
async function indexed(workbench: Workbench): Promise<void> {
  for (let still = 0; still < 6; still += 1) {
    if ((await workbench.status().innerText()).includes('%')) still = 0;
    await workbench.page.waitForTimeout(1000);
  }
}

/** The panel's page, once it shows the handler. */
async function panelOf({ page }: Workbench, handler: string): Promise<Frame> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    for (const frame of page.frames()) if (await frame.locator('main h1').filter({ hasText: handler }).count().catch(() => 0) > 0) return frame;
    await page.waitForTimeout(200);
  }
  throw new Error(`the panel does not show ${handler}`);
}
