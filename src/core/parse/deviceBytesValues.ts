import { indexTextOf } from './svdDimIndex.ts';

/** Marks a text that stands for something JSON has no notation for. */
const mark = '\u0001';

/** A value of the device model as JSON can hold it: whole numbers beyond JSON's are marked texts, an array's index texts become what they are computed from. */
export function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') return `${mark}${value.toString(16)}`;
  if (typeof value === 'string') return value.startsWith(mark) ? `${mark}s${value}` : value;
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== 'object' || value === null) return value;
  const plain: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) if (typeof member !== 'function') plain[key] = plainValue(member);
  return plain;
}

/** The value behind `plainValue`. */
export function revivedValue(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith(mark) ? revivedText(value.slice(1)) : value;
  if (Array.isArray(value)) return value.map(revivedValue);
  if (typeof value !== 'object' || value === null) return value;
  // A plain object of JSON.
  const members = value as Record<string, unknown>;
  for (const key of Object.keys(members)) {
    const member = members[key];
    // Most members are short texts and numbers: only what changes is written.
    if (typeof member === 'object' || (typeof member === 'string' && member.startsWith(mark))) members[key] = revivedValue(member);
  }
  if ('increment' in members) members['indexText'] = indexTextOf(typeof members['dimIndex'] === 'string' ? members['dimIndex'] : undefined).text;
  return members;
}

function revivedText(text: string): unknown {
  if (text.startsWith('s')) return text.slice(1);
  return text.startsWith('-') ? -BigInt(`0x${text.slice(1)}`) : BigInt(`0x${text}`);
}
