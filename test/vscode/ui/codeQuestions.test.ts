// What is asked from the code, from a problem, from a terminal and from Git: offered where it belongs, and what a model is sent then.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { Ground, whySkip } from '../ground.ts';
import type { Workbench } from '../workbench.ts';

const fixture = path.resolve(import.meta.dirname, '../../fixtures/lint');
const serial = [
  '#include "chip.h"', '', 'static uint32_t received;', '', 'void USART2_IRQHandler(void)', '{', '  if (USART2->SR & USART_SR_RXNE)', '  {', '    received++;', '    USART2->SR &= ~USART_SR_TC;', '  }', '}', '',
  'void serial_start(void)', '{', '  USART2->CR1 = USART_CR1_UE | USART_CR1_RE;', '}', '',
].join('\n');
const map = [' .text.serial_start', '                0x0000000008000100       0x40 serial.o', '                0x0000000008000100                serial_start', ''].join('\n');

describe('questions from the code in VS Code', { skip: whySkip(), timeout: 600_000 }, () => {
  const asked: string[] = [];
  let server: http.Server;
  let ground: Ground;
  let folder: string;
  let workbench: Workbench;
  let chat: Frame;

  before(async () => {
    server = http.createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        asked.push((JSON.parse(Buffer.concat(parts).toString('utf8')) as { readonly messages: readonly { readonly content: string }[] }).messages.at(-1)?.content ?? '');
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ choices: [{ message: { content: 'See the evidence [1].' }, finish_reason: 'stop' }] }));
      });
    });
    await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve); });
    ground = await Ground.open({ settings: { 'workbench.colorTheme': 'Light Modern', 'halcyon.svd.path': 'chip.svd', 'halcyon.endpoint.url': `http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'halcyon.endpoint.model': 'coder', 'git.enabled': true, 'terminal.integrated.defaultProfile.linux': 'bash' } });
    folder = ground.folder();
    for (const file of ['chip.svd', 'chip.h', 'startup.c', 'clocks.c']) fs.copyFileSync(path.join(fixture, file), path.join(folder, file));
    fs.writeFileSync(path.join(folder, 'serial.c'), serial.replace('received++;', 'received += 2;'));
    git('init', '-q');
    git('add', '.');
    git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'first');
    fs.writeFileSync(path.join(folder, 'serial.c'), serial);
    fs.writeFileSync(path.join(folder, 'firmware.map'), map);
    fs.writeFileSync(path.join(folder, 'build.log'), 'serial.c:16:3: error: USART9 undeclared\n');
    fs.writeFileSync(path.join(folder, 'fault.log'), 'HardFault! CFSR=0x00008200 HFSR=0x40000000 BFAR=0x4000440C PC=0x08000108\n');
    workbench = await ground.window(folder);
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await workbench.openFile('serial.c');
    await workbench.status().filter({ hasText: 'STM32F407' }).waitFor();
    chat = await workbench.chat();
    await workbench.openFile('serial.c');
  });
  after(async () => {
    await workbench[Symbol.asyncDispose]();
    await ground[Symbol.asyncDispose]();
    server.closeAllConnections();
    server.close();
  });

  it('reviews the function at the cursor: findings are shown and sent', async () => {
    await workbench.goTo(9);
    await offered('Review function', 'questions-1-actions');
    const prompt = await sent(async () => pickAction('Review function'));
    assert.match(prompt, /Facts: findings[^]*serial\.c:10: [^]*rmw-on-w1c[^]*USART2_IRQHandler[^]*10: {5}USART2->SR &= ~USART_SR_TC;/);
    assert.match(prompt, /Facts about USART2_IRQHandler/);
    await chat.locator('.turn').last().filter({ hasText: 'rmw-on-w1c' }).waitFor();
    await workbench.picture('questions-2-review');
  });

  it('explains a register write, field by field', async () => {
    await workbench.openFile('serial.c');
    await workbench.goTo(16, 5);
    const prompt = await sent(async () => pickAction('Explain register write (USART2.CR1)'));
    assert.match(prompt, /writes USART2\.CR1: UE \(bit 13\) = 0x1[^]*RE \(bit 2\) = 0x1/);
    await workbench.picture('questions-3-write');
  });

  it('explains the selected lines, with their numbers and what is reported there', async () => {
    await workbench.openFile('serial.c');
    await workbench.goTo(9);
    for (let line = 0; line < 2; line++) await workbench.page.keyboard.press('Shift+ArrowDown');
    const prompt = await sent(async () => workbench.command('Halcyon: Explain Selection'));
    assert.match(prompt, /lines 9 to 10 \(serial\.c:9\)\n<<<\n9: {5}received\+\+;\n10: /);
    assert.match(prompt, /Problems that tools report here[^]*serial\.c:10: .*\(Halcyon\)/);
  });

  it('mends a finding: the function, the finding and the register go with it', async () => {
    await workbench.openFile('serial.c');
    await workbench.goTo(10, 6);
    await offered('Fix this finding of rmw-on-w1c with Halcyon', 'questions-4-finding');
    const prompt = await sent(async () => pickAction('Fix this finding of rmw-on-w1c with Halcyon'));
    assert.match(prompt, /A tool reports: serial\.c:10: [^]*C code block/);
    assert.match(prompt, /Register USART2\.SR/);
  });

  it('offers all of it in the editor\'s own menu', async () => {
    await workbench.openFile('serial.c');
    await workbench.goTo(16, 5);
    await workbench.page.keyboard.press('Shift+F10');
    await workbench.page.locator('.context-view .action-label').filter({ hasText: 'Review Function' }).waitFor();
    await workbench.page.locator('.context-view .action-label').filter({ hasText: 'Explain Register Write' }).waitFor();
    await workbench.picture('questions-5-menu');
    await workbench.page.keyboard.press('Escape');
  });

  it('decodes a fault that a terminal shows, by the linker\'s map', async () => {
    await inTerminal('cat fault.log');
    const prompt = await sent(async () => askTerminal());
    assert.match(prompt, /PRECISERR[^]*PC 0x08000108 is in serial_start/);
    assert.match(prompt, /serial_start, lines 14 to 17/);
    await workbench.picture('questions-6-fault');
  });

  it('reads a build\'s errors in a terminal, with the code they name', async () => {
    await inTerminal('clear; cat build.log');
    const prompt = await sent(async () => askTerminal());
    assert.match(prompt, /serial\.c, lines 14 to 17[^]*16: {3}USART2->CR1/);
    assert.match(prompt, /Terminal\n<<<\n[^]*serial\.c:16:3: error/);
  });

  it('summarises what changed, and what is staged before that', async () => {
    const all = await sent(async () => workbench.command('Halcyon: Summarise Changes as Commit Message'));
    assert.match(all, /Change of 1 file\n<<<\nchanged serial\.c \(\+1 -1\)[^]*^\+ {4}received\+\+;$/m);
    git('add', 'firmware.map');
    const staged = await sent(async () => workbench.command('Halcyon: Summarise Changes as Commit Message'));
    assert.match(staged, /added firmware\.map/);
    assert.doesNotMatch(staged, /received/);
    await workbench.picture('questions-7-commit');
  });

  function git(...words: readonly string[]): void {
    execFileSync('git', ['-C', folder, ...words]);
  }

  /** What the model was sent because of an action. */
  async function sent(act: () => Promise<void>): Promise<string> {
    const before = asked.length;
    await act();
    for (let attempt = 0; attempt < 300 && asked.length === before; attempt++) await workbench.page.waitForTimeout(100);
    await chat.locator('.turn').last().and(chat.locator('[data-status=done]')).waitFor();
    return asked.slice(before).join('\n');
  }

  function action(title: string) {
    return workbench.page.locator('.action-widget .monaco-list-row').filter({ hasText: title }).first();
  }

  async function offered(title: string, picture: string): Promise<void> {
    await openActions(title);
    await workbench.picture(picture);
    await workbench.page.keyboard.press('Escape');
  }

  /** Actions come when the engine has read the file: then once more. */
  async function openActions(title: string): Promise<void> {
    for (let attempt = 0; attempt < 20; attempt++) {
      await workbench.page.keyboard.press('Control+.');
      if (await action(title).waitFor({ timeout: 2500 }).then(() => true, () => false)) return;
      await workbench.page.keyboard.press('Escape');
    }
    throw new Error(`not offered: ${title}`);
  }

  async function pickAction(title: string): Promise<void> {
    await openActions(title);
    await action(title).click();
  }

  async function inTerminal(command: string): Promise<void> {
    if (await workbench.page.locator('.terminal-wrapper.active').count() === 0) await workbench.command('Terminal: Create New Terminal');
    await workbench.page.locator('.terminal-wrapper.active .xterm').first().click();
    await workbench.page.waitForTimeout(1500);
    await workbench.page.keyboard.type(`${command}\n`);
    await workbench.page.waitForTimeout(1000);
  }

  async function askTerminal(): Promise<void> {
    await workbench.command('Terminal: Select All');
    await workbench.command('Halcyon: Ask Halcyon About the Selection');
  }
});
