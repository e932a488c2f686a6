import type { KnowledgeRoot, KnowledgeReport } from '../engine.ts';
import type { IndexReport } from '../indexing/events.ts';
import { skippedIn } from '../indexing/report.ts';
import { includePathFiles, parseIncludePaths } from '../parse/includePaths.ts';
import type { IndexLayer } from '../store/openIndex.ts';
import type { Problem } from '../text/problem.ts';
import type { EngineParts, KnowledgeParts, OpenRoot } from './parts.ts';
import { readSource } from './readSource.ts';

/** The folders outside the workspace that are indexed beside it. */
export interface Knowledge {
  /** Indexes that are open, to be read from. */
  readonly layers: () => readonly IndexLayer[];
  /** Works out which folders belong to the workspace now, opens their indexes and closes the others. */
  readonly open: (signal?: AbortSignal) => Promise<readonly KnownRoot[]>;
  /** Opens them, unless that was done before; a failure leaves the workspace alone to answer. */
  readonly ready: () => Promise<void>;
  /** What of the wanted folders is not there or not taken up, as found when they were opened last. */
  readonly left: () => LeftFolders;
  readonly report: () => Promise<KnowledgeReport>;
  /** Closes every index: the embedder is another one, or the engine ends. */
  readonly close: () => Promise<void>;
}

/** Folders named by the user or the build that are not indexed. */
export interface LeftFolders {
  readonly leftOut: IndexReport['skipped'];
  readonly problems: readonly Problem[];
}

/** An open folder and why it is there. */
export interface KnownRoot extends OpenRoot {
  readonly kind: KnowledgeRoot['kind'];
  readonly why: string;
}

/** Compilation databases read for include folders: a build folder a variant, and no more. */
const mostProjectFiles = 12;

export function createKnowledge(parts: EngineParts): Knowledge {
  let state: OpenState = nothingOpen;
  let opening: Promise<unknown> | undefined;
  // One after the other: two updates at once would open the same index twice.
  const open = async (signal?: AbortSignal): Promise<readonly KnownRoot[]> => {
    const turn = (opening ?? Promise.resolve()).then(async () => {
      state = await openWanted(parts, state, signal);
      return state.roots;
    });
    opening = turn.catch((error: unknown) => { if (signal?.aborted !== true) parts.host.log(`Working without the folders beside the workspace: ${messageOf(error)}`); });
    return turn;
  };
  return {
    layers: () => state.roots.map(({ layer }) => layer),
    left: () => state,
    open,
    ready: async () => {
      if (opening === undefined) void open().catch(() => undefined);
      await opening;
    },
    report: async () => {
      if (opening === undefined) await open();
      return knowledgeReport(parts, state);
    },
    close: async () => {
      await opening;
      opening = undefined;
      const closing = state.roots;
      state = nothingOpen;
      for (const root of closing) await root[Symbol.asyncDispose]();
    },
  };
}

/** What an update says of one folder. */
export interface RootReport {
  /** Empty for the workspace. */
  readonly folder: string;
  readonly sizeBytes: number;
  readonly report: IndexReport;
}

/** The report of the workspace's index with those of other folders, whose files are told by absolute path. */
export function joinedReport(own: RootReport, others: readonly RootReport[], { leftOut, problems }: LeftFolders): IndexReport {
  const placed = <T extends { readonly file: string }>(folder: string, items: readonly T[]): T[] => items.map(item => ({ ...item, file: item.file === '' ? folder : `${folder}/${item.file}` }));
  const sum = (count: (report: IndexReport) => number) => others.reduce((total, { report }) => total + count(report), count(own.report));
  return {
    files: sum(({ files }) => files), chunks: sum(({ chunks }) => chunks), symbols: sum(({ symbols }) => symbols), registerAccesses: sum(report => report.registerAccesses),
    embedded: sum(({ embedded }) => embedded), pending: sum(({ pending }) => pending),
    skipped: [...own.report.skipped, ...others.flatMap(({ folder, report }) => placed(folder, report.skipped)), ...leftOut],
    roots: [own, ...others].map(({ folder, sizeBytes, report: { files, chunks } }) => ({ folder, files, chunks, sizeBytes })),
    // What is odd about an SDK's files is not for its user to mend.
    problems: [...own.report.problems, ...problems],
    seconds: Object.fromEntries(Object.keys(own.report.seconds).map(phase => [phase, sum(({ seconds }) => seconds[phase] ?? 0)])),
  };
}

interface OpenState extends LeftFolders {
  readonly roots: readonly KnownRoot[];
}

const nothingOpen: OpenState = { roots: [], problems: [], leftOut: [] };

