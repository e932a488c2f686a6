import type { Turn } from '../../webview/protocol.ts';

/** Where a conversation is kept between windows; `vscode.Memento` fits. */
export interface ConversationStore {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

/** What changed: a turn, text appended to one, or everything. */
export type ConversationChange =
  | { readonly type: 'turn'; readonly turn: Turn }
  | { readonly type: 'text'; readonly turnId: string; readonly at: number; readonly text: string }
  | { readonly type: 'cleared' };

/** The turns of one workspace's chat; they outlive the page and the window. */
export interface Conversation {
  turns(): readonly Turn[];
  /** Adds a turn that waits for its answer and returns its id. */
  begin(folder: string, question: string): string;
  /** Changes a turn; ignored once the conversation was cleared. */
  change(id: string, change: Partial<Omit<Turn, 'id'>>): void;
  appendText(id: string, text: string): void;
  clear(): void;
  onChange(listener: (change: ConversationChange) => void): void;
  /** Writes what was not written yet. */
  save(): Promise<void>;
}

const storeKey = 'halcyon.conversation';
/** Older turns are dropped from the store: it is one JSON value in the editor's database. */
const keptTurns = 50;
/** Text appended since the last write; a window that is closed in mid-answer loses no more than this. */
const unsavedCharacters = 400;

/** Restores the conversation of the store; an answer that was cut off by closing the window counts as stopped. */
export function openConversation(store: ConversationStore): Conversation {
  const listeners: ((change: ConversationChange) => void)[] = [];
  const tell = (change: ConversationChange): void => {
    for (const listener of listeners) listener(change);
  };
  const list = openTurnList(store);
  return {
    turns: list.turns,
    begin: (folder, question) => {
      const turn: Turn = { id: crypto.randomUUID(), folder, question, status: 'waiting', evidence: [], dropped: [], text: '' };
      list.add(turn);
      tell({ type: 'turn', turn });
      return turn.id;
    },
    change: (id, change) => {
      const turn = list.replace(id, () => change);
      if (turn === undefined) return;
      tell({ type: 'turn', turn });
      void list.save();
    },
    appendText: (id, text) => {
      const turn = list.replace(id, old => ({ text: old.text + text }));
      if (turn === undefined) return;
      tell({ type: 'text', turnId: id, at: turn.text.length - text.length, text });
      list.grew(text.length);
    },
    clear: () => {
      list.clear();
      tell({ type: 'cleared' });
    },
    onChange: listener => { listeners.push(listener); },
    save: list.save,
  };
}

interface TurnList {
  readonly turns: () => readonly Turn[];
  add(turn: Turn): void;
  replace(id: string, change: (old: Turn) => Partial<Turn>): Turn | undefined;
  clear(): void;
  /** Saves once enough text has been appended. */
  grew(characters: number): void;
  readonly save: () => Promise<void>;
}

function openTurnList(store: ConversationStore): TurnList {
  let turns = restored(store.get(storeKey));
  let unsaved = 0;
  const save = async (): Promise<void> => {
    unsaved = 0;
    await store.update(storeKey, turns.slice(-keptTurns));
  };
  return {
    turns: () => turns,
    add: turn => {
      turns = [...turns, turn];
      void save();
    },
    replace: (id, change) => {
      const old = turns.find(turn => turn.id === id);
      if (old === undefined) return undefined;
      const changed = { ...old, ...change(old) };
      turns = turns.map(turn => turn === old ? changed : turn);
      return changed;
    },
    clear: () => {
      turns = [];
      void save();
    },
    grew: characters => {
      unsaved += characters;
      if (unsaved >= unsavedCharacters) void save();
    },
    save,
  };
}

/** The store may hold anything: another version of the extension may have written it. */
function restored(value: unknown): readonly Turn[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isTurn).map(turn => turn.status === 'waiting' || turn.status === 'streaming' ? { ...turn, status: 'stopped' } : turn);
}

function isTurn(value: unknown): value is Turn {
  return typeof value === 'object' && value !== null
    && 'id' in value && typeof value.id === 'string'
    && 'folder' in value && typeof value.folder === 'string'
    && 'question' in value && typeof value.question === 'string'
    && 'text' in value && typeof value.text === 'string'
    && 'status' in value && typeof value.status === 'string'
    && 'evidence' in value && Array.isArray(value.evidence)
    && 'dropped' in value && Array.isArray(value.dropped);
}
