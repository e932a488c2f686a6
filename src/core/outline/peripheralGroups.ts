import type { Device } from '../device/device.ts';

/** With fewer peripherals than this a flat list is easier to read than groups. */
const fewestForGroups = 24;

/** Peripherals do not change under a device. */
const known = new WeakMap<Device, ReadonlyMap<string, readonly number[]>>();

/** Positions of the peripherals of every group of two or more; empty on a chip with few peripherals. */
export function groupedPeripherals(device: Device): ReadonlyMap<string, readonly number[]> {
  const groups = known.get(device) ?? groupsOf(device);
  known.set(device, groups);
  return groups;
}

function groupsOf(device: Device): ReadonlyMap<string, readonly number[]> {
  if (device.peripherals.length < fewestForGroups) return new Map();
  const all = new Map<string, number[]>();
  for (const [index, { groupName }] of device.peripherals.entries()) {
    // The slash parts the steps of an id.
    const name = groupName?.trim().replaceAll('/', '∕') ?? '';
    if (name !== '') all.set(name, [...all.get(name) ?? [], index]);
  }
  return new Map([...all].filter(([, members]) => members.length > 1));
}
