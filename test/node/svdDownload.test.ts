// Downloads from a real server on this machine, laid out like the public collection.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { downloadSvd, downloadSvdFrom, filesForPart, listCollection, type CollectionFile, type SvdCollection } from '../../src/node/svdDownload.ts';
import { testServer } from './httpServer.ts';

const description = (name: string) => Buffer.from(`<?xml version="1.0"?>\n<device schemaVersion="1.3"><name>${name}</name><peripherals><peripheral><name>P</name><baseAddress>0x1000</baseAddress></peripheral></peripherals></device>`);
const blobHash = (bytes: Buffer) => createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');

const stored: Readonly<Record<string, Buffer>> = {
  'data/STMicro/STM32F407.svd': description('STM32F407'), 'data/STMicro/STM32F427.svd': description('STM32F427'),
  'data/Nordic/nrf52840.svd': description('nrf52840'), 'data/Odd one/..%2fescape.svd': description('escape'),
};
const listing = JSON.stringify({ tree: [
  ...Object.entries(stored).map(([file, bytes]) => ({ path: file, type: 'blob', size: bytes.length, sha: blobHash(bytes) })),
  { path: 'data/STMicro', type: 'tree', sha: 'x' }, { path: 'README.md', type: 'blob', size: 3, sha: 'y' }, { path: 'data/STMicro/STM32F746.svd', type: 'blob', size: 5, sha: blobHash(Buffer.from('other')) },
] });

const answers: Readonly<Record<string, { readonly status?: number; readonly body: string | Buffer; readonly length?: number; readonly type?: string }>> = {
  '/listing': { body: listing },
  '/brokenListing': { body: '{"message":"rate limit"}' },
  '/htmlListing': { body: '<html>sign in</html>', type: 'text/html' },
  '/files/data/STMicro/STM32F746.svd': { body: description('STM32F746') },
  '/Vendor.DFP.1.0.0.pack': { body: Buffer.from('PK\u0003\u0004and so on') },
  '/NoZip.pack': { body: 'plain text' },
  '/Page.svd': { body: '<html></html>' },
  '/Cut.svd': { body: description('CUT').subarray(0, 60), length: 400 },
  '/Chip.svd': { body: description('CHIP') },
  '/Busy.svd': { status: 503, body: '' },
  ...Object.fromEntries(Object.entries(stored).map(([file, bytes]) => [new URL(file.split('/').map(encodeURIComponent).join('/'), 'http://x/files/').pathname, { body: bytes }])),
};

const server = testServer((request, response) => {
  const answer = answers[request.url ?? ''];
  if (request.url === '/Endless.svd') {
    response.writeHead(200).write('<device>');
    return;
  }
  response.writeHead(answer?.status ?? (answer === undefined ? 404 : 200), { 'content-type': answer?.type ?? 'text/plain', 'content-length': answer?.length ?? Buffer.byteLength(answer?.body ?? '') });
  if (answer?.length === undefined) response.end(answer?.body);
  else response.write(answer.body, () => { setImmediate(() => { response.destroy(); }); });
});

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-svd-'));
after(() => { fs.rmSync(root, { recursive: true }); });

const collection = (listingPath = '/listing'): SvdCollection => ({ name: 'the test collection', listingUrl: `${server.origin}${listingPath}`, filesUrl: `${server.origin}/files/` });
const newFolder = () => fs.mkdtempSync(path.join(root, 'kept-'));
const fileNamed = async (name: string): Promise<CollectionFile> => {
  const file = (await listCollection(collection())).find(({ fileName }) => fileName === name);
  assert.ok(file, name);
  return file;
};

/** Nothing appears in the folder, and the sentence says why. */
function checkRefused(sentence: string, attempt: (folder: string) => Promise<unknown>, message: RegExp): void {
  test(sentence, async () => {
    const folder = newFolder();
    await assert.rejects(attempt(folder), message);
    assert.deepEqual(fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => /\.(svd|pack)$/.test(name) && !name.includes('.locks')), []);
  });
}

