import { registersAt } from '../device/addressIndex.ts';
import type { Device, RegisterPlace } from '../device/device.ts';
import { hex } from '../device/numbers.ts';
import type { DeclaredInstance, DeviceHeader } from './deviceHeader.ts';
import type { HeaderInstance, HeaderPlace, HeaderRegister } from './headerJoin.ts';
import type { LaidMember } from './layout.ts';
import type { PlacedVariable } from './placedVariables.ts';
import type { RegisterMacro } from './registerMacros.ts';

export interface RegisterJoin {
  readonly instances: readonly HeaderInstance[];
  readonly registers: readonly HeaderRegister[];
  /** There were more places than are listed. */
  readonly isCut: boolean;
  /** What the description has at an address, all views. */
  readonly at: (address: string) => readonly RegisterPlace[];
}

/** Elements of one array that are listed; others are found by address when asked for. */
const mostElements = 512;
/** Places of one header altogether; the largest parts have 13,000. */
const mostPlaces = 50_000;

/** Every register of the header with what the description has at its address; without a device, with nothing. */
export function joinRegisters(header: DeviceHeader, device: Device | undefined): RegisterJoin {
  const known = new Map<string, readonly RegisterPlace[]>();
  const at = (address: string): readonly RegisterPlace[] => {
    const places = known.get(address) ?? (device === undefined ? [] : registersAt(device, BigInt(address)).filter(place => place.address === BigInt(address)));
    known.set(address, places);
    return places;
  };
  const joining: Joining = { header, at, left: mostPlaces };
  const ofTypes = [...header.layouts].flatMap(([type, layout]) => {
    const instances = header.instances.filter(instance => instance.type === type);
    return layout.members.filter(({ member }) => !isReserved(member)).map(member => structRegister(joining, { type, member, instances }));
  });
  const ofMacros = header.registerMacros.map(macro => macroRegister(joining, macro));
  const ofVariables = header.placedVariables.map(variable => variableRegister(joining, variable));
  const peripherals = new Map<bigint, string[]>();
  for (const { baseAddress, name } of device?.peripherals ?? []) peripherals.set(baseAddress, [...peripherals.get(baseAddress) ?? [], name]);
  return { isCut: joining.left <= 0, at, registers: [...ofTypes, ...ofMacros, ...ofVariables], instances: header.instances.map(instance => joinInstance(instance, peripherals)) };
}

/** Padding has no meaning, whatever lies there. */
export function isReserved(member: string): boolean {
  return /(^|\.)_*((reserved|rsvd|rserved|resv|unused|dummy)_?\w*|pad(ding)?_?\d*)$/i.test(member) || member === '';
}

interface Joining {
  readonly header: DeviceHeader;
  readonly at: (address: string) => readonly RegisterPlace[];
  left: number;
}

function structRegister(joining: Joining, { type, member, instances }: { readonly type: string; readonly member: LaidMember; readonly instances: readonly DeclaredInstance[] }): HeaderRegister {
  const { file, line, comment, offset, size, dims, fields, shape } = member;
  const access = accessOf(joining.header.lines(file)[line - 1] ?? '');
  return {
    id: `${type}.${member.member}`, type, member: member.member, offset, size: size * 8, dims, file, line,
    ...(dims.length > 0 && { shape }), ...(comment !== undefined && { comment }), ...(access !== undefined && { access }),
    fields: fields.map(field => ({ ...field, file })), places: instances.flatMap(instance => placesOf(joining, instance, member)),
  };
}

function accessOf(line: string): HeaderRegister['access'] {
  if (/\b(__I|__IM|io_ro_\d+|RoReg\d*|__R)\b|\bconst\b/.test(line)) return 'read-only';
  return /\b(__O|__OM|io_wo_\d+|WoReg\d*|__W)\b/.test(line) ? 'write-only' : undefined;
}

function placesOf(joining: Joining, { name, address }: DeclaredInstance, { offset, dims }: LaidMember): HeaderPlace[] {
  const count = Math.min(dims.reduce((product, dim) => product * dim.count, 1), mostElements, Math.max(joining.left, 0));
  joining.left -= count;
  return Array.from({ length: count }, (_, element) => {
    let rest = element;
    let within = offset;
    for (const dim of dims.toReversed()) {
      within += (rest % dim.count) * dim.stride;
      rest = Math.floor(rest / dim.count);
    }
    const text = hex(address + BigInt(within));
    return { instance: name, ...(dims.length > 0 && { element }), address: text, paths: joining.at(text).map(({ path }) => path) };
  });
}

function macroRegister(joining: Joining, { name, size, places, define }: RegisterMacro): HeaderRegister {
  const { file, line, comment, parameters } = define;
  return {
    id: parameters === undefined ? name : `${name}()`, member: name, size, dims: [], fields: [], file, line, ...(comment !== undefined && { comment }),
    places: places.filter(({ address, isDoubtful }) => isDoubtful !== true || joining.at(hex(address)).length > 0).map(({ address, instance }) => ({ address: hex(address), paths: joining.at(hex(address)).map(({ path }) => path), ...(instance !== undefined && { instance }) })),
  };
}

function variableRegister(joining: Joining, variable: PlacedVariable): HeaderRegister {
  const { fields, access, define: { file } } = variable;
  return { ...macroRegister(joining, variable), isVariable: true, fields: fields.map(field => ({ ...field, file })), ...(access !== undefined && { access }) };
}

function joinInstance({ name, address, type, file, line, comment }: DeclaredInstance, peripherals: ReadonlyMap<bigint, readonly string[]>): HeaderInstance {
  return { name, address: hex(address), peripherals: peripherals.get(address) ?? [], file, line, ...(type !== undefined && { type }), ...(comment !== undefined && { comment }) };
}
