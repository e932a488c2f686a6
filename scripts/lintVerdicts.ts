// How many findings in real projects are real: the share of what was judged by reading, and samples to judge.
//   node scripts/lintVerdicts.ts
//   node scripts/lintVerdicts.ts --sample FOLDER --json FILE [--count 50] [--seed 1]     FILE: what halcyon --json lint, or isr, printed there
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { seededRandom, shuffled } from '../src/core/eval/seededSample.ts';

/** A finding that a person judged by reading the code and the manual. */
interface Verdict {
  readonly from: 'lint' | 'dossier';
  readonly repository: string;
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  /** `harmless`: true, and without effect at that place. */
  readonly verdict: 'real' | 'harmless' | 'false' | 'unclear';
  readonly reason: string;
  /** False: it was judged, and its cause is mended since. */
  readonly isReported: boolean;
  /** How sure the finding was when it was judged; absent in the oldest ones. */
  readonly certainty?: 'certain' | 'likely' | 'possible';
  /** Repositories that the rules had not been made on: the first set, and further ones after what each set had shown was mended. */
  readonly round?: 'first' | 'second' | 'third';
}

/** A finding as the command line prints it. */
interface Place {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** What `lint` and `isr` print, as far as it is read here. */
interface Printed {
  readonly findings?: readonly { readonly rule: string; readonly file: string; readonly startLine: number; readonly message: string }[];
  readonly isrs?: readonly { readonly hazards: readonly { readonly id: string; readonly file: string; readonly line: number; readonly message: string }[] }[];
}

const { values } = parseArgs({ options: { sample: { type: 'string' }, json: { type: 'string' }, count: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' } } });
if (values.sample === undefined) printShares();
else printSample(values.sample, values.json ?? '');

function printShares(): void {
  const { verdicts } = JSON.parse(fs.readFileSync(path.resolve(import.meta.dirname, '../test/quality/verdicts.json'), 'utf8')) as { readonly verdicts: readonly Verdict[] };
  process.stdout.write(`${'judged'.padEnd(44)} real harmless unclear false  share of real or harmless\n`);
  for (const from of ['lint', 'dossier'] as const) {
    const own = verdicts.filter(verdict => verdict.from === from);
    printRow(`${from}, all that was judged`, own);
    const left = own.filter(({ isReported }) => isReported);
    printRow(`${from}, still reported`, left);
    for (const [round, some] of Map.groupBy(own.filter(verdict => verdict.round !== undefined), verdict => verdict.round)) {
      printRow(`  ${round ?? ''} set of new repositories, as found`, some);
      printRow('    certain or likely', some.filter(({ certainty }) => certainty !== 'possible'));
      printRow('    to be checked', some.filter(({ certainty }) => certainty === 'possible'));
      printRow('    still reported', some.filter(({ isReported }) => isReported));
    }
    for (const [rule, some] of Map.groupBy(left, verdict => verdict.rule)) printRow(`  ${rule}`, some);
    for (const [repository, some] of Map.groupBy(left, verdict => verdict.repository)) printRow(`  ${repository}`, some);
  }
}

function printRow(name: string, verdicts: readonly Verdict[]): void {
  const count = (wanted: Verdict['verdict']): number => verdicts.filter(({ verdict }) => verdict === wanted).length;
  const share = verdicts.length === 0 ? '-' : ((count('real') + count('harmless')) / verdicts.length).toFixed(3);
  process.stdout.write(`${name.padEnd(44)} ${String(count('real')).padStart(4)} ${String(count('harmless')).padStart(8)} ${String(count('unclear')).padStart(7)} ${String(count('false')).padStart(5)}  ${share}\n`);
}

function printSample(folder: string, file: string): void {
  const all = distinct(placesOf(JSON.parse(fs.readFileSync(file, 'utf8')) as Printed));
  const sample = shuffled(all, seededRandom(Number(values.seed))).slice(0, Number(values.count));
  for (const { rule, file: source, line, message } of sample) {
    const code = fs.readFileSync(path.join(folder, source), 'utf8').split('\n')[line - 1] ?? '';
    process.stdout.write(`${source}:${line} ${rule}: ${message}\n    ${code.trim()}\n`);
  }
  process.stdout.write(`${sample.length} of ${all.length}\n`);
}

function placesOf({ findings = [], isrs }: Printed): Place[] {
  // Beside handlers, findings are those of the vector table as a whole.
  if (isrs === undefined) return findings.map(({ startLine, ...rest }) => ({ ...rest, line: startLine }));
  return isrs.flatMap(({ hazards }) => hazards.map(({ id, ...rest }) => ({ ...rest, rule: id })));
}

/** Several handlers lead to one place. */
function distinct(places: readonly Place[]): Place[] {
  return [...new Map(places.map(place => [`${place.rule} ${place.file}:${place.line}`, place])).values()].toSorted((one, other) => (`${one.file} ${one.line} ${one.rule}` < `${other.file} ${other.line} ${other.rule}` ? -1 : 1));
}
