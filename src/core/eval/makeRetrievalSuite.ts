import type { Device } from '../device/device.ts';
import type { Catalog } from '../store/catalog.ts';
import { placeCases } from './placeCases.ts';
import { registerCases } from './registerCases.ts';
import type { RetrievalCase } from './retrievalCase.ts';
import { seededRandom } from './seededSample.ts';
import { sampleFiles, type SuiteSource } from './suiteSource.ts';
import { symbolCases } from './symbolCases.ts';
import { textCases } from './textCases.ts';

export interface SuiteOptions {
  /** Questions of each kind; default 40. Small workspaces give fewer. */
  readonly perKind?: number;
  readonly seed?: number;
}

/** Questions about what is indexed, whose answers the index itself knows; the same ones for the same index, seed and number. */
export async function makeRetrievalSuite(catalog: Catalog, device: Device | undefined, options: SuiteOptions = {}): Promise<RetrievalCase[]> {
  const random = seededRandom(options.seed ?? 1);
  const source: SuiteSource = { catalog, device, files: await sampleFiles(catalog, random), perKind: options.perKind ?? 40, random };
  return [...await symbolCases(source), ...await registerCases(source), ...await placeCases(source), ...await textCases(source)];
}
