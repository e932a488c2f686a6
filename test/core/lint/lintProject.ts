// A project of fixture files, linted whole: what the tests and the quality figures share.
import fs from 'node:fs';
import path from 'node:path';
import { createGraph } from '../../../src/core/graph/graph.ts';
import type { Device } from '../../../src/core/device/device.ts';
import type { LintFinding } from '../../../src/core/lint/finding.ts';
import { lintFile } from '../../../src/core/lint/lintFile.ts';
import { projectFacts } from '../../../src/core/lint/projectFacts.ts';
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
  const facts = await factsOf(texts);
  const graph = createGraph(memoryFactSource(facts), device?.name);
  const project = await projectFacts({ graph, device, stampOf: () => '', known: new Map(), rest: async () => undefined });
  const findings: LintFinding[] = [];
  for (const [file, own] of facts) {
    if (!/\.s$/i.test(file)) findings.push(...(await lintFile({ file, facts: own, graph, device }, { project, text: async () => texts[file] })).findings);
  }
  return findings;
}