test('a part finds its file first, and not those of other parts', async () => {
  const files = await listCollection(collection());
  assert.equal(files.length, 5);
  assert.deepEqual(filesForPart(files, 'STM32F407VGT6').map(({ fileName }) => fileName), ['STM32F407.svd']);
  assert.deepEqual(filesForPart(files, 'nRF52840_xxAA').map(({ vendor, fileName }) => `${vendor}/${fileName}`), ['Nordic/nrf52840.svd']);
  assert.deepEqual(filesForPart(files, 'RP2040'), []);
});

test('a file of the collection is checked, kept in its vendor\'s folder, and its hash is recorded', async () => {
  const folder = newFolder();
  const steps: number[] = [];
  const { path: file, sha256 } = await downloadSvd(await fileNamed('STM32F407.svd'), { folder, onProgress: ({ doneBytes }) => { steps.push(doneBytes); } });
  assert.equal(file, path.join(folder, 'STMicro', 'STM32F407.svd'));
  assert.ok(fs.readFileSync(file).equals(description('STM32F407')));
  assert.equal(sha256, createHash('sha256').update(description('STM32F407')).digest('hex'));
  assert.ok(fs.readFileSync(`${file}.sha256`, 'utf8').startsWith(sha256));
  assert.equal(steps.at(-1), description('STM32F407').length);
});

test('a name from the server cannot leave the folder', async () => {
  const folder = newFolder();
  const { path: file } = await downloadSvd(await fileNamed('..%2fescape.svd'), { folder });
  assert.ok(file.startsWith(folder + path.sep), file);
});

test('a pack and a description are kept from an address of the user\'s', async () => {
  const folder = newFolder();
  for (const name of ['Vendor.DFP.1.0.0.pack', 'Chip.svd']) {
    const { path: file } = await downloadSvdFrom(`${server.origin}/${name}`, { folder });
    assert.equal(file, path.join(folder, name));
  }
});

checkRefused('a file that is not the announced one is thrown away', async folder => downloadSvd(await fileNamed('STM32F746.svd'), { folder }), /wrong checksum .* thrown away/);
checkRefused('a web page is not kept as a description', folder => downloadSvdFrom(`${server.origin}/Page.svd`, { folder }), /describes no chip and was thrown away: .*web page/);
checkRefused('a pack that is no zip is thrown away', folder => downloadSvdFrom(`${server.origin}/NoZip.pack`, { folder }), /no CMSIS-Pack/);
checkRefused('a cut connection leaves nothing behind', folder => downloadSvdFrom(`${server.origin}/Cut.svd`, { folder }), /connection was cut after \d+ (of 400 )?bytes/);
checkRefused('a missing file says what else can be done', folder => downloadSvdFrom(`${server.origin}/Gone.svd`, { folder }), /no longer has it \(HTTP 404\).*Choose SVD File/);
checkRefused('a server in trouble is named', folder => downloadSvdFrom(`${server.origin}/Busy.svd`, { folder }), /HTTP 503/);
checkRefused('offline mode refuses a file', async folder => downloadSvd(await fileNamed('STM32F407.svd'), { folder, offline: true }), /offline mode is on/);
checkRefused('offline mode refuses an address', folder => downloadSvdFrom(`${server.origin}/Chip.svd`, { folder, offline: true }), /offline mode is on/);
checkRefused('other schemes are refused', folder => downloadSvdFrom('file:///etc/Chip.svd', { folder }), /begins with https/);
checkRefused('what is no address is refused', folder => downloadSvdFrom('STM32F407', { folder }), /is not an address/);
checkRefused('an address of something else is refused', folder => downloadSvdFrom(`${server.origin}/listing`, { folder }), /should end in \.svd, \.atdf, \.pack or \.atpack/);
checkRefused('a listing in another form is refused', () => listCollection(collection('/brokenListing')), /another form than expected/);
checkRefused('a sign-in page in place of the listing is said', () => listCollection(collection('/htmlListing')), /web page/);
checkRefused('offline mode refuses the listing', () => listCollection(collection(), { offline: true }), /offline mode is on/);

test('cancelling ends the download with the signal\'s reason and nothing under its name', async () => {
  const folder = newFolder();
  const abort = new AbortController();
  const download = downloadSvdFrom(`${server.origin}/Endless.svd`, { folder, signal: abort.signal, onProgress: () => { abort.abort(new Error('enough')); } });
  await assert.rejects(download, /enough/);
  assert.ok(!fs.existsSync(path.join(folder, 'Endless.svd')));
});
