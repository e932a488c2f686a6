import type { AnswerEvent } from './answer/answer.ts';
import type { FaultReport } from './answer/faultDump.ts';
import type { ChunkKind } from './chunk/chunk.ts';
import type { CompletionList, CompletionPlace } from './completion/completions.ts';
import type { DatasetEvent, DatasetRequest } from './dataset/datasetRequest.ts';
import type { OfferedSvd } from './detect/chooseSvd.ts';
import type { DetectedDevice } from './detect/detectDevice.ts';
import type { DecodedValue } from './device/decode.ts';
import type { DeviceJson, RegisterJson } from './device/json.ts';
import type { AnswerScores, AnsweredCase } from './eval/scoreAnswers.ts';
import type { RetrievalCase } from './eval/retrievalCase.ts';
import type { RetrievalOutcome, RetrievalScores } from './eval/scoreRetrieval.ts';
import type { RegisterAccesses } from './graph/findAccesses.ts';
import type { SymbolUses } from './graph/symbolUses.ts';
import type { InitTimeline } from './graph/initTimeline.ts';
import type { Disagreement, HeaderCoverage } from './header/headerJoin.ts';
import type { HoverReport } from './hover/report.ts';
import type { IndexEvent, IndexOptions } from './indexing/events.ts';
import type { RegisterInlay } from './inlay/registerInlays.ts';
import type { Hazard, IsrDossier } from './isr/dossier.ts';
import type { OutlineNode } from './outline/outlineRow.ts';
import type { LintFinding, SuppressedFinding } from './lint/finding.ts';
import type { SearchMode } from './retrieve/hit.ts';
import type { CatalogStats } from './store/catalog.ts';
import type { Problem } from './text/problem.ts';

/**
 * Everything a surface may ask for. Arguments and results are plain data (strings, numbers, arrays),
 * so that the engine can live in a worker thread or another process without a change above it.
 * Nothing here throws for bad input: it comes back as `problems`. Only a broken promise of the
 * machine (disk full, model crash), or a file to explain that cannot be read, rejects, with a sentence for the user.
 */
export interface Engine {
  device(): Promise<DeviceReport>;
  /** Holds the vendor's device header against the description. */
  checkDevice(): Promise<CheckReport>;
  svd(file: string): Promise<SvdReport>;
  /** By path, name, address or macro. */
  register(query: string): Promise<RegisterReport>;
  decode(register: string, value: string): Promise<DecodeReport>;
  hover(at: HoverRequest): Promise<HoverReport>;
  /** Rows of the chip's tree: those below one, or those on the way to one. */
  outline(request?: OutlineRequest): Promise<OutlineReport>;
  /** Peripherals, registers and fields by name, address or description. */
  outlineFind(query: string, limit?: number): Promise<OutlineReport & { readonly total: number }>;
  /** The card of one row. */
  outlineCard(id: string): Promise<{ readonly markdown?: string; readonly problems: readonly Problem[] }>;
  /** Every use of a register, field or peripheral in the indexed files, or of a function, variable, macro or type. */
  xref(name: string): Promise<XrefReport>;
  /** In which order a peripheral's registers are written from reset to the main loop. */
  initTimeline(peripheral: string): Promise<InitTimelineReport>;
  /** How often every register is used in the indexed files; empty when cancelled. */
  useCounts(signal?: AbortSignal): Promise<UseCountReport>;
  /** Decoded register writes of some lines. */
  inlays(request: InlayRequest, signal?: AbortSignal): Promise<InlayReport>;
  completions(request: CompletionRequest): Promise<CompletionReport>;
  /** Brings the index up to date; safe to cancel at any moment. */
  index(options?: IndexOptions, signal?: AbortSignal): AsyncIterable<IndexEvent>;
  indexState(): Promise<IndexState>;
  /** Holds updates of the index where they are, or lets them go on; searching goes on. */
  pauseIndexing(paused: boolean): Promise<void>;
  /** What is indexed, folder by folder, and what is not. */
  knowledge(): Promise<KnowledgeReport>;
  /** The editor's unsaved text of a file, for every question from now on; without it, the file on disk counts again. */
  unsavedText(file: string, text?: string): Promise<void>;
  search(query: string, options?: SearchRequest, signal?: AbortSignal): Promise<SearchReport>;
  /** How well the index answers questions whose answers are known. */
  evaluateRetrieval(request?: RetrievalEvaluationRequest, signal?: AbortSignal): AsyncIterable<RetrievalEvaluationEvent>;
  /** How well questions about chip and code with known answers are answered, by the model alone and with all of this. */
  evaluateAnswers(request?: AnswerEvaluationRequest, signal?: AbortSignal): AsyncIterable<AnswerEvaluationEvent>;
  /** Training data from the workspace, its chip and what the request names; ends with `done`, or without it when cancelled. */
  buildDataset(request?: DatasetRequest, signal?: AbortSignal): AsyncIterable<DatasetEvent>;
  /** A HardFault dump (CFSR, HFSR, MMFAR, BFAR, PC as text) decoded; `map`: a linker map, to name the function. */
  fault(request: FaultRequest): Promise<FaultAnswer>;
  isr(target?: IsrTarget): Promise<IsrReport>;
  /** Register misuse and interrupt mistakes in one file, some, or all indexed ones; safe to cancel. Ends with `done`. */
  lint(request?: LintRequest, signal?: AbortSignal): AsyncIterable<LintEvent>;
  ask(request: AskRequest, signal?: AbortSignal): AsyncIterable<AnswerEvent>;
  explain(request: ExplainRequest, signal?: AbortSignal): AsyncIterable<AnswerEvent>;
  /** Loads the chat model before it is needed, where there is one; what is wrong with it is told at the first question. */
  prepareModel(): Promise<void>;
}

