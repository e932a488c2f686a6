import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectBuildErrors } from '../../../src/core/dataset/collectBuildErrors.ts';
import { fixtureTexts } from '../graph/factsOf.ts';
import { collected, workspaceOf } from './collecting.ts';

const workspace = await workspaceOf({ ...fixtureTexts('stm32f4-uart'), 'lib/inc/board/pins.h': '' });

async function collect(log: string, most?: number) {
  return collected(options => collectBuildErrors({ ...workspace, buildLogs: [{ file: 'build.log', text: log }] }, options), most === undefined ? {} : { build: most });
}

/** The answer to the only error of a log. */
function check(name: string, log: string, answer: RegExp): void {
  test(name, async () => {
    const { drafts, dropped } = await collect(log);
    assert.equal(drafts.length, 1);
    assert.match(drafts[0]?.answer ?? '', answer);
    assert.deepEqual(dropped, []);
  });
}

check('a function of a file that is not linked is told with its place', 'main.o: in function `main\':\nmain.c:(.text+0x1c): undefined reference to `sensor_start\'\ncollect2: error: ld returned 1 exit status', /though i2c_sensor\.c:\d+ defines it: that file is not part of this build/);
check('a function that is nowhere is told to be nowhere', '/usr/bin/ld: main.c:12: undefined reference to `board_beep\'', /no indexed source defines it/);
check('LLVM\'s linker words it in another way', 'ld.lld: error: undefined symbol: board_beep', /The linker finds no definition of `board_beep`/);
check('a header that the workspace has is told with its folder', 'main.c:3:10: fatal error: board/pins.h: No such file or directory', /`lib\/inc\/board\/pins\.h`: add `-Ilib\/inc`/);
check('a header that is nowhere is told to be missing', 'main.c:3:10: fatal error: \'vendor_hal.h\' file not found', /no file of that name is in the workspace/);
check('a name without a declaration is told with its definition', 'main.c: In function \'main\':\nmain.c:9:3: error: \'sensor_start\' undeclared (first use in this function)', /i2c_sensor\.[ch]:\d+/);
check('a name that is nowhere is a misspelling or another version', 'main.c:9:3: error: use of undeclared identifier \'TIM99\'', /define no such name/);
check('two definitions are told to become one', 'uart.o: multiple definition of `rate\'; main.o:main.c:4: first defined here', /defined more than once: .*main\.c:4.*`extern`/);
check('an overflow says by how many bytes', 'ld: region `FLASH\' overflowed by 1234 bytes', /1234 bytes too large for the memory region `FLASH`/);
check('colours of the terminal are no part of it', '\u001b[01;31mld: section `.bss\' will not fit in region `RAM\'\u001b[0m', /`\.bss` does not fit into the region `RAM`/);

test('the context is the error with its function before it and the excerpt below', async () => {
  const { drafts: [draft] } = await collect('cc -c main.c\nmain.c: In function \'main\':\nmain.c:9:3: error: \'TIM99\' undeclared (first use in this function)\n    9 |   TIM99->CR1 = 1;\n      |   ^~~~~\nmake: *** [main.o] Error 1');
  assert.equal(draft?.context, 'main.c: In function \'main\':\nmain.c:9:3: error: \'TIM99\' undeclared (first use in this function)\n    9 |   TIM99->CR1 = 1;\n      |   ^~~~~');
  assert.deepEqual(draft.provenance, { files: ['build.log'], line: 3, licence: 'MIT' });
});

test('the same error again is no other example, and one of no known kind is counted', async () => {
  const { drafts, dropped } = await collect('a.c:1: undefined reference to `beep\'\nb.c:1: undefined reference to `beep\'\nb.c:2: error: expected \';\' before \'}\' token\n');
  assert.deepEqual([drafts.length, dropped.map(({ reason }) => reason)], [1, ['no rule knows this error']]);
});

test('no more examples than asked for', async () => {
  assert.equal((await collect('a.c:1: undefined reference to `beep\'\nb.c:1: undefined reference to `boop\'\n', 1)).drafts.length, 1);
});
