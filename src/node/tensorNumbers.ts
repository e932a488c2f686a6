/** Elements of a block in each of the types below that has blocks. */
const block = 32;
/** A scale of 16 bits, and a byte for each element. */
const blockBytesQ8 = 2 + block;

type Reader = (view: DataView, values: Float32Array) => void;

const readers: Readonly<Record<string, Reader>> = {
  F32: (view, values) => { for (let index = 0; index < values.length; index++) values[index] = view.getFloat32(index * 4, true); },
  F16: (view, values) => { for (let index = 0; index < values.length; index++) values[index] = halfOf(view.getUint16(index * 2, true)); },
  BF16: readUpperHalves,
  Q4_0: (view, values) => { readNibbles(view, values, 18); },
  Q4_1: (view, values) => { readNibbles(view, values, 20); },
  Q8_0: readQ8,
};

/** Types of tensors whose numbers can be read. */
export const readableTypes: readonly string[] = Object.keys(readers);

/** Types that numbers can be written in, with their numbers in a file (`ggml_type`, `general.file_type`). */
export const writableTypes = {
  F16: { number: 1, fileType: 1, blockElements: 1, blockBytes: 2, write: writeF16 },
  Q8_0: { number: 8, fileType: 7, blockElements: block, blockBytes: blockBytesQ8, write: writeQ8 },
} as const;
export type WritableType = keyof typeof writableTypes;

/** A tensor's numbers out of the blocks that they lie in; undefined for a type that is not read here. */
export function readNumbers(type: string, bytes: Buffer, elements: number): Float32Array | undefined {
  const values = new Float32Array(elements);
  const read = readers[type];
  read?.(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), values);
  return read === undefined ? undefined : values;
}

/** A bfloat16 is the upper half of 32 bits. */
function readUpperHalves(view: DataView, values: Float32Array): void {
  const bits = new Uint32Array(values.buffer);
  for (let index = 0; index < bits.length; index++) bits[index] = view.getUint16(index * 2, true) << 16;
}

/** The low halves of a block's bytes are its first 16 elements. Of 20 bytes two say what is added; of 18, 8 is taken off each. */
function readNibbles(view: DataView, values: Float32Array, blockBytes: 18 | 20): void {
  const hasLeast = blockBytes === 20;
  const start = blockBytes - block / 2;
  for (let index = 0, at = 0; index < values.length; index += block, at += blockBytes) {
    const scale = halfOf(view.getUint16(at, true));
    const least = hasLeast ? halfOf(view.getUint16(at + 2, true)) : -8 * scale;
    for (let inner = 0; inner < block / 2; inner++) {
      const byte = view.getUint8(at + start + inner);
      values[index + inner] = scale * (byte & 15) + least;
      values[index + inner + block / 2] = scale * (byte >> 4) + least;
    }
  }
}

function readQ8(view: DataView, values: Float32Array): void {
  for (let index = 0, at = 0; index < values.length; index += block, at += blockBytesQ8) {
    const scale = halfOf(view.getUint16(at, true));
    for (let inner = 0; inner < block; inner++) values[index + inner] = scale * view.getInt8(at + 2 + inner);
  }
}

function writeF16(values: Float32Array): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(bitsOfHalf(value), index * 2);
  return bytes;
}

function writeQ8(values: Float32Array): Buffer {
  const bytes = Buffer.alloc(values.length / block * blockBytesQ8);
  for (let index = 0, at = 0; index < values.length; index += block, at += blockBytesQ8) {
    let most = 0;
    for (let inner = 0; inner < block; inner++) most = Math.max(most, Math.abs(values[index + inner] ?? 0));
    const scale = Math.fround(most / 127);
    bytes.writeUInt16LE(bitsOfHalf(scale), at);
    for (let inner = 0; inner < block; inner++) bytes.writeInt8(scale === 0 ? 0 : Math.round((values[index + inner] ?? 0) / scale), at + 2 + inner);
  }
  return bytes;
}

function halfOf(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits >> 15 === 0 ? 1 : -1;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

/** To the nearest, ties to even; what is too large becomes infinite. */
function bitsOfHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(size)) return 0x7e00;
  if (size >= 65_520) return sign | 0x7c00;
  const exponent = Math.max(-14, Math.floor(Math.log2(size || 2 ** -24)));
  const scaled = size * 2 ** (10 - exponent);
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  const rounded = rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
  // Below the smallest normal number there is no hidden one, and carries run into the exponent by themselves.
  return sign | (rounded < 1024 ? rounded : rounded + ((exponent + 14) << 10));
}
