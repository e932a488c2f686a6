import type { Device, RegisterPlace } from '../device/device.ts';
import { hex } from '../device/numbers.ts';
import type { Finding } from './answer.ts';
import { checkQuantities, finding, numberAt, offsetFinding, type NumberSpan } from './checkQuantities.ts';
import { peripheralMentions, sentences, within, type PeripheralMention, type PlacedSpan, type TextSpan } from './mentions.ts';

/** Addresses, and numbers whose quantity is named, each held against the register or peripheral that it is said to be of. */
export function checkAddresses(plain: string, device: Device, named: readonly PlacedSpan[]): Finding[] {
  const peripherals = peripheralMentions(plain, device);
  return sentences(plain).flatMap(sentence => {
    const registersHere = within(named, sentence);
    const numbers = hexNumbers(sentence);
    const stated = checkQuantities(sentence, named);
    const taken = new Set(stated.map(({ start }) => start));
    const addresses = numbers.filter(({ start }) => !taken.has(start)).flatMap(number => addressFinding(number, sentence, { registers: registersHere, peripherals: within(peripherals, sentence) }));
    return [...stated, ...addresses];
  });
}

function hexNumbers(sentence: TextSpan): NumberSpan[] {
  return [...sentence.text.matchAll(/\b0x[0-9A-Fa-f]+(?:_[0-9A-Fa-f]+)*\b/g)].filter(match => match[0].length <= 20).map(match => numberAt(match[0], sentence.start + match.index));
}

interface Subjects {
  readonly registers: readonly PlacedSpan[];
  readonly peripherals: readonly PeripheralMention[];
}

/** What may stand between a name and the address that belongs to it. */
const link = /^(?:\s|[(,:=@—]|\b(?:register|is|are|was|which|located|mapped|lies|sits|stands|resides|starts|at|the|has|an?|its|base|address|absolute|memory|offset|of|from)\b|'s|基?地址|位于|是|为|的|在){1,24}$/;

function addressFinding(number: NumberSpan, sentence: TextSpan, subjects: Subjects): Finding[] {
  const between = (subject: TextSpan): string => sentence.text.slice(subject.end - sentence.start, number.start - sentence.start);
  const before = sentence.text.slice(Math.max(0, number.start - sentence.start - 60), number.start - sentence.start);
  const register = subjects.registers.findLast(subject => subject.end <= number.start && link.test(between(subject)));
  // "SR and DR are at A and B": which address is whose is not taken apart.
  const listed = register !== undefined && /\bare\b/.test(between(register)) ? subjects.registers.find(({ place }) => place.address === number.value) : register;
  if (listed !== undefined) return registerFinding(number, listed.place, `${listed.text}${between(listed)}`);
  const peripheral = subjects.peripherals.findLast(subject => subject.end <= number.start && link.test(between(subject)));
  if (peripheral !== undefined) return peripheralFinding(number, peripheral, /base|address|地址|\bat\s*$/i.test(before));
  // Further apart only when the sentence speaks of one register.
  const [only, ...others] = new Map(subjects.registers.map(({ place }) => [place.path, place])).values();
  if (only === undefined || others.length > 0 || !/(?:address|located|offset|base|lies|at)\W+(?:\w+\W+){0,3}$/i.test(before)) return [];
  return registerFinding(number, only, before);
}

function registerFinding(number: NumberSpan, place: RegisterPlace, words: string): Finding[] {
  const { address, peripheral } = place;
  if (/offset\W+(?:\w+\W+){0,3}$/i.test(words)) return offsetFinding(number, place);
  const evidence = `${place.path} is at ${hex(address, 8)}.`;
  if (number.value === address || (number.value === peripheral.baseAddress && /base/i.test(words))) return [finding(number, true, evidence)];
  // "USART2->BRR (0x16D)" and "write to it at 0x10" give values; only what lies where registers lie is an address.
  return looksLikeAddress(number.value, peripheral.baseAddress) ? [finding(number, false, evidence)] : [];
}

function peripheralFinding(number: NumberSpan, { peripheral }: PeripheralMention, saysAddress: boolean): Finding[] {
  const evidence = `${peripheral.name} starts at ${hex(peripheral.baseAddress, 8)}.`;
  if (number.value === peripheral.baseAddress) return [finding(number, true, evidence)];
  return saysAddress && looksLikeAddress(number.value, peripheral.baseAddress) ? [finding(number, false, evidence)] : [];
}

/** In the same sixteenth of the address space as the peripheral, and not as small as a value. */
function looksLikeAddress(value: bigint, baseAddress: bigint): boolean {
  return baseAddress < 0x10000n ? value < 0x10000n && value > 0xffn : value >> 28n === baseAddress >> 28n && value > 0xffffn;
}
