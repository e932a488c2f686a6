import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MessageChannel } from 'node:worker_threads';
import { createRpcClient, serve, type RpcClient } from '../../src/node/rpc.ts';

/** Runs `use` with a client that talks to `target` over a real message channel. */
async function check(target: object, use: (client: RpcClient) => Promise<void>): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  serve(port1, target);
  try {
    await use(createRpcClient(port2));
  } finally {
    port1.close();
  }
}

async function* countTo(end: number): AsyncGenerator<number> {
  for (let i = 1; i <= end; i++) yield i;
}

test('a call returns the value, big integers included', () => check({ double: async (n: bigint) => n * 2n }, async client => {
  assert.equal(await client.call('double', [0x8000_0000_0000_0000n]), 0x1_0000_0000_0000_0000n);
}));

test('an error arrives with its sentence', () => check({ fail: async () => { throw new Error('disk full: free some space'); } }, async client => {
  await assert.rejects(client.call('fail', []), /disk full: free some space/);
}));

test('a method that does not exist is an error, not a hang', () => check({}, async client => {
  await assert.rejects(client.call('nothing', []), /no method nothing/);
}));

test('a stream arrives whole and in order', () => check({ countTo }, async client => {
  assert.deepEqual(await Array.fromAsync(client.stream('countTo', [100])), Array.from({ length: 100 }, (_, i) => i + 1));
}));

test('an error in mid-stream follows the values before it', () => check({ async *broken() { yield 1; throw new Error('cut'); } }, async client => {
  const seen: unknown[] = [];
  await assert.rejects(async () => { for await (const value of client.stream('broken', [])) seen.push(value); }, /cut/);
  assert.deepEqual(seen, [1]);
}));

test('the signal reaches the method', () => check({ wait: (signal: AbortSignal) => new Promise(resolve => { signal.addEventListener('abort', () => { resolve('stopped'); }); }) }, async client => {
  const controller = new AbortController();
  const waiting = client.call('wait', [], controller.signal);
  controller.abort();
  assert.equal(await waiting, 'stopped');
}));

test('a signal that fired before the call reaches the method too', () => check({ wait: async (signal: AbortSignal) => { while (!signal.aborted) await new Promise(resolve => { setImmediate(resolve); }); return 'stopped'; } }, async client => {
  assert.equal(await client.call('wait', [], AbortSignal.abort()), 'stopped');
}));

test('a consumer that leaves early stops the producer', async () => {
  let stopped = (): void => undefined;
  const stop = new Promise<void>(resolve => { stopped = resolve; });
  const endless = async function* (signal: AbortSignal): AsyncGenerator<number> {
    for (let i = 0; !signal.aborted; i++) {
      yield i;
      await new Promise(resolve => { setImmediate(resolve); });
    }
    stopped();
  };
  await check({ endless }, async client => {
    for await (const value of client.stream<number>('endless', [])) if (value === 3) break;
    await stop;
  });
});

test('after a crash every open and later call rejects with the reason', () => check({ never: () => Promise.withResolvers().promise }, async client => {
  const open = client.call('never', []);
  client.fail('the engine stopped');
  await assert.rejects(open, /the engine stopped/);
  await assert.rejects(client.call('never', []), /the engine stopped/);
}));
