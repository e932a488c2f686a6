import * as path from 'node:path';
import * as vscode from 'vscode';
import type { DeviceReport, IndexOptions, IndexReport, IndexState } from '../core/index.ts';
import { startEngine, type EngineHandle } from '../node/engineClient.ts';
import type { EngineOptions } from '../node/engineOptions.ts';
import { isWithin } from '../node/isWithin.ts';
import { createIndexQueue, type IndexQueue, type IndexRequest } from './indexQueue.ts';
import type { Log } from './outputChannel.ts';
import { problemLine, sentenceOf } from './sentence.ts';

/** What the status bar and the chat page tell about a folder. */
export interface FolderStatus {
  readonly device?: DeviceReport;
  readonly index?: IndexState;
  /** Counted up whenever the facts of the files may have changed: before the vectors are made, which takes far longer. */
  readonly facts?: number;
  /** Share of the index run under way, 0 to 1, and what it is at. */
  readonly progress?: number | undefined;
  readonly phase?: 'scan' | 'read' | 'embed';
  readonly paused?: boolean;
  /** Another window writes the index, and this one reads it for the time being. */
  readonly isReader?: boolean;
  /** Why the engine ended by itself; it stays down until it is started again by command. */
  readonly crash?: string;
  /** Why the engine runs elsewhere than usual. */
  readonly notice?: string;
}

/** What a session is given. */
export interface FolderSessionOptions {
  readonly folder: vscode.WorkspaceFolder;
  readonly workerFile: string;
  /** Asked whenever the engine starts or the settings have changed. */
  readonly engineOptions: () => EngineOptions;
  readonly log: Log;
  readonly onStatus: (session: FolderSession) => void;
}

/** One workspace folder: its engine, started at the first need, and its index, kept in step. */
export class FolderSession {
  readonly folder: vscode.WorkspaceFolder;
  readonly #options: FolderSessionOptions;
  readonly #queue: IndexQueue;
  #engine: EngineHandle | undefined;
  /** What the running engine was last given. */
  #configured: EngineOptions | undefined;
  #status: FolderStatus = {};
  /** Files whose unsaved text the engine has. */
  readonly #unsaved = new Set<string>();
  /** Answers under way. */
  #answering = 0;
  /** Embedding gave way to an answer. */
  #embedLater = false;
  /** Another window writes the index: runs out when it is time to try again. */
  #takeOver: NodeJS.Timeout | undefined;

  private constructor(options: FolderSessionOptions) {
    this.folder = options.folder;
    this.#options = options;
    this.#queue = createIndexQueue((run, signal) => this.#runIndex(run, signal));
  }

  /** Opens the session without starting anything. */
  static open(options: FolderSessionOptions): FolderSession {
    return new FolderSession(options);
  }

  get status(): FolderStatus {
    return this.#status;
  }

