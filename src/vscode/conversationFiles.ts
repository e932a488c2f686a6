import fs from 'node:fs/promises';
import path from 'node:path';
import { logLine, readLog, titleOf, type KeptTurn, type LoggedConversation, type LogRecord } from './conversationLog.ts';

/** A conversation in a list. */
export interface ConversationSummary {
  readonly id: string;
  readonly title: string;
  readonly modifiedMs: number;
  /** All that was asked and answered, for searching. */
  readonly text: string;
  readonly turns: number;
}

/** The conversations of one workspace on disk: each a folder with a log that only grows and the lock of its one writer. */
export interface ConversationFiles {
  read(id: string): Promise<LoggedConversation | undefined>;
  /** Those with turns, the last written first. */
  list(): Promise<ConversationSummary[]>;
  rename(id: string, title: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** The right to write; when another window has it, the log goes on in a copy with an id of its own. */
  writer(id: string, turns: () => readonly KeptTurn[]): ConversationWriter;
}

/** Appends to one conversation's log. */
export interface ConversationWriter {
  /** The conversation that is written; settled once the first line is. */
  id(): string;
  append(record: LogRecord): void;
  /** Rejects with the first failure since the last call. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

const logName = 'log.jsonl';

/** Touches no disk before it is asked to. */
export function openConversationFiles(folder: string): ConversationFiles {
  const logFile = (id: string): string => path.join(folder, safeId(id), logName);
  const read = async (id: string): Promise<LoggedConversation | undefined> => readFile(logFile(id));
  return {
    read,
    list: async () => {
      const names = await fs.readdir(folder).catch(() => []);
      const all = await Promise.all(names.map(async id => summaryOf(id, await read(id), await fs.stat(logFile(id)).catch(() => undefined))));
      return all.filter(summary => summary !== undefined).toSorted((a, b) => b.modifiedMs - a.modifiedMs);
    },
    rename: async (id, title) => { await appendLine(logFile(id), { type: 'title', title }); },
    remove: async id => { await fs.rm(path.join(folder, safeId(id)), { recursive: true, force: true }); },
    writer: (id, turns) => openWriter(folder, id, turns),
  };
}

/** Every word has to be somewhere in the conversation. */
export function matching(all: readonly ConversationSummary[], query: string): ConversationSummary[] {
  const words = query.toLowerCase().split(/\s+/).filter(word => word !== '');
  return all.filter(({ title, text }) => words.every(word => title.toLowerCase().includes(word) || text.toLowerCase().includes(word)));
}

function openWriter(folder: string, wanted: string, turns: () => readonly KeptTurn[]): ConversationWriter {
  let id = wanted;
  let lock: Disposable | undefined;
  let failure: unknown;
  let queue: Promise<void> = Promise.resolve();
  const open = async (): Promise<void> => {
    await fs.mkdir(path.join(folder, id), { recursive: true });
    // Loaded with the first line: activation must not pay for it.
    const { WriterLock } = await import('../node/writerLock.ts');
    lock = WriterLock.tryAcquire(path.join(folder, id));
    if (lock !== undefined) return;
    id = crypto.randomUUID();
    await fs.mkdir(path.join(folder, id), { recursive: true });
    lock = WriterLock.tryAcquire(path.join(folder, id));
    const title = (await readFile(path.join(folder, wanted, logName)))?.title;
    if (title !== undefined) await appendLine(path.join(folder, id, logName), { type: 'title', title });
    for (const turn of turns()) await appendLine(path.join(folder, id, logName), { type: 'turn', turn });
  };
  const enqueue = (work: () => Promise<void>): void => { queue = queue.then(work).catch((error: unknown) => { failure ??= error; }); };
  const flush = async (): Promise<void> => {
    await queue;
    const failed = failure;
    failure = undefined;
    if (failed !== undefined) throw failed instanceof Error ? failed : new Error('The conversation could not be written.');
  };
  return {
    id: () => id, flush,
    append: record => {
      enqueue(async () => {
        if (lock === undefined) await open();
        await appendLine(path.join(folder, id, logName), record);
      });
    },
    close: async () => {
      await flush().finally(() => {
        lock?.[Symbol.dispose]();
        lock = undefined;
      });
    },
  };
}

async function readFile(file: string): Promise<LoggedConversation | undefined> {
  const text = await fs.readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : readLog(text);
}

/** A window that was killed may have left half a line: the next one begins on a line of its own. */
async function appendLine(file: string, record: LogRecord): Promise<void> {
  await using handle = await fs.open(file, 'a+');
  const { size } = await handle.stat();
  const last = size === 0 ? '\n' : (await handle.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString('latin1');
  await handle.appendFile((last === '\n' ? '' : '\n') + logLine(record));
}

function summaryOf(id: string, conversation: LoggedConversation | undefined, status: { readonly mtimeMs: number } | undefined): ConversationSummary | undefined {
  if (conversation === undefined || status === undefined || conversation.turns.length === 0) return undefined;
  const text = conversation.turns.map(turn => `${turn.question}\n${turn.text}`).join('\n');
  return { id, title: titleOf(conversation), modifiedMs: status.mtimeMs, text, turns: conversation.turns.length };
}

/** Ids come from the page too: none may leave the folder. */
function safeId(id: string): string {
  return /^[\w-]{1,64}$/.test(id) ? id : '-';
}
