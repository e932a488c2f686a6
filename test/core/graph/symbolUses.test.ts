// Where a name of the code itself is defined and used.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { symbolUses } from '../../../src/core/graph/symbolUses.ts';
import { sourceOf } from './factsOf.ts';

const source = await sourceOf({
  'ring.h': '#define RING_SIZE 8\ntypedef struct ring { int head; } ring_t;\nint ring_put(ring_t *ring, int value);',
  'ring.c': '#include "ring.h"\nint ring_put(ring_t *ring, int value)\n{\n  ring->head++;\n  return value;\n}',
  'main.c': '#include "ring.h"\nring_t rx;\nint total;\nstatic void on_byte(void)\n{\n  ring_put(&rx, 1);\n  total += 1;\n}\nvoid setup(void)\n{\n  listen(on_byte);\n  if (total > 3) ring_put(&rx, total);\n}',
  'driver.c': 'void install(struct driver *driver)\n{\n  driver->done = on_done;\n}\nvoid on_done(void) { }',
  'blob.h': '/** In the library that comes without source. */\nint radio_send(int byte);\nextern int radio_state;\n',
  'startup.s': '  .section .isr_vector\nvectors:\n  .word _estack\n  .word Reset_Handler\n  .word UART_IRQHandler\n',
});

function check(name: string, definitions: readonly string[], uses: readonly string[]): void {
  test(`${name} is used in ${uses.length} places`, async () => {
    const found = await symbolUses(source, name);
    assert.deepEqual(found?.definitions.map(({ file, line, kind, declared }) => `${file}:${line} ${kind}${declared === true ? ' declared' : ''}`), definitions);
    assert.deepEqual(found.uses.map(({ file, line, kind, function: inside }) => [`${file}:${line}`, kind, ...inside === undefined ? [] : [inside]].join(' ')), uses);
  });
}

check('ring_put', ['ring.c:2 function'], ['main.c:6 call on_byte', 'main.c:12 call setup']);
check('on_byte', ['main.c:4 function'], ['main.c:11 passed setup']);
check('on_done', ['driver.c:5 function'], ['driver.c:3 assigned']);
check('total', ['main.c:3 variable'], ['main.c:7 modify on_byte', 'main.c:12 passed setup']);
check('RING_SIZE', ['ring.h:1 macro'], []);
check('radio_send', ['blob.h:2 function declared'], []);
check('radio_state', ['blob.h:3 variable declared'], []);
check('ring_t', ['ring.h:2 type'], []);

test('a slot of the vector table is a use', async () => {
  assert.deepEqual((await symbolUses(source, 'UART_IRQHandler'))?.uses.map(({ file, kind }) => `${file} ${kind}`), ['startup.s vector']);
});

test('a name that no file knows has no uses', async () => {
  assert.equal(await symbolUses(source, 'nowhere'), undefined);
});
