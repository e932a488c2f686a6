import { registerChunks } from '../chunk/registerChunks.ts';
import { findRegisters } from '../device/findRegisters.ts';
import type { Device, RegisterPlace } from '../device/device.ts';
import type { RetrievalCase } from './retrievalCase.ts';
import { oneOf, shuffled } from './seededSample.ts';
import type { SuiteSource } from './suiteSource.ts';

/** Questions for a register or field of the chip: by path, address and macro. None when the chip's registers are not indexed. */
export async function registerCases(source: SuiteSource): Promise<RetrievalCase[]> {
  const { catalog, device, perKind, random } = source;
  if (device === undefined) return [];
  const paths = registerChunks(device, { file: device.name }).chunks.map(({ symbol }) => symbol ?? '');
  const cases: RetrievalCase[] = [];
  const wanted = perKind * kinds.length;
  for (const [position, path] of shuffled(paths, random).slice(0, wanted * 2).entries()) {
    if (cases.length >= wanted || (await catalog.chunksOfSymbol(path, 1)).length === 0) continue;
    const place = findRegisters(device, path).find(found => found.place.path === path)?.place;
    const make = kinds[position % kinds.length];
    if (place !== undefined && make !== undefined) cases.push(make(device, place, random));
  }
  return cases;
}

type MakeCase = (device: Device, place: RegisterPlace, random: () => number) => RetrievalCase;

const kinds: readonly MakeCase[] = [
  (_, place, random) => ({ kind: 'register by path', question: (oneOf(pathAskings, random) ?? '@').replace('@', withField(place, random)), answers: [{ symbol: place.path }] }),
  (device, place, random) => {
    const address = `0x${place.address.toString(16).padStart(8, '0')}`;
    const same = findRegisters(device, address).map(({ place: { path } }) => ({ symbol: path.replace(/\[\d+\]/g, '[0]') }));
    return { kind: 'register by address', question: (oneOf(addressAskings, random) ?? '@').replace('@', random() < 0.5 ? address : address.toUpperCase().replace('X', 'x')), answers: [{ symbol: place.path }, ...same] };
  },
  (_, place, random) => {
    const name = place.register.name.replace(/\[?%s\]?/, '');
    const group = place.peripheral.groupName ?? place.peripheral.name;
    const owner = random() < 0.5 ? place.peripheral.name : group;
    const answers = owner === place.peripheral.name ? [{ symbol: place.path }] : [{ symbol: place.path }, { symbolHolds: `.${place.register.name.replace('%s', '0')}` }];
    return { kind: 'register by macro', question: [owner, name, ...fieldOf(place, random)].join('_'), answers };
  },
];

const pathAskings = ['what does @ do', '@', 'how do I use @?', 'reset value of @', '@ 有什么作用', '@ 的复位值是多少'];
const addressAskings = ['what is at @', 'which register is @', 'a write to @ faults', '地址 @ 是什么寄存器'];

function withField(place: RegisterPlace, random: () => number): string {
  const path = [place.path, ...fieldOf(place, random)].join('.');
  return random() < 0.5 ? path : path.replace('.', '->');
}

/** A field's name, or nothing: then the register itself is asked for. */
function fieldOf({ register }: RegisterPlace, random: () => number): string[] {
  const field = random() < 0.7 ? oneOf(register.fields, random)?.name : undefined;
  return field === undefined ? [] : [field];
}
