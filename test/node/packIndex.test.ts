// Search in a pack index of a real server on this machine, laid out like the public one.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listPacks, packsForPart, type PackIndex, type PackOffer } from '../../src/node/packIndex.ts';
import { testServer } from './httpServer.ts';

const list = (...devices: string[]) => `<package><devices><family>${devices.map(device => `<device Dname="${device}"><debug svd="SVD/${device}.svd"/></device>`).join('')}</family></devices></package>`;
const names = ['STM32F4xx_DFP', 'STM32F4xx_Legacy_DFP', 'STM32F1xx_DFP', 'nRF_DeviceFamilyPack', 'GD32F4xx_DFP'];
const answers = (origin: string): Readonly<Record<string, string>> => ({
  '/index.pidx': `<index><pindex>${names.map(name => `<pdsc url="${origin}/pack/" vendor="V" name="${name}" version="1.2.3"/>`).join('')}</pindex></index>`,
  '/page.pidx': '<html>Sign in</html>',
  '/pack/V.STM32F4xx_DFP.pdsc': list('STM32F401CB', 'STM32F411CE'),
  '/pack/V.STM32F4xx_Legacy_DFP.pdsc': list('STM32F407VG', 'STM32F407ZG', 'STM32F417VG'),
  '/pack/V.GD32F4xx_DFP.pdsc': '<package><dev',
});

const asked: string[] = [];
const server = testServer((request, response) => {
  asked.push(request.url ?? '');
  const body = answers(server.origin)[request.url ?? ''];
  if (request.url === '/endless.pidx') response.writeHead(200).write('<index>');
  else response.writeHead(body === undefined ? 404 : 200).end(body);
});

const index = (file = 'index.pidx'): PackIndex => ({ name: 'the test index', url: `${server.origin}/${file}` });

/** What is offered for a part, as `NAME (parts)`, and which lists were fetched for it. */
function check(sentence: string, part: string, expected: { readonly offers: readonly string[]; readonly lists: readonly string[] }): void {
  test(sentence, async () => {
    const packs = await listPacks(index());
    asked.length = 0;
    const offers = await packsForPart(packs, part);
    assert.deepEqual(offers.map(({ pack, parts }: PackOffer) => `${pack.name}${parts.length === 0 ? '' : ` (${parts.join(' ')})`}`), expected.offers);
    assert.deepEqual(asked, expected.lists.map(name => `/pack/V.${name}.pdsc`));
  });
}

check('the pack whose list names the part comes first', 'STM32F407VGT6', { offers: ['STM32F4xx_Legacy_DFP (STM32F407VG)', 'STM32F4xx_DFP'], lists: ['STM32F4xx_DFP', 'STM32F4xx_Legacy_DFP'] });
check('the first list that names it ends the search', 'STM32F411CEU6', { offers: ['STM32F4xx_DFP (STM32F411CE)', 'STM32F4xx_Legacy_DFP'], lists: ['STM32F4xx_DFP'] });
check('a list that is not there leaves the name\'s word', 'nRF52840', { offers: ['nRF_DeviceFamilyPack'], lists: ['nRF_DeviceFamilyPack'] });
check('a broken list leaves the name\'s word', 'GD32F450ZIT6', { offers: ['GD32F4xx_DFP'], lists: ['GD32F4xx_DFP'] });
check('no name fits, and nothing is fetched', 'ESP32', { offers: [], lists: [] });

test('a pack\'s address is beside its list', async () => {
  const [pack] = await listPacks(index());
  assert.equal(pack?.packUrl, `${server.origin}/pack/V.STM32F4xx_DFP.1.2.3.pack`);
});

test('an index that is none is said with what to do', async () => {
  await assert.rejects(listPacks(index('page.pidx')), /the test index could not be read: the server's answer names no pack\. Download the chip vendor's/);
  await assert.rejects(listPacks(index('none.pidx')), /the test index/);
});

test('nothing is asked in offline mode', async () => {
  const packs = await listPacks(index());
  asked.length = 0;
  await assert.rejects(listPacks(index(), { offline: true }), /offline mode is on/);
  await assert.rejects(packsForPart(packs, 'STM32F407VGT6', { offline: true }), /offline mode is on/);
  assert.deepEqual(asked, []);
});

test('a search is given up on request', async () => {
  const abort = new AbortController();
  const packs = await listPacks(index());
  const pending = listPacks(index('endless.pidx'), { signal: abort.signal });
  abort.abort();
  await assert.rejects(pending, { name: 'AbortError' });
  await assert.rejects(packsForPart(packs, 'STM32F407VGT6', { signal: abort.signal }), { name: 'AbortError' });
});
