import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { openDiskHost } from '../../src/node/diskHost.ts';
import { listPack, readPackEntry } from '../../src/node/packFile.ts';
import { packPath, splitPackPath } from '../../src/node/packPath.ts';
import { svdLibrary } from '../../src/node/svdLibrary.ts';
import { zipFile, type ZipEntry } from './zipFile.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-pack-'));
after(() => { fs.rmSync(root, { recursive: true }); });

const description = Buffer.from('<device><name>AX1</name></device>'.repeat(40));
let packs = 0;
const written = (bytes: Buffer) => {
  const folder = path.join(root, String(packs += 1));
  fs.mkdirSync(folder);
  const file = path.join(folder, 'Vendor.AX_DFP.1.2.3.pack');
  fs.writeFileSync(file, bytes);
  return file;
};
const entry = (name: string, rest: Partial<ZipEntry> = {}): ZipEntry => ({ name, content: description, ...rest });
const sound = zipFile([entry('Vendor.AX_DFP.pdsc'), entry('SVD/AX1.svd'), entry('SVD/AX2.svd', { content: Buffer.alloc(0) }), entry('Doc/readme.txt')]);

/** A count in the last record that the directory does not keep. */
function moreEntries(pack: Buffer): Buffer {
  const bytes = Buffer.from(pack);
  bytes.writeUInt16LE(60_000, bytes.length - 14);
  bytes.writeUInt16LE(60_000, bytes.length - 12);
  return bytes;
}

/** A pack that cannot be trusted: neither its listing nor one of its files comes through, and the sentence names the pack. */
function checkRefused(sentence: string, bytes: Buffer, reason: RegExp): void {
  test(sentence, async () => {
    const pack = written(bytes);
    const { entries, problems } = await listPack(pack, /\.svd$/);
    if (problems.length > 0) {
      assert.deepEqual(entries, []);
      assert.match(problems.join(), reason);
    } else {
      await assert.rejects(readPackEntry(pack, 'SVD/AX1.svd'), error => {
        assert.ok(error instanceof Error);
        assert.match(error.message, reason);
        assert.ok(error.message.includes(pack), error.message);
        return true;
      });
    }
  });
}

test('the descriptions in a pack are listed and read without unpacking it', async () => {
  const pack = written(sound);
  assert.deepEqual(await listPack(pack, /\.svd$/), { entries: ['SVD/AX1.svd', 'SVD/AX2.svd'], problems: [] });
  assert.deepEqual(Buffer.from(await readPackEntry(pack, 'SVD/AX1.svd') ?? []), description);
  assert.equal((await readPackEntry(pack, 'SVD/AX2.svd'))?.length, 0);
  assert.equal(await readPackEntry(pack, 'SVD/AX3.svd'), undefined);
  assert.deepEqual(fs.readdirSync(path.dirname(pack)), [path.basename(pack)]);
});

test('a pack that is not there holds nothing', async () => {
  assert.equal(await readPackEntry(path.join(root, 'gone.pack'), 'SVD/AX1.svd'), undefined);
});

test('the host reads a file in a pack under its long name, and the library finds it', async () => {
  const pack = written(sound);
  const [file, ...others] = (await svdLibrary([path.dirname(pack)])).map(svd => svd.file);
  assert.ok(file !== undefined && others.length === 1, String(file));
  assert.equal(file, packPath(pack, 'SVD/AX1.svd'));
  assert.deepEqual(splitPackPath(file), { pack, entry: 'SVD/AX1.svd' });
  const host = openDiskHost({ workspace: root });
  assert.deepEqual(Buffer.from(await host.read(file) ?? []), description);
  assert.equal((await host.stat(file))?.sizeBytes, sound.length);
  assert.equal(await host.read(packPath(pack, 'none.svd')), undefined);
});

test('a file name with an exclamation mark is not a pack', () => {
  assert.equal(splitPackPath('src/wow!/main.c'), undefined);
});

checkRefused('a name that leads out of the pack', zipFile([entry('../../SVD/AX1.svd'), entry('SVD/AX1.svd')]), /invalid relative path/);
checkRefused('an absolute name', zipFile([entry('/etc/AX1.svd')]), /absolute path/);
checkRefused('an encrypted file', zipFile([entry('SVD/AX1.svd', { encrypted: true })]), /is encrypted/);
checkRefused('a file that would unfold without end', zipFile([entry('SVD/AX1.svd', { content: Buffer.alloc(300_000_000) })]), /would have 300 MB/);
checkRefused('a file that is larger than the directory says', zipFile([entry('SVD/AX1.svd', { content: Buffer.alloc(3_000_000, 'a'), statedSize: 10 })]), /too many bytes|size/i);
checkRefused('a file that is smaller than the directory says', zipFile([entry('SVD/AX1.svd', { statedSize: 2000 })]), /not enough bytes|size/i);
checkRefused('a size that deflate cannot reach', zipFile([entry('SVD/AX1.svd', { statedSize: 200_000_000 })]), /would unfold to/);
checkRefused('a wrong checksum', zipFile([entry('SVD/AX1.svd', { statedCrc: 1 })]), /checksum/);
checkRefused('files that share their bytes', zipFile([entry('SVD/AX1.svd'), entry('SVD/AX2.svd', { sharesBytes: true })]), /share their bytes/);
checkRefused('a directory that promises more files than it holds', moreEntries(sound), /cannot be read as a CMSIS-Pack/);
checkRefused('a truncated pack', sound.subarray(0, sound.length - 30), /End of central directory|central directory/i);
checkRefused('a text file', Buffer.from('no zip at all'), /cannot be read as a CMSIS-Pack/);
checkRefused('an empty file', Buffer.alloc(0), /cannot be read as a CMSIS-Pack/);

test('a pack within a pack is not opened', async () => {
  assert.deepEqual(await listPack(written(zipFile([{ name: 'inner.pack', content: sound }])), /\.svd$/), { entries: [], problems: [] });
});

test('a directory of many files is read within the memory of its names', async () => {
  const { entries } = await listPack(written(zipFile(Array.from({ length: 3000 }, (_, index) => entry(`SVD/AX${index}.svd`, { content: Buffer.from('x') })))), /\.svd$/);
  assert.equal(entries.length, 3000);
});

test('a cut at any place is refused or read, never thrown past the sentence', async () => {
  for (let length = 0; length < sound.length; length += 61) {
    const pack = written(sound.subarray(0, length));
    assert.deepEqual((await listPack(pack, /\.svd$/)).entries, []);
  }
});