/** What detection found, and the description that is used for it. */
export interface DeviceReport extends Omit<DetectedDevice, 'svdHints'> {
  /** The SVD file in use. */
  readonly svd?: string;
  /** The device header that the registers come from, when there is no SVD file. */
  readonly header?: string;
  /** Half a sentence on why this one: `describes STM32F407VGT6, in an installed CMSIS-Pack`. */
  readonly svdWhy?: string;
  /** Other descriptions that could be used, best first. */
  readonly svdOthers?: readonly OfferedSvd[];
  /** Installed packs that hold nothing for this reason: damaged, cut off, hostile. */
  readonly unreadPacks?: readonly Problem[];
  /** Patch files that correct it. */
  readonly patches?: readonly string[];
}

/** Device header and description compared. */
export interface CheckReport {
  /** Header files read, the device header first; empty when none was found. */
  readonly headers: readonly string[];
  /** The SVD file held against them. */
  readonly svd?: string;
  readonly checks: readonly Disagreement[];
  readonly coverage?: HeaderCoverage;
  readonly problems: readonly Problem[];
}

/** Addresses and values are strings like `0x40023830`; widths and bit numbers are numbers. */
export interface SvdReport {
  readonly device?: DeviceJson;
  readonly problems: readonly Problem[];
}

export interface RegisterReport {
  readonly matches: readonly RegisterMatch[];
  /** Peripherals, where the query means no register but one of them, or all of a kind: `GPIOA`, `USART`. */
  readonly peripherals?: readonly PeripheralMatch[];
  readonly problems: readonly Problem[];
}

export interface PeripheralMatch {
  readonly name: string;
  readonly baseAddress: string;
  readonly description?: string;
  readonly registerCount: number;
  /** The card for people. */
  readonly markdown: string;
}

export interface RegisterMatch extends RegisterJson {
  /** Plain words: "writing 1 clears", "reading clears", "not stated". */
  readonly sideEffects: readonly string[];
  /** SVD file (or header) the facts come from. */
  readonly source: string;
  /** The card for people. */
  readonly markdown: string;
}

/** Without `path` and `value` when no register was meant. */
export interface DecodeReport extends Omit<DecodedValue, 'path' | 'value'>, Partial<Pick<DecodedValue, 'path' | 'value'>> {
  readonly problems: readonly Problem[];
}

export interface HoverRequest {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
  /** The editor's unsaved text; absent: read from disk. */
  readonly text?: string;
  /** Waits for the device header, which takes a second the first time; an editor asks again instead. */
  readonly waitForHeader?: boolean;
}

export interface IndexState {
  readonly status: 'empty' | 'indexing' | 'embedding' | 'ready' | 'failed';
  readonly files: number;
  readonly chunks: number;
  readonly embedded: number;
  /** Updates wait until they may go on. */
  readonly paused?: boolean;
  readonly message?: string;
}

