import type { Device } from '../device/device.ts';
import type { Finding } from './answer.ts';
import { interruptMentions, sentences, within } from './mentions.ts';

/** The system exceptions come before the interrupts in every Arm vector table. */
const systemVectors = 16;

const irqNumber = /\b(?:IRQn?|interrupt)(?:\s|number|no\.|line|[#=:(]|is){0,8}(\d{1,3})\b|中断号?(?:\s|是|为|:|=){0,6}(\d{1,3})(?![\d.])/gi;
const ownNumber = /_IRQn\s*(?:=|is|:|\()\s*(\d{1,3})\b/g;
const vectorNumber = /\bvector(?:\s|number|no\.|slot|table|entry|index|[#=:(]|is){0,8}(\d{1,3})\b/gi;

/** Interrupt numbers in sentences that speak of one interrupt. */
export function checkInterrupts(plain: string, device: Device): Finding[] {
  const mentions = interruptMentions(plain, device);
  return sentences(plain).flatMap(sentence => {
    const known = within(mentions, sentence).flatMap(({ interrupt }) => (interrupt === undefined ? [] : [interrupt]));
    const [interrupt, ...others] = new Map(known.map(found => [found.value, found])).values();
    if (interrupt === undefined || others.length > 0) return [];
    const { name, value } = interrupt;
    const numbers = (pattern: RegExp, isRight: (number: number) => boolean): Finding[] => [...sentence.text.matchAll(pattern)].map(match => ({
      claim: match[0], start: sentence.start + match.index, end: sentence.start + match.index + match[0].length,
      verdict: isRight(Number(match[1] ?? match[2])) ? 'supported' : 'contradicted', evidence: `${name} is IRQ ${value}.`,
    }));
    // Both counts are in use for "vector".
    return [...numbers(irqNumber, number => number === value), ...numbers(ownNumber, number => number === value), ...numbers(vectorNumber, number => number === value || number === value + systemVectors)];
  });
}
