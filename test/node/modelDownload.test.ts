// Downloads from a real server on this machine, one that can be told to misbehave.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import type http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { DownloadOptions, DownloadProgress } from '../../src/node/fileDownload.ts';
import { downloadModel, type DownloadableModel } from '../../src/node/modelDownload.ts';
import { testServer } from './httpServer.ts';
import { chatModel, writeGguf } from './smallGguf.ts';

/** Large enough to come in many pieces. */
const model = writeGguf({ ...chatModel, dataBytes: 3_000_000 });
const otherModel = writeGguf({ ...chatModel, dataBytes: 3_000_032 });
const sha256 = createHash('sha256').update(model).digest('hex');

/** How the server behaves; each part is used up or stays as its comment says. */
interface Behaviour {
  content?: Buffer;
  etag?: string;
  ignoresRange?: boolean;
  /** Cuts the connection after so many bytes of the body, once for each entry. */
  cuts?: number[];
  /** Answers with this status instead. */
  status?: number;
  headers?: http.OutgoingHttpHeaders;
  body?: string;
  /** Redirects so often first, announcing the hash as Hugging Face does. */
  redirects?: number;
  announced?: string;
}

let behaviour: Behaviour = {};
let requests: http.IncomingHttpHeaders[] = [];

const server = testServer((request, response) => {
  requests.push(request.headers);
  const hop = Number(new URL(request.url ?? '', 'http://localhost').searchParams.get('hop') ?? 0);
  if (hop < (behaviour.redirects ?? 0)) {
    response.writeHead(302, { location: `?hop=${hop + 1}`, ...(behaviour.announced !== undefined && { 'x-linked-etag': `"${behaviour.announced}"` }) }).end();
  } else if (behaviour.status !== undefined) {
    response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body);
  } else {
    serve(request, response);
  }
});

function serve(request: http.IncomingMessage, response: http.ServerResponse): void {
  const { content = model, etag = '"one"', ignoresRange = false, headers } = behaviour;
  const wanted = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const isSame = request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
  const start = ignoresRange || !isSame ? 0 : wanted;
  if (start > 0 && start >= content.length) {
    response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
    return;
  }
  response.writeHead(start > 0 ? 206 : 200, {
    'content-length': content.length - start, 'content-type': 'application/octet-stream',
    ...(etag !== '' && { etag }), ...(start > 0 && { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }), ...headers,
  });
  const cut = behaviour.cuts?.shift();
  if (cut === undefined) response.end(content.subarray(start));
  else response.write(content.subarray(start, start + cut), () => { setImmediate(() => { response.destroy(); }); });
}

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-download-'));
after(() => { fs.rmSync(root, { recursive: true }); });

interface Attempt {
  readonly folder: string;
  readonly download: (behaviour: Behaviour, options?: Partial<DownloadOptions & DownloadableModel>) => Promise<{ path: string }>;
  readonly names: () => string[];
  readonly partialBytes: () => number;
}

/** One story about downloading, in a folder of its own. */
function check(name: string, story: (attempt: Attempt) => Promise<void>): void {
  test(name, async () => {
    const folder = fs.mkdtempSync(path.join(root, 'models-'));
    await story({
      folder,
      download: (next, { url = `${server.origin}/model.gguf`, fileName = 'model.gguf', sizeBytes = model.length, sha256: hash, ...options } = {}) => {
        behaviour = next;
        requests = [];
        return downloadModel({ url, fileName, sizeBytes, ...(hash !== undefined && { sha256: hash }) }, { folder, ...options });
      },
      names: () => fs.readdirSync(folder).filter(entry => !entry.startsWith('.')).sort(),
      partialBytes: () => fs.statSync(path.join(folder, 'model.gguf.partial')).size,
    });
  });
}

function assertWhole({ folder, names }: Attempt, content = model): void {
  assert.deepEqual(names(), ['model.gguf']);
  assert.ok(fs.readFileSync(path.join(folder, 'model.gguf')).equals(content), 'the bytes are those of the server');
}

