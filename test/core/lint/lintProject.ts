// A project in memory, linted whole: what the tests and scripts/lintQuality.ts share.
import fs from 'node:fs';
import path from 'node:path';
import { withDeviceMacros } from '../../../src/core/graph/deviceMacros.ts';
import { createGraph } from '../../../src/core/graph/graph.ts';
import type { Device } from '../../../src/core/device/device.ts';
import type { LintFinding, SuppressedFinding } from '../../../src/core/lint/finding.ts';
import { lintFile, type FileFindings } from '../../../src/core/lint/lintFile.ts';
import { projectFacts } from '../../../src/core/lint/projectFacts.ts';
import { isVendorFile } from '../../../src/core/lint/vendorFiles.ts';
import type { SourceFacts } from '../../../src/core/parse/facts.ts';
import { addCorePeripherals } from '../../../src/core/device/corePeripherals.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import { factsOf } from '../graph/factsOf.ts';
import { memoryFactSource } from '../graph/memoryFactSource.ts';

const folder = path.join(import.meta.dirname, '../../fixtures/lint');

/** The text of a file of the lint fixtures. */
export function lintFixture(name: string): string {
  return fs.readFileSync(path.join(folder, name), 'utf8');
}

/** The names of the files that hold cases. */
export function lintCases(): string[] {
  return fs.readdirSync(path.join(folder, 'cases')).sort();
}

/** The device of the lint fixtures. */
export function lintDevice(): Device | undefined {
  const { device } = parseSvd(lintFixture('chip.svd'), 'chip.svd');
  return device === undefined ? undefined : addCorePeripherals(device);
}

/** Every finding in the files, which are a whole program to each other. */
export async function lintTexts(texts: Readonly<Record<string, string>>, device: Device | undefined): Promise<LintFinding[]> {
  return lintFacts(await factsOf(texts), texts, device);
}

/** What comments hide in the files. */
export async function lintHidden(texts: Readonly<Record<string, string>>, device: Device | undefined): Promise<SuppressedFinding[]> {
  return (await lintAll(await factsOf(texts), texts, device)).flatMap(({ hidden }) => hidden);
}

/** Every finding in files that were read already, but for those of vendors and of assembly. */
export async function lintFacts(facts: ReadonlyMap<string, SourceFacts>, texts: Readonly<Record<string, string>>, device: Device | undefined): Promise<LintFinding[]> {
  return (await lintAll(facts, texts, device)).flatMap(({ findings }) => findings);
}

async function lintAll(facts: ReadonlyMap<string, SourceFacts>, texts: Readonly<Record<string, string>>, device: Device | undefined): Promise<FileFindings[]> {
  const graph = createGraph(withDeviceMacros(memoryFactSource(facts), device), device?.name);
  const project = await projectFacts({ graph, device, stampOf: () => '', known: new Map(), rest: async () => undefined });
  const found: FileFindings[] = [];
  for (const [file, own] of facts) {
    if (!/\.s$/i.test(file) && !isVendorFile(file)) found.push(await lintFile({ file, facts: own, graph, device }, { project, text: async () => texts[file] }));
  }
  return found;
}
