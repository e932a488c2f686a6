// Code that a build leaves out is marked, in search and where it is quoted.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { grammarsFolder } from '../../src/node/folders.ts';
import { openEngine, type OpenEngine } from '../../src/node/openEngine.ts';

/** Indexes a workspace of these files and looks at it. */
async function inWorkspace(files: Readonly<Record<string, string>>, use: (engine: OpenEngine, workspace: string) => Promise<void>): Promise<void> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-inactive-'));
  const workspace = path.join(root, 'workspace');
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(workspace, name)), { recursive: true });
    fs.writeFileSync(path.join(workspace, name), text);
  }
  const engine = openEngine({ workspace, storage: path.join(root, 'storage'), grammars: grammarsFolder() });
  try {
    await Array.fromAsync(engine.index({ embed: false }));
    await use(engine, workspace);
  } finally {
    await engine.close();
    fs.rmSync(root, { recursive: true, force: true });
  }
}

/** Whether the passage about `board_clock` is marked, with these conditions around it and these files beside it. */
function check(condition: string, files: Readonly<Record<string, string>>, expected: boolean): Promise<void> {
  return inWorkspace({ 'clock.c': `#if ${condition}\nvoid board_clock(void)\n{\n  start_the_clock();\n}\n#endif\n`, ...files }, async engine => {
    const hit = (await engine.search('board_clock')).hits.find(({ symbol, kind }) => symbol === 'board_clock' && kind === 'function');
    assert.ok(hit !== undefined);
    assert.equal(hit.inactive ?? false, expected);
    assert.equal(hit.text.includes(`condition: ${condition} (inactive in this build)`), expected);
  });
}

const database = (options: string) => ({ 'compile_commands.json': JSON.stringify([{ directory: '.', file: 'clock.c', command: `cc ${options} -c clock.c` }]) });

test('a branch for another chip is inactive', () => check('defined(STM32L4)', database('-DSTM32F4'), true));
test('a branch for the chip is active', () => check('defined(STM32F4)', database('-DSTM32F4'), false));
test('a value that the build gives decides', () => check('BOARD >= 3', database('-DBOARD=2'), true));
test('what a header defines holds where it is included', () => check('defined(USE_PLL)', { ...database('-DSTM32F4 -include config.h'), 'config.h': '#define USE_PLL\n' }, false));
test('what a header defines that the file does not include does not hold', () => check('defined(USE_PLL)', { ...database('-DSTM32F4'), 'config.h': '#define USE_PLL\n' }, true));
test('without a compilation database nothing is known', () => check('defined(STM32L4)', {}, false));
test('an option that Kconfig left off is inactive', () => check('defined(CONFIG_PM)', { ...database('-DX'), 'autoconf.h': '#define CONFIG_GPIO 1\n' }, true));
test('without what Kconfig generated its options are not known', () => check('defined(CONFIG_PM)', database('-DX -imacros gen/autoconf.h'), false));

test('code that is switched off is inactive in every build', () => check('0', {}, true));

/** Which lines of `uses.c` are marked, as uses and definitions of `rate`. */
function checkUses(lines: readonly string[], files: Readonly<Record<string, string>>, expected: readonly number[]): Promise<void> {
  return inWorkspace({ 'uses.c': lines.join('\n'), ...files }, async engine => {
    const { symbol } = await engine.xref('rate');
    assert.ok(symbol !== undefined && symbol.uses.length > 0);
    assert.deepEqual([...symbol.definitions, ...symbol.uses].filter(({ inactive }) => inactive === true).map(({ line }) => line), expected);
  });
}

const uses = ['int rate;', 'void set(void)', '{', '#ifdef OTHER', '  rate = 1;', '#else', '  rate = 2;', '#endif', '}', '/* the old way:', '#if 0', '*/', 'void get(void) { use(rate); }'];

test('a use in a branch that the build leaves out is marked, the other is not', () => checkUses(uses, database('-DMINE'), [5]));
test('a use behind the else of what the build defines is marked', () => checkUses(uses, database('-DOTHER'), [7]));
test('without a compilation database no use is marked', () => checkUses(uses, {}, []));
test('a use in code that is switched off is marked', () => checkUses(['int rate;', '#if 0', 'void set(void) { rate = 1; }', '#endif'], {}, [3]));

