/** Dot products of int8 vectors in WebAssembly, sixteen numbers a step: many times as fast as a loop in JavaScript. */
export interface Int8Kernel {
  /** Grows as needed; views of it must be made anew after `reserve`. */
  readonly memory: { readonly buffer: ArrayBuffer };
  /** Makes the memory at least this large. */
  reserve(bytes: number): void;
  /**
   * Writes the dot product of the query with each row as int32 to `out`. Addresses are byte offsets into the memory;
   * rows lie at `stride` bytes, a multiple of 16, from `rows` up to `end`.
   */
  dots(query: number, rows: number, stride: number, span: { readonly end: number; readonly out: number }): void;
}

/** A kernel with a memory of its own. */
export function createInt8Kernel(): Int8Kernel {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes()), { m: { m: memory } });
  const run = exports['dots'] as (...parameters: readonly number[]) => void;
  return {
    memory,
    reserve: bytes => {
      const missing = Math.ceil((bytes - memory.buffer.byteLength) / pageBytes);
      if (missing > 0) memory.grow(missing);
    },
    dots: (query, rows, stride, { end, out }) => { run(query, rows, stride, end, out); },
  };
}

const pageBytes = 65_536;

// What is used of WebAssembly: its types come with TypeScript's library for browsers only.
declare const WebAssembly: {
  readonly Memory: new (limits: { readonly initial: number }) => { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
};

/** Rows that are compared side by side, so that each piece of the query is loaded once for all of them. */
const together = 4;

// Parameters and locals of the function, in order.
const [query, row, stride, end, out, stop, at] = [0, 1, 2, 3, 4, 5, 6] as const;
const rowAt = (lane: number): number => 7 + lane;
const sumOf = (lane: number): number => 7 + together + lane;
const [queryLow, queryHigh] = [7 + 2 * together, 8 + 2 * together] as const;

/** The module's bytes, assembled by hand (https://webassembly.github.io/spec/core/binary/): small enough that no tool chain is worth it. */
function moduleBytes(): Uint8Array {
  const i32 = 0x7f;
  const v128 = 0x7b;
  const type = section(1, [1, 0x60, 5, i32, i32, i32, i32, i32, 0]);
  const imports = section(2, [1, 1, 0x6d, 1, 0x6d, 2, 0, 1]);
  const functions = section(3, [1, 0]);
  const exported = section(7, [1, 4, ...Buffer.from('dots'), 0, 0]);
  const body = [2, 2 + together, i32, together + 2, v128, ...rowsBySide(together), ...rowsBySide(1), 0x0b];
  const code = section(10, [1, ...leb(body.length), ...body]);
  return Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...type, ...imports, ...functions, ...exported, ...code]);
}

/** while (row + count * stride <= end) { each sum = 0; do { each sum += query[at] · its row; } while (rows < stop); each *out++ = sum; row += count * stride; } */
function rowsBySide(count: number): number[] {
  const each = (make: (side: number) => readonly number[]): number[] => Array.from({ length: count }, (_, side) => make(side)).flat();
  const behind = [...get(row), ...get(stride), 0x41, count, 0x6c /* i32.mul */, 0x6a /* i32.add */];
  const forEachGroup = [
    ...behind, ...get(end), 0x4b /* i32.gt_u */, 0x0d, 1 /* br_if out */,
    ...each(side => [...side === 0 ? get(row) : [...get(rowAt(side - 1)), ...get(stride), 0x6a], ...set(rowAt(side))]),
    ...each(side => [0xfd, 0x0c, ...Array.from({ length: 16 }, () => 0) /* v128.const 0 */, ...set(sumOf(side))]),
    ...get(query), ...set(at), ...get(row), ...get(stride), 0x6a, ...set(stop),
    0x03, 0x40 /* loop */, ...sixteenColumns(each), ...get(rowAt(0)), ...get(stop), 0x49 /* i32.lt_u */, 0x0d, 0 /* br_if loop */, 0x0b,
    ...each(side => [...get(out), ...lane(side, 0), ...lane(side, 1), 0x6a, ...lane(side, 2), 0x6a, ...lane(side, 3), 0x6a, 0x36, 2, 0 /* i32.store */, ...advance(out, 4)]),
    ...behind, ...set(row), 0x0c, 0 /* br loop */,
  ];
  return [0x02, 0x40 /* block */, 0x03, 0x40 /* loop */, ...forEachGroup, 0x0b, 0x0b];
}

/** Products of 16-bit numbers are added in pairs by one instruction, where those of 8-bit numbers take three. */
function sixteenColumns(each: (make: (side: number) => readonly number[]) => number[]): number[] {
  const products = (side: number, eight: 0 | 8, known: number): number[] => [...get(known), ...widened(rowAt(side), eight), 0xfd, 0xba, 1 /* i32x4.dot_i16x8_s */];
  return [
    ...widened(at, 0), ...set(queryLow), ...widened(at, 8), ...set(queryHigh), ...advance(at, 16),
    ...each(side => [
      ...get(sumOf(side)), ...products(side, 0, queryLow), 0xfd, 0xae, 1 /* i32x4.add */,
      ...products(side, 8, queryHigh), 0xfd, 0xae, 1, ...set(sumOf(side)), ...advance(rowAt(side), 16),
    ]),
  ];
}

/** Eight numbers from memory, as 16 bits each. */
function widened(address: number, offset: number): number[] {
  return [...get(address), 0xfd, 1 /* v128.load8x8_s */, 0, offset];
}

function get(local: number): number[] {
  return [0x20, local];
}

function set(local: number): number[] {
  return [0x21, local];
}

function lane(side: number, index: number): number[] {
  return [...get(sumOf(side)), 0xfd, 0x1b, index];
}

function advance(local: number, bytes: number): number[] {
  return [...get(local), 0x41, bytes, 0x6a, ...set(local)];
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...leb(content.length), ...content];
}

/** An unsigned number in LEB128. */
function leb(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)];
}
