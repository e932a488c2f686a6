// A ranking model made of the real all-MiniLM-L6-v2: its weights with a made-up head of one output, as no small ranking
// model is at hand. What it answers means nothing; that it is loaded, asked and unloaded is as with a real one.
import fs from 'node:fs';
import { ForwardReader } from '../../src/node/ggufBytes.ts';
import { readGgufHeader } from '../../src/node/ggufHeader.ts';

const dimensions = 384;
const alignment = 32;
const rankPooling = 4;

/** Writes the model with rank pooling and a head behind its other tensors. */
export async function writeRankingModel(embedderFile: string, file: string): Promise<void> {
  const bytes = fs.readFileSync(embedderFile);
  await using reader = await ForwardReader.open(embedderFile);
  const { endOffset, tensors } = await readGgufHeader(reader);
  const header = Buffer.from(bytes.subarray(0, endOffset));
  header.writeBigUInt64LE(BigInt(tensors.length + 1), 8);
  const key = 'bert.pooling_type';
  const value = header.indexOf(key) + key.length + 4;
  header.writeUInt32LE(rankPooling, value);
  const data = bytes.subarray(padded(endOffset));
  const head = Buffer.alloc(dimensions * 4);
  for (let column = 0; column < dimensions; column += 1) head.writeFloatLE(Math.sin(column * 7.3), column * 4);
  const whole = Buffer.concat([header, tensorEntry('cls.output.weight', padded(data.length))]);
  fs.writeFileSync(file, Buffer.concat([filled(whole), filled(data), head]));
}

function tensorEntry(name: string, offset: number): Buffer {
  const entry = Buffer.alloc(8 + name.length + 4 + 16 + 4 + 8);
  let at = entry.writeBigUInt64LE(BigInt(name.length));
  at += entry.write(name, at, 'latin1');
  at = entry.writeUInt32LE(2, at);
  at = entry.writeBigUInt64LE(BigInt(dimensions), at);
  at = entry.writeBigUInt64LE(1n, at);
  // Type 0 is F32.
  at = entry.writeUInt32LE(0, at);
  entry.writeBigUInt64LE(BigInt(offset), at);
  return entry;
}

function padded(size: number): number {
  return Math.ceil(size / alignment) * alignment;
}

function filled(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(padded(bytes.length) - bytes.length)]);
}
