import type { AnswerEvent } from '../core/index.ts';
import { answerTurn } from './answerTurn.ts';
import type { Conversation, NewTurn } from './conversation.ts';
import type { KeptTurn } from './conversationLog.ts';
import type { RequestState, TurnRequest } from './turnRequest.ts';

/** A question with what it asks of the engine. */
export type AskedTurn = NewTurn & { readonly request: TurnRequest };

/** Answers one turn after the other. */
export interface ChatRunner {
  /** Asked now, or when the answers before it are finished. */
  submit(turn: AskedTurn): Promise<void>;
  /** Asked at once: what is being written stops there, and what waits goes on waiting. */
  submitNow(turn: AskedTurn): Promise<void>;
  stop(): void;
  regenerate(id: string): Promise<void>;
  /** Lets a broken answer go on. */
  goOn(id: string): Promise<void>;
  /** A changed question takes the turn's place, and what came after it goes; of one that waits, only the words change. */
  edit(id: string, changed: AskedTurn): Promise<void>;
  /** Takes a question back that still waits. */
  withdraw(id: string): void;
  /** Stops, and forgets what waits. */
  stopAll(): void;
}

/** What the runner needs. */
export interface ChatRunnerOptions {
  readonly conversation: Conversation;
  /** Asks the engine of the turn's folder; throws the reason when there is none. */
  readonly ask: (turn: KeptTurn, request: TurnRequest, state: Omit<RequestState, 'unsavedText' | 'reported'>, signal: AbortSignal) => AsyncIterable<AnswerEvent>;
  /** Wraps each answer. */
  readonly around: (turn: KeptTurn, work: () => Promise<void>) => Promise<void>;
}

/** Starts nothing by itself. */
export function createChatRunner(options: ChatRunnerOptions): ChatRunner {
  const { conversation } = options;
  const lane = createLane(options);
  return {
    submit: async turn => {
      const isFree = lane.running() === undefined;
      const id = conversation.begin({ ...turn, status: isFree ? 'waiting' : 'queued' });
      if (isFree) await lane.runNow(id);
    },
    submitNow: async turn => { await lane.runNow(conversation.begin({ ...turn, status: 'waiting' })); },
    stop: lane.stop,
    regenerate: async id => {
      if (lane.running() === id) await lane.ended();
      conversation.reset(id);
      await lane.runNow(id);
    },
    goOn: async id => { await lane.runNow(id, conversation.turn(id)?.text); },
    edit: async (id, changed) => {
      if (conversation.turn(id)?.status === 'queued') {
        conversation.change(id, changed);
        return;
      }
      const after = conversation.turns().slice(conversation.turns().findIndex(turn => turn.id === id));
      const isConcerned = (): boolean => after.some(turn => turn.id === lane.running());
      conversation.remove(after.slice(1).map(turn => turn.id));
      while (isConcerned()) await lane.ended();
      conversation.reset(id, changed);
      await lane.runNow(id);
    },
    withdraw: id => { if (conversation.turn(id)?.status === 'queued') conversation.remove([id]); },
    stopAll: () => {
      for (const { id, status } of conversation.turns()) if (status === 'queued') conversation.change(id, { status: 'stopped' });
      lane.stop();
    },
  };
}

/** What runs, one at a time. */
interface Lane {
  /** Id of the turn that is being answered. */
  running(): string | undefined;
  readonly stop: () => void;
  /** Stops, and waits until it has. */
  ended(): Promise<void>;
  /** Stops what runs, answers this turn, and then those that wait. */
  runNow(id: string, soFar?: string): Promise<void>;
}

function createLane({ conversation, ask, around }: ChatRunnerOptions): Lane {
  /** Turns that go before those that wait. */
  let urgent = 0;
  let running: { readonly id: string; readonly stop: AbortController; readonly done: Promise<void> } | undefined;
  const run = async (id: string, soFar?: string): Promise<void> => {
    const turn = conversation.turn(id);
    const { request } = turn ?? {};
    if (turn === undefined || request === undefined) return;
    const stop = new AbortController();
    conversation.change(id, { status: 'waiting', canContinue: false });
    const state = { history: historyBefore(conversation, id), ...(soFar !== undefined && { soFar }) };
    const done = around(turn, async () => answerTurn(conversation, id, deferred(() => ask(turn, request, state, stop.signal)), stop.signal));
    running = { id, stop, done };
    await done.catch(() => undefined);
    running = undefined;
  };
  const next = async (): Promise<void> => {
    for (;;) {
      const queued = conversation.turns().find(({ status }) => status === 'queued');
      if (queued === undefined || running !== undefined || urgent > 0) return;
      await run(queued.id);
    }
  };
  const ended = async (): Promise<void> => {
    running?.stop.abort();
    await running?.done.catch(() => undefined);
  };
  return {
    ended, running: () => running?.id, stop: () => { running?.stop.abort(); },
    runNow: async (id, soFar) => {
      urgent++;
      while (running !== undefined) await ended();
      urgent--;
      await run(id, soFar);
      await next();
    },
  };
}

/** Starting the engine may already throw: then the turn fails, not the command. */
async function* deferred(start: () => AsyncIterable<AnswerEvent>): AsyncGenerator<AnswerEvent> {
  yield* start();
}

function historyBefore(conversation: Conversation, id: string): RequestState['history'] {
  const turns = conversation.turns();
  return turns.slice(0, turns.findIndex(turn => turn.id === id)).filter(({ status, text }) => (status === 'done' || status === 'stopped') && text !== '').flatMap(turn => [
    { role: 'user' as const, text: turn.question },
    { role: 'assistant' as const, text: turn.text },
  ]);
}
