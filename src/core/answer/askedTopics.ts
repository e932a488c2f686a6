import type { Device, Field, Peripheral, RegisterPlace } from '../device/device.ts';
import { findInterrupts, findPeripherals, peripheralsOfGroup } from '../device/findPeripherals.ts';
import { findRegisters, type FoundRegister } from '../device/findRegisters.ts';

/** A register that a question names, with the fields that it names of it. */
export interface AskedRegister {
  readonly place: RegisterPlace;
  readonly fields: readonly Field[];
}

/** What a question is about, as far as the device knows it. */
export interface AskedTopics {
  readonly registers: readonly AskedRegister[];
  readonly peripherals: readonly Peripheral[];
  /** Numbers in the question that are no register's address: values to decode. */
  readonly values: readonly bigint[];
  /** Single bit numbers in the question: "bit 5". */
  readonly bits: readonly number[];
}

const mostMeanings = 4;
const hardwareName = /0x[0-9a-fA-F_]+|[A-Za-z_]\w*(?:\[\d+\])?(?:(?:->|\.)[A-Za-z_]\w*(?:\[\d+\])?)*/g;

/** Every name of a question in the shape of a name in code, once each. */
export function namesIn(question: string): string[] {
  return [...new Set(question.match(hardwareName) ?? [])];
}

/** Registers, fields, peripherals and numbers that a question names. */
export function askedTopics(question: string, device: Device): AskedTopics {
  const words = namesIn(question);
  const spoken = spokenRegisters(question, device);
  const withPath = words.filter(word => /->|\./.test(word)).flatMap(word => meant(word, device));
  // Beside a path, a number is a value and a bare name a field: `0x40028000` is an address only by itself.
  const isSure = withPath.length > 0 || spoken.length > 0;
  const ownFields = new Set([...withPath.map(({ place }) => place), ...spoken].flatMap(({ register }) => register.fields.map(({ name }) => name)));
  const alone = words.filter(word => !/->|\./.test(word) && looksLikeHardware(word) && !(isSure && (/^0x/i.test(word) || ownFields.has(word)))).flatMap(word => meant(word, device));
  const named = [...withPath, ...alone];
  const places = new Map([...named.map(({ place }) => place), ...spoken].map(place => [place.path, place]));
  const registers = [...places.values()].slice(0, mostMeanings).map((place): AskedRegister => {
    const direct = named.filter(found => found.place.path === place.path).flatMap(({ field }) => field ?? []);
    const bare = place.register.fields.filter(({ name }) => words.includes(name));
    return { place, fields: [...new Set([...direct, ...bare])] };
  });
  const holdsField = (register: AskedRegister): boolean => register.fields.length > 0;
  return {
    // Several readings of a name: those that have the field that is asked for.
    registers: registers.some(holdsField) && registers.every(({ place }) => place.peripheral === registers[0]?.place.peripheral) ? registers.filter(holdsField) : registers,
    peripherals: [...new Set(words.flatMap(word => peripheralsNamed(word, device)))].slice(0, mostMeanings),
    values: words.filter(word => /^0x/i.test(word)).flatMap(word => numberOf(word)).filter(value => places.size > 0 && ![...places.values()].some(({ address }) => address === value)),
    bits: [...question.matchAll(/\b[Bb]it\s*(?:number\s*|#)?(\d{1,2})\b|第\s*(\d{1,2})\s*位|位\s*(\d{1,2})(?!\d)/g)].map(match => Number(match[1] ?? match[2] ?? match[3])),
  };
}

function meant(word: string, device: Device): FoundRegister[] {
  const found = findRegisters(device, word);
  return found.length > mostMeanings ? [] : found;
}

/** `SR` alone or an English word is no name of hardware; `USART2->SR`, `RCC_CR`, `0x40004400` and `TIM2` are. */
function looksLikeHardware(word: string): boolean {
  return /->|\.|_|\d/.test(word) || /^[A-Z][A-Z0-9]{3,}$/.test(word);
}

/** "the SR register of USART2", "register CR1 in USART2", "USART2 的 CR1". */
function spokenRegisters(question: string, device: Device): RegisterPlace[] {
  const orders = [
    ...[...question.matchAll(/\b([A-Z][A-Z0-9_]*)\s+(?:register\s+)?(?:of|in)\s+(?:the\s+)?([A-Z][A-Z0-9_]*)\b(?!->|\.[A-Z])/g)].map(match => [match[2], match[1]]),
    ...[...question.matchAll(/\b([A-Z][A-Z0-9_]*)(?:'s|\s*的)?\s*([A-Z][A-Z0-9_]*)\b(?!->|\.[A-Z])/g)].map(match => [match[1], match[2]]),
  ];
  return orders.flatMap(([base = '', member = '']) => {
    const owners = findPeripherals(device, base).filter(({ name }) => name === base);
    return findRegisters(device, `${base}.${member}`).filter(({ place, field }) => field === undefined && owners.includes(place.peripheral) && place.register.name === member).map(({ place }) => place);
  });
}

/** Peripherals by exact name, by the handler of their interrupt or by base macro; prose words mean none. */
function peripheralsNamed(word: string, device: Device): Peripheral[] {
  if (!/^[A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*$/.test(word)) return [];
  const bare = word.replace(/(_BASE|_IRQHandler|_IRQn)$/, '');
  const named = findPeripherals(device, bare).filter(({ name }) => name === bare);
  return named.length > 0 || bare === word ? named : findInterrupts(device, word).map(({ peripheral }) => peripheral).slice(0, 1);
}

/** Other peripherals of the kind that a name with a number seems to be of, in their order: `USART9` gives USART1, USART2, … */
export function siblings(name: string, device: Device): Peripheral[] {
  const letters = /^(GPIO|PORT)[A-Z]$/.exec(name)?.[1];
  const family = letters ?? name.replace(/\d+[A-Z]?$/, '');
  if (family.length < 2 || family === name) return [];
  const isOne = new RegExp(letters === undefined ? `^${family}\\d+[A-Z]?$` : `^${family}[A-Z]$`);
  return peripheralsOfGroup(device, family).filter(peripheral => isOne.test(peripheral.name)).sort((left, right) => left.name.localeCompare(right.name, 'en', { numeric: true }));
}

function numberOf(word: string): bigint[] {
  const digits = word.slice(2).replaceAll('_', '');
  return /^[0-9a-fA-F]{1,16}$/.test(digits) ? [BigInt(`0x${digits}`)] : [];
}
