import type { Device } from '../device/device.ts';
import { registerPlaces } from '../device/places.ts';
import type { AnswerCase } from './answerCase.ts';
import { trickKind } from './answerCase.ts';
import { oneOf, shuffled } from './seededSample.ts';

const mostPlaces = 4000;

/** Questions about peripherals, registers, fields and addresses that look real and do not exist. */
export function* trickCases(device: Device, random: () => number): Generator<AnswerCase, void> {
  const places = [];
  for (const place of registerPlaces(device)) {
    if (places.length >= mostPlaces) break;
    if (place.peripheral.origin === undefined) places.push(place);
  }
  const letters = new Set(device.peripherals.map(({ name }) => loose(name)));
  const families = [...new Set(device.peripherals.flatMap(({ name }) => /^([A-Z][A-Z0-9]*?[A-Z])\d{1,2}$/.exec(name)?.[1] ?? []))];
  for (const [index, place] of shuffled(places, random).entries()) {
    const made = [instance, register, field, field][index % 4]?.({ path: place.path, peripheral: place.peripheral.name, names: new Set(places.filter(other => other.peripheral === place.peripheral).flatMap(other => other.path.split('.').map(loose))), fields: new Set(place.register.fields.map(({ name }) => loose(name))), families, letters, random });
    if (made !== undefined) yield { kind: trickKind, question: made, expected: { type: 'absent' } };
  }
}

interface Around {
  readonly path: string;
  readonly peripheral: string;
  /** Loose names of the peripheral's registers, of the register's fields, of all peripherals. */
  readonly names: ReadonlySet<string>;
  readonly fields: ReadonlySet<string>;
  readonly letters: ReadonlySet<string>;
  readonly families: readonly string[];
  readonly random: () => number;
}

function instance({ families, letters, random, path }: Around): string | undefined {
  const family = oneOf(families, random);
  const free = [9, 17, 23, 31, 47].find(number => family !== undefined && ![...letters].some(name => name.startsWith(`${family}${number}`)));
  if (family === undefined || free === undefined) return undefined;
  const name = `${family}${free}`;
  return (oneOf([`What is the reset value of ${name}.CR1?`, `How do I enable ${name}?`, `At which address is ${name}->${path.split('.').at(-1)?.replace(/\[.*/, '') ?? 'CR'}?`, `${name} 的基地址是多少？`], random) ?? '');
}

function register({ peripheral, names, random }: Around): string | undefined {
  const invented = shuffled(['CFGX', 'QCTRL', 'ZSTAT', 'MODEX', 'XFERCR', 'TUNECR', 'KEYXR', 'WAITQR'], random).find(name => ![...names].some(known => known.includes(name) || name.includes(known) && known.length > 3));
  if (invented === undefined) return undefined;
  return oneOf([`What is the reset value of ${peripheral}.${invented}?`, `What does ${peripheral}->${invented} do?`, `Which bit of ${peripheral}->${invented} enables the interrupt?`, `${peripheral}->${invented} 寄存器有什么作用？`], random);
}

function field({ path, fields, names, random }: Around): string | undefined {
  const invented = shuffled(['XEN', 'QIE', 'ZRDY', 'TURBO', 'FOOEN', 'WAKEX', 'LOCKQ'], random).find(name => !fields.has(name) && !names.has(name));
  if (invented === undefined) return undefined;
  const arrow = path.replace('.', '->');
  return oneOf([`Which bit of ${arrow} is ${invented}?`, `How is ${invented} in ${path} cleared?`, `What does ${arrow}.${invented} do?`, `${invented} 是 ${arrow} 的第几位？`], random);
}

function loose(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]/g, '');
}
