import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { decodeDevice, findRegisters, openDevice, parseSvd, type DeviceCache, type Host } from '../../src/core/index.ts';
import { openDeviceCache } from '../../src/node/deviceCache.ts';
import { openDiskHost } from '../../src/node/diskHost.ts';
import { zipFile } from './zipFile.ts';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-devices-'));
after(() => { fs.rmSync(root, { recursive: true }); });

const svd = (register: string) => `<device><name>AX1</name><peripherals><peripheral><name>P</name><baseAddress>0x1000</baseAddress><registers><register><name>${register}</name><addressOffset>0</addressOffset></register></registers></peripheral></peripherals></device>`;
const noPatches = { patches: [], key: '' };

interface Place {
  readonly workspace: string;
  readonly folder: string;
  readonly cache: DeviceCache;
  /** Opens `chip.svd`; tells its first register and whether the text was read. */
  readonly open: (cache?: DeviceCache) => Promise<{ readonly register: string | undefined; readonly wasRead: boolean }>;
  readonly entries: () => string[];
}

/** One story about a cache, in a folder of its own; the description is old enough to be trusted by its times. */
function check(name: string, story: (place: Place) => Promise<void>): void {
  test(name, async () => {
    const workspace = fs.mkdtempSync(path.join(root, 'work-'));
    const folder = path.join(workspace, 'devices');
    write(workspace, 'CR');
    await settled();
    const cache = openDeviceCache({ folder, workspace });
    const disk = openDiskHost({ workspace });
    await story({
      workspace, folder, cache, entries: () => fs.readdirSync(folder),
      open: async (used = cache) => {
        let wasRead = false;
        const host: Host = { ...disk, read: async file => { wasRead = true; return disk.read(file); } };
        const { device } = await openDevice(host, 'chip.svd', noPatches, used);
        return { register: device?.peripherals[0]?.registers[0]?.name, wasRead };
      },
    });
  });
}

function write(workspace: string, register: string): void {
  fs.writeFileSync(path.join(workspace, 'chip.svd'), svd(register));
}

/** Beyond the time in which a change could go unseen. */
async function settled(): Promise<void> {
  await new Promise(resolve => { setTimeout(resolve, 2100); });
}

check('what was read once is not read again, in this process or another', async ({ open, workspace, folder }) => {
  assert.deepEqual(await open(), { register: 'CR', wasRead: true });
  assert.deepEqual(await open(), { register: 'CR', wasRead: false });
  assert.deepEqual(await open(openDeviceCache({ folder, workspace })), { register: 'CR', wasRead: false });
});

check('a changed file is read anew, even when its size and modification time are the same', async ({ open, workspace }) => {
  await open();
  const { atime, mtime } = fs.statSync(path.join(workspace, 'chip.svd'));
  write(workspace, 'DR');
  fs.utimesSync(path.join(workspace, 'chip.svd'), atime, mtime);
  assert.deepEqual(await open(), { register: 'DR', wasRead: true });
});

check('a touched file is known by its content', async ({ open, workspace, entries }) => {
  await open();
  const before = entries().length;
  fs.utimesSync(path.join(workspace, 'chip.svd'), new Date(), new Date());
  assert.deepEqual(await open(), { register: 'CR', wasRead: true });
  assert.equal(entries().length, before);
});

check('a description in a pack is known by its pack, whatever kind of pack', async ({ cache, workspace }) => {
  const packs = ['a.pack', 'b.atpack', 'c.zip'];
  for (const pack of packs) fs.writeFileSync(path.join(workspace, pack), zipFile([{ name: 'svd/chip.svd', content: Buffer.from(svd('CR')) }]));
  await settled();
  for (const pack of packs) {
    const { stamp } = await cache.look(`${pack}!/svd/chip.svd`);
    assert.ok(stamp !== undefined, pack);
    await cache.remember(`${pack}!/svd/chip.svd`, stamp, 'key');
    assert.equal((await cache.look(`${pack}!/svd/chip.svd`)).contentKey, 'key');
  }
});

check('every flipped byte and every cut makes an entry void, silently', async ({ cache, folder, open, entries }) => {
  await open();
  const originals = new Map(entries().map(name => [name, fs.readFileSync(path.join(folder, name))]));
  for (const [name, original] of originals) {
    const file = path.join(folder, name);
    for (let at = 0; at < original.length; at += 7) {
      const flipped = Buffer.from(original);
      flipped.writeUInt8((original[at] ?? 0) ^ 0x10, at);
      fs.writeFileSync(file, flipped);
      assert.equal((await open()).register, 'CR');
      fs.writeFileSync(file, original.subarray(0, at));
      assert.equal((await open()).register, 'CR');
    }
    fs.writeFileSync(file, original);
  }
  assert.equal(await cache.read('never written'), undefined);
});

