// How well the lint rules find seeded defects: each is put alone into a copy of working code, and what is found there
// and was not found before counts: as a hit of the seeded rule, else as a false finding.
//   node scripts/lintQuality.ts [--real grbl=FOLDER --svd grbl=FILE] [--only PROJECT]
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { addCorePeripherals } from '../src/core/device/corePeripherals.ts';
import type { Device } from '../src/core/device/device.ts';
import type { LintFinding } from '../src/core/lint/finding.ts';
import { lintRules } from '../src/core/lint/lintRules.ts';
import { withManualValues } from '../src/core/manual/manualValues.ts';
import { parseAsm } from '../src/core/parse/asm.ts';
import type { CParser } from '../src/core/parse/cParser.ts';
import { parseDeviceFile } from '../src/core/parse/deviceFile.ts';
import type { SourceFacts } from '../src/core/parse/facts.ts';
import { decodeText } from '../src/core/text/decodeText.ts';
import { lintFacts } from '../test/core/lint/lintProject.ts';
import { openTestParser } from '../test/core/parse/grammars.ts';
import { lintSeeds, type LintSeed } from './lintSeeds.ts';

const root = path.resolve(import.meta.dirname, '..');
const { values } = parseArgs({ options: { real: { type: 'string', multiple: true }, svd: { type: 'string', multiple: true }, only: { type: 'string' } } });
const pairs = (given: readonly string[] | undefined): Map<string, string> => new Map((given ?? []).map(text => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]));
const folders = new Map([['stm32f4-uart', path.join(root, 'test/fixtures/stm32f4-uart')], ['fictional-mcu', path.join(root, 'test/fixtures/fictional-mcu')], ...pairs(values.real)]);
const svds = new Map([['stm32f4-uart', path.resolve(root, '../shared/svd/STM32F407.svd')], ['fictional-mcu', path.join(root, 'test/fixtures/fictional-mcu/AX32.svd')], ...pairs(values.svd)]);

/** A project read into memory. */
interface Project {
  readonly device: Device | undefined;
  readonly texts: ReadonlyMap<string, string>;
  readonly facts: ReadonlyMap<string, SourceFacts>;
}

/** What became of one seed. */
interface Outcome {
  readonly seed: LintSeed;
  readonly isFound: boolean;
  readonly strangers: readonly LintFinding[];
}

/** What is found in the projects as they are. */
const baselines = new WeakMap<Project, Promise<LintFinding[]>>();
await using parser = await openTestParser();
const outcomes: Outcome[] = [];
for (const [name, seeds] of Map.groupBy(lintSeeds, ({ project }) => project)) {
  const folder = folders.get(name);
  const svd = svds.get(name);
  if (folder === undefined || svd === undefined || !fs.existsSync(folder) || !fs.existsSync(svd) || (values.only !== undefined && values.only !== name)) {
    process.stdout.write(`${name}: left out, ${seeds.length} seeds (no folder or SVD file given)\n`);
    continue;
  }
  const project = readProject(folder, svd, parser);
  for (const seed of seeds) outcomes.push(await planted(seed, project));
}
report(outcomes);

function readProject(folder: string, svd: string, reader: CParser): Project {
  const texts = new Map<string, string>();
  for (const file of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const full = path.join(folder, file);
    if (!/\.(c|h|cpp|hpp|s)$/i.test(file) || !fs.statSync(full).isFile()) continue;
    const decoded = decodeText(new Uint8Array(fs.readFileSync(full)));
    if (!decoded.binary) texts.set(file.split(path.sep).join('/'), decoded.text);
  }
  const { device } = parseDeviceFile(decodedFile(svd), path.basename(svd));
  return { device: device === undefined ? undefined : withManualValues(addCorePeripherals(device)), texts, facts: new Map([...texts].map(([file, text]) => [file, factsOf(file, text, reader)])) };
}

function decodedFile(file: string): string {
  const decoded = decodeText(new Uint8Array(fs.readFileSync(file)));
  return decoded.binary ? '' : decoded.text;
}

function factsOf(file: string, text: string, reader: CParser): SourceFacts {
  return (/\.s$/i.test(file) ? parseAsm(text, file) : reader.parse(text, file)).facts;
}

async function planted(seed: LintSeed, project: Project): Promise<Outcome> {
  const before = project.texts.get(seed.file);
  if (before?.split(seed.find).length !== 2) throw new Error(`${seed.project} ${seed.file}: the text to replace stands there ${(before?.split(seed.find).length ?? 1) - 1} times: ${seed.find}`);
  const text = before.replace(seed.find, () => seed.replace);
  const known = new Set((await baseline(project)).map(keyOf));
  const after = await lintAll({ ...project, texts: new Map([...project.texts, [seed.file, text]]), facts: new Map([...project.facts, [seed.file, factsOf(seed.file, text, parser)]]) });
  const fresh = after.filter(finding => !known.has(keyOf(finding)));
  const isHit = ({ rule, file }: LintFinding): boolean => rule === seed.rule && file === (seed.foundIn ?? seed.file);
  return { seed, isFound: fresh.some(isHit), strangers: fresh.filter(finding => !isHit(finding) && !follows(seed.rule, finding)) };
}

/** What is true of the same defect in other words: an interrupt whose handler is misspelt has none, and what nothing enables is used in several places. */
function follows(rule: string, finding: LintFinding): boolean {
  if (rule === 'clock-not-enabled') return finding.rule === rule;
  if (rule === 'handler-not-in-table' || rule === 'unreachable-interrupt') return finding.rule === 'unreachable-interrupt';
  return rule === 'side-effect-read' && finding.rule === 'blocking-in-isr' && finding.message.startsWith('printf()');
}

/** Lines move with a patch: rule, file and words make a finding the same. */
function keyOf({ rule, file, message }: LintFinding): string {
  return `${rule} ${file} ${message.replace(/line \d+/g, '')}`;
}

async function baseline(project: Project): Promise<LintFinding[]> {
  const known = baselines.get(project) ?? lintAll(project);
  baselines.set(project, known);
  return known;
}

async function lintAll({ device, texts, facts }: Project): Promise<LintFinding[]> {
  return lintFacts(facts, Object.fromEntries(texts), device);
}

function report(all: readonly Outcome[]): void {
  const rows = lintRules.map(({ id }) => row(id, all.filter(({ seed }) => seed.rule === id), all.flatMap(({ strangers }) => strangers.filter(({ rule }) => rule === id))));
  process.stdout.write(`${'rule'.padEnd(34)} seeds found false  precision recall\n${[...rows, row('all', all, all.flatMap(({ strangers }) => strangers))].join('\n')}\n`);
  for (const { seed, isFound, strangers } of all) {
    if (!isFound) process.stdout.write(`missed: ${seed.project} ${seed.file}: ${seed.rule}: ${seed.replace.replace(/\s+/g, ' ').slice(0, 100)}\n`);
    for (const { rule, file, startLine, message } of strangers) process.stdout.write(`false: ${seed.project} ${seed.rule} seed in ${seed.file}: ${file}:${startLine} ${rule}: ${message.slice(0, 140)}\n`);
  }
}

function row(name: string, seeds: readonly Outcome[], strangers: readonly LintFinding[]): string {
  const found = seeds.filter(({ isFound }) => isFound).length;
  const share = (part: number, whole: number): string => (whole === 0 ? '    -' : (part / whole).toFixed(3));
  return `${name.padEnd(34)} ${String(seeds.length).padStart(5)} ${String(found).padStart(5)} ${String(strangers.length).padStart(5)}  ${share(found, found + strangers.length).padStart(9)} ${share(found, seeds.length).padStart(6)}`;
}
