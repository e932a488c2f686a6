import { factKeyOf, factsAsked } from '../dataset/factCheck.ts';
import { annotateByModel } from '../dataset/annotateByModel.ts';
import { augmentDrafts } from '../dataset/augmentDrafts.ts';
import { buildDataset } from '../dataset/buildDataset.ts';
import type { ChipFile, DatasetSource } from '../dataset/datasetSource.ts';
import { unstated } from '../dataset/licence.ts';
import type { ReviewVerdict } from '../dataset/review.ts';
import type { Device } from '../device/device.ts';
import { addCorePeripherals } from '../device/corePeripherals.ts';
import type { DatasetEvent, DatasetRequest } from '../dataset/datasetRequest.ts';
import type { LintEvent, LintRequest } from '../engine.ts';
import { makeAnswerSuite } from '../eval/makeAnswerSuite.ts';
import type { FactSource } from '../graph/factSource.ts';
import { isrDossiers } from '../isr/isrDossiers.ts';
import { withManualValues } from '../manual/manualValues.ts';
import type { Catalog } from '../store/catalog.ts';
import { openDevice } from './deviceCache.ts';
import type { HardwareCache } from './hardwareCache.ts';
import { indexedFacts } from './indexedFacts.ts';
import { licenceFinder } from './licenceFinder.ts';
import type { EngineParts } from './parts.ts';
import { readSource } from './readSource.ts';

/** Files that are larger are data, or no reader would take them as a whole. */
const mostBytes = 2 * 1024 * 1024;
/** Questions of the automatic evaluation that stay out of the training data. */
const evaluationQuestions = 300;

/** What of the engine a dataset is made with. */
export interface DatasetGround {
  readonly parts: EngineParts;
  readonly hardware: HardwareCache;
  readonly lint: (request?: LintRequest, signal?: AbortSignal) => AsyncIterable<LintEvent>;
}

/** Makes training data of the workspace, its chip, the chips that are named and what the request brings. */
export async function* buildWorkspaceDataset(request: DatasetRequest, ground: DatasetGround, signal?: AbortSignal): AsyncGenerator<DatasetEvent, void> {
  const { parts, hardware } = ground;
  const { device, svdFile } = await hardware.fullyDescribed();
  const facts = await indexedFacts(parts, device);
  const { catalog } = await parts.index();
  const licenceOf = licenceFinder(parts.host);
  const text = textReader(parts);
  const own: ChipFile[] = device === undefined ? [] : [{ file: svdFile ?? device.name, open: async () => ({ device, licence: svdFile === undefined ? unstated : await licenceOf(svdFile) }) }];
  const others = (request.chips ?? []).filter(file => file !== svdFile).map(file => chipFile(file, parts, licenceOf));
  const source: DatasetSource = {
    catalog, device, facts, text, chips: [...own, ...others],
    handlers: async () => (await isrDossiers(facts, device, {}, async () => parts.host.pause?.())).isrs,
    findings: async stop => findingsOf(ground, stop),
    rest: async () => parts.host.pause?.(),
    commits: request.commits ?? [], feedback: request.feedback ?? [], buildLogs: [...request.buildLogs ?? [], ...await keptLogs(catalog, text)],
  };
  const excluded = await evaluationSet(facts, device, request.evaluationSeeds ?? [1]);
  const needsModel = request.teach === true || request.annotateWithModel === true;
  const opened = needsModel ? await parts.languageModel() : undefined;
  // Asked for and not there: a dataset without what was asked for would look like one with it.
  if (needsModel && opened?.model === undefined) throw new Error(opened?.problem.message ?? 'No model is there.');
  const model = opened?.model;
  yield* buildDataset(source, {
    ...request.augment !== false && { augment: (drafts, options) => augmentDrafts(drafts, source, options, request.teach === true ? { teacher: model } : {}) },
    ...model !== undefined && request.annotateWithModel === true && { label: async draft => (await annotateByModel(draft, model, signal)).labels },
    seed: request.seed ?? 1, policy: request.policy ?? 'own', most: request.most ?? {}, abstentions: request.abstentions, licenceOf, signal,
    verdicts: new Map((request.verdicts ?? []).map((verdict): [string, ReviewVerdict] => [verdict.id, verdict])),
    excludedQuestions: [...request.excludedQuestions ?? [], ...excluded.questions], excludedFacts: excluded.facts,
  });
}

function chipFile(file: string, { host, hardwareChoice }: EngineParts, licenceOf: (file: string) => Promise<string>): ChipFile {
  return {
    file,
    open: async () => {
      const { device, problems } = await openDevice(host, file, { patches: [], key: '' }, (await hardwareChoice()).deviceCache);
      return { problems: device === undefined ? problems : [], licence: await licenceOf(file), ...(device !== undefined && { device: withManualValues(addCorePeripherals(device)) }) };
    },
  };
}

function textReader({ host }: EngineParts): DatasetSource['text'] {
  return async file => {
    const source = await readSource(host, file, mostBytes).catch(() => undefined);
    return source !== undefined && 'text' in source ? source.text : undefined;
  };
}

async function findingsOf({ lint }: DatasetGround, signal: AbortSignal | undefined): ReturnType<DatasetSource['findings']> {
  for await (const event of lint({}, signal)) if (event.type === 'done') return event.report.findings;
  return [];
}

/** Output of builds that lies in the workspace. */
async function keptLogs(catalog: Pick<Catalog, 'files'>, text: DatasetSource['text']): Promise<{ readonly file: string; readonly text: string }[]> {
  const files = [...await catalog.files()].map(([file]) => file).filter(file => /(?:build|compile|make|error|link)[^/]*\.(?:log|txt)$|\.log$/i.test(file) && !/CMakeLists|link\.txt$|build\.make/.test(file)).slice(0, 50);
  const read = await Promise.all(files.map(async file => ({ file, text: await text(file) })));
  return read.flatMap(({ file, text: found }) => (found === undefined ? [] : [{ file, text: found }]));
}

/** What the automatic evaluation of this workspace asks, and the facts that it asks for in whatever words. */
async function evaluationSet(facts: FactSource, device: Device | undefined, seeds: readonly number[]): Promise<{ readonly questions: readonly string[]; readonly facts: ReadonlySet<string> }> {
  if (device === undefined) return { questions: [], facts: new Set() };
  const suites = await Promise.all(seeds.map(async seed => makeAnswerSuite(facts, device, { seed, limit: evaluationQuestions })));
  const questions = suites.flat().map(({ question }) => question);
  const keys = await Promise.all(questions.map(async question => factKeyOf(await factsAsked(question, { device, facts }), device)));
  return { questions, facts: new Set(keys.filter(key => key !== undefined)) };
}
