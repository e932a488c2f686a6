import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadPatches } from '../../../src/core/session/svdPatches.ts';
import { memoryHost } from '../../memoryHost.ts';

const files = {
  'p/chip.svd.patch.yaml': '_svd: ../svd/chip.svd\n_include: [parts/a.yaml]\n_copy:\n  TIM1: { from: ../svd/other.svd:TIM1 }\n  TIM2: { from: ../svd/gone.svd:TIM2 }\n',
  'p/parts/a.yaml': 'P:\n  _strip: [P_]\n', 'svd/other.svd': '<device/>', 'q.svd.patch.yaml': '_svd: another.svd\n',
};
const load = (texts: Readonly<Record<string, string>>, names: { readonly named?: readonly string[]; readonly found?: readonly string[] }) => loadPatches(memoryHost(texts), 'svd/chip.svd', { named: [], found: [], ...names });

test('a patch brings what it includes and the files that it copies from', async () => {
  const { patches: [patch], problems } = await load(files, { found: ['p/chip.svd.patch.yaml'] });
  assert.deepEqual([...patch?.includes.keys() ?? []], ['parts/a.yaml']);
  assert.deepEqual([...patch?.copied ?? []], [['../svd/other.svd', '<device/>']]);
  assert.deepEqual(problems, []);
});

test('a change of any of these files is another key', async () => {
  const keys = await Promise.all(Object.keys(files).map(async changed => (await load({ ...files, [changed]: `${files[changed as keyof typeof files]} ` }, { found: ['p/chip.svd.patch.yaml'] })).key));
  const { key } = await load(files, { found: ['p/chip.svd.patch.yaml'] });
  assert.deepEqual(keys.map(other => other === key), [false, false, false, true]);
});

test('a patch for another chip is left out, and told when the user named it', async () => {
  assert.deepEqual(await load(files, { found: ['q.svd.patch.yaml'] }), { patches: [], problems: [], key: '' });
  assert.match((await load(files, { named: ['q.svd.patch.yaml'] })).problems[0]?.message ?? '', /is for another\.svd, not for chip\.svd/);
});

test('a patch that is not there is told', async () => {
  assert.match((await load(files, { named: ['none.yaml'] })).problems[0]?.message ?? '', /none\.yaml/);
});