check('an entry of another producer is not read', async ({ open, workspace, folder }) => {
  await open();
  assert.deepEqual(await open(openDeviceCache({ folder, workspace, producer: 'newer' })), { register: 'CR', wasRead: true });
});

check('a folder that cannot be made costs only the speed', async ({ workspace, open }) => {
  fs.writeFileSync(path.join(workspace, 'occupied'), '');
  const cache = openDeviceCache({ folder: path.join(workspace, 'occupied', 'devices'), workspace });
  assert.deepEqual(await open(cache), { register: 'CR', wasRead: true });
  assert.deepEqual(await open(cache), { register: 'CR', wasRead: true });
});

check('a missing file is a problem, not a rejection', async ({ cache, workspace }) => {
  const { device, problems } = await openDevice(openDiskHost({ workspace }), 'none.svd', noPatches, cache);
  assert.equal(device, undefined);
  assert.match(problems[0]?.message ?? '', /no such file/);
});

check('what was used least lately goes first when the folder is full', async ({ folder, workspace }) => {
  const cache = openDeviceCache({ folder, workspace, mostBytes: 3000 });
  for (const key of ['a', 'b']) await cache.write(key, new Uint8Array(1000));
  const past = (seconds: number) => new Date(Date.now() - seconds * 1000);
  for (const name of fs.readdirSync(folder)) fs.utimesSync(path.join(folder, name), past(100), past(100));
  assert.ok(await cache.read('a'));
  await cache.write('c', new Uint8Array(1000));
  assert.deepEqual(await Promise.all(['a', 'b', 'c'].map(async key => (await cache.read(key)) !== undefined)), [true, false, true]);
});

check('a process killed while writing leaves no broken entry, and its remains are cleared', async ({ folder, workspace, cache }) => {
  const module = new URL('../../src/node/deviceCache.ts', import.meta.url).href;
  const script = `const { openDeviceCache } = await import(${JSON.stringify(module)}); const cache = openDeviceCache(${JSON.stringify({ folder, workspace })}); const bytes = new Uint8Array(20_000_000).fill(7); console.log('writing'); for (;;) await cache.write('key', bytes);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise(resolve => { child.stdout.once('data', resolve); });
  while (!fs.existsSync(folder) || fs.readdirSync(folder).length === 0) await new Promise(resolve => { setImmediate(resolve); });
  child.kill('SIGKILL');
  await new Promise(resolve => { child.once('exit', resolve); });
  const read = await cache.read('key');
  assert.ok(read === undefined || (read.length === 20_000_000 && read.every(byte => byte === 7)));
  const longAgo = new Date(Date.now() - 7_200_000);
  for (const name of fs.readdirSync(folder)) if (name.endsWith('.tmp')) fs.utimesSync(path.join(folder, name), longAgo, longAgo);
  await cache.write('other', new Uint8Array(10));
  assert.deepEqual(fs.readdirSync(folder).filter(name => name.endsWith('.tmp')), []);
});

check('two writers of one entry leave one whole entry', async ({ folder, workspace }) => {
  const caches = [1, 2].map(() => openDeviceCache({ folder, workspace }));
  await Promise.all(caches.flatMap((cache, writer) => Array.from({ length: 10 }, () => cache.write('key', new Uint8Array(100_000).fill(writer)))));
  const read = await caches[0]?.read('key');
  assert.ok(read?.length === 100_000 && read.every(byte => byte === read[0]));
});

test('bytes that are no device give none', () => {
  for (const bytes of [[], [0, 0, 0, 2, 0x7b, 0x7d], [255, 255, 255, 255], [0, 0, 0, 4, 0x6e, 0x75, 0x6c, 0x6c]]) assert.equal(decodeDevice(Uint8Array.from(bytes)), undefined);
});

test('a remembered device answers as the read one does', async () => {
  const { encodeDevice } = await import('../../src/core/index.ts');
  const { device, problems } = parseSvd(fs.readFileSync(path.join(import.meta.dirname, '../fixtures/fictional-mcu/AX32.svd'), 'utf8'), 'AX32.svd');
  assert.ok(device);
  const stored = decodeDevice(encodeDevice({ device, problems }) ?? new Uint8Array());
  assert.ok(stored);
  for (const { peripheral, register } of device.peripherals.flatMap(one => one.registers.map(node => ({ peripheral: one, register: node })))) {
    for (const query of [`${peripheral.name}.${register.name}`, register.name, `${peripheral.name}_${register.name}_EN`, `0x${(peripheral.baseAddress + register.addressOffset).toString(16)}`]) {
      assert.deepEqual(findRegisters(stored.device, query).map(({ place }) => place.path), findRegisters(device, query).map(({ place }) => place.path), query);
    }
  }
});