const unit = (condition: string) => ['#include <stdint.h>', '#include "board.h"', 'int rate;', 'void set(void)', '{', `#if ${condition}`, '  rate = 1;', '#endif', '}'];
const withHeaders = (headers: Readonly<Record<string, string>>, options = '') => ({ 'compile_commands.json': JSON.stringify([{ directory: '.', file: 'uses.c', command: `cc -Iinc ${options} -c uses.c` }]), ...headers });

test('what an included header defines decides', () => checkUses(unit('USE_PLL == 0'), withHeaders({ 'inc/board.h': '#define USE_PLL 1\n' }), [7]));
test('a header that is not included decides nothing, though it is there', () => checkUses(unit('USE_PLL'), withHeaders({ 'inc/board.h': '', 'other/config.h': '#define USE_PLL 1\n' }), [7]));
test('a header that is included through another one decides', () => checkUses(unit('!defined(USE_PLL)'), withHeaders({ 'inc/board.h': '#ifndef BOARD_H\n#define BOARD_H\n#include "deep/config.h"\n#endif\n', 'inc/deep/config.h': '#define USE_PLL\n' }), [7]));
test('a default in a header gives way to the command line', () => checkUses(unit('USE_PLL == 1'), withHeaders({ 'inc/board.h': '#ifndef USE_PLL\n#define USE_PLL 1\n#endif\n' }, '-DUSE_PLL=2'), [7]));
test('what is defined under a condition that is not known is not known', () => checkUses(unit('USE_PLL == 0'), withHeaders({ 'inc/board.h': '#ifdef __ARM_ARCH\n#define USE_PLL 0\n#else\n#define USE_PLL 1\n#endif\n' }), []));
test('where a header is missing, what it may define is not known', () => checkUses(unit('defined(USE_PLL)'), withHeaders({ 'inc/board.h': '#include "generated.h"\n' }), []));
test('what a file undefines counts from there on', () => checkUses(['#define FAST 1', 'int rate;', '#if FAST', 'void one(void) { rate = 1; }', '#endif', '#undef FAST', '#if FAST', 'void two(void) { rate = 2; }', '#endif'], withHeaders({}), [8]));
test('a compilation database that has changed is read anew', () => inWorkspace({ 'uses.c': unit('USE_PLL').join('\n'), ...withHeaders({ 'inc/board.h': '' }, '-DUSE_PLL=1') }, async (engine, workspace) => {
  const marked = async (): Promise<number | undefined> => (await engine.xref('rate')).symbol?.uses.filter(({ inactive }) => inactive === true).length;
  assert.equal(await marked(), 0);
  fs.writeFileSync(path.join(workspace, 'compile_commands.json'), withHeaders({}, '-DUSE_PLL=0 -DLONGER')['compile_commands.json']);
  assert.equal(await marked(), 1);
}));
test('what the command line undefines is not defined', () => checkUses(unit('USE_PLL'), withHeaders({ 'inc/board.h': '' }, '-DUSE_PLL=1 -UUSE_PLL'), [7]));
test('a header is read though its guard has a name of the compiler\'s own kind', () => checkUses(unit('USE_PLL == 0'), withHeaders({ 'inc/board.h': '#ifndef __BOARD_H\n#define __BOARD_H\n#define USE_PLL 1\n#endif\n' }), [7]));
test('a header that includes itself ends', () => checkUses(unit('USE_PLL'), withHeaders({ 'inc/board.h': '#include "board.h"\n#define USE_PLL 1\n' }), []));
test('two commands for one file decide nothing by its headers', () => checkUses(unit('USE_PLL == 0'), { 'inc/board.h': '#define USE_PLL 1\n', 'compile_commands.json': JSON.stringify(['-DA', '-DB'].map(option => ({ directory: '.', file: 'uses.c', command: `cc -Iinc ${option} -c uses.c` }))) }, []));
test('of a passage, too, an included header decides', () => check('USE_CLOCK', { ...database('-Iinc'), 'inc/board.h': '' }, true));
