import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IndexOptions } from '../../src/core/index.ts';
import { createIndexQueue, type IndexQueue } from '../../src/vscode/indexQueue.ts';

test('files saved while a run is under way become one run', () => check(async queue => {
  const first = queue.request({ everything: true });
  await Promise.resolve();
  await Promise.all([first, ...['a.c', 'b.c', 'a.c'].map(file => queue.request({ files: [file] }))]);
}, [{}, { files: ['a.c', 'b.c'] }]));

test('a request for everything swallows files that wait', () => check(async queue => {
  const first = queue.request({ everything: true });
  await Promise.resolve();
  await Promise.all([first, queue.request({ files: ['a.c'] }), queue.request({ everything: true })]);
}, [{}, {}]));

test('requests made in one breath become one run', () => check(async queue => {
  await Promise.all([queue.request({ files: ['a.c'] }), queue.request({ everything: true })]);
}, [{}]));

test('a rebuild cancels the run under way', () => check(async queue => {
  const first = queue.request({ everything: true });
  await Promise.resolve();
  await Promise.all([first, queue.request({ everything: true, rebuild: true })]);
}, [{ cancelled: true }, { rebuild: true }]));

test('stopping forgets what waits', () => check(async queue => {
  const first = queue.request({ everything: true });
  await Promise.resolve();
  const second = queue.request({ files: ['a.c'] });
  queue.stop();
  await Promise.all([first, second]);
}, [{ cancelled: true }]));

test('a file saved after a run gets a run of its own', () => check(async queue => {
  await queue.request({ files: ['a.c'] });
  await queue.request({ files: ['b.c'] });
}, [{ files: ['a.c'] }, { files: ['b.c'] }]));

test('an interrupted run is made up for together with what came between', () => check(async queue => {
  const first = queue.request({ everything: true });
  await Promise.resolve();
  queue.interrupt();
  await Promise.all([first, queue.request({ files: ['a.c'] })]);
}, [{ cancelled: true }, {}]));

test('nothing is interrupted where nothing runs', () => check(async queue => {
  queue.interrupt();
  await queue.request({ files: ['a.c'] });
}, [{ files: ['a.c'] }]));

/** Runs take one turn of the event loop, as a port to a worker does. */
async function check(act: (queue: IndexQueue) => Promise<void>, expected: readonly (IndexOptions & { readonly cancelled?: true })[]): Promise<void> {
  const runs: (IndexOptions & { cancelled?: true })[] = [];
  const queue = createIndexQueue(async (options, signal) => {
    await new Promise(resolve => { setImmediate(resolve); });
    runs.push(signal.aborted ? { ...options, cancelled: true } : options);
  });
  await act(queue);
  assert.deepEqual(runs, expected);
}