/** Opens what is wanted and not open yet, and closes what is not wanted any more. A folder that cannot be opened is a problem of its own. */
async function openWanted(parts: EngineParts, state: OpenState, signal: AbortSignal | undefined): Promise<OpenState> {
  const { knowledge } = parts;
  if (knowledge === undefined) return state;
  const roots: KnownRoot[] = [];
  const { wanted, leftOut, missing } = await wantedRoots(parts, knowledge);
  const problems = [...missing];
  for (const { folder, kind, why } of wanted) {
    const known = state.roots.find(root => root.layer.folder === folder);
    try {
      roots.push({ ...known ?? await knowledge.open(folder, signal), kind, why });
    } catch (error) {
      if (signal?.aborted === true) throw error;
      problems.push({ file: folder, message: messageOf(error) });
    }
  }
  for (const root of state.roots) if (!roots.some(({ layer }) => layer.folder === root.layer.folder)) await root[Symbol.asyncDispose]();
  return { roots, problems, leftOut };
}

interface Wanted {
  readonly wanted: readonly WantedRoot[];
  readonly leftOut: IndexReport['skipped'];
  readonly missing: readonly Problem[];
}

interface WantedRoot {
  readonly folder: string;
  readonly kind: KnowledgeRoot['kind'];
  readonly why: string;
}

/** What the user added, and the SDKs whose folders the build includes. */
async function wantedRoots(parts: EngineParts, knowledge: KnowledgeParts): Promise<Wanted> {
  const { folders, ignoredFolders } = knowledge.choice();
  const wanted = folders.map((folder): WantedRoot => ({ folder, kind: 'added', why: 'added by you' }));
  const { found, leftOut, missing } = await includedSdks(parts, knowledge);
  for (const [folder, file] of found) {
    const isKnown = wanted.some(root => folder === root.folder || folder.startsWith(`${root.folder}/`));
    if (!isKnown && !ignoredFolders.includes(folder)) wanted.push({ folder, kind: 'included', why: `named by ${file}` });
  }
  return { wanted, leftOut: [...leftOut.values()], missing: missingFolders(missing) };
}

/** Missing folders that are named; a build that was copied from another machine has hundreds of them. */
const namedMissing = 10;

function missingFolders(missing: ReadonlyMap<string, string>): Problem[] {
  const named = [...missing].slice(0, namedMissing).map(([file, by]) => ({ file, message: `The include folder ${file} that ${by} names does not exist, so nothing of it is indexed.` }));
  const rest = missing.size - named.length;
  return rest === 0 ? named : [...named, { file: '', message: `and ${rest} more include folders do not exist` }];
}

interface IncludedSdks {
  /** SDK folder → the project file that names a folder of it. */
  readonly found: Map<string, string>;
  readonly leftOut: Map<string, IndexReport['skipped'][number]>;
  /** Missing folder → the project file that names it. */
  readonly missing: Map<string, string>;
}

async function includedSdks({ host }: EngineParts, knowledge: KnowledgeParts): Promise<IncludedSdks> {
  const included: IncludedSdks = { found: new Map(), leftOut: new Map(), missing: new Map() };
  const { files } = await host.list();
  const named = files.map(({ file }) => file).filter(file => includePathFiles.test(file));
  // A build folder is ignored by most projects, and its cache with it.
  const caches = named.filter(file => file.endsWith('compile_commands.json')).map(file => file.replace(/compile_commands\.json$/, 'CMakeCache.txt'));
  for (const file of [...new Set([...named, ...caches])].slice(0, mostProjectFiles)) {
    const source = await readSource(host, file);
    if ('problem' in source) continue;
    const { folders, leftOut, missing } = await knowledge.sdkFolders(parseIncludePaths(file, source.text));
    for (const folder of folders) if (!included.found.has(folder)) included.found.set(folder, file);
    for (const left of leftOut) included.leftOut.set(left.file, left);
    for (const folder of missing) if (!included.missing.has(folder)) included.missing.set(folder, file);
  }
  return included;
}

async function knowledgeReport(parts: EngineParts, { roots, problems, leftOut }: OpenState): Promise<KnowledgeReport> {
  const index = await parts.index();
  const own: KnowledgeRoot = {
    folder: '', kind: 'workspace', why: '', ...await index.catalog.stats(), sizeBytes: await parts.indexBytes?.() ?? 0,
    ...leftWithCounts([...await skippedIn(index.catalog, await parts.host.list()), ...leftOut]),
  };
  const others = await Promise.all(roots.map(async ({ layer, host, kind, why, sizeBytes }): Promise<KnowledgeRoot> => ({
    folder: layer.folder, kind, why, ...await layer.catalog.stats(), sizeBytes: await sizeBytes(), ...leftWithCounts(await skippedIn(layer.catalog, await host.list())),
  })));
  return { roots: [own, ...others], problems };
}

function leftWithCounts(left: KnowledgeRoot['left']): Pick<KnowledgeRoot, 'left' | 'leftCounts'> {
  const counts: Record<string, number> = {};
  for (const { reason } of left) counts[reason] = (counts[reason] ?? 0) + 1;
  return { left, leftCounts: counts };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
