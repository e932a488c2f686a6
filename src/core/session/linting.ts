import type { LintEvent, LintReport, LintRequest } from '../engine.ts';
import { createGraph, type Graph } from '../graph/graph.ts';
import { overlayFacts } from '../graph/overlayFacts.ts';
import type { LintFinding, SuppressedFinding } from '../lint/finding.ts';
import { lintFile } from '../lint/lintFile.ts';
import { lintRule } from '../lint/lintRules.ts';
import { type KnownHandlers, projectFacts, type ProjectFacts } from '../lint/projectFacts.ts';
import { isVendorFile } from '../lint/vendorFiles.ts';
import type { FileRecord } from '../store/catalog.ts';
import { hashText } from '../text/hash.ts';
import type { Problem } from '../text/problem.ts';
import type { Hardware } from './hardware.ts';
import { indexedFacts } from './indexedFacts.ts';
import { openSource, type OpenSource } from './openSource.ts';
import type { EngineParts } from './parts.ts';
import { readSource } from './readSource.ts';
import { noDevice } from './registerReports.ts';

/** Milliseconds of work before other requests get their turn. */
const longestStretchMs = 15;

/** One run's view of the workspace. */
interface Run {
  readonly parts: EngineParts;
  readonly request: LintRequest;
  readonly signal: AbortSignal | undefined;
  readonly hardware: Hardware;
  readonly graph: Graph;
  readonly project: ProjectFacts;
  readonly files: ReadonlyMap<string, FileRecord>;
  readonly rest: () => Promise<void>;
}

/** What has been worked out of the workspace as it was, and what follows from each handler. */
interface Kept {
  basis: string;
  graph: Graph | undefined;
  project: ProjectFacts | undefined;
  readonly known: KnownHandlers;
}

/** Finds what is wrong in one file, in some, or in all indexed ones; keeps what has been worked out while the files stay the same. */
export function createLinting(parts: EngineParts, hardware: () => Promise<Hardware>): (request?: LintRequest, signal?: AbortSignal) => AsyncIterable<LintEvent> {
  const kept: Kept = { basis: '', graph: undefined, project: undefined, known: new Map() };
  return async function* (request = {}, signal) {
    const found = await hardware();
    const opened = request.file === undefined ? undefined : await openSource(request.file, request.text, parts);
    if (opened !== undefined && 'problem' in opened) {
      yield { type: 'done', report: { ...nothingFound, problems: [opened.problem] } };
      return;
    }
    const run = await openRun({ parts, request, signal, hardware: found, opened }, kept);
    if (request.file !== undefined && opened !== undefined) {
      yield { type: 'done', report: await oneFile(run, request.file, opened) };
      return;
    }
    yield* manyFiles(run);
  };
}

const nothingFound: LintReport = { findings: [], files: 0, bytes: 0, suppressed: 0, hidden: [], vendorFiles: 0, problems: [] };

async function openRun(given: Pick<Run, 'parts' | 'request' | 'signal' | 'hardware'> & { readonly opened: OpenSource | undefined }, kept: Kept): Promise<Run> {
  const { parts, request, hardware, opened, signal } = given;
  const { device } = hardware;
  const files = await filesOf(parts);
  const rest = pauses(parts);
  const indexed = await indexedFacts(parts, device);
  // What is indexed may be older than the file: an editor's text, or a file that was just written.
  const source = request.file !== undefined && opened !== undefined ? overlayFacts(indexed, request.file, opened.facts) : indexed;
  const stampOf = (file: string): string => (file === request.file && opened !== undefined ? hashText(opened.text) : files.get(file)?.contentKey ?? '');
  const basis = hashText([hardware.svdKey ?? device?.name ?? '', request.file === undefined ? '' : stampOf(request.file), ...[...files].map(([file, { contentKey }]) => `${file} ${contentKey ?? ''}`)].join('\n'));
  if (basis !== kept.basis || kept.graph === undefined || kept.project === undefined) {
    kept.graph = createGraph(source, device?.name);
    kept.project = await projectFacts({ graph: kept.graph, device, stampOf, known: kept.known, signal, rest });
    kept.basis = signal?.aborted === true ? '' : basis;
  }
  return { parts, request, signal, hardware, graph: kept.graph, project: kept.project, files, rest };
}