export interface KnowledgeReport {
  /** The workspace first. */
  readonly roots: readonly KnowledgeRoot[];
  readonly problems: readonly Problem[];
}

/** A folder whose documents can be found. */
export interface KnowledgeRoot extends CatalogStats {
  /** Absolute; empty for the workspace itself. */
  readonly folder: string;
  /** `included`: an SDK that the build includes folders of. */
  readonly kind: 'workspace' | 'included' | 'added';
  /** Half a sentence: `named by build/compile_commands.json`. */
  readonly why: string;
  /** What its index takes on disk. */
  readonly sizeBytes: number;
  /** Files and folders left out, by their names below the folder; of the workspace the folders too that its build includes and that are not taken up. */
  readonly left: readonly { readonly file: string; readonly reason: string }[];
  /** How many of them for each reason. */
  readonly leftCounts: Readonly<Record<string, number>>;
}

export interface SearchRequest {
  readonly limit?: number;
  readonly mode?: SearchMode;
}

export interface RetrievalEvaluationRequest {
  /** Default: words, vectors where there is an embedder, and hybrid. */
  readonly modes?: readonly SearchMode[];
  /** Questions with their answers; absent: made from what is indexed. */
  readonly cases?: readonly RetrievalCase[];
  /** Questions of each kind that are made; default 40. */
  readonly perKind?: number;
  /** The same seed makes the same questions; default 1. */
  readonly seed?: number;
}

export type RetrievalEvaluationEvent =
  | { readonly type: 'progress'; readonly done: number; readonly total: number; readonly outcomes: readonly RetrievalOutcome[] }
  | { readonly type: 'done'; readonly report: RetrievalEvaluation };

export interface RetrievalEvaluation extends RetrievalScores {
  /** The embedding model's id; absent: there is none. */
  readonly embedder?: string;
  readonly problems: readonly Problem[];
}

export interface FaultRequest {
  readonly text: string;
  /** A linker map in the workspace. */
  readonly map?: string;
}

/** Without `report` when the text holds no fault register. */
export interface FaultAnswer {
  readonly report?: FaultReport;
  readonly markdown: string;
  readonly problems: readonly Problem[];
}

export interface AnswerEvaluationRequest {
  /** Questions a seed; default 300. */
  readonly limit?: number;
  /** Each makes another choice of questions; default 1. */
  readonly seeds?: readonly number[];
  /** Only what is computed is measured. */
  readonly withoutModel?: boolean;
}

export type AnswerEvaluationEvent =
  | { readonly type: 'progress'; readonly done: number; readonly total: number; readonly answered: AnsweredCase }
  | { readonly type: 'done'; readonly report: AnswerEvaluation };

export interface AnswerEvaluation extends AnswerScores {
  /** Absent: measured without a model. */
  readonly model?: string;
  readonly device?: string;
  readonly seeds: readonly number[];
  /** Questions there were to ask; more than were asked when cancelled. */
  readonly planned: number;
  readonly problems: readonly Problem[];
}

export interface SearchReport {
  readonly hits: readonly SearchHit[];
  readonly problems: readonly Problem[];
}

export interface SearchHit {
  readonly rank: number;
  readonly score: number;
  readonly source: string;
  readonly file: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly symbol?: string;
  readonly kind: ChunkKind;
  readonly text: string;
  /** Why it was found, in words: `names the symbol uart_init`, `words: overrun, clear`, `called by USART2_IRQHandler`. */
  readonly why: string;
  /** It stands under an `#if` that does not hold in this build. */
  readonly inactive?: true;
  /** Other files that hold the same passage, the first of them; absent: there is none. */
  readonly alsoIn?: readonly string[];
  /** How many other files hold it, where more do than `alsoIn` names. */
  readonly alsoInCount?: number;
}

/** One handler by name, the handler around a line, or every handler of a file; none of these: all. */
export interface IsrTarget {
  readonly name?: string;
  readonly file?: string;
  readonly line?: number;
  /** The editor's unsaved text of `file`. */
  readonly text?: string;
}

export interface IsrReport {
  readonly isrs: readonly IsrDossier[];
  /** What is wrong with the vector table as a whole; only where all handlers are asked for. */
  readonly findings?: readonly Hazard[];
  readonly problems: readonly Problem[];
}

