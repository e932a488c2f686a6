// Of files with the same content the one that is built is shown, and the others are named.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { grammarsFolder } from '../../src/node/folders.ts';
import { openEngine } from '../../src/node/openEngine.ts';

const driver = '/** Drives the pump. */\nvoid pump_run(void)\n{\n  start_the_pump();\n}\n';
const header = '/** How the pump is wired. */\n#define PUMP_PIN 7\n';

/** Where the first hit of the question is shown, and which other files it names; `files` lie in the workspace, `sdk` in a folder beside it. */
async function check(question: string, { files, sdk = {} }: { readonly files: Readonly<Record<string, string>>; readonly sdk?: Readonly<Record<string, string>> }, expected: readonly string[]): Promise<void> {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-built-')));
  const workspace = path.join(root, 'workspace');
  fs.mkdirSync(path.join(root, 'sdk'));
  for (const [folder, texts] of [['workspace', files], ['sdk', sdk]] as const) {
    for (const [name, text] of Object.entries(texts)) {
      fs.mkdirSync(path.dirname(path.join(root, folder, name)), { recursive: true });
      fs.writeFileSync(path.join(root, folder, name), text.replaceAll('ROOT', workspace));
    }
  }
  const engine = openEngine({ workspace, storage: path.join(root, 'storage'), grammars: grammarsFolder(), knowledgeFolders: Object.keys(sdk).length > 0 ? [path.join(root, 'sdk')] : [] });
  try {
    await Array.fromAsync(engine.index({ embed: false }));
    const [hit] = (await engine.search(question)).hits;
    assert.ok(hit !== undefined);
    const others = hit.alsoIn ?? [];
    assert.deepEqual([hit.file, ...others, ...hit.alsoInCount === undefined ? [] : [`${hit.alsoInCount} in all`]].map(file => file.replace(`${root}/`, '')), expected);
  } finally {
    await engine.close();
    fs.rmSync(root, { recursive: true, force: true });
  }
}

const database = (file: string, options = '') => JSON.stringify([{ directory: 'ROOT/build', file, command: `cc ${options} -c ${file}` }]);
const boards = Object.fromEntries(['a', 'b', 'c'].map(board => [`boards/${board}/pump.c`, driver]));

test('the file that is compiled is shown', () => check('pump_run', { files: { ...boards, 'build/compile_commands.json': database('ROOT/boards/b/pump.c') } }, ['boards/b/pump.c', 'boards/a/pump.c', 'boards/c/pump.c']));
test('a file that is written relative to the build folder is known', () => check('pump_run', { files: { ...boards, 'build/compile_commands.json': database('../boards/c/pump.c') } }, ['boards/c/pump.c', 'boards/a/pump.c', 'boards/b/pump.c']));
test('without a build the first file is shown', () => check('pump_run', { files: boards }, ['boards/a/pump.c', 'boards/b/pump.c', 'boards/c/pump.c']));
test('a damaged compilation database is none', () => check('pump_run', { files: { ...boards, 'build/compile_commands.json': '[{"file": "boards/b/pump.c",' } }, ['boards/a/pump.c', 'boards/b/pump.c', 'boards/c/pump.c']));
test('a header in a folder that the build includes is shown', () => check('PUMP_PIN', { files: { 'boards/a/pump.h': header, 'boards/b/pump.h': header, 'build/compile_commands.json': database('ROOT/main.c', '-I "ROOT/boards/b"') } }, ['boards/b/pump.h', 'boards/a/pump.h']));
test('the workspace comes before an SDK', () => check('pump_run', { files: { 'pump.c': driver }, sdk: { 'lib/pump.c': driver } }, ['pump.c', 'sdk/lib/pump.c']));
test('a file of an SDK that is compiled comes before its copy in the workspace', () => check('pump_run', { files: { 'old/pump.c': driver, 'compile_commands.json': database('ROOT/../sdk/lib/pump.c') }, sdk: { 'lib/pump.c': driver } }, ['sdk/lib/pump.c', 'old/pump.c']));
test('a file that the question names is shown whatever is built', () => check('boards/a/pump.c', { files: { ...boards, 'compile_commands.json': database('ROOT/boards/b/pump.c') } }, ['boards/a/pump.c', 'boards/b/pump.c', 'boards/c/pump.c']));
test('of many files some are named, and all are counted', () => check('pump_run', { files: Object.fromEntries(Array.from({ length: 31 }, (_, index) => [`p/${10 + index}/pump.c`, driver])) },
  [...Array.from({ length: 21 }, (_, index) => `p/${10 + index}/pump.c`), '30 in all']));
