// Opening the largest description from its text and from the cache, first look-ups included.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { addCorePeripherals, findRegisters, openDevice, type Device } from '../src/core/index.ts';
import { openDeviceCache } from '../src/node/deviceCache.ts';
import { openDiskHost } from '../src/node/diskHost.ts';

/** Milliseconds from the file's path to the answers of a first look-up by name, by macro and by address. */
export interface DeviceCacheTimes {
  readonly file: string;
  readonly cold: { readonly wallMs: number; readonly cpuMs: number };
  /** The median of several openings, each with nothing in memory. */
  readonly cached: { readonly wallMs: number; readonly cpuMs: number };
}

const openings = 9;

/** Measures the largest file of the folder. */
export async function deviceCacheTimes(svdFolder: string): Promise<DeviceCacheTimes | undefined> {
  const files = fs.readdirSync(svdFolder).filter(name => /\.(svd|xml)$/i.test(name)).map(name => path.join(svdFolder, name));
  const file = files.toSorted((left, right) => fs.statSync(right).size - fs.statSync(left).size)[0];
  if (file === undefined) return undefined;
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-devices-'));
  try {
    let queries: string[] = [];
    const once = async () => {
      const started = { wall: performance.now(), cpu: process.cpuUsage() };
      const { device } = await openDevice(openDiskHost({ workspace: svdFolder }), file, { patches: [], key: '' }, openDeviceCache({ folder, workspace: svdFolder }));
      if (device === undefined) throw new Error(`${file} holds no device.`);
      const whole = addCorePeripherals(device);
      for (const query of queries) if (findRegisters(whole, query).length === 0) throw new Error(`${query} is not found.`);
      const { user, system } = process.cpuUsage(started.cpu);
      return { device, wallMs: performance.now() - started.wall, cpuMs: (user + system) / 1000 };
    };
    const { device, ...cold } = await once();
    queries = queriesFor(device);
    const cached: { wallMs: number; cpuMs: number }[] = [];
    for (let opening = 0; opening < openings; opening++) cached.push(await once());
    return { file: path.basename(file), cold, cached: { wallMs: median(cached.map(({ wallMs }) => wallMs)), cpuMs: median(cached.map(({ cpuMs }) => cpuMs)) } };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** A path, a header macro and an address of a peripheral in the middle of the file. */
function queriesFor(device: Device): string[] {
  const peripherals = device.peripherals.filter(({ registers }) => registers.some(node => node.kind === 'register' && node.fields.length > 0));
  const peripheral = peripherals[Math.floor(peripherals.length / 2)];
  const register = peripheral?.registers.find(node => node.kind === 'register' && node.fields.length > 0);
  if (peripheral === undefined || register?.kind !== 'register') return [];
  const name = register.name.replace('[%s]', '0').replace('%s', '0');
  return [`${peripheral.name}.${name}`, `${peripheral.name}_${name}_${register.fields[0]?.name ?? ''}`, `0x${(peripheral.baseAddress + register.addressOffset).toString(16)}`];
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}
