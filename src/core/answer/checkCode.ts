import type { Device } from '../device/device.ts';
import { findRegisters } from '../device/findRegisters.ts';
import { bitMask, hex, parseCount } from '../device/numbers.ts';
import type { Finding } from './answer.ts';
import type { Ground } from './checkAnswer.ts';

interface CodeBlock {
  /** Where the code begins in the text. */
  readonly start: number;
  readonly code: string;
}

/** Blocks of code in an answer: do values fit the registers they are written to, may these be written, and is a device header included? Names are checked with those of the prose. */
export async function checkCode(text: string, { device, facts }: Ground): Promise<Finding[]> {
  const blocks = codeBlocks(text);
  const values = device === undefined ? [] : blocks.flatMap(block => assignments(block, device));
  const includes = await Promise.all(blocks.flatMap(block => [...block.code.matchAll(/^\s*#\s*include\s+"([^"\n]+)"/gm)].map(async (match): Promise<Finding> => {
    const name = match[1] ?? '';
    const start = block.start + match.index + match[0].indexOf(name);
    const known = await facts.facts(name) !== undefined || (await facts.mentions(name)).length > 0;
    return { claim: name, start, end: start + name.length, verdict: known ? 'supported' : 'unknown', evidence: known ? 'An indexed file has this name.' : 'No indexed file has this name.' };
  })));
  return [...values, ...includes];
}

function codeBlocks(text: string): CodeBlock[] {
  return [...text.matchAll(/```(?:c|C|cpp|c\+\+|h|arduino)?[ \t]*\n([\s\S]*?)(?:```|$)/g)].map(match => ({ start: match.index + match[0].indexOf('\n') + 1, code: match[1] ?? '' }));
}

/** `USART2->BRR = 0x16D;`, and shifts of one number: what else stands there only the compiler knows. */
function assignments({ start, code }: CodeBlock, device: Device): Finding[] {
  const pattern = /\b([A-Z]\w*(?:->|\.)\w+(?:\[\d+\])?)\s*(\||&|\^)?=(?!=)\s*([^;\n]*)/g;
  return [...code.matchAll(pattern)].flatMap((match): Finding[] => {
    const [whole, name = '', operator, expression = ''] = match;
    const place = findRegisters(device, name).find(({ field }) => field === undefined)?.place;
    if (place === undefined) return [];
    const base = { claim: whole, start: start + match.index, end: start + match.index + whole.length };
    const { size, access } = place.register;
    if (access === 'read-only') return [{ ...base, verdict: 'contradicted', evidence: `${place.path} is read-only: a write has no effect.` }];
    if (access === 'write-only' && operator !== undefined) return [{ ...base, verdict: 'contradicted', evidence: `${place.path} is write-only, so read-modify-write is wrong.` }];
    const value = valueOf(expression);
    if (value === undefined) return [];
    return value <= bitMask(0, size) ? [] : [{ ...base, verdict: 'contradicted', evidence: `${place.path} has ${size} bits; ${hex(value)} does not fit.` }];
  });
}

function valueOf(expression: string): bigint | undefined {
  const text = expression.replace(/\([a-z_\d ]+_t\)|\/\*.*?\*\/|\/\/.*$|[()\s]/g, '').replace(/(?<=[\da-fA-F])[uUlL]+/g, '');
  const [, base = '', shift] = /^(0x[\da-fA-F]{1,16}|\d{1,18})(?:<<(\d{1,2}))?$/.exec(text) ?? [];
  const number = base === '' ? undefined : parseCount(base);
  return number === undefined ? undefined : number << BigInt(shift ?? '0');
}
