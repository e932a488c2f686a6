import type { CardDialog } from './cardDialog.ts';
import { element, icon } from './dom.ts';
import { texts } from './page.ts';
import type { RecentConversation, TextChannel, Turn } from './protocol.ts';
import { emptyState } from './emptyState.ts';
import { createTurnView, isRunning, type TurnView } from './turnView.ts';

/** The list of turns. */
export interface ConversationView {
  readonly root: HTMLElement;
  /** Where a screen reader hears that an answer has begun, ended or failed; the stream itself would drown it. */
  readonly liveRegion: HTMLElement;
  replace(turns: readonly Turn[], recent: readonly RecentConversation[]): void;
  update(turn: Turn): void;
  remove(ids: readonly string[]): void;
  /** False when text before this piece is missing. */
  append(piece: Piece): boolean;
}

interface Piece {
  readonly turnId: string;
  readonly channel: TextChannel;
  readonly at: number;
  readonly text: string;
}

/** What the list is given. */
export interface ConversationViewOptions {
  readonly cards: CardDialog;
  readonly onExample: (question: string) => void;
  readonly onChange: (state: { readonly isEmpty: boolean; readonly isRunning: boolean }) => void;
}

/** Distance from the end, in pixels, within which the list follows the stream. */
const followDistance = 60;

/** Builds the list; text that streams in is drawn once a frame. */
export function createConversationView({ cards, onExample, onChange }: ConversationViewOptions): ConversationView {
  const root = element('div', { class: 'conversation', attributes: { role: 'region', tabindex: '-1', 'aria-label': texts.conversation } });
  const toEnd = toEndButton(root);
  const liveRegion = createLiveRegion();
  const entries = new Map<string, Entry>();
  const drawing = createDrawing(root, toEnd, entries);
  const add = (turn: Turn): HTMLElement => {
    const view = createTurnView(turn, cards);
    if (entries.size === 0) root.replaceChildren(view.root);
    else root.append(view.root);
    entries.set(turn.id, { turn, view });
    return view.root;
  };
  const tell = (): void => { onChange({ isEmpty: entries.size === 0, isRunning: anyRunning(entries) }); };
  return {
    liveRegion, root: element('div', { class: 'conversation-frame' }, root, toEnd),
    replace: (turns, recent) => {
      entries.clear();
      root.replaceChildren(emptyState(recent, onExample));
      for (const turn of turns) add(turn);
      drawing.showEnd();
      tell();
    },
    update: turn => {
      const entry = entries.get(turn.id);
      if (entry === undefined) drawing.showTop(add(turn));
      else change(entry, turn, { drawing, liveRegion });
      tell();
    },
    remove: ids => {
      drop(ids, entries);
      tell();
    },
    append: piece => {
      if (!grow(entries.get(piece.turnId), piece)) return false;
      drawing.drawSoon(piece.turnId);
      return true;
    },
  };
}

interface Entry {
  turn: Turn;
  readonly view: TurnView;
}

function toEndButton(root: HTMLElement): HTMLElement {
  return element('button', { class: 'to-end', attributes: { type: 'button', title: texts.toEnd, 'aria-label': texts.toEnd }, onClick: () => { root.scrollTop = root.scrollHeight; } }, icon('arrow-down'));
}

function drop(ids: readonly string[], entries: Map<string, Entry>): void {
  for (const id of ids) {
    entries.get(id)?.view.root.remove();
    entries.delete(id);
  }
}

function grow(entry: Entry | undefined, { channel, at, text }: Piece): boolean {
  if (entry === undefined || (entry.turn[channel] ?? '').length !== at) return false;
  entry.turn = { ...entry.turn, [channel]: (entry.turn[channel] ?? '') + text };
  return true;
}

function anyRunning(entries: ReadonlyMap<string, Entry>): boolean {
  return [...entries.values()].some(({ turn }) => isRunning(turn));
}

/** Facts are shown at once and read from their top; anything else is drawn with the next frame. */
function change(entry: Entry, turn: Turn, { drawing, liveRegion }: { readonly drawing: Drawing; readonly liveRegion: HTMLElement }): void {
  announce(liveRegion, entry.turn, turn);
  const gainsFacts = entry.turn.dossier !== turn.dossier;
  entry.turn = turn;
  if (gainsFacts) {
    entry.view.update(turn);
    drawing.showTop(entry.view.root);
  } else drawing.drawSoon(turn.id);
}

interface Drawing {
  /** Draws the turn with the next frame; a reader at the end of the list stays there. */
  drawSoon(id: string): void;
  showEnd(): void;
  /** Scrolls to the top of a turn; what does not fit below it waits for the reader. */
  showTop(turn: HTMLElement): void;
}

function createDrawing(root: HTMLElement, toEnd: HTMLElement, entries: ReadonlyMap<string, Entry>): Drawing {
  const stale = new Set<string>();
  let following = true;
  toEnd.hidden = true;
  const followEnd = (): void => { if (following && entries.size > 0) root.scrollTop = root.scrollHeight; };
  const noticePosition = (): void => {
    following = root.scrollHeight - root.scrollTop - root.clientHeight < followDistance;
    toEnd.hidden = following;
  };
  root.addEventListener('scroll', noticePosition);
  // A notice that appears below takes room away from the list.
  new ResizeObserver(followEnd).observe(root);
  const draw = (): void => {
    for (const id of stale) {
      const entry = entries.get(id);
      entry?.view.update(entry.turn);
    }
    stale.clear();
    followEnd();
    noticePosition();
  };
  return {
    drawSoon: id => {
      if (stale.size === 0) requestAnimationFrame(draw);
      stale.add(id);
    },
    showEnd: () => {
      root.scrollTop = entries.size === 0 ? 0 : root.scrollHeight;
      noticePosition();
    },
    showTop: turn => {
      root.scrollTop = turn.offsetTop;
      noticePosition();
    },
  };
}

function createLiveRegion(): HTMLElement {
  return element('div', { class: 'hidden', attributes: { role: 'status', 'aria-live': 'polite' } });
}

function announce(liveRegion: HTMLElement, before: Turn, now: Turn): void {
  if (before.status === now.status) return;
  const words = { queued: texts.queued, waiting: texts.waiting, streaming: '', done: texts.finished, stopped: texts.stopped, failed: `${texts.failed}: ${now.failure?.message ?? ''}` };
  liveRegion.textContent = words[now.status];
}