/** Files of the index; none where there is no index. */
async function filesOf(parts: EngineParts): Promise<ReadonlyMap<string, FileRecord>> {
  try {
    return await (await parts.index()).catalog.files();
  } catch {
    // What keeps the index closed is told by the facts' own source.
    return new Map();
  }
}

function pauses({ host }: EngineParts): () => Promise<void> {
  let begun = host.now();
  return async () => {
    if (host.now() - begun < longestStretchMs) return;
    await host.pause?.();
    begun = host.now();
  };
}

async function oneFile(run: Run, file: string, { text, facts }: OpenSource): Promise<LintReport> {
  const { graph, hardware: { device }, project, request, signal, rest } = run;
  const { findings, hidden, cut } = await lintFile({ file, facts, graph, device, rest }, { project, text: async () => text, rules: request.rules, signal });
  return { findings, files: 1, bytes: text.length, suppressed: hidden.length, hidden, vendorFiles: 0, problems: [...commonProblems(run), ...cutProblem(file, cut)] };
}

/** Files between two words on how far it is. */
const filesPerProgress = 20;

async function* manyFiles(run: Run): AsyncIterable<LintEvent> {
  const { graph, hardware: { device }, project, request: { files: wanted, rules }, signal, parts, files } = run;
  const listed = wanted ?? [...files.keys()].filter(file => sourceName.test(file));
  const own = wanted === undefined ? listed.filter(file => !isVendorFile(file)) : listed;
  const findings: LintFinding[] = [];
  const problems: Problem[] = files.size === 0 ? [{ file: '', message: 'Nothing is indexed yet, so that nothing is found. Run "Halcyon: Rebuild Index", or halcyon index.' }] : [...commonProblems(run)];
  const hidden: SuppressedFinding[] = [];
  let [bytes, done, unread] = [0, 0, 0];
  for (const file of own) {
    if (signal?.aborted === true) break;
    if (done % filesPerProgress === 0) yield { type: 'progress', done, total: own.length };
    done += 1;
    const facts = await graph.source.facts(file);
    if (facts === undefined) {
      unread += 1;
      continue;
    }
    const text = async (): Promise<string | undefined> => {
      const source = await readSource(parts.host, file);
      return 'text' in source ? source.text : undefined;
    };
    const found = await lintFile({ file, facts, graph, device, rest: run.rest }, { project, text, rules, signal });
    findings.push(...found.findings);
    problems.push(...cutProblem(file, found.cut));
    bytes += files.get(file)?.sizeBytes ?? 0;
    hidden.push(...found.hidden);
    await run.rest();
  }
  if (unread > 0) problems.push({ file: '', message: `${unread} ${unread === 1 ? 'file was' : 'files were'} not looked at, as the index does not hold them or is of another version: run "Halcyon: Rebuild Index", or halcyon index.` });
  if (signal?.aborted === true) problems.push({ file: '', message: `Stopped after ${done} of ${own.length} files.` });
  yield { type: 'done', report: { findings, files: done - unread, bytes, suppressed: hidden.length, hidden, vendorFiles: listed.length - own.length, problems } };
}

const sourceName = /\.(c|h|cc|cpp|cxx|hpp|hh|hxx|ino|inl|inc)$/i;

/** What keeps whole rules from being looked at. */
function commonProblems({ hardware, request }: Run): Problem[] {
  const unknown = (request.rules ?? []).filter(rule => lintRule(rule) === undefined).map(rule => ({ file: '', message: `${rule} is no rule.` }));
  return hardware.device === undefined ? [{ file: '', message: `Rules about registers were left out. ${noDevice(hardware).message}` }, ...unknown] : unknown;
}

function cutProblem(file: string, cut: number): Problem[] {
  return cut === 0 ? [] : [{ file, message: `${file}: ${cut} register accesses were not looked at, as the file holds too many.` }];
}
