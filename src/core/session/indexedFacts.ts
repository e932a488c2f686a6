import type { Device } from '../device/device.ts';
import { withDeviceMacros } from '../graph/deviceMacros.ts';
import { noFacts, type FactSource } from '../graph/factSource.ts';
import { layeredIndex } from '../store/layeredIndex.ts';
import type { OpenIndex } from '../store/openIndex.ts';
import type { EngineParts } from './parts.ts';

/** The workspace's index over those of the folders beside it, to read from. */
export async function readableIndex(parts: EngineParts): Promise<OpenIndex> {
  return layeredIndex(await parts.index(), parts.layers?.() ?? [], ({ folder }, error) => {
    parts.host.log(`Working without the index of ${folder}: ${error instanceof Error ? error.message : String(error)}`);
  });
}

/** The index as a source of facts, with the macros that follow from the device. A full disk or a broken index must not take the hover with it: then nothing is known of other files. */
export async function indexedFacts(parts: EngineParts, device?: Device): Promise<FactSource> {
  try {
    return withDeviceMacros((await readableIndex(parts)).catalog, device);
  } catch (error) {
    parts.host.log(`Working without the index: ${error instanceof Error ? error.message : String(error)}`);
    return withDeviceMacros(noFacts, device);
  }
}
