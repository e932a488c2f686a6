import type { Device, RegisterPlace } from '../device/device.ts';
import { findRegisters } from '../device/findRegisters.ts';
import { hex } from '../device/numbers.ts';
import { suggestRegisters } from '../device/suggestRegisters.ts';
import type { FactSource } from '../graph/factSource.ts';
import type { Finding } from './answer.ts';
import { macroMentions, registerMentions, type RegisterMention, type TextSpan } from './mentions.ts';

/** Every register, field and header macro that the answer names: does this chip, or this workspace, have it? */
export async function checkNames(text: string, device: Device | undefined, facts: FactSource): Promise<Finding[]> {
  const registers = device === undefined ? [] : registerMentions(text, device).map(mention => registerFinding(mention, device));
  const macros = await Promise.all(macroMentions(text).map(mention => macroFinding(mention, device, facts)));
  const functions = await Promise.all(functionMentions(text).map(mention => functionFinding(mention, facts)));
  return [...registers, ...macros, ...functions];
}

function registerFinding(mention: RegisterMention, device: Device): Finding {
  const { peripheral, place, field, fieldName } = mention;
  const base = { claim: mention.text, start: mention.start, end: mention.end };
  if (peripheral === undefined) return { ...base, verdict: 'unknown', evidence: `${device.name} has no peripheral of this name in its description.` };
  if (place === undefined) {
    const near = suggestRegisters(device, mention.text.replace('->', '.'), 3);
    return { ...base, verdict: 'contradicted', evidence: `${peripheral.name} has no such register.${near.length > 0 ? ` Near: ${near.join(', ')}.` : ''}` };
  }
  if (fieldName !== undefined && field === undefined) return { ...base, verdict: 'contradicted', evidence: `${place.path} has no field ${fieldName}: ${fieldList(place)}.` };
  return { ...base, verdict: 'supported', evidence: `${place.path} is at ${hex(place.address, 8)}${field === undefined ? '' : `; ${field.name} is ${bitsOf(field.bitOffset, field.bitWidth)}`}.` };
}

async function macroFinding(mention: TextSpan, device: Device | undefined, facts: FactSource): Promise<Finding> {
  const base = { claim: mention.text, start: mention.start, end: mention.end };
  const [defined] = await facts.definitions(mention.text);
  if (defined !== undefined) return { ...base, verdict: 'supported', evidence: `Defined at ${defined.file}:${defined.line}.` };
  const found = device === undefined ? undefined : findRegisters(device, mention.text)[0];
  if (found !== undefined) return { ...base, verdict: 'supported', evidence: `${found.place.path}${found.field === undefined ? '' : `, field ${found.field.name}`}.` };
  return { ...base, verdict: 'unknown', evidence: 'Neither the chip\'s description nor the indexed sources define this name.' };
}

/** Functions as answers name them: `uart_init()`. */
function functionMentions(text: string): TextSpan[] {
  const outsideBlocks = text.replace(/```[\s\S]*?(```|$)/g, block => ' '.repeat(block.length));
  return [...outsideBlocks.matchAll(/\b([A-Za-z_]\w{3,})\(\)/g)].map(match => ({ start: match.index, end: match.index + match[0].length, text: match[1] ?? '' }));
}

async function functionFinding(mention: TextSpan, facts: FactSource): Promise<Finding> {
  const base = { claim: `${mention.text}()`, start: mention.start, end: mention.end };
  const [defined] = await facts.definitions(mention.text);
  return defined === undefined
    ? { ...base, verdict: 'unknown', evidence: 'The indexed sources do not define this function.' }
    : { ...base, verdict: 'supported', evidence: `Defined at ${defined.file}:${defined.line}.` };
}

function fieldList(place: RegisterPlace): string {
  const names = place.register.fields.map(({ name }) => name);
  return names.length === 0 ? 'the description names no fields' : `its fields are ${names.slice(0, 16).join(', ')}${names.length > 16 ? ', …' : ''}`;
}

/** `bit 5`, or `bits 3:0`. */
export function bitsOf(bitOffset: number, bitWidth: number): string {
  return bitWidth === 1 ? `bit ${bitOffset}` : `bits ${bitOffset + bitWidth - 1}:${bitOffset}`;
}
