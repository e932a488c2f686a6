import type { CoreCounts, CorePeripheralText, CoreTraits } from './corePeripheralText.ts';
import type { Access, EnumeratedValue, Field, Peripheral, Register } from './device.ts';

/** The peripheral that a text describes, with what the core of these traits has of it. */
export function readCorePeripheral(text: CorePeripheralText, traits: CoreTraits, counts: CoreCounts): Peripheral {
  const registers: { head: RegisterHead; fields: Field[] }[] = [];
  let isLeftOut = false;
  for (const line of text.registers.split('\n').map(untrimmed => untrimmed.trim()).filter(trimmed => trimmed !== '')) {
    const [, cores, rest = ''] = /^(?:\[([^\]]*)\] )?(.*)$/.exec(line) ?? [];
    const isHere = hasTrait(cores, traits);
    if (!rest.startsWith('.')) {
      isLeftOut = !isHere;
      if (isHere) registers.push({ head: readHead(rest, counts), fields: [] });
    } else if (isHere && !isLeftOut) {
      const owner = registers.at(-1);
      owner?.fields.push(readField(rest.slice(1), owner.head));
    }
  }
  return {
    name: text.name, ...(text.groupName !== undefined && { groupName: text.groupName }), baseAddress: text.baseAddress, description: text.description,
    origin: text.origin ?? traits.manual, addressBlocks: [], interrupts: [],
    registers: registers.filter(({ head }) => head.dim?.count !== 0).map(({ head, fields }) => ({ ...head, fields })),
  };
}

/** Whether a core has one of the words; no words: every core. */
export function hasTrait(words: string | undefined, { words: traits }: CoreTraits): boolean {
  return words === undefined || words.split(' ').some(word => traits.has(word));
}

type RegisterHead = Omit<Register, 'fields'> & { readonly access: Access };

function readHead(line: string, counts: CoreCounts): RegisterHead {
  const [words = '', description = ''] = splitOnce(line, '|');
  const [written = '', offset = '0', ...marks] = words.split(/\s+/);
  const [, plain = '', bracket = '', count = '1'] = /^([^[{]+)(?:([[{])(\w+)[\]}])?$/.exec(written) ?? [];
  const size = Number(marks.find(mark => /^(8|16|32|64)$/.test(mark)) ?? '32');
  const step = BigInt(marks.find(mark => mark.startsWith('step='))?.slice(5) ?? size / 8);
  const [reset, mask] = marks.find(mark => mark.startsWith('='))?.slice(1).split('&').map(BigInt) ?? [];
  return {
    kind: 'register', name: plain + (bracket === '' ? '' : bracket === '[' ? '[%s]' : '%s'), description, addressOffset: BigInt(offset), size, access: accessOf(marks) ?? 'read-write',
    ...(bracket !== '' && { dim: { count: counts[count] ?? Number(count), increment: step, indexText: String } }),
    ...(reset !== undefined && { resetValue: reset }), ...(mask !== undefined && { resetMask: mask }), ...effectsOf(marks),
  };
}

function readField(line: string, register: RegisterHead): Field {
  const [, words = '', text = ''] = /^([^|{]*)\|?(.*)$/.exec(line) ?? [];
  const [name = '', bits = '0', ...marks] = words.trim().split(/\s+/);
  const [high = 0, low = high] = bits.split(':').map(Number);
  const [description = '', values = ''] = splitOnce(text.replace(/\}$/, ''), '{');
  return {
    name, ...(description !== '' && { description }), bitOffset: low, bitWidth: high - low + 1, access: accessOf(marks) ?? register.access,
    enumeratedValues: values.split(';').map(value => value.trim()).filter(value => value !== '').map(readValue), ...effectsOf(marks),
  };
}

/** `0b0x1 = meaning` has bits that do not count; `else` stands for all other values. */
function readValue(text: string): EnumeratedValue {
  const [value = '', name = ''] = splitOnce(text, '=');
  if (value === 'else') return { name, isDefault: true, usage: 'read-write' };
  const bits = value.startsWith('0b') && value.includes('x') ? value.slice(2) : undefined;
  if (bits === undefined) return { name, value: BigInt(value), usage: 'read-write' };
  return { name, value: BigInt(`0b${bits.replaceAll('x', '0')}`), mask: BigInt(`0b${bits.replaceAll('0', '1').replaceAll('x', '0')}`), usage: 'read-write' };
}

function accessOf(marks: readonly string[]): Access | undefined {
  return marks.map(mark => accesses[mark]).find(access => access !== undefined);
}

function effectsOf(marks: readonly string[]): Pick<Field, 'modifiedWriteValues' | 'readAction'> {
  const written = marks.map(mark => writes[mark]).find(effect => effect !== undefined);
  const read = marks.includes('rc') ? 'clear' : marks.includes('rx') ? 'modifyExternal' : undefined;
  return { ...(written !== undefined && { modifiedWriteValues: written }), ...(read !== undefined && { readAction: read }) };
}

const accesses: Readonly<Record<string, Access>> = { rw: 'read-write', r: 'read-only', w: 'write-only' };

const writes: Readonly<Record<string, string>> = { w1c: 'oneToClear', w1s: 'oneToSet', w0c: 'zeroToClear', wc: 'clear' };

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text.trim()] : [text.slice(0, at).trim(), text.slice(at + separator.length).trim()];
}
