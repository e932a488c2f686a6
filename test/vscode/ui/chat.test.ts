// The chat itself: what may be typed, what can be done with an answer, what is kept; and that nothing in an answer runs.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { Ground, whySkip } from '../ground.ts';
import type { Workbench } from '../workbench.ts';

const axe = fs.readFileSync(path.resolve(import.meta.dirname, '../../../node_modules/axe-core/axe.min.js'), 'utf8');

/** A model server that means harm, and one that thinks and writes code: what it says depends on the question's last word. */
const replies: Readonly<Record<string, string>> = {
  harm: '<img src=x onerror="window.harmed=1"> <script>window.harmed=1</script> [run](javascript:window.harmed=1) [cmd](command:workbench.action.quit) ![pixel](http://tracker.invalid/p.png) <iframe src="http://tracker.invalid"></iframe> <style>body{display:none}</style> <form action="http://tracker.invalid"><input name=q></form> `<b>shown</b>` [web](https://example.com/page)',
  code: '<think>The buffer should be emptied first.</think>Use this:\n\n```c\nint console_read(void)\n{\n  return -2;\n}\n```\n\nIt returns -2.',
};

describe('the chat in VS Code', { skip: whySkip(), timeout: 900_000 }, () => {
  let server: http.Server;
  let ground: Ground;
  let folder: string;
  let workbench: Workbench;
  let chat: Frame;
  const asked: string[] = [];
  const box = () => chat.locator('.composer textarea');
  const turn = (index: number) => chat.locator('.turn').nth(index);

  before(async () => {
    server = http.createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = Buffer.concat(parts).toString('utf8');
        asked.push(body);
        // Earlier questions come first, as they were sent.
        const kind = [...body.matchAll(/Question: [^\n]*?(\w+)\\n/g)].at(-1)?.[1] ?? '';
        void stream(response, replies[kind] ?? 'It is set in console_init. '.repeat(kind === 'slowly' ? 60 : 2), kind === 'slowly' ? 60 : 5);
      });
    });
    await new Promise<void>(resolve => { server.listen(0, '127.0.0.1', resolve); });
    ground = await Ground.open({ settings: { 'workbench.colorTheme': 'Dark Modern', 'halcyon.endpoint.url': `http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'halcyon.endpoint.model': 'coder' } });
    folder = ground.folder('fictional-mcu');
    workbench = await ground.window(folder);
    await workbench.openFile('console.c');
    await workbench.status().filter({ hasText: 'AX32' }).waitFor();
    chat = await workbench.chat();
  });
  after(async () => {
    await workbench[Symbol.asyncDispose]();
    await ground[Symbol.asyncDispose]();
    server.closeAllConnections();
    server.close();
  });

  it('offers tasks and references while they are typed, and shows what is referred to', async () => {
    await box().pressSequentially('/');
    await chat.locator('.suggestion').filter({ hasText: '/isr' }).waitFor();
    await workbench.picture('chat-1-tasks');
    await box().press('Escape');
    await box().fill('');
    await box().pressSequentially('How is #register:UART0.CT');
    await chat.locator('.suggestion[aria-selected=true]').filter({ hasText: 'UART0.CTRL' }).waitFor();
    await box().press('Enter');
    await box().pressSequentially('set in #file:cons');
    await chat.locator('.suggestion[aria-selected=true]').filter({ hasText: 'console.c' }).waitFor();
    await box().press('Tab');
    assert.equal(await box().inputValue(), 'How is #register:UART0.CTRL set in #file:console.c ');
    assert.deepEqual(await chat.locator('.reference-chip').allInnerTexts(), ['UART0.CTRL', 'console.c']);
    await workbench.picture('chat-2-references');
    await box().press('Enter');
    await turn(0).and(chat.locator('[data-status=done]')).waitFor();
    assert.match(asked.at(-1) ?? '', /lines 1 to 50 \(console\.c:1\)/, 'the file is quoted');
    assert.deepEqual(await turn(0).locator('.chips[aria-label=Question] .chip').allInnerTexts(), ['UART0.CTRL', 'console.c']);
  });

  it('takes files that are dropped on it', async () => {
    await chat.evaluate(`(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.setData('text/uri-list', ${JSON.stringify(ground.server.remote(path.join(folder, 'pump.h')))});
      for (const type of ['dragover', 'drop']) document.querySelector('.composer').dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    })()`);
    await chat.locator('.reference-chip').filter({ hasText: 'pump.h' }).waitFor();
    assert.equal(await box().inputValue(), '#file:pump.h ');
    await chat.locator('.reference-chip button').click();
    assert.equal(await box().inputValue(), '');
  });

  it('keeps what is sent while an answer streams, and stops at Escape', async () => {
    await ask('Explain this slowly');
    await turn(1).and(chat.locator('[data-status=streaming]')).waitFor();
    await ask('Give me code');
    await turn(2).and(chat.locator('[data-status=queued]')).waitFor();
    await workbench.picture('chat-3-queued');
    await box().press('Escape');
    await turn(1).and(chat.locator('[data-status=stopped]')).waitFor();
    await turn(1).locator('[data-action=debug-continue]').waitFor();
    await turn(2).and(chat.locator('[data-status=done]')).waitFor();
  });

  it('folds what the model thought', async () => {
    await turn(2).locator('details.thinking').filter({ hasText: 'The buffer should be emptied first.' }).waitFor();
    assert.equal(await turn(2).locator('details.thinking').getAttribute('open'), null);
    assert.doesNotMatch(await turn(2).locator('.answer').innerText(), /think|emptied/);
  });

  it('compares code with the file, and applies it', async () => {
    await workbench.picture('chat-4-code');
    await turn(2).locator('[data-code=apply]').click();
    await workbench.page.locator('.tab').filter({ hasText: 'Proposed for the functions it defines' }).waitFor();
    await workbench.page.locator('.diff-editor, .monaco-diff-editor').first().waitFor();
    await workbench.picture('chat-5-diff');
    await workbench.command('Halcyon: Apply Proposed Change');
    await workbench.page.locator('.tab').filter({ hasText: 'Proposed' }).waitFor({ state: 'detached' });
    await workbench.page.locator('.view-line').filter({ hasText: 'return -2;' }).waitFor();
    await workbench.page.keyboard.press('Control+Z');
    await workbench.page.locator('.view-line').filter({ hasText: 'return -2;' }).waitFor({ state: 'detached' });
  });

  it('edits a question, which takes the place of what came after it', async () => {
    await turn(1).locator('.edit').focus();
    await turn(1).locator('.edit').press('Enter');
    await chat.locator('.question-editor textarea').fill('Where is it set?');
    await chat.locator('.question-editor textarea').press('Enter');
    await turn(1).and(chat.locator('[data-status=done]')).filter({ hasText: 'Where is it set?' }).waitFor();
    assert.equal(await chat.locator('.turn').count(), 2);
  });

  it('keeps a rating and a correction', async () => {
    await turn(1).locator('[data-rate=down]').click();
    await chat.locator('.correction textarea').fill('BAUD is written in console_init.');
    await workbench.picture('chat-6-correction');
    await chat.locator('.correction textarea').press('Enter');
    await turn(1).locator('.turn-actions > .hint').waitFor();
    const [file = ''] = fs.globSync(path.join(ground.server.folder, 'user/**/feedback.jsonl'));
    const lines = fs.readFileSync(file, 'utf8').trim().split('\n').map(line => JSON.parse(line) as Readonly<Record<string, unknown>>);
    assert.deepEqual(lines.map(({ rating, correction, question, device }) => ({ rating, correction, question, device })), [
      { rating: 'down', correction: undefined, question: 'Where is it set?', device: 'AX32' },
      { rating: 'down', correction: 'BAUD is written in console_init.', question: 'Where is it set?', device: 'AX32' },
    ]);
  });

  it('runs, loads and links nothing of a hostile answer', async () => {
    const requests: string[] = [];
    workbench.page.on('request', request => requests.push(request.url()));
    await ask('Now do harm');
    await turn(2).and(chat.locator('[data-status=done]')).waitFor();
    assert.equal(await chat.evaluate('window.harmed ?? 0'), 0);
    assert.equal(await turn(2).locator('.answer').locator('img, script, iframe, style, form, input, [onerror], a[href^="javascript:"], a[href^="command:"]').count(), 0);
    assert.deepEqual(await chat.evaluate('[...document.querySelectorAll(".turn:nth-child(3) .answer a")].map(link => link.getAttribute("href"))'), ['http://tracker.invalid/p.png', 'https://example.com/page'], 'a picture is only a link');
    assert.deepEqual(requests.filter(url => url.includes('tracker.invalid')), []);
    await workbench.picture('chat-7-hostile');
  });

  it('has no fault that axe-core finds', async () => {
    await chat.evaluate(axe);
    // The page is transparent: what is behind it lies in another frame.
    const faults = await chat.evaluate<unknown>(`(async () => {
      document.body.style.background = 'var(--vscode-sideBar-background)';
      const { violations } = await axe.run(document);
      return violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ target }) => target.join(' ')).join(', '));
    })()`);
    assert.deepEqual(faults, []);
  });

  it('words tasks by their templates, with the code at the cursor', async () => {
    await workbench.goTo(29, 3);
    const words: Readonly<Record<string, RegExp>> = {
      '/register UART0.BAUD': /Explain the register UART0\.BAUD/,
      '/review': /lines 27 to 36[^]*Review the code of console\.c:29/,
      '/init UART0 at 115200': /Write C code for: UART0 at 115200/,
      '/isr UART0_IRQHandler': /Explain the interrupt handler UART0_IRQHandler/,
      '/explain': /Explain the code of console_read/,
    };
    for (const [input, expected] of Object.entries(words)) {
      const before = asked.length;
      await ask(input);
      await chat.locator('.turn').last().and(chat.locator('[data-status=done]')).filter({ hasText: input }).waitFor();
      const sent = asked.slice(before).flatMap(body => (JSON.parse(body) as { readonly messages: readonly { readonly content: string }[] }).messages.map(({ content }) => content)).join('\n');
      assert.match(sent, expected, input);
    }
    await workbench.picture('chat-11-tasks');
  });

  it('finds conversations by what was said in them', async () => {
    await workbench.command('Halcyon: New Conversation');
    chat = await workbench.chatFrame();
    await chat.locator('.recent').filter({ hasText: 'How is #register' }).waitFor();
    await workbench.picture('chat-8-recent');
    await workbench.command('Halcyon: Show Conversations');
    await workbench.pick('How is #register', 'example.com');
    await turn(2).waitFor();
    await workbench.picture('chat-9-opened');
  });

  it('renames, exports under the new name, and deletes the conversation in use', async () => {
    const button = async (row: string, name: string): Promise<void> => {
      await workbench.command('Halcyon: Show Conversations');
      const found = workbench.page.locator('.quick-input-list .monaco-list-row').filter({ hasText: row }).first();
      await found.hover();
      await found.locator(`.action-label[aria-label="${name}"]`).click();
    };
    await button('How is #register', 'Rename');
    await workbench.page.locator('.quick-input-title').filter({ hasText: 'Rename' }).waitFor();
    await workbench.page.locator('.quick-input-box input').fill('Baud rate');
    await workbench.page.keyboard.press('Enter');
    assert.match(await workbench.pickRows('Baud rate'), /Baud rate/);
    await workbench.picture('chat-12-renamed');
    await workbench.page.keyboard.press('Escape');
    await workbench.command('Halcyon: Export Conversation');
    const exported = workbench.page.locator('.quick-input-box input');
    // The name comes a moment after the dialog.
    for (let attempt = 0; attempt < 50 && !/\.md$/.test(await exported.inputValue()); attempt++) await workbench.page.waitForTimeout(200);
    assert.match(await exported.inputValue(), /Baud-rate\.md$/);
    await workbench.page.keyboard.press('Escape');
    await ask('Explain this slowly');
    await chat.locator('.turn[data-status=streaming]').waitFor();
    await button('Baud rate', 'Delete');
    await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Delete' }).click();
    await chat.locator('.turn').first().waitFor({ state: 'detached' });
    await workbench.page.keyboard.press('Escape');
    await workbench.command('Halcyon: Show Conversations');
    assert.doesNotMatch(await workbench.page.locator('.quick-input-list').innerText(), /Baud rate/);
    await workbench.page.keyboard.press('Escape');
    assert.doesNotMatch(ground.server.extensionLog(), /was not kept/);
  });

  it('speaks Chinese', async () => {
    await using chinese = await ground.window(folder, 'zh-cn');
    await chinese.page.locator('.activitybar .action-label[aria-label^=Halcyon]').first().click();
    const page = await chinese.chatFrame();
    await page.locator('.composer textarea[aria-label="问题"]').waitFor();
    await chinese.picture('chat-10-chinese');
  });

  async function ask(question: string): Promise<void> {
    await box().fill(question);
    await box().press('Enter');
  }
});

async function stream(response: http.ServerResponse, text: string, pauseMs: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const piece of text.match(/.{1,24}/gs) ?? []) {
    if (response.destroyed) return;
    response.write(`data: ${JSON.stringify({ choices: [{ delta: { content: piece } }] })}\n\n`);
    await new Promise(resolve => { setTimeout(resolve, pauseMs); });
  }
  response.end('data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
}
