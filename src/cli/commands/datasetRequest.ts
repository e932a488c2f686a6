import fs from 'node:fs/promises';
import path from 'node:path';
import { exampleSources, jsonLines, parsedJson, readFeedback, type DatasetRequest, type Problem } from '../../core/index.ts';
import { readReview } from '../../node/datasetFolder.ts';
import { readHistory } from '../../node/gitHistory.ts';
import { textOf } from '../files.ts';
import { CommandFailure, WrongUsage } from '../output.ts';
import { wholeNumber } from '../wholeNumber.ts';

/** The options of `dataset build`, as commander hands them over. */
export interface BuildFlags {
  readonly chip?: readonly string[];
  readonly licence: string;
  readonly perSource: string;
  readonly most?: readonly string[];
  readonly abstentions: string;
  readonly seed: string;
  readonly history: string;
  readonly log?: readonly string[];
  readonly feedback?: readonly string[];
  readonly exclude?: readonly string[];
  readonly augment: boolean;
  readonly teach?: boolean;
  readonly teacher?: string;
  readonly teacherModel?: string;
  readonly labelWithModel?: boolean;
}

export interface RequestPlace {
  readonly folder: string;
  readonly workspace: string;
  readonly signal: AbortSignal;
}

/** What the options ask for, with all that they name read from the disk. */
export async function datasetRequest(flags: BuildFlags, { folder, workspace, signal }: RequestPlace): Promise<{ readonly request: DatasetRequest; readonly problems: readonly Problem[] }> {
  const commitsWanted = wholeNumber('--history', flags.history, 0);
  const history = commitsWanted === 0 ? { commits: [], problems: [] } : await readHistory(workspace, { mostCommits: commitsWanted, signal });
  const review = await readReview(folder);
  const feedback = (await textsOf(flags.feedback)).map(({ file, text }) => readFeedback(text, file));
  const request: DatasetRequest = {
    seed: wholeNumber('--seed', flags.seed, 0), policy: policyOf(flags.licence), most: mostOf(flags), abstentions: shareOf(flags.abstentions),
    chips: await chipFiles(flags.chip ?? []), commits: history.commits, buildLogs: await textsOf(flags.log), feedback: feedback.flatMap(({ records }) => records),
    verdicts: [...review.verdicts.values()], excludedQuestions: (await textsOf(flags.exclude)).flatMap(({ text }) => questionsOf(text)),
    augment: flags.augment, teach: flags.teach === true || flags.teacher !== undefined, annotateWithModel: flags.labelWithModel === true,
  };
  return { request, problems: [...history.problems, ...review.problems, ...feedback.flatMap(({ problems }) => problems)] };
}

function mostOf({ perSource, most = [] }: Pick<BuildFlags, 'perSource' | 'most'>): NonNullable<DatasetRequest['most']> {
  const all = wholeNumber('--per-source', perSource, 0);
  const own = most.map(given => {
    const [, name = '', count = ''] = /^(\w+)=(\d+)$/.exec(given) ?? [];
    const source = exampleSources.find(known => known === name);
    if (source === undefined) throw new WrongUsage(`--most ${given}: give a source and a number, as code=200; sources are ${exampleSources.join(', ')}.`);
    return [source, Number(count)] as const;
  });
  return Object.fromEntries([...exampleSources.map(source => [source, source === 'trick' ? Math.ceil(all / 4) : all] as const), ...own]);
}

function shareOf(given: string): number {
  const percent = Number(given);
  if (given.trim() === '' || !(percent >= 0 && percent <= 100)) throw new WrongUsage(`--abstentions ${given}: give a percentage, 0 to 100.`);
  return percent / 100;
}

function policyOf(given: string): NonNullable<DatasetRequest['policy']> {
  if (given === 'permissive' || given === 'open' || given === 'own' || given === 'any') return given;
  throw new WrongUsage(`--licence ${given}: give permissive, open, own or any.`);
}

/** Files as named, and those that lie in folders that are named. */
async function chipFiles(named: readonly string[]): Promise<string[]> {
  const found = await Promise.all(named.map(async given => {
    const place = path.resolve(given);
    const stats = await fs.stat(place).catch(() => undefined);
    if (stats === undefined) throw new CommandFailure(`${given}: no such file or folder.`);
    if (!stats.isDirectory()) return [place];
    return (await fs.readdir(place)).filter(name => /\.(svd|atdf)$/i.test(name)).sort().map(name => path.join(place, name));
  }));
  return found.flat().map(file => file.split(path.sep).join('/'));
}

/** Questions of a suite, of raw answers, or of a plain list, whatever the file's form. */
function questionsOf(text: string): string[] {
  const whole = parsedJson(text);
  const found = whole === undefined ? jsonLines(text).flatMap(({ value }) => questionsIn(value)) : questionsIn(whole);
  return found.length > 0 ? found : text.split('\n').map(line => line.trim()).filter(line => line !== '');
}

function questionsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(questionsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === 'question' && typeof inner === 'string' ? [inner] : questionsIn(inner)));
}

async function textsOf(files: readonly string[] = []): Promise<{ readonly file: string; readonly text: string }[]> {
  return Promise.all(files.map(async file => ({ file, text: await textOf(file) })));
}