check('a whole download lies under its name, and progress ends at its size', async attempt => {
  const progress: DownloadProgress[] = [];
  const { path: file } = await attempt.download({}, { sha256, onProgress: step => { progress.push(step); } });
  assert.equal(file, path.join(attempt.folder, 'model.gguf'));
  assertWhole(attempt);
  for (const phase of ['downloading', 'verifying']) {
    const steps = progress.filter(step => step.phase === phase).map(({ doneBytes }) => doneBytes);
    assert.equal(steps.at(-1), model.length);
    assert.deepEqual(steps, steps.toSorted((a, b) => a - b));
  }
  assert.ok(progress.every(({ totalBytes }) => totalBytes === model.length));
});

check('what is there already is not asked for again', async attempt => {
  await attempt.download({});
  await attempt.download({ status: 500 });
  assert.equal(requests.length, 0);
});

check('a cut connection is taken up again by itself', async attempt => {
  await attempt.download({ cuts: [1_000_000, 500_000] }, { sha256 });
  assertWhole(attempt);
  assert.equal(requests.length, 3);
  assert.match(requests[1]?.range ?? '', /^bytes=\d+-$/);
});

check('connections that bring nothing end the attempt, and the next goes on where it ended', async attempt => {
  await assert.rejects(attempt.download({ cuts: [1_000_000, 0, 0] }, { sha256 }), /connection was cut after \d+ of \d+ bytes of model\.gguf\. Download it again/);
  const kept = attempt.partialBytes();
  assert.ok(kept > 0);
  await attempt.download({}, { sha256 });
  assert.equal(requests[0]?.range, `bytes=${kept}-`);
  assert.equal(requests[0]['if-range'], '"one"');
  assertWhole(attempt);
});

check('a cancel keeps what has arrived, and the next goes on there', async attempt => {
  const controller = new AbortController();
  const cancelled = attempt.download({}, { signal: controller.signal, onProgress: ({ doneBytes }) => { if (doneBytes > 100_000) controller.abort(); } });
  await assert.rejects(cancelled, { name: 'AbortError' });
  const kept = attempt.partialBytes();
  assert.ok(kept > 100_000 && kept < model.length);
  await attempt.download({}, { sha256 });
  assert.equal(requests[0]?.range, `bytes=${kept}-`);
  assertWhole(attempt);
});

