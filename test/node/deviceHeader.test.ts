// The vendor's device header, found on a real disk, joined to the description and kept while it stays the same.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { grammarsFolder } from '../../src/node/folders.ts';
import { openEngine, type OpenEngine } from '../../src/node/openEngine.ts';

const fixtures = path.resolve(import.meta.dirname, '../fixtures/headers');
const header = fs.readFileSync(path.join(fixtures, 'structs.h'), 'utf8');
const description = fs.readFileSync(path.join(fixtures, 'acme100.svd'), 'utf8');

interface Ground {
  /** Root of the workspace and of what lies beside it. */
  readonly folder: string;
  /** A new engine over the same workspace and caches each time. */
  readonly engine: () => OpenEngine;
}

/** One story in a workspace with these files; `../` leads out of it. */
function check(sentence: string, files: Readonly<Record<string, string>>, story: (ground: Ground) => Promise<void>): void {
  test(sentence, async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-header-'));
    const workspace = path.join(folder, 'firmware');
    for (const [name, text] of Object.entries({ 'main.c': '', ...files })) {
      fs.mkdirSync(path.dirname(path.join(workspace, name)), { recursive: true });
      fs.writeFileSync(path.join(workspace, name), text.replaceAll('$FOLDER', folder));
    }
    const opened: OpenEngine[] = [];
    const engine = (): OpenEngine => {
      const next = openEngine({ workspace, storage: path.join(folder, 'storage'), grammars: grammarsFolder(), device: 'ACME100' });
      opened.push(next);
      return next;
    };
    try {
      await story({ folder, engine });
    } finally {
      for (const one of opened) await one.close();
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
}

/** Whether a join lies in the cache. */
function hasJoin(folder: string): boolean {
  const cache = path.join(folder, 'storage/devices');
  return fs.existsSync(cache) && fs.readdirSync(cache).some(name => fs.readFileSync(path.join(cache, name), 'utf8').includes('"disagreements"'));
}

const pathsOf = async (engine: OpenEngine, query: string): Promise<string[]> => (await engine.register(query)).matches.map(match => match.path);

check('names that only the header has lead to the description\'s registers', { 'acme100.svd': description, 'inc/acme100.h': header, 'compile_commands.json': '[{"command": "cc -DACME100xx -c main.c"}]' }, async ({ engine }) => {
  const one = engine();
  assert.deepEqual(await pathsOf(one, 'UART2->CR'), ['UART2.CTRL']);
  const { headers, checks, coverage } = await one.checkDevice();
  assert.deepEqual(headers.map(file => path.basename(file))[0], 'acme100.h');
  assert.ok(checks.some(({ message }) => /NEWER/.test(message)), JSON.stringify(checks.map(({ message }) => message)));
  assert.ok((coverage?.registers.joined ?? 0) > 0);
});

check('without a description the registers are the header\'s, and are said to be', { 'acme100.h': header, 'compile_commands.json': '[{"command": "cc -DACME100xx -c main.c"}]' }, async ({ engine }) => {
  const one = engine();
  const report = await one.device();
  assert.equal(report.header, 'acme100.h');
  assert.equal(report.svd, undefined);
  const { matches } = await one.register('UART2.CR');
  assert.match(matches[0]?.source ?? '', /acme100\.h/);
  assert.match((await one.checkDevice()).problems[0]?.message ?? '', /No SVD file/);
});

const wordy = fs.readFileSync(path.join(fixtures, 'wordy.h'), 'utf8').replace('0x00001000UL', '0x40001000UL').replaceAll('UART_SR_', 'UART_CTRL_').replace('uint32_t SR;', 'uint32_t CTRL;').replaceAll('UART_CTRL_IDLE      0x00000010UL', 'UART_CTRL_MODE 0x00000030UL');

check('cards show the header\'s comment where the description has none: register, tree and hover', { 'acme100.svd': description.replace(/<description>[^<]*<\/description>/g, ''), 'acme100.h': wordy, 'main.c': '#include "acme100.h"\nvoid run(void) { UART1->CTRL = 0; }\n' }, async ({ engine }) => {
  const one = engine();
  const { matches } = await one.register('UART1.CTRL');
  assert.match(matches[0]?.markdown ?? '', /Line idle \*\(header\)\*/);
  const { nodes } = await one.outline({ path: 'UART1.CTRL' });
  assert.match((await one.outlineCard(nodes.at(-1)?.id ?? '')).markdown ?? '', /Line idle \*\(header\)\*/);
  const place = { file: 'main.c', line: 2, column: 27 };
  assert.match((await one.hover(place)).markdown ?? '', /Line idle \*\(header\)\*/);
  assert.match((await engine().hover({ ...place, waitForHeader: true })).markdown ?? '', /Line idle \*\(header\)\*/);
});

check('a header outside the workspace is found in the build\'s include folders', { 'acme100.svd': description, '../sdk/acme100.h': header, 'compile_commands.json': '[{"command": "cc -DACME100xx -I$FOLDER/sdk -c main.c"}]' }, async ({ engine, folder }) => {
  const one = engine();
  assert.deepEqual((await one.checkDevice()).headers[0], path.join(folder, 'sdk/acme100.h'));
});

check('the build\'s defines choose the branch', { 'acme100.svd': description, 'acme100.h': header.replace('defined(ACME100xx)', 'defined(FULL)'), 'compile_commands.json': '[{"arguments": ["cc", "-DFULL=1", "-c", "main.c"]}]' }, async ({ engine }) => {
  const { checks } = await engine().checkDevice();
  assert.ok(!checks.some(({ message }) => /interrupt 77/.test(message)), JSON.stringify(checks.map(({ message }) => message)));
});

check('without the define the other branch counts', { 'acme100.svd': description, 'acme100.h': header.replace('defined(ACME100xx)', 'defined(FULL)') }, async ({ engine }) => {
  const { checks } = await engine().checkDevice();
  assert.ok(checks.some(({ message }) => /interrupt 77/.test(message)));
});

check('a join that was kept is not used any more when the header has changed', { 'acme100.svd': description, 'acme100.h': header, 'compile_commands.json': '[{"command": "cc -DACME100xx -c main.c"}]' }, async ({ engine, folder }) => {
  assert.deepEqual(await pathsOf(engine(), 'UART2->CR'), ['UART2.CTRL']);
  assert.deepEqual(await pathsOf(engine(), 'UART2->CR'), ['UART2.CTRL']);
  fs.writeFileSync(path.join(folder, 'firmware/acme100.h'), header.replace(/\bCR;/, 'STEER;'));
  const later = engine();
  assert.deepEqual(await pathsOf(later, 'UART2->STEER'), ['UART2.CTRL']);
  assert.deepEqual(await pathsOf(later, 'UART2->CR'), []);
});

check('whoever stays open finds the header joined without a hover, once the words are in the index', { 'acme100.svd': description, 'acme100.h': header, 'compile_commands.json': '[{"command": "cc -DACME100xx -c main.c"}]' }, async ({ engine, folder }) => {
  await Array.fromAsync(engine().index({ embed: false }));
  await setTimeout(200);
  assert.equal(hasJoin(folder), false, 'a single command does not wait for it');
  await Array.fromAsync(engine().index({ embed: false, prepareHovers: true }));
  for (let attempt = 0; attempt < 500 && !hasJoin(folder); attempt += 1) await setTimeout(20);
  assert.equal(hasJoin(folder), true);
});

check('a damaged join in the cache is made anew', { 'acme100.svd': description, 'acme100.h': header, 'compile_commands.json': '[{"command": "cc -DACME100xx -c main.c"}]' }, async ({ engine, folder }) => {
  await engine().checkDevice();
  const cache = path.join(folder, 'storage/devices');
  for (const name of fs.readdirSync(cache)) fs.writeFileSync(path.join(cache, name), '{"keys": [');
  assert.deepEqual(await pathsOf(engine(), 'UART2->CR'), ['UART2.CTRL']);
});

check('no header of the chip is a sentence, not a failure', { 'acme100.svd': description }, async ({ engine }) => {
  const { headers, problems } = await engine().checkDevice();
  assert.deepEqual(headers, []);
  assert.match(problems[0]?.message ?? '', /No device header for ACME100 was found/);
});

check('a small part\'s registers come from its header and the linker\'s symbols beside it, also outside the workspace', { '../ti/include/acme100.h': '', '../ti/include/msp430acme.h': fs.readFileSync(path.join(fixtures, 'acme430.h'), 'utf8'), '../ti/include/msp430acme_symbols.ld': fs.readFileSync(path.join(fixtures, 'acme430_symbols.ld'), 'utf8'), 'main.c': 'void run(void) { P1OUT |= 1; }\n', 'compile_commands.json': '[{"command": "msp430-gcc -I$FOLDER/ti/include -c main.c"}]' }, async ({ folder }) => {
  const one = openEngine({ workspace: path.join(folder, 'firmware'), storage: path.join(folder, 'storage'), grammars: grammarsFolder(), device: 'MSP430ACME' });
  try {
    assert.equal((await one.hover({ file: 'main.c', line: 1, column: 19, waitForHeader: true })).register, 'SFR.P1OUT');
    assert.match((await one.register('P1OUT')).matches[0]?.source ?? '', /msp430acme\.h/);
  } finally {
    await one.close();
  }
});

check('a header that cannot be read does not take the registers with it', { 'acme100.svd': description, 'acme100.h': header }, async ({ folder }) => {
  const one = openEngine({ workspace: path.join(folder, 'firmware'), storage: path.join(folder, 'storage'), grammars: path.join(folder, 'no-grammars'), device: 'ACME100' });
  try {
    assert.deepEqual(await pathsOf(one, 'UART2.CTRL'), ['UART2.CTRL']);
    assert.equal((await one.decode('UART2.CTRL', '1')).path, 'UART2.CTRL');
  } finally {
    await one.close();
  }
});
