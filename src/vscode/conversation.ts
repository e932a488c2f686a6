import type { TextChannel } from '../../webview/protocol.ts';
import type { ConversationFiles } from './conversationFiles.ts';
import { isTurn, settled, type KeptTurn } from './conversationLog.ts';
import { openTurnList, type TurnList } from './turnList.ts';

/** What changed: a turn, text appended to one, turns taken out, or everything. */
export type ConversationChange =
  | { readonly type: 'turn'; readonly turn: KeptTurn }
  | { readonly type: 'text'; readonly turnId: string; readonly channel: TextChannel; readonly at: number; readonly text: string }
  | { readonly type: 'removed'; readonly ids: readonly string[] }
  | { readonly type: 'replaced' };

/** A turn before it has its answer. */
export type NewTurn = Pick<KeptTurn, 'folder' | 'question'> & Partial<KeptTurn>;

/** The turns of one workspace's chat; they outlive the page and the window. */
export interface Conversation {
  id(): string;
  turns(): readonly KeptTurn[];
  turn(id: string): KeptTurn | undefined;
  /** Adds a turn that waits for its answer and returns its id. */
  begin(turn: NewTurn): string;
  /** Changes a turn; ignored once it is gone. */
  change(id: string, change: Partial<Omit<KeptTurn, 'id'>>): void;
  append(id: string, channel: TextChannel, text: string): void;
  /** The turn as it was before it had an answer, with another question where one is given. */
  reset(id: string, asked?: NewTurn): void;
  remove(ids: readonly string[]): void;
  /** Leaves this conversation where it is and begins another; settles when nothing more is written to the one before. */
  startNew(): Promise<void>;
  /** Shows a kept conversation; false when it is not there. */
  open(id: string): Promise<boolean>;
  onChange(listener: (change: ConversationChange) => void): void;
  /** Waits for what is being written. */
  save(): Promise<void>;
}

/** Where the id of the conversation in use is kept; `vscode.Memento` fits. */
export interface ConversationMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

/** What a conversation is given. */
export interface ConversationOptions {
  readonly files: ConversationFiles;
  readonly memory: ConversationMemory;
  readonly onFailure: (error: unknown) => void;
}

const memoryKey = 'halcyon.conversation';

/** Begins with nothing; `restore` brings the conversation that was last in use. */
export function openConversation({ files, memory, onFailure }: ConversationOptions): Conversation & { restore(): Promise<void> } {
  const listeners: ((change: ConversationChange) => void)[] = [];
  const tell = (change: ConversationChange): void => { for (const listener of listeners) listener(change); };
  const tellTurn = (turn: KeptTurn | undefined): void => { if (turn !== undefined) tell({ type: 'turn', turn }); };
  const list = openTurnList(files);
  const use = async (id: string, turns: readonly KeptTurn[]): Promise<void> => {
    const closed = list.replaceAll(id, turns).catch(onFailure);
    void memory.update(memoryKey, id);
    tell({ type: 'replaced' });
    await closed;
  };
  const open = async (id: string): Promise<boolean> => {
    const kept = await files.read(id);
    if (kept !== undefined) await use(id, kept.turns);
    return kept !== undefined;
  };
  return {
    id: list.id, turns: list.turns, open, turn: list.turn, save: list.save,
    begin: begun => {
      const turn: KeptTurn = { status: 'waiting', evidence: [], dropped: [], text: '', ...begun, id: crypto.randomUUID() };
      list.add(turn);
      if (memory.get(memoryKey) !== list.id()) void memory.update(memoryKey, list.id());
      tellTurn(turn);
      return turn.id;
    },
    change: (id, change) => { tellTurn(list.change(id, change)); },
    append: (id, channel, text) => {
      const at = list.append(id, channel, text);
      if (at !== undefined) tell({ type: 'text', turnId: id, channel, at, text });
    },
    reset: (id, asked) => { tellTurn(list.reset(id, asked)); },
    remove: ids => {
      list.remove(ids);
      tell({ type: 'removed', ids });
    },
    startNew: async () => use(crypto.randomUUID(), []),
    onChange: listener => { listeners.push(listener); },
    restore: async () => { await restore(memory.get(memoryKey), { open, use, list }); },
  };
}

/** Before conversations had files, the one there was lay in the memory itself. */
async function restore(remembered: unknown, { open, use, list }: { readonly open: Conversation['open']; readonly use: (id: string, turns: readonly KeptTurn[]) => Promise<void>; readonly list: TurnList }): Promise<void> {
  if (typeof remembered === 'string') await open(remembered);
  if (!Array.isArray(remembered) || remembered.length === 0) return;
  await use(crypto.randomUUID(), []);
  for (const turn of remembered.filter(isTurn).map(settled)) list.add(turn);
}
