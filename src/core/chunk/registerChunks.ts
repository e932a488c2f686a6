import { registerPromptText } from '../card/promptText.ts';
import type { Device, Peripheral, RegisterNode, RegisterPlace } from '../device/device.ts';
import { elementStart, type PlaceStart } from '../device/places.ts';
import { hashText } from '../text/hash.ts';
import type { Problem } from '../text/problem.ts';
import type { Chunk, ChunkedDocument } from './chunk.ts';
import { chunkProducer } from './cut.ts';

export interface RegisterChunkOptions {
  /** The SVD file the device was read from. */
  readonly file: string;
  /** Default 20,000: more registers than that are counted in a problem. */
  readonly maxRegisters?: number;
}

/** One passage per register of the device; an array is represented by its first element, as one vendor file unfolds to 268 million. */
export function registerChunks(device: Device, options: RegisterChunkOptions): ChunkedDocument {
  const { file, maxRegisters = 20_000 } = options;
  const chunks: Chunk[] = [];
  const seen = new Set<string>();
  let left = 0;
  for (const place of representativePlaces(device)) {
    if (chunks.length >= maxRegisters) {
      left += 1;
      continue;
    }
    const chunk = registerChunk(file, place, registerPromptText(place, { device: device.name, mostCharacters: textCharacters }));
    if (!seen.has(chunk.id)) chunks.push(chunk);
    seen.add(chunk.id);
  }
  const problems: Problem[] = left === 0 ? [] : [{ file, message: `${left} registers beyond the first ${maxRegisters} are not in the index` }];
  return { chunks, problems };
}

/** Room for every field of a large register with what it means. */
const textCharacters = 1500;

function registerChunk(file: string, place: RegisterPlace, text: string): Chunk {
  const id = hashText([chunkProducer, 'register', place.path, text].join('\n'));
  const { description = '' } = place.register;
  return { id, file, startLine: 1, endLine: 1, kind: 'register', symbol: place.path, text, ...(description !== '' && { heading: description }) };
}

function* representativePlaces(device: Device): Generator<RegisterPlace, void> {
  for (const peripheral of device.peripherals) {
    yield* firstElements(peripheral, peripheral.registers, { path: peripheral.name, address: peripheral.baseAddress });
  }
}

function* firstElements(peripheral: Peripheral, nodes: readonly RegisterNode[], start: PlaceStart): Generator<RegisterPlace, void> {
  for (const node of nodes) {
    const { path, address } = elementStart(node, start, 0);
    if (node.kind === 'register') yield { peripheral, register: node, path, address };
    else yield* firstElements(peripheral, node.registers, { path, address });
  }
}
