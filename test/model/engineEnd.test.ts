// An engine that is closed while its model is at work ends in good order: a native abort would take the editor's extensions with it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { grammarsFolder } from '../../src/node/folders.ts';
import { missing, smallChatModel } from './models.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** A process that opens the engine in a thread, asks, and closes it at the first event of a kind; `stop`: after a stop. */
function check(name: string, { at, stop }: { readonly at: 'evidence' | 'text'; readonly stop: boolean }): void {
  test(name, { skip: missing(smallChatModel) }, () => {
    const storage = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-end-'));
    const options = { workspace: path.join(root, 'test/fixtures/fictional-mcu'), storage, grammars: grammarsFolder(), modelFile: smallChatModel, threads: 1 };
    const program = `
      import { startEngine } from ${JSON.stringify(new URL('../../src/node/engineClient.ts', import.meta.url).href)};
      await using engine = startEngine({ ...${JSON.stringify(options)}, workerFile: new URL(${JSON.stringify(new URL('../../src/node/engineWorker.ts', import.meta.url).href)}) });
      const controller = new AbortController();
      const events = engine.ask({ question: 'What does SYS.CLOCKEN do? '.repeat(60), maxTokens: 300 }, controller.signal)[Symbol.asyncIterator]();
      for (let event = await events.next(); !event.done && event.value.type !== ${JSON.stringify(at)}; event = await events.next());
      await new Promise(resolve => setTimeout(resolve, 200));
      if (${stop}) controller.abort();
      console.log('closing');`;
    const entry = path.join(storage, 'run.mjs');
    fs.writeFileSync(entry, program);
    try {
      const { status, signal, stdout } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', entry], { encoding: 'utf8' });
      assert.deepEqual([status, signal, stdout.trim()], [0, null, 'closing']);
    } finally {
      fs.rmSync(storage, { recursive: true });
    }
  });
}

check('closed right after a stop while the prompt is evaluated', { at: 'evidence', stop: true });
check('closed while the prompt is evaluated', { at: 'evidence', stop: false });
check('closed while text is written', { at: 'text', stop: false });
