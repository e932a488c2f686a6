// Folders beside the workspace: which are taken up, that each is indexed once whatever asks for it, and that answers come from them.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import type { IndexReport } from '../../src/core/index.ts';
import { grammarsFolder } from '../../src/node/folders.ts';
import { openEngine, type OpenEngine } from '../../src/node/openEngine.ts';

const sdkFiles = {
  'LICENSE': 'free\n',
  'README.md': '# Board kit\n\nThe kit blinks.\n',
  'include/kit/uart.h': '#define KIT_UART_RXNE (1u << 5)\nvoid kit_uart_send(unsigned value);\n',
  'src/uart.c': '#include "kit/uart.h"\n/** Sends one byte and waits until the shift register is empty. */\nvoid kit_uart_send(unsigned value) { (void)value; }\n',
  'src/image.bin': '\0\0\0\0',
};

/** A folder with two projects that include `kit/include`, and what there is to ask. */
async function check(use: (world: World) => Promise<void>): Promise<void> {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-knowledge-')));
  write(path.join(folder, 'kit'), sdkFiles);
  const storage = path.join(folder, 'storage');
  const engines: OpenEngine[] = [];
  try {
    await use({
      folder, storage,
      project: (name, kit) => {
        write(path.join(folder, name), {
          'main.c': 'void kit_uart_send(unsigned value);\nint main(void) { kit_uart_send(1); return 0; }\n',
          'build/compile_commands.json': JSON.stringify([{ directory: path.join(folder, name, 'build'), file: '../main.c', command: `cc -I${path.join(kit, 'include')} -I/usr/include -c ../main.c` }]),
        });
        return path.join(folder, name);
      },
      open: (workspace, options = {}) => {
        const engine = openEngine({ workspace, storage, grammars: grammarsFolder(), ...options });
        engines.push(engine);
        return engine;
      },
    });
  } finally {
    for (const engine of engines) await engine.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

interface World {
  readonly folder: string;
  readonly storage: string;
  readonly project: (name: string, kit: string) => string;
  readonly open: (workspace: string, options?: Partial<Parameters<typeof openEngine>[0]>) => OpenEngine;
}

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
}

async function indexed(engine: OpenEngine): Promise<IndexReport> {
  const last = (await Array.fromAsync(engine.index({ embed: false }))).at(-1);
  assert.ok(last?.type === 'done');
  return last.report;
}

function sharedIndexes(storage: string): string[] {
  return fs.readdirSync(path.join(storage, 'shared'));
}

test('the SDK around an include folder is found, indexed and searched, sources and documents too', () => check(async ({ folder, project, open }) => {
  const engine = open(project('app', path.join(folder, 'kit')));
  await indexed(engine);
  const { hits } = await engine.search('wait until the shift register is empty');
  assert.equal(hits[0]?.file, path.join(folder, 'kit/src/uart.c'));
  assert.equal(hits[0].symbol, 'kit_uart_send');
}));

test('the report names each folder with why it is there, and what was left out of it', () => check(async ({ folder, project, open }) => {
  const engine = open(project('app', path.join(folder, 'kit')));
  const report = await indexed(engine);
  assert.ok(report.skipped.some(({ file, reason }) => file === path.join(folder, 'kit/src/image.bin') && /\.bin/.test(reason)));
  const { roots, problems } = await engine.knowledge();
  assert.deepEqual(roots.map(({ kind, why }) => [kind, why]), [['workspace', ''], ['included', 'named by build/compile_commands.json']]);
  assert.equal(roots[1]?.folder, path.join(folder, 'kit'));
  assert.ok(roots[1].files >= 3 && roots[1].sizeBytes > 0 && roots[1].left.some(({ file }) => file === 'src/image.bin'));
  assert.equal(roots[1].leftCounts['not a text file (.bin)'], 1);
  assert.deepEqual(report.roots?.map(({ files, chunks }) => [files, chunks]), roots.map(({ files, chunks }) => [files, chunks]));
  assert.ok(report.roots.every(({ sizeBytes }) => sizeBytes > 0));
  // The compiler's folders are left out of the whole.
  if (fs.existsSync('/usr/include')) assert.deepEqual(roots[0]?.left.find(({ file }) => file === '/usr/include'), { file: '/usr/include', reason: 'an include folder of the system' });
  assert.deepEqual(problems, []);
}));

test('another build takes up its SDK, and lets the former one go, once its file is told', () => check(async ({ folder, project, open }) => {
  const engine = open(project('app', path.join(folder, 'kit')));
  await indexed(engine);
  fs.cpSync(path.join(folder, 'kit'), path.join(folder, 'next'), { recursive: true });
  project('app', path.join(folder, 'next'));
  await Array.fromAsync(engine.index({ files: ['build/compile_commands.json'], embed: false }));
  assert.deepEqual((await engine.knowledge()).roots.slice(1).map(root => root.folder), [path.join(folder, 'next')]);
  assert.equal((await engine.search('wait until the shift register is empty')).hits[0]?.file, path.join(folder, 'next/src/uart.c'));
}));

test('a folder below lib or bin is an SDK like any other, and only the system is left out, with why', () => check(async ({ folder, project, open }) => {
  fs.cpSync(path.join(folder, 'kit'), path.join(folder, 'usr/lib/bin/kit'), { recursive: true });
  const kit = path.join(folder, 'usr/lib/bin/kit');
  const report = await indexed(open(project('app', kit)));
  assert.deepEqual(report.roots?.map(root => root.folder), ['', kit]);
  assert.ok((report.roots[1]?.files ?? 0) >= 3);
  if (fs.existsSync('/usr/include')) assert.deepEqual(report.skipped.filter(({ file }) => file === '/usr/include'), [{ file: '/usr/include', reason: 'an include folder of the system' }]);
}));

test('an added folder and an include folder that do not exist are problems that name them', () => check(async ({ folder, project, open }) => {
  const added = path.join(folder, 'nosdk');
  const { problems } = await indexed(open(project('app', path.join(folder, 'nokit')), { knowledgeFolders: [added] }));
  for (const missing of [added, path.join(folder, 'nokit/include')]) assert.ok(problems.some(({ file }) => file === missing), missing);
}));

test('of many include folders that do not exist some are named and the rest counted', () => check(async ({ folder, project, open }) => {
  const app = project('app', path.join(folder, 'kit'));
  const options = Array.from({ length: 25 }, (_, index) => `-I${path.join(folder, `gone${index}`)}`).join(' ');
  write(app, { 'build/compile_commands.json': JSON.stringify([{ directory: app, file: 'main.c', command: `cc ${options} -c main.c` }]) });
  const { problems } = await indexed(open(app));
  assert.equal(problems.filter(({ message }) => message.includes('does not exist')).length, 10);
  assert.ok(problems.some(({ message }) => message === 'and 15 more include folders do not exist'));
}));

test('a second workspace, and a copy of the SDK elsewhere, use the index that is there', () => check(async ({ folder, storage, project, open }) => {
  await indexed(open(project('app', path.join(folder, 'kit'))));
  const [only] = sharedIndexes(storage);
  fs.cpSync(path.join(folder, 'kit'), path.join(folder, 'copy'), { recursive: true });
  const other = open(project('other', path.join(folder, 'copy')));
  assert.deepEqual((await other.search('kit_uart_send')).hits.filter(({ file }) => file.endsWith('uart.c')).map(({ file }) => file).slice(0, 1), [path.join(folder, 'copy/src/uart.c')]);
  await indexed(other);
  assert.deepEqual(sharedIndexes(storage), [only]);
}));

test('a changed SDK has another index', () => check(async ({ folder, storage, project, open }) => {
  const workspace = project('app', path.join(folder, 'kit'));
  await indexed(open(workspace));
  write(path.join(folder, 'kit'), { 'src/spi.c': 'void kit_spi_exchange(void) {}\n' });
  const engine = open(workspace);
  await indexed(engine);
  assert.equal((await engine.search('kit_spi_exchange')).hits[0]?.file, path.join(folder, 'kit/src/spi.c'));
  assert.equal(sharedIndexes(storage).length, 2);
}));

test('an added folder is indexed without being included, and gone from answers when it is taken out', () => check(async ({ folder, project, open }) => {
  write(path.join(folder, 'notes'), { 'errata.md': '# Errata\n\nThe zorblatt bit latches twice.\n' });
  const engine = open(project('app', '/nowhere'), { knowledgeFolders: [path.join(folder, 'notes')] });
  await indexed(engine);
  assert.equal((await engine.search('zorblatt')).hits[0]?.file, path.join(folder, 'notes/errata.md'));
  await engine.configure({ knowledgeFolders: [] });
  await indexed(engine);
  assert.deepEqual((await engine.search('zorblatt')).hits, []);
}));

test('an ignored folder stays out though the build includes it', () => check(async ({ folder, project, open }) => {
  const engine = open(project('app', path.join(folder, 'kit')), { ignoredFolders: [path.join(folder, 'kit')] });
  await indexed(engine);
  assert.equal((await engine.knowledge()).roots.length, 1);
}));

test('an added folder that is not there is a problem with a remedy, and the rest is indexed', () => check(async ({ folder, project, open }) => {
  const engine = open(project('app', path.join(folder, 'kit')), { knowledgeFolders: [path.join(folder, 'missing')] });
  assert.ok((await indexed(engine)).files > 0);
  const { roots, problems } = await engine.knowledge();
  assert.equal(roots.length, 2);
  assert.match(problems[0]?.message ?? '', /missing cannot be read .*Remove it/);
}));

test('macros and functions of the SDK mean something in the workspace, and the workspace comes first', () => check(async ({ folder, project, open }) => {
  const workspace = project('app', path.join(folder, 'kit'));
  write(workspace, { 'own.c': 'void kit_uart_send(unsigned value) { (void)value; }\n' });
  const engine = open(workspace);
  await indexed(engine);
  const files = (await engine.search('kit_uart_send', { limit: 20 })).hits.filter(({ symbol }) => symbol === 'kit_uart_send').map(({ file }) => file);
  assert.ok(files.indexOf('own.c') !== -1 && files.indexOf('own.c') < files.indexOf(path.join(folder, 'kit/src/uart.c')));
}));

test('a hover that is asked for once waits for the SDK: its macros name the register', () => check(async ({ folder, project, open }) => {
  write(path.join(folder, 'kit'), { 'include/kit/led.h': '#define KIT_LED (*(volatile unsigned *)0x40020018)\n' });
  const workspace = project('app', path.join(folder, 'kit'));
  fs.cpSync(path.resolve(import.meta.dirname, '../fixtures/accessStyles/stm32f4/chip.svd'), path.join(workspace, 'STM32F407.svd'));
  write(workspace, { 'led.c': 'void led(void) { KIT_LED = 1; }\n', 'Makefile': 'DEVICE = stm32f407vg\n' });
  await indexed(open(workspace));
  const report = await open(workspace).hover({ file: 'led.c', line: 1, column: 20, waitForHeader: true });
  assert.equal(report.register, 'GPIOA.BSRR');
}));

test('a passage of a small SDK is found beside a larger workspace', () => check(async ({ folder, open, project }) => {
  const workspace = project('app', path.join(folder, 'kit'));
  fs.cpSync(path.resolve(import.meta.dirname, '../fixtures/stm32f4-uart'), workspace, { recursive: true });
  const engine = open(workspace);
  await indexed(engine);
  const { hits } = await engine.search('send one byte and wait until the shift register is empty', { limit: 10, mode: 'words' });
  assert.ok(hits.some(({ file }) => file === path.join(folder, 'kit/src/uart.c')));
}));

test('the unsaved text of an editor is found, and no longer once it is discarded', () => check(async ({ project, open }) => {
  const engine = open(project('app', '/nowhere'));
  await indexed(engine);
  const update = async (text?: string): Promise<void> => {
    await engine.unsavedText('main.c', text);
    await Array.fromAsync(engine.index({ files: ['main.c'], embed: false }));
  };
  await update('int quuxify(void) { return 1; }\n');
  assert.equal((await engine.search('quuxify')).hits[0]?.symbol, 'quuxify');
  await update();
  assert.deepEqual((await engine.search('quuxify')).hits.filter(({ symbol }) => symbol === 'quuxify'), []);
  assert.equal((await engine.search('kit_uart_send')).hits[0]?.file, 'main.c');
}));

test('text that was never saved is not taken for the file after a restart', () => check(async ({ project, open }) => {
  const workspace = project('app', '/nowhere');
  const first = open(workspace);
  await first.unsavedText('main.c', 'int quuxify(void) { return 1; }\n');
  await indexed(first);
  await first.close();
  const second = open(workspace);
  await indexed(second);
  assert.deepEqual((await second.search('quuxify')).hits.filter(({ symbol }) => symbol === 'quuxify'), []);
}));

test('an index without any file is told, with what is left out and what to do', () => check(async ({ folder, open }) => {
  write(path.join(folder, 'pictures'), { 'a.png': '', 'b.png': '' });
  const { problems } = await indexed(open(path.join(folder, 'pictures')));
  assert.match(problems.at(-1)?.message ?? '', /^Nothing is indexed: all it holds is left out \(2, the first because: not a text file \(\.png\)\)\. Open the folder/);
}));