check('a cancel before the start asks for nothing', async attempt => {
  await assert.rejects(attempt.download({}, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  assert.equal(requests.length, 0);
});

check('a cancel while verifying keeps the file for the next time', async attempt => {
  const controller = new AbortController();
  await assert.rejects(attempt.download({}, { sha256, signal: controller.signal, onProgress: ({ phase }) => { if (phase === 'verifying') controller.abort(); } }), { name: 'AbortError' });
  assert.equal(attempt.partialBytes(), model.length);
  await attempt.download({}, { sha256 });
  assertWhole(attempt);
});

check('a server that ignores ranges sends everything again', async attempt => {
  await assert.rejects(attempt.download({ cuts: [1_000_000, 0, 0] }), /was cut/);
  await attempt.download({ ignoresRange: true }, { sha256 });
  assert.ok(requests[0]?.range !== undefined);
  assertWhole(attempt);
});

check('a file that has changed on the server starts over', async attempt => {
  await assert.rejects(attempt.download({ cuts: [1_000_000, 0, 0] }), /was cut/);
  await attempt.download({ content: otherModel, etag: '"two"' });
  assertWhole(attempt, otherModel);
});

check('a file whose announced hash has changed starts over', async attempt => {
  await assert.rejects(attempt.download({ cuts: [1_000_000, 0, 0], redirects: 1, announced: sha256 }), /was cut/);
  const announced = createHash('sha256').update(otherModel).digest('hex');
  await attempt.download({ content: otherModel, redirects: 1, announced });
  assertWhole(attempt, otherModel);
});

check('without anything to tell whether the file is the same it starts over', async attempt => {
  await assert.rejects(attempt.download({ etag: '', cuts: [1_000_000, 0] }), /was cut/);
  await attempt.download({ etag: '' });
  assert.equal(requests[0]?.range, undefined);
  assertWhole(attempt);
});

check('a part longer than the file starts over', async attempt => {
  await assert.rejects(attempt.download({ cuts: [1_000_000, 0, 0] }), /was cut/);
  fs.appendFileSync(path.join(attempt.folder, 'model.gguf.partial'), Buffer.alloc(model.length));
  await attempt.download({}, { sha256 });
  assertWhole(attempt);
});

check('a wrong checksum throws the file away', async attempt => {
  await assert.rejects(attempt.download({}, { sha256: '0'.repeat(64) }), new RegExp(`wrong checksum \\(SHA-256 ${sha256}, expected 0+\\)`));
  assert.deepEqual(attempt.names(), []);
});

check('the hash that the server announces is checked, through redirects', async attempt => {
  await assert.rejects(attempt.download({ redirects: 2, announced: 'f'.repeat(64) }), /wrong checksum/);
  await attempt.download({ redirects: 2, announced: sha256 });
  assertWhole(attempt);
});

check('a file that is no model is thrown away', async attempt => {
  await assert.rejects(attempt.download({ content: Buffer.from('just words') }), /no usable model and was thrown away: .* is a text file/);
  assert.deepEqual(attempt.names(), []);
});

const faults: readonly (readonly [name: string, behaviour: Behaviour, sentence: RegExp])[] = [
  ['a model that is gone', { status: 404 }, /no longer has it \(HTTP 404\)\. Choose another model/],
  ['a model behind an account', { status: 401 }, /refuses it without an account/],
  ['a proxy that wants a password', { status: 407 }, /could not be reached \(fetch failed\)\. Check the network and, if there is one, the proxy/],
  ['a busy server', { status: 429 }, /too many requests.*Try again later/],
  ['a broken server', { status: 503 }, /in trouble \(HTTP 503\)/],
  ['a strange answer', { status: 204 }, /answered with HTTP 204/],
  ['a part that was not asked for', { status: 206, body: 'x' }, /answered with HTTP 206/],
  ['a web page', { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<html>Sign in' }, /a web page instead of the file/],
  ['endless redirects', { redirects: 100 }, /redirects in circles/],
];
for (const [name, fault, sentence] of faults) {
  check(`${name} is refused with a sentence, and leaves nothing`, async attempt => {
    await assert.rejects(attempt.download(fault), sentence);
    assert.deepEqual(attempt.names(), []);
  });
}

check('a server that cannot be reached is named', async attempt => {
  await assert.rejects(attempt.download({}, { url: 'http://127.0.0.1:1/model.gguf' }), /127\.0\.0\.1:1 could not be reached .*proxy/);
});

check('offline mode asks for nothing', async attempt => {
  await assert.rejects(attempt.download({}, { offline: true }), /offline mode is on/);
  assert.equal(requests.length, 0);
  assert.deepEqual(attempt.names(), []);
});

check('a disk that is too small is told before anything is fetched', async attempt => {
  await assert.rejects(attempt.download({}, { sizeBytes: 1e18 }), /needs 1000000000\.0 GB more on the disk .* Make room/);
  assert.equal(requests.length, 0);
});

check('the same model is not downloaded twice at once', async attempt => {
  // Which of the two comes first to the lock is the system's choice.
  const outcomes = await Promise.allSettled([attempt.download({}), attempt.download({})]);
  const refusals = outcomes.filter(outcome => outcome.status === 'rejected');
  assert.equal(refusals.length, 1);
  assert.match(String(refusals[0]?.reason), /is being downloaded already/);
  assertWhole(attempt);
});

check('a file name cannot leave the folder', async attempt => {
  const { path: file } = await attempt.download({}, { fileName: '../../escaped.gguf' });
  assert.equal(file, path.join(attempt.folder, 'escaped.gguf'));
});
