// Adapters merged into small models: exact numbers in, and what is refused; generations are compared in test/tune.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { ForwardReader } from '../../src/node/ggufBytes.ts';
import { readGgufHeader } from '../../src/node/ggufHeader.ts';
import { writeGgufFile, type WrittenValue } from '../../src/node/ggufWriter.ts';
import { mergeLora } from '../../src/node/mergeLora.ts';
import { readNumbers, writableTypes, type WritableType } from '../../src/node/tensorNumbers.ts';
import { chatModel, writeGguf, type SmallGguf } from './smallGguf.ts';

const changedName = 'blk.0.attn_v.weight';
const model: SmallGguf = { ...chatModel, tensors: [...chatModel.tensors, { name: changedName, dimensions: [32, 4] }] };

interface Case {
  readonly type?: WritableType;
  readonly base?: SmallGguf;
  readonly signal?: AbortSignal;
  readonly columns?: number;
}

/** Adds 2 · b · a of ones to weights that are about zero; expects these numbers of the changed tensor, or the refusal. */
async function check({ type = 'F16', base = model, signal, columns = 32 }: Case, expected: number | RegExp): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-merge-'));
  try {
    const [file, adapter, output] = ['base', 'adapter', 'out'].map(name => path.join(folder, `${name}.gguf`)) as [string, string, string];
    fs.writeFileSync(file, writeGguf(base));
    const before = fs.readFileSync(file);
    await writeGgufFile(adapter, new Map<string, WrittenValue>([['general.type', 'adapter'], ['general.architecture', 'llama'], ['adapter.type', 'lora'], ['adapter.lora.alpha', { type: 'float32', value: 2 }]]), [
      { name: `${changedName}.lora_a`, dimensions: [columns, 1], values: new Float32Array(columns).fill(1) }, { name: `${changedName}.lora_b`, dimensions: [1, 4], values: new Float32Array(4).fill(1) },
    ]);
    const merging = mergeLora({ model: file, adapter, output, type, signal });
    if (expected instanceof RegExp) {
      await assert.rejects(merging, expected);
      assert.deepEqual(fs.readdirSync(folder).toSorted(), ['adapter.gguf', 'base.gguf']);
    } else {
      assert.deepEqual(await merging, { changed: 1, copied: base.tensors.length - 1 });
      for (const number of await numbersOf(output, changedName)) assert.equal(number, expected);
      assert.deepEqual(await numbersOf(output, 'output_norm.weight'), await numbersOf(file, 'output_norm.weight'));
    }
    assert.deepEqual(fs.readFileSync(file), before, 'the model stays as it is');
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

test('half-precision numbers are the sum', () => check({ type: 'F16' }, 2));
test('numbers in blocks are the sum, to what a block can hold', () => check({ type: 'Q8_0' }, 127 * 1032 / 65_536 /* 2 / 127 in half precision, 127 times */));
test('a model of blocks that are not read is refused by name', () => check({ base: { ...model, tensors: [...chatModel.tensors, { name: changedName, dimensions: [256, 4], type: 12 }] }, columns: 256 }, /has weights of the type Q4_K, and only F32, F16, BF16, Q4_0, Q4_1, Q8_0 are merged here\. Merge into the model's Q8_0 or F16 file/));
test('an adapter for another model is refused', () => check({ columns: 64 }, /made for a model of another size/));
test('a merge that is stopped leaves nothing', () => check({ signal: AbortSignal.abort() }, /The merge was stopped; nothing was written/));

test('every number of 16 bits is read and written as itself', () => {
  const bytes = Buffer.alloc(65_536 * 2);
  // Of what is no number only one is written.
  for (let bits = 0; bits < 65_536; bits++) bytes.writeUInt16LE((bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0 ? 0x7e00 : bits, bits * 2);
  assert.ok(writableTypes.F16.write(readNumbers('F16', bytes, 65_536) ?? new Float32Array()).equals(bytes));
});
test('blocks of 4 bits have their low halves first', () => {
  const block = Buffer.from([0x00, 0x3c, 0x00, 0x40, ...Array.from({ length: 16 }, (_, index) => index | (15 - index) << 4)]);
  const values = [...readNumbers('Q4_1', block, 32) ?? []];
  assert.deepEqual(values, [...Array.from({ length: 16 }, (_, index) => index + 2), ...Array.from({ length: 16 }, (_, index) => 17 - index)]);
  assert.deepEqual([...readNumbers('Q4_0', Buffer.concat([block.subarray(0, 2), block.subarray(4)]), 32) ?? []], values.map(value => value - 10));
});

async function numbersOf(file: string, name: string): Promise<Float32Array> {
  await using reader = await ForwardReader.open(file);
  const { tensors, endOffset } = await readGgufHeader(reader);
  const tensor = tensors.find(each => each.name === name);
  assert.ok(tensor !== undefined);
  const start = Math.ceil(endOffset / 32) * 32 + tensor.offset;
  return readNumbers(tensor.type.name, fs.readFileSync(file).subarray(start, start + tensor.sizeBytes), tensor.elements) ?? new Float32Array();
}
