import type { Device, RegisterNode, RegisterPlace } from '../device/device.ts';
import { findRegisters } from '../device/findRegisters.ts';
import { hex } from '../device/numbers.ts';
import { suggestRegisters } from '../device/suggestRegisters.ts';
import type { FactSource } from '../graph/factSource.ts';
import type { Finding } from './answer.ts';
import { siblings } from './askedTopics.ts';
import type { Ground } from './checkAnswer.ts';
import { macroMentions, registerMentions, type RegisterMention, type TextSpan } from './mentions.ts';

/** Every register, field, header macro and function that the answer names: does this chip, or this workspace, have it? */
export async function checkNames(text: string, { device, facts, evidence }: Ground): Promise<Finding[]> {
  const mentions = device === undefined ? [] : registerMentions(text, device);
  const registers = device === undefined ? [] : await Promise.all(mentions.map(mention => registerFinding(mention, device, facts)));
  const spokenOf = new Set([...mentions.map(({ place }) => place?.path), ...evidence.map(({ path }) => path)]);
  const macros = await Promise.all(macroMentions(text).map(mention => macroFinding(mention, { device, facts, evidence }, spokenOf)));
  const taken = new Set([...registers, ...macros].map(({ start }) => start));
  const functions = await Promise.all(nameMentions(text).filter(({ start }) => !taken.has(start)).map(mention => nameFinding(mention, { device, facts, evidence })));
  return [...registers, ...macros, ...functions];
}

async function registerFinding(mention: RegisterMention, device: Device, facts: FactSource): Promise<Finding> {
  const { peripheral, place, field, fieldName } = mention;
  const base = { claim: mention.text, start: mention.start, end: mention.end };
  if (peripheral === undefined) {
    const name = /^\w+/.exec(mention.text)?.[0] ?? '';
    const others = siblings(name, device).map(other => other.name);
    // Of a family that the description counts, another instance is no matter of doubt, unless the sources have it.
    if (others.length > 0 && (await facts.definitions(name)).length === 0) return { ...base, verdict: 'contradicted', evidence: `${device.name} has no ${name}; it has ${others.slice(0, 12).join(', ')}.` };
  }
  if (peripheral === undefined) return { ...base, verdict: 'unknown', evidence: `${device.name} has no peripheral of this name in its description.` };
  if (place === undefined) {
    const near = suggestRegisters(device, mention.text.replace('->', '.'), 3);
    return { ...base, verdict: 'contradicted', evidence: `${peripheral.name} has no such register.${near.length > 0 ? ` Near: ${near.join(', ')}.` : ''}` };
  }
  if (fieldName !== undefined && field === undefined) return { ...base, verdict: 'contradicted', evidence: `${place.path} has no field ${fieldName}: ${fieldList(place)}.` };
  return { ...base, verdict: 'supported', evidence: `${place.path} is at ${hex(place.address, 8)}${field === undefined ? '' : `; ${field.name} is ${bitsOf(field.bitOffset, field.bitWidth)}`}.` };
}

async function macroFinding(mention: TextSpan, { device, facts, evidence }: Ground, spokenOf: ReadonlySet<string | undefined>): Promise<Finding> {
  const base = { claim: mention.text, start: mention.start, end: mention.end };
  const [defined] = await facts.definitions(mention.text);
  if (defined !== undefined) return { ...base, verdict: 'supported', evidence: `Defined at ${defined.file}:${defined.line}.` };
  const found = device === undefined ? [] : findRegisters(device, mention.text);
  // One header name stands for the same field of every instance.
  const shown = found.find(({ place }) => spokenOf.has(place.path)) ?? found[0];
  if (shown !== undefined) return { ...base, verdict: 'supported', evidence: `${shown.place.path}${shown.field === undefined ? '' : `, field ${shown.field.name}`}.` };
  const register = device === undefined ? undefined : registerWithField(device, mention.text);
  if (register !== undefined) return { ...base, verdict: 'supported', evidence: `A field of ${register}.` };
  const quoted = evidence.find(({ text }) => holdsName(text, mention.text));
  if (quoted !== undefined) return { ...base, verdict: 'supported', evidence: `Occurs in [${quoted.id}].` };
  return { ...base, verdict: 'unknown', evidence: 'Neither the chip\'s description nor the indexed sources define this name.' };
}

/** The first register with a field of this very name: some chips' fields look like macros (`DBG_TIM2_STOP`). Arrays stay folded. */
function registerWithField(device: Device, name: string): string | undefined {
  const search = (nodes: readonly RegisterNode[], path: string): string | undefined => {
    for (const node of nodes) {
      const found = node.kind === 'cluster' ? search(node.registers, `${path}.${node.name}`) : node.fields.some(field => field.name === name) ? `${path}.${node.name}` : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (const peripheral of device.peripherals) {
    const found = search(peripheral.registers, peripheral.name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Functions as answers name them, `uart_init()`, and names of code between backticks, `rx_ring`; blocks of code may define their own. */
function nameMentions(text: string): TextSpan[] {
  const outsideBlocks = text.replace(/```[\s\S]*?(```|$)/g, block => ' '.repeat(block.length));
  const called = [...outsideBlocks.matchAll(/\b([A-Za-z_]\w{3,})\(\)/g)].map(match => ({ start: match.index, end: match.index + match[0].length, text: match[1] ?? '' }));
  const quoted = [...outsideBlocks.matchAll(/`([A-Za-z_]\w*_\w+|[a-z]+[A-Z]\w*)`/g)].map(match => ({ start: match.index + 1, end: match.index + 1 + (match[1] ?? '').length, text: match[1] ?? '' }));
  return [...called, ...quoted].filter(({ text: name }) => !standardNames.test(name));
}

/** The language's own, which no workspace defines. */
const standardNames = /^(?:u?int(?:_fast|_least)?(?:8|16|32|64|ptr|max)_t|s?size_t|ptrdiff_t|__\w+|_[A-Z]\w*|static_assert|va_\w+|mem(?:cpy|set|move|cmp)|str\w+|s?n?printf|malloc|calloc|realloc|free|abort|assert|exit)$/;

async function nameFinding(mention: TextSpan, { device, facts, evidence }: Ground): Promise<Finding> {
  const base = { claim: mention.text, start: mention.start, end: mention.end };
  const [defined] = await facts.definitions(mention.text);
  if (defined !== undefined) return { ...base, verdict: 'supported', evidence: `Defined at ${defined.file}:${defined.line}.` };
  const quoted = evidence.find(({ text }) => holdsName(text, mention.text));
  if (quoted !== undefined) return { ...base, verdict: 'supported', evidence: `Occurs in [${quoted.id}].` };
  const register = device === undefined ? undefined : registerWithField(device, mention.text);
  if (register !== undefined) return { ...base, verdict: 'supported', evidence: `A field of ${register}.` };
  return { ...base, verdict: 'unknown', evidence: 'The indexed sources do not define this name.' };
}

/** Whether a text has a name as a word of its own. */
export function holdsName(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!/\w/.test(text.charAt(at - 1)) && !/\w/.test(text.charAt(at + name.length))) return true;
  }
  return false;
}

function fieldList(place: RegisterPlace): string {
  const names = place.register.fields.map(({ name }) => name);
  return names.length === 0 ? 'the description names no fields' : `its fields are ${names.slice(0, 16).join(', ')}${names.length > 16 ? ', …' : ''}`;
}

/** `bit 5`, or `bits 3:0`. */
export function bitsOf(bitOffset: number, bitWidth: number): string {
  return bitWidth === 1 ? `bit ${bitOffset}` : `bits ${bitOffset + bitWidth - 1}:${bitOffset}`;
}
