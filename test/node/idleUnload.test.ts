// A model left alone is unloaded, one in use is not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GenerationEvent, LanguageModel } from '../../src/core/index.ts';
import { unloadWhenIdle } from '../../src/node/idleUnload.ts';

const usage = { promptTokens: 1, cachedTokens: 0, outputTokens: 0, firstTokenMs: 0, totalMs: 0, stopReason: 'end' } as const;

/** A model whose generation goes on until `release`, and a promise that settles when it is unloaded. */
function check(name: string, use: (parts: { model: LanguageModel & Partial<AsyncDisposable>; release: () => void; unloaded: Promise<void>; isUnloaded: () => boolean }) => Promise<void>): void {
  test(name, async () => {
    const gate = Promise.withResolvers<undefined>();
    const end = Promise.withResolvers<undefined>();
    let gone = false;
    const slow: LanguageModel = {
      info: { name: 'slow', contextTokens: 64 },
      countTokens: async text => text.length,
      prepare: async () => { await gate.promise; },
      async *generate(): AsyncGenerator<GenerationEvent> {
        await gate.promise;
        yield { type: 'end', usage };
      },
    };
    const model = unloadWhenIdle(slow, { idleMs: 5, unload: async () => { gone = true; end.resolve(undefined); } });
    // The timer keeps no process alive, so something else has to.
    const alive = setInterval(() => undefined, 1000);
    await use({ model, release: () => { gate.resolve(undefined); }, unloaded: end.promise, isUnloaded: () => gone });
    clearInterval(alive);
  });
}

const pause = (milliseconds: number): Promise<void> => new Promise(resolve => { setTimeout(resolve, milliseconds); });

check('a model that is never asked is unloaded', async ({ unloaded }) => { await unloaded; });
check('a model is not unloaded while it generates, and is afterwards', async ({ model, release, unloaded, isUnloaded }) => {
  const all = Array.fromAsync(model.generate([]));
  await pause(30);
  assert.equal(isUnloaded(), false);
  release();
  assert.equal((await all).at(-1)?.type, 'end');
  await unloaded;
});
check('a model that is closed is not unloaded a second time', async ({ model, isUnloaded }) => {
  await model[Symbol.asyncDispose]?.();
  await pause(30);
  assert.equal(isUnloaded(), false);
});
check('a model that is being prepared is not unloaded, and is afterwards', async ({ model, release, unloaded, isUnloaded }) => {
  const prepared = model.prepare?.([]);
  await pause(30);
  assert.equal(isUnloaded(), false);
  release();
  await prepared;
  await unloaded;
});
