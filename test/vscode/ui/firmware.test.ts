// The three surfaces on a firmware folder, in the installed package, as a user meets them.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { Ground, modelFile, whySkip } from '../ground.ts';
import type { Workbench } from '../workbench.ts';

/** One busy core evaluates some fifty prompt tokens a second. */
const answerTimeoutMs = 300_000;

describe('a firmware folder in VS Code', { skip: whySkip({ model: true }), timeout: 900_000 }, () => {
  let ground: Ground;
  let workbench: Workbench;
  before(async () => {
    ground = await Ground.open({ settings: { 'workbench.colorTheme': 'Dark Modern', 'halcyon.model.path': modelFile, 'halcyon.model.threads': 1 } });
    workbench = await ground.window(ground.folder('fictional-mcu'));
    await workbench.openFile('console.c');
  });
  after(async () => {
    await workbench[Symbol.asyncDispose]();
    await ground[Symbol.asyncDispose]();
  });

  it('shows the detected device and the indexed files in the status bar', async () => {
    await workbench.status().filter({ hasText: 'AX32' }).waitFor();
    await workbench.status().locator('.codicon-circuit-board').waitFor();
    await workbench.picture('1-status-bar');
  });

  it('shows the card of the register under the cursor', async () => {
    await workbench.goTo(23, 10);
    const hover = await workbench.showHover();
    await workbench.picture('2-register-hover');
    const text = await hover.innerText();
    for (const fact of ['UART0', 'CTRL', 'RXMARK', 'Ask Halcyon about this register']) assert.ok(text.includes(fact), `${fact} in: ${text}`);
    await workbench.page.keyboard.press('Escape');
  });

  it('explains a handler from the lens above it: facts first, then the narration, checked', async () => {
    await workbench.goTo(52);
    const chat = await workbench.explainFromLens();
    await chat.locator('.facts').filter({ hasText: 'UART0_IRQHandler' }).waitFor();
    await workbench.picture('3-isr-facts');
    await finished(chat, 0);
    assert.ok((await chat.locator('.answer').first().innerText()).length > 20);
    await chat.locator('.turn .evidence').first().waitFor();
    await workbench.picture('4-isr-explained');
  });

  it('offers the handler in the light bulb too', async () => {
    await workbench.openFile('motor.c');
    await workbench.goTo(34, 5);
    await workbench.page.keyboard.press('Control+.');
    await workbench.page.locator('.action-widget .action-item, .action-widget .monaco-list-row').filter({ hasText: 'Explain this ISR (TIMER0_IRQHandler)' }).first().waitFor();
    await workbench.picture('5-code-action');
    await workbench.page.keyboard.press('Escape');
  });

  it('streams an answer to a typed question and links what it rests on', async () => {
    const chat = await workbench.chat();
    await ask(chat, 'Which register sets the UART baud rate?');
    const lengths = await lengthsWhileStreaming(chat, 1);
    assert.ok(new Set(lengths).size > 2, `the text grew in steps: ${lengths.join(' ')}`);
    await finished(chat, 1);
    await workbench.picture('6-answer');
    await chat.locator('.turn').nth(1).locator('details.evidence summary').click();
    await chat.locator('.turn').nth(1).locator('.evidence-list .chip').first().waitFor();
    await workbench.picture('7-evidence');
  });

  it('opens the file of a piece of evidence at its line', async () => {
    const chat = await workbench.chatFrame();
    const chip = chat.locator('.turn').nth(1).locator('.evidence-list .chip').filter({ hasText: /\.\w+:\d+/ }).first();
    const [, name = '', line = ''] = /([\w.]+):(\d+)/.exec(await chip.innerText()) ?? [];
    await chip.click();
    await workbench.page.locator(`.tab[data-resource-name="${name}"]`).first().waitFor();
    await workbench.selectionStatus().filter({ hasText: `Ln ${line},` }).waitFor();
  });

  it('shows the card of a register that an answer rests on, and closes it by keyboard', async () => {
    const chat = await workbench.chatFrame();
    await chat.locator('.turn').first().locator('details.evidence summary').click();
    await chat.locator('.turn').first().locator('.evidence-list .chip').filter({ has: chat.locator('.codicon-circuit-board') }).first().click();
    await chat.locator('dialog[open]').filter({ hasText: 'UART0' }).waitFor();
    await workbench.picture('8-register-card');
    await workbench.page.keyboard.press('Escape');
    await chat.locator('dialog[open]').waitFor({ state: 'detached' });
  });

  it('stops an answer when told to', async () => {
    const chat = await workbench.chat();
    await ask(chat, 'Explain every register of this chip in great detail.');
    await chat.locator('.stop').click();
    await chat.locator('.turn').nth(2).and(chat.locator('[data-status="stopped"]')).waitFor({ timeout: answerTimeoutMs });
    await chat.locator('.send').waitFor();
    await workbench.picture('9-stopped');
  });

  it('keeps the conversation when the view is hidden and shown again', async () => {
    await workbench.command('View: Show Explorer');
    const chat = await workbench.chat();
    await chat.locator('.turn').nth(2).waitFor();
    assert.equal(await chat.locator('.turn').count(), 3);
  });

  it('keeps the conversation over a reload of the window', async () => {
    const before = await (await workbench.chatFrame()).locator('.turn .answer').first().innerText();
    await workbench.reload();
    const chat = await workbench.chat();
    await chat.locator('.turn').nth(2).waitFor();
    assert.equal(await chat.locator('.turn .answer').first().innerText(), before);
    await workbench.picture('10-reloaded');
  });

  it('activates quickly, as VS Code itself measures it', async context => {
    await workbench.command('Developer: Show Running Extensions');
    const rows = workbench.page.locator('.runtime-extensions-editor .monaco-list-row');
    const row = rows.filter({ hasText: 'Halcyon' }).first();
    await rows.first().hover();
    // Slow ones come first, and rows out of sight do not exist.
    for (let attempt = 0; attempt < 20 && await row.count() === 0; attempt++) {
      await workbench.page.mouse.wheel(0, 200);
      await workbench.page.waitForTimeout(200);
    }
    await workbench.picture('11-running-extensions');
    const [, milliseconds] = /Activation: (\d+)ms/.exec(await row.innerText()) ?? [];
    assert.ok(milliseconds, await row.innerText());
    context.diagnostic(`activation, as VS Code measures it: ${milliseconds} ms`);
  });

  it('forgets it on "New Conversation"', async () => {
    await workbench.command('Halcyon: New Conversation');
    await (await workbench.chatFrame()).locator('.empty').waitFor();
  });
});

async function ask(chat: Frame, question: string): Promise<void> {
  await chat.locator('.question-box textarea').fill(question);
  await chat.locator('.question-box textarea').press('Enter');
}

async function finished(chat: Frame, turn: number): Promise<void> {
  await chat.locator('.turn').nth(turn).and(chat.locator('[data-status="done"]')).waitFor({ timeout: answerTimeoutMs });
}

async function lengthsWhileStreaming(chat: Frame, turn: number): Promise<readonly number[]> {
  const entry = chat.locator('.turn').nth(turn);
  await entry.waitFor();
  const lengths: number[] = [];
  while (!['done', 'failed', 'stopped'].includes(await entry.getAttribute('data-status') ?? '')) {
    lengths.push((await entry.locator('.answer').textContent() ?? '').length);
    await entry.page().waitForTimeout(100);
  }
  return lengths;
}
