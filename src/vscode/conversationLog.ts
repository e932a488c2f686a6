import type { TextChannel, Turn } from '../../webview/protocol.ts';
import { jsonLines } from '../core/index.ts';
import { isTurnRequest, type TurnRequest } from './turnRequest.ts';

/** A turn with what was asked of the engine. */
export type KeptTurn = Turn & { readonly request?: TurnRequest };

/** One line of a conversation's log, which only grows: what happened to the conversation. */
export type LogRecord =
  | { readonly type: 'title'; readonly title: string }
  | { readonly type: 'turn'; readonly turn: KeptTurn }
  | { readonly type: 'change'; readonly id: string; readonly change: Partial<KeptTurn> }
  | { readonly type: 'text'; readonly id: string; readonly channel: TextChannel; readonly text: string }
  | { readonly type: 'remove'; readonly ids: readonly string[] };

/** A conversation as its log tells it. */
export interface LoggedConversation {
  readonly title?: string;
  readonly turns: readonly KeptTurn[];
  /** Lines that could not be read: the last one of a window that was killed, as a rule. */
  readonly unreadLines: number;
}

/** A record as a line of the log. */
export function logLine(record: LogRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/** Replays a log. Any text gives a conversation; an answer that was cut off by closing the window counts as stopped. */
export function readLog(text: string): LoggedConversation {
  const turns = new Map<string, KeptTurn>();
  let title: string | undefined;
  let unreadLines = 0;
  for (const { value } of jsonLines(text)) {
    if (!isRecord(value)) unreadLines++;
    else if (value.type === 'title') title = value.title;
    else applyRecord(turns, value);
  }
  return { ...(title !== undefined && { title }), turns: [...turns.values()].map(settled), unreadLines };
}

/** What a list calls a conversation: its own title, or its first question. */
export function titleOf({ title, turns }: Pick<LoggedConversation, 'title' | 'turns'>): string {
  const words = (title ?? turns[0]?.question ?? '').replace(/\s+/g, ' ').trim();
  return words.length > 80 ? `${words.slice(0, 79)}…` : words;
}

/** A turn that no window is writing any more. */
export function settled(turn: KeptTurn): KeptTurn {
  return turn.status === 'waiting' || turn.status === 'streaming' || turn.status === 'queued' ? { ...turn, status: 'stopped', ...(turn.text !== '' && { canContinue: true }) } : turn;
}

/** Whether a value of unknown origin is a turn: another version of the extension may have written it. */
export function isTurn(value: unknown): value is KeptTurn {
  return typeof value === 'object' && value !== null
    && ['id', 'folder', 'question', 'text', 'status'].every(name => typeof (value as Readonly<Record<string, unknown>>)[name] === 'string')
    && 'evidence' in value && Array.isArray(value.evidence)
    && 'dropped' in value && Array.isArray(value.dropped)
    && (!('request' in value) || isTurnRequest(value.request));
}

function applyRecord(turns: Map<string, KeptTurn>, record: Exclude<LogRecord, { type: 'title' }>): void {
  if (record.type === 'turn') turns.set(record.turn.id, record.turn);
  else if (record.type === 'remove') for (const id of record.ids) turns.delete(id);
  else {
    const turn = turns.get(record.id);
    if (turn === undefined) return;
    const changed = record.type === 'change' ? { ...turn, ...record.change } : { ...turn, [record.channel]: (turn[record.channel] ?? '') + record.text };
    if (isTurn(changed)) turns.set(turn.id, changed);
  }
}

function isRecord(value: unknown): value is LogRecord {
  if (typeof value !== 'object' || value === null) return false;
  const given = value as Readonly<Record<string, unknown>>;
  switch (given['type']) {
    case 'title': return typeof given['title'] === 'string';
    case 'turn': return isTurn(given['turn']);
    case 'change': return typeof given['id'] === 'string' && typeof given['change'] === 'object' && given['change'] !== null;
    case 'text': return typeof given['id'] === 'string' && typeof given['text'] === 'string' && (given['channel'] === 'text' || given['channel'] === 'thinking');
    case 'remove': return Array.isArray(given['ids']);
    default: return false;
  }
}