  /** The engine; the first call starts its worker thread. Throws the reason when it has crashed. */
  get engine(): EngineHandle {
    if (this.#status.crash !== undefined) throw new Error(this.#status.crash);
    return this.#engine ??= this.#start();
  }

  /** The engine's name of a document: relative to the folder, or absolute outside it. */
  fileOf(uri: vscode.Uri): string {
    const folder = this.folder.uri.fsPath;
    return (isWithin(uri.fsPath, folder) ? path.relative(folder, uri.fsPath) : uri.fsPath).replaceAll(path.sep, '/');
  }

  /** The document behind one of the engine's file names. */
  uriOf(file: string): vscode.Uri {
    return vscode.Uri.file(path.resolve(this.folder.uri.fsPath, file));
  }

  /** Queues index work; resolves when it has been carried out, successfully or with the failure in the status. */
  index(request: IndexRequest): Promise<void> {
    // Vectors for a large tree take an hour: a saved file cannot wait for them.
    if ('files' in request && this.#status.progress !== undefined && this.#status.phase === 'embed') this.#queue.interrupt();
    return this.#queue.request(request);
  }

  /** Holds indexing before its next step, or lets it go on. What is indexed answers meanwhile. */
  async pause(paused: boolean): Promise<void> {
    this.#update({ paused });
    try {
      await this.#engine?.pauseIndexing(paused);
    } catch (error) {
      this.#options.log.error(`Indexing was not ${paused ? 'paused' : 'resumed'}: ${sentenceOf(error)}`);
    }
  }

  /** An editor's unsaved text of a document, or none any more; the index follows, without vectors. */
  async setUnsaved(document: vscode.Uri, text: string | undefined): Promise<void> {
    const file = this.fileOf(document);
    if (this.#engine === undefined || (text === undefined && !this.#unsaved.has(file))) return;
    if (text === undefined) this.#unsaved.delete(file);
    else this.#unsaved.add(file);
    try {
      await this.#engine.unsavedText(file, text);
      await this.index({ files: [file] });
    } catch (error) {
      this.#options.log.error(`The unsaved text of ${file} was not taken: ${sentenceOf(error)}`);
    }
  }

  /** Runs `work` with the processor to itself: embedding stops, and goes on afterwards. Words are indexed meanwhile. */
  async withoutEmbedding(work: () => Promise<void>): Promise<void> {
    this.#answering++;
    try {
      await work();
    } finally {
      this.#answering--;
      if (this.#embedLater && this.#answering === 0) {
        this.#embedLater = false;
        void this.index({ everything: true });
      }
    }
  }

  /** Asks again which chip this is; the answer is in the status. */
  async refreshDevice(): Promise<void> {
    try {
      const device = await this.engine.device();
      this.#update({ device });
      for (const problem of [...device.problems, ...device.unreadPacks ?? []]) this.#options.log.warn(problemLine(problem));
    } catch (error) {
      this.#options.log.error(`Device detection failed: ${sentenceOf(error)}`);
    }
  }

  /** Hands changed settings to a running engine; nothing happens when none of them concerns it. */
  async reconfigure(): Promise<void> {
    const changed = this.#options.engineOptions();
    const old = this.#configured;
    if (this.#engine === undefined || old === undefined || JSON.stringify(changed) === JSON.stringify(old)) return;
    this.#configured = changed;
    if (JSON.stringify([changed.exclude, changed.hidden, changed.runIn]) !== JSON.stringify([old.exclude, old.hidden, old.runIn])) {
      await this.restart();
      return;
    }
    try {
      await this.#engine.configure(changed);
    } catch (error) {
      this.#options.log.error(`The engine did not take the new settings: ${sentenceOf(error)}`);
    }
    await this.refreshDevice();
    // Another chip or another embedder: what is indexed has to follow.
    if (this.#status.index !== undefined) await this.index({ everything: true });
  }

  /** Ends the engine and starts a new one. */
  async restart(): Promise<void> {
    const old = this.#engine;
    this.#engine = undefined;
    clearTimeout(this.#takeOver);
    this.#queue.stop();
    await old?.[Symbol.asyncDispose]();
    this.#status = { ...(this.#status.paused === true && { paused: true }) };
    await this.refreshDevice();
    await this.index({ everything: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#takeOver);
    this.#queue.stop();
    await this.#engine?.[Symbol.asyncDispose]();
    this.#engine = undefined;
  }

  #start(): EngineHandle {
    const { workerFile, engineOptions, log } = this.#options;
    log.info(`Starting the engine for ${this.folder.uri.fsPath}`);
    this.#configured = engineOptions();
    const engine = startEngine({ ...this.#configured, workerFile });
    if (engine.notice !== undefined) {
      log.warn(engine.notice);
      this.#status = { ...this.#status, notice: engine.notice };
    }
    // The user's pause outlives the engine.
    if (this.#status.paused === true) void engine.pauseIndexing(true).catch(() => undefined);
    engine.onLog(message => { log.info(message); });
    engine.onCrash(reason => {
      if (this.#engine !== engine) return;
      this.#engine = undefined;
      log.error(reason);
      this.#update({ crash: reason });
    });
    return engine;
  }

  async #runIndex(options: IndexOptions, signal: AbortSignal): Promise<void> {
    const { log } = this.#options;
    clearTimeout(this.#takeOver);
    try {
      let areFactsTold = false;
      for await (const event of this.engine.index({ ...options, first: this.#visibleFiles(), prepareHovers: true, embed: !this.#givesWay() && !this.#isUnsaved(options) }, signal)) {
        if (!areFactsTold && (event.type === 'done' || event.phase === 'embed' || event.root !== undefined)) {
          areFactsTold = true;
          this.#update({ facts: (this.#status.facts ?? 0) + 1 });
        }
        if (event.type === 'done') logReport(log, event.report);
        else if (event.phase === 'embed' && this.#givesWay()) break;
        // A saved file takes milliseconds: showing progress for it would only flicker. Another branch is thousands of them.
        else if (options.files === undefined || event.total > fewFiles) this.#update({ progress: event.total === 0 ? 0 : event.done / event.total, phase: event.phase });
      }
      const index = await this.engine.indexState();
      this.#update({ index, progress: undefined, isReader: false });
      await this.refreshDevice();
    } catch (error) {
      if (signal.aborted) this.#update({ progress: undefined });
      else if (isOtherWriter(error)) this.#read(error);
      else {
        log.error(`Indexing failed: ${sentenceOf(error)}`);
        this.#update({ progress: undefined, isReader: false, index: { status: 'failed', files: 0, chunks: 0, embedded: 0, message: sentenceOf(error) } });
      }
    }
  }

  /** Reads what the other window writes, and tries again later: everything, as what was saved meanwhile is not in the index either. */
  #read(reason: Error): void {
    if (this.#status.isReader !== true) this.#options.log.info(reason.message);
    this.#takeOver = setTimeout(() => { void this.index({ everything: true }); }, takeOverMs);
    this.#update({ progress: undefined, isReader: true, facts: (this.#status.facts ?? 0) + 1 });
  }

  /** What the user looks at is asked about soonest. */
  #visibleFiles(): string[] {
    return [...new Set(vscode.window.visibleTextEditors.filter(({ document }) => document.uri.scheme === 'file').map(({ document }) => this.fileOf(document.uri)))];
  }

  /** What is not saved yet changes again soon: vectors for it would be thrown away. */
  #isUnsaved({ files }: IndexOptions): boolean {
    return files?.every(file => this.#unsaved.has(file)) ?? false;
  }

  /** True while an answer runs; remembers that there is something to catch up on. */
  #givesWay(): boolean {
    this.#embedLater ||= this.#answering > 0;
    return this.#answering > 0;
  }

  #update(change: Partial<FolderStatus>): void {
    this.#status = { ...this.#status, ...change };
    this.#options.onStatus(this);
  }
}

/** Files that are indexed before anyone would read of it. */
const fewFiles = 20;

/** Between two attempts to write an index that another window writes. */
const takeOverMs = 30_000;

/** The failure has come through a message port, which keeps only its sentence. */
function isOtherWriter(error: unknown): error is Error {
  return error instanceof Error && error.message.includes('being written by another Halcyon window');
}

function logReport(log: Log, report: IndexReport): void {
  log.info(`Index: ${report.files} files, ${report.chunks} chunks, ${report.embedded} embedded, ${report.pending} pending, ${report.skipped.length} skipped, ${(report.seconds['total'] ?? 0).toFixed(1)} s`);
  for (const { file, reason } of report.skipped) log.debug(`Not indexed: ${file}: ${reason}`);
  for (const problem of report.problems) log.warn(problemLine(problem));
}
