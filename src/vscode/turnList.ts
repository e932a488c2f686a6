import type { TextChannel } from '../../webview/protocol.ts';
import type { ConversationFiles, ConversationWriter } from './conversationFiles.ts';
import type { KeptTurn, LogRecord } from './conversationLog.ts';

/** The turns of the conversation in use, each change of which is written to its log. */
export interface TurnList {
  readonly id: () => string;
  readonly turns: () => readonly KeptTurn[];
  readonly turn: (id: string) => KeptTurn | undefined;
  /** Goes over to another conversation; rejects when the one before could not be kept. */
  replaceAll(id: string, turns: readonly KeptTurn[]): Promise<void>;
  add(turn: KeptTurn): void;
  change(id: string, change: Partial<KeptTurn>): KeptTurn | undefined;
  /** The length before, or undefined when the turn is gone. */
  append(id: string, channel: TextChannel, text: string): number | undefined;
  reset(id: string, asked: Partial<KeptTurn> | undefined): KeptTurn | undefined;
  remove(ids: readonly string[]): void;
  readonly save: () => Promise<void>;
}

/** Text appended since the last line of the log; a window that is killed in mid-answer loses no more than this. */
const unsavedCharacters = 400;

/** Begins a conversation of its own, which is on disk only once it has a turn. */
export function openTurnList(files: ConversationFiles): TurnList {
  let turns: readonly KeptTurn[] = [];
  const log = openLog(files, () => turns);
  const put = (turn: KeptTurn): KeptTurn => {
    turns = turns.map(each => each.id === turn.id ? turn : each);
    return turn;
  };
  const find = (id: string): KeptTurn | undefined => turns.find(turn => turn.id === id);
  return {
    id: log.id, turns: () => turns, turn: find, save: log.save,
    replaceAll: async (id, replaced) => {
      const closed = log.reopen(id);
      turns = replaced;
      await closed;
    },
    add: turn => {
      turns = [...turns, turn];
      log.write({ type: 'turn', turn });
    },
    ...changesOf({ find, put, log }),
    remove: ids => {
      turns = turns.filter(({ id }) => !ids.includes(id));
      log.write({ type: 'remove', ids });
    },
  };
}

interface Changing {
  readonly find: (id: string) => KeptTurn | undefined;
  readonly put: (turn: KeptTurn) => KeptTurn;
  readonly log: TurnLog;
}

function changesOf({ find, put, log }: Changing): Pick<TurnList, 'change' | 'append' | 'reset'> {
  return {
    change: (id, change) => {
      const old = find(id);
      if (old === undefined) return undefined;
      log.write({ type: 'change', id, change });
      return put({ ...old, ...change });
    },
    append: (id, channel, text) => {
      const old = find(id);
      if (old === undefined) return undefined;
      put({ ...old, [channel]: (old[channel] ?? '') + text });
      log.writeText({ type: 'text', id, channel, text });
      return old[channel]?.length ?? 0;
    },
    reset: (id, asked) => {
      const old = find(id);
      if (old === undefined) return undefined;
      const turn = unanswered(old, asked);
      log.write({ type: 'turn', turn });
      return put(turn);
    },
  };
}

function unanswered({ id, folder, question, references, request }: KeptTurn, asked: Partial<KeptTurn> | undefined): KeptTurn {
  return { folder, question, ...(references !== undefined && { references }), ...(request !== undefined && { request }), evidence: [], dropped: [], text: '', ...asked, id, status: 'waiting' };
}

interface TurnLog {
  readonly id: () => string;
  write(record: LogRecord): void;
  /** Gathers the pieces of a stream: a line for each would be mostly punctuation. */
  writeText(record: Extract<LogRecord, { type: 'text' }>): void;
  reopen(id: string): Promise<void>;
  readonly save: () => Promise<void>;
}

function openLog(files: ConversationFiles, turns: () => readonly KeptTurn[]): TurnLog {
  let writer: ConversationWriter = files.writer(crypto.randomUUID(), turns);
  let gathered: Extract<LogRecord, { type: 'text' }> | undefined;
  const flushText = (): void => {
    if (gathered !== undefined) writer.append(gathered);
    gathered = undefined;
  };
  return {
    id: () => writer.id(),
    write: record => {
      flushText();
      writer.append(record);
    },
    writeText: record => {
      if (gathered?.id !== record.id || gathered.channel !== record.channel) flushText();
      gathered = { ...record, text: (gathered?.text ?? '') + record.text };
      if (gathered.text.length >= unsavedCharacters) flushText();
    },
    reopen: async id => {
      flushText();
      const old = writer;
      writer = files.writer(id, turns);
      await old.close();
    },
    save: async () => {
      flushText();
      await writer.flush();
    },
  };
}
