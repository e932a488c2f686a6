import { registerPromptText } from '../card/promptText.ts';
import type { Device, RegisterPlace } from '../device/device.ts';
import { findInterrupts, findPeripheral } from '../device/findPeripherals.ts';
import { findRegisters } from '../device/findRegisters.ts';
import { hex } from '../device/numbers.ts';
import { registersOf } from '../device/places.ts';
import type { EvidenceCandidate } from '../prompt/buildPrompt.ts';

/** A name that means more registers than this says nothing about which is meant. */
const mostMeanings = 4;
const mostRegisters = 6;
const listedRegisters = 40;

const names = /0x[0-9a-fA-F]{5,}|[A-Za-z_]\w*(?:\[\d+\])?(?:(?:->|\.)[A-Za-z_]\w*(?:\[\d+\])?)*/g;

/** Cards of the registers, peripherals and interrupts that a question names, most exact first. */
export function hardwareEvidence(question: string, device: Device, source: string): EvidenceCandidate[] {
  const words = [...new Set(question.match(names) ?? [])];
  const registers = words.filter(looksLikeHardware).flatMap(word => {
    const found = findRegisters(device, word);
    return found.length > mostMeanings ? [] : found.map(({ place }) => place);
  });
  const distinct = [...new Map(registers.map(place => [place.path, place])).values()].slice(0, mostRegisters);
  return [
    ...distinct.map(place => registerEvidence(place, device, source)),
    ...words.flatMap(word => peripheralEvidence(word, device)),
  ];
}

/** One register as evidence; only the named fields when some are given. */
export function registerEvidence(place: RegisterPlace, device: Device, source: string, fields?: readonly string[]): EvidenceCandidate {
  const text = registerPromptText(place, { device: device.name, ...(fields !== undefined && fields.length > 0 && { fields }) });
  return { kind: 'register', title: `Register ${place.path} (${source})`, text, path: place.path };
}

/** `SR` alone or an English word is no name of hardware; `USART2->SR`, `RCC_CR`, `0x40004400` and `TIM2` are. */
function looksLikeHardware(word: string): boolean {
  return /->|\.|_|^0x|\d/.test(word) || /^[A-Z][A-Z0-9]{3,}$/.test(word);
}

function peripheralEvidence(word: string, device: Device): EvidenceCandidate[] {
  const peripheral = findPeripheral(device, word.replace(/_IRQ(Handler|n)$/, ''));
  if (peripheral === undefined || !/^[A-Za-z]\w*$/.test(word)) return [];
  const registers: string[] = [];
  for (const { register, path } of registersOf(peripheral)) {
    if (registers.length === listedRegisters) break;
    registers.push(path.slice(peripheral.name.length + 1) || register.name);
  }
  const interrupts = [...peripheral.interrupts, ...findInterrupts(device, word).map(({ interrupt }) => interrupt)];
  const numbers = [...new Map(interrupts.map(({ name, value }) => [value, `${name} = IRQ ${value}`])).values()];
  const text = [`${peripheral.name} @${hex(peripheral.baseAddress)}${peripheral.description === undefined ? '' : `: ${peripheral.description.replace(/\s+/g, ' ')}`}`, `registers: ${registers.join(' ')}`, ...(numbers.length > 0 ? [`interrupts: ${numbers.join(', ')}`] : [])].join('\n');
  return [{ kind: 'device', title: `Peripheral ${peripheral.name}`, text, path: peripheral.name }];
}
