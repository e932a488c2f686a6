// Which model a machine is advised to use, by the catalogue itself and invented machines.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Machine } from '../../src/node/machine.ts';
import { adviseModels, type AdviceContext, type ModelAdvice } from '../../src/node/modelAdvice.ts';
import { listModels } from '../../src/node/modelCatalog.ts';
import { findTuning, type ModelTuning, type TuningMeasurement } from '../../src/node/modelTuning.ts';

const catalog = await listModels({ folder: '/nowhere' });
const gigabyte = 1e9;

/** The advice for a machine of so many cores and gigabytes. */
function check(name: string, machine: Partial<Machine> & { readonly gigabytes: number }, expect: (advised: ReadonlyMap<string, ModelAdvice>, recommended: readonly string[]) => void, context: Partial<AdviceContext> = {}): void {
  test(name, () => {
    const memoryBytes = machine.gigabytes * gigabyte;
    const advice = adviseModels(catalog, { processor: '', cores: 4, memoryBytes, freeBytes: memoryBytes * 0.6, gpus: [], gpuMemoryBytes: 0, ...machine }, { contextTokens: 8192, ...context });
    expect(new Map(advice.map(each => [each.id, each])), advice.filter(({ recommended }) => recommended).map(({ id }) => id));
  });
}

const embedder = 'all-minilm-l6-v2';
check('a usual laptop is advised the 7B', { gigabytes: 16 }, (_, recommended) => { assert.deepEqual(recommended, ['qwen2.5-coder-7b', embedder]); });
check('a small machine is advised the 3B', { gigabytes: 8, cores: 2 }, (_, recommended) => { assert.deepEqual(recommended, ['qwen2.5-coder-3b', embedder]); });
check('a very small machine is advised the 1.5B', { gigabytes: 4, cores: 2 }, (_, recommended) => { assert.deepEqual(recommended, ['qwen2.5-coder-1.5b', embedder]); });
check('a machine that nothing fits is advised no chat model', { gigabytes: 1 }, (_, recommended) => { assert.deepEqual(recommended, [embedder]); });
check('much memory without speed is no reason for the 14B', { gigabytes: 64, cores: 4 }, (advised, recommended) => {
  assert.equal(advised.get('qwen2.5-coder-14b')?.fits, true);
  assert.deepEqual(recommended, ['qwen2.5-coder-7b', embedder]);
}, { bytesPerSecond: 40e9 });
check('a graphics processor is advised the 14B', { gigabytes: 16, gpus: ['G'], gpuMemoryBytes: 24 * gigabyte }, (_, recommended) => { assert.deepEqual(recommended, ['qwen2.5-coder-14b', embedder]); });
check('a machine measured to be slow is advised a smaller model', { gigabytes: 16 }, (_, recommended) => { assert.deepEqual(recommended, ['qwen2.5-coder-3b', embedder]); }, { bytesPerSecond: 8e9 });
check('what fits only when other programs are closed says so', { gigabytes: 16, freeBytes: 4 * gigabyte }, advised => { assert.partialDeepStrictEqual(advised.get('qwen2.5-coder-7b'), { fits: true, fitsNow: false }); });
check('a longer context needs more memory', { gigabytes: 16 }, advised => { assert.ok((advised.get('qwen2.5-coder-7b')?.needBytes ?? 0) > 9.5 * gigabyte); }, { contextTokens: 32_768 });
check('two cores write with the 7B as fast as was measured', { gigabytes: 16, cores: 2 }, advised => {
  const speed = advised.get('qwen2.5-coder-7b')?.tokensPerSecond ?? 0;
  assert.ok(speed > 4.5 && speed < 6.3, String(speed));
});
check('an embedder has no speed of writing', { gigabytes: 16 }, advised => { assert.equal(advised.get(embedder)?.tokensPerSecond, undefined); });

test('the quickest tuning is found setting by setting, and the quantised cache only measured', async () => {
  const speed = async (tuning: ModelTuning): Promise<TuningMeasurement> => ({
    ...tuning, outputTokensPerSecond: tuning.threads === 3 ? 30 : 10, promptTokensPerSecond: (tuning.batchTokens === 512 ? 90 : 60) + (tuning.flashAttention ? 5 : 0) + (tuning.cacheType === 'Q8_0' ? 100 : 0),
  });
  const { best, measured } = await findTuning(speed, 4);
  assert.partialDeepStrictEqual(best, { threads: 3, batchTokens: 512, flashAttention: true, cacheType: 'F16' });
  assert.deepEqual(measured.slice(0, 3).map(({ threads }) => threads), [1, 3, 4]);
  assert.equal(measured.at(-1)?.cacheType, 'Q8_0');
});