/** One file as it is now, some indexed files, or none: all that the project itself wrote. */
export interface LintRequest {
  readonly file?: string;
  /** The editor's unsaved text of `file`. */
  readonly text?: string;
  readonly files?: readonly string[];
  /** Ids of the rules that count; absent: all. */
  readonly rules?: readonly string[];
}

export type LintEvent =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'done'; readonly report: LintReport };

export interface LintReport {
  readonly findings: readonly LintFinding[];
  /** Files looked at. */
  readonly files: number;
  readonly bytes: number;
  /** Findings hidden by comments. */
  readonly suppressed: number;
  /** Those findings, each with the comment's reason. */
  readonly hidden: readonly SuppressedFinding[];
  /** Files of vendors' libraries, left out unless they are named. */
  readonly vendorFiles: number;
  readonly problems: readonly Problem[];
}

export interface AskRequest {
  readonly question: string;
  /** Earlier turns of the conversation, oldest first. */
  readonly history?: readonly { readonly role: 'user' | 'assistant'; readonly text: string }[];
  readonly maxTokens?: number;
  /** Words the question by another template than the one for questions. */
  readonly task?: AskTask;
  /** What the user put beside the question: quoted before anything that is found. */
  readonly attached?: readonly Attached[];
  /** The answer as far as it got; the model goes on from there. */
  readonly soFar?: string;
  /** A linker map, to name the functions of a fault. */
  readonly map?: string;
  /** What tools reported where the question is about. */
  readonly diagnostics?: readonly ReportedProblem[];
}

/** Ids of templates that a question may be worded by: `question` is then the register, the code, the finding or the peripheral. */
export type AskTask = 'explainRegister' | 'explainWrite' | 'reviewFunction' | 'fixFinding' | 'writeInit' | 'explainFault' | 'commitSummary';

/** A compiler's or a linter's word on a line. */
export interface ReportedProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
  /** Who says so: `gcc`, `Halcyon`. */
  readonly source?: string;
}

/** Something beside a question, as plain data. */
export type Attached =
  /** A file, or some of its lines; `text`: the editor's unsaved text of the whole file; `wholeFunction`: all of the function that the line is in. */
  | { readonly kind: 'file'; readonly file: string; readonly line?: number; readonly endLine?: number; readonly text?: string; readonly wholeFunction?: boolean }
  | { readonly kind: 'register'; readonly path: string }
  /** An interrupt handler: its dossier. */
  | { readonly kind: 'handler'; readonly name: string }
  /** A unified diff, as `git diff` writes it. */
  | { readonly kind: 'change'; readonly text: string }
  /** Diagnostics, terminal output. */
  | { readonly kind: 'text'; readonly title: string; readonly text: string; readonly file?: string; readonly line?: number };

export interface ExplainRequest {
  readonly file: string;
  readonly line: number;
  readonly endLine?: number;
  readonly text?: string;
  readonly maxTokens?: number;
  /** The answer as far as it got; the model goes on from there. */
  readonly soFar?: string;
  /** What tools reported there. */
  readonly diagnostics?: readonly ReportedProblem[];
}

/** Without `path` and `id`: the rows below `parent`, or the top ones; with one of them: the rows from the top down to it. */
export interface OutlineRequest {
  readonly parent?: string;
  /** Only rows that lead to a match of these words. */
  readonly filter?: string;
  readonly path?: string;
  readonly id?: string;
}

export interface OutlineReport {
  readonly nodes: readonly OutlineNode[];
  readonly problems: readonly Problem[];
}

export interface XrefReport extends RegisterAccesses {
  /** A name of the code itself, where it is none of the chip's. */
  readonly symbol?: SymbolUses;
}

export type InitTimelineReport = InitTimeline;

export interface UseCountReport {
  /** By address as `0x40004400`. */
  readonly counts: Readonly<Record<string, number>>;
  readonly problems: readonly Problem[];
}

export interface InlayRequest {
  readonly file: string;
  /** 1-based, both inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  /** The editor's unsaved text; absent: read from disk. */
  readonly text?: string;
}

export interface InlayReport {
  readonly inlays: readonly RegisterInlay[];
  readonly problems: readonly Problem[];
}

export type CompletionRequest = CompletionPlace;

export interface CompletionReport extends CompletionList {
  readonly problems: readonly Problem[];
}
