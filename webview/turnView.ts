import type { CardDialog } from './cardDialog.ts';
import { addCodeActions } from './codeBlocks.ts';
import { collapsible, element, icon } from './dom.ts';
import { renderMarkdown, replaceInText } from './markdown.ts';
import { placeMarks, withPlaceholders } from './marks.ts';
import { send, texts } from './page.ts';
import type { EvidenceItem, Turn } from './protocol.ts';
import { runButton } from './situationView.ts';
import { actionsOf, questionOf } from './turnActions.ts';
import { checksOf, evidenceOf, open, referencesOf, sourcesOf, type InFolder } from './turnEvidence.ts';

/** One turn on the page. */
export interface TurnView {
  readonly root: HTMLElement;
  update(turn: Turn): void;
}

/** A place in a file as facts and models write it: `src/uart.c:42`. */
const placePattern = /(?<![\w/.-])((?:[\w.-]+\/)*[\w-]+\.(?:c|h|cc|cpp|cxx|hpp|hh|ino|s|S|asm|ld|dts|dtsi|md|ini|txt)):(\d+)/;

/** Builds the view of a turn; every part is rebuilt only when what it shows has changed. */
export function createTurnView(turn: Turn, cards: CardDialog): TurnView {
  const slots = { question: slot(), references: slot(), facts: slot(), thinking: slot(), body: slot('answer markdown'), failure: slot(), sources: slot(), checks: slot(), evidence: slot(), status: slot('turn-status'), actions: slot('turn-actions') };
  const root = element('article', { class: 'turn', attributes: { 'aria-label': turn.question, 'data-turn': turn.id } },
    ...Object.values(slots));
  const shown = new Map<HTMLElement, string>();
  const fill = (target: HTMLElement, input: unknown, build: () => readonly (Node | string | undefined)[]): void => {
    const key = JSON.stringify([input]);
    if (shown.get(target) === key) return;
    shown.set(target, key);
    target.replaceChildren(...build().filter(node => node !== undefined));
  };
  const update = (now: Turn): void => {
    root.dataset['status'] = now.status;
    root.setAttribute('aria-busy', String(isRunning(now)));
    fill(slots.question, now.question, () => questionOf(now));
    fill(slots.references, now.references, () => [referencesOf(now, cards)]);
    fill(slots.facts, now.dossier, () => now.dossier === undefined ? [] : [collapsible(texts.facts, factsOf(now.folder, now.dossier), { open: true, class: 'facts' })]);
    fill(slots.thinking, [now.thinking, now.text === ''], () => [thinkingOf(now, slots.thinking)]);
    fill(slots.body, [now.text, now.checked], () => [bodyOf(now, cards)]);
    fill(slots.failure, now.failure, () => [failureOf(now)]);
    fill(slots.sources, now.checked?.citations, () => [sourcesOf(now, cards)]);
    fill(slots.checks, now.checked?.findings, () => [checksOf(now)]);
    fill(slots.evidence, [now.evidence, now.dropped, now.checked?.promptTokens], () => [evidenceOf(now, cards)]);
    fill(slots.actions, [now.status, now.text === '', now.canContinue, now.feedback], () => actionsOf(now));
    fill(slots.status, [now.status, now.checked?.notes, now.checked?.figures], () => statusOf(now));
  };
  update(turn);
  return { root, update };
}

/** A turn whose answer is not finished. */
export function isRunning(turn: Turn): boolean {
  return turn.status === 'waiting' || turn.status === 'streaming';
}

function slot(className = ''): HTMLElement {
  return element('div', { class: className });
}

/** Folded, and open only while there is nothing else to read; a reader's own choice stays. */
function thinkingOf({ thinking, text }: Turn, before: HTMLElement): Node | undefined {
  if (thinking === undefined || thinking.trim() === '') return undefined;
  const body = element('div', { class: 'section-body markdown' }, renderMarkdown(thinking));
  return collapsible(texts.thinking, body, { open: before.querySelector('details')?.open ?? false, class: text === '' ? 'thinking running' : 'thinking' });
}

function factsOf(folder: string, markdown: string): HTMLElement {
  const body = element('div', { class: 'section-body markdown' }, renderMarkdown(markdown));
  linkPlaces(body, folder);
  return body;
}

function bodyOf(turn: Turn, cards: CardDialog): DocumentFragment {
  const findings = turn.checked?.findings ?? [];
  const body = renderMarkdown(withPlaceholders(turn.text, findings));
  placeMarks(body, findings);
  // `PINCFG[1]` is an array element of the code, not a citation.
  replaceInText(body, /(?<![\w\])>])\[(\d+)\]/, match => {
    const cited = turn.evidence.find(({ id }) => id === Number(match[1]));
    return cited === undefined ? undefined : referenceOf({ ...cited, folder: turn.folder }, cards);
  });
  linkPlaces(body, turn.folder);
  addCodeActions(body, turn.id);
  return body;
}

function linkPlaces(root: DocumentFragment | Element, folder: string): void {
  replaceInText(root, placePattern, ([text, file = '', line]) => placeLink(text, { folder, file, line: Number(line) }));
}

/** A link and not a button, because only a link breaks over lines like the text around it. */
function placeLink(text: string, place: { readonly folder: string; readonly file: string; readonly line: number }): HTMLElement {
  return element('a', {
    class: 'place', text, attributes: { href: '#' },
    onClick: event => {
      event.preventDefault();
      // The editor's own listener would take the link for a jump to the top.
      event.stopPropagation();
      send({ type: 'openPlace', ...place });
    },
  });
}

function referenceOf(item: InFolder<EvidenceItem>, cards: CardDialog): HTMLElement {
  return element('button', { class: 'reference', text: String(item.id), attributes: { type: 'button', title: item.title, 'aria-label': `${texts.sources} ${item.id}: ${item.title}` }, onClick: () => { open(item, cards); } });
}

function failureOf(turn: Turn): Node | undefined {
  if (turn.failure === undefined) return undefined;
  const { message, remedy } = turn.failure;
  // What a button mends is no disaster.
  const kind = remedy === undefined ? 'error' : 'warning';
  return element('div', { class: `notice ${kind}`, attributes: { role: 'alert' } }, icon(kind), element('div', {}, element('p', { text: message }), remedy === undefined ? undefined : runButton(remedy)));
}

function statusOf(turn: Turn): (Node | string | undefined)[] {
  const notes = (turn.checked?.notes ?? []).map(note => element('div', { class: 'note' }, icon('info'), element('span', { text: note })));
  if (turn.status === 'queued') return [icon('clock'), element('span', { text: texts.queued })];
  if (turn.status === 'waiting') return [element('vscode-progress-ring', { attributes: { 'aria-hidden': 'true' } }), element('span', { text: texts.waiting })];
  if (turn.status === 'stopped') return [...notes, element('div', { class: 'note' }, icon('circle-slash'), element('span', { text: texts.stopped }))];
  return [...notes, turn.checked === undefined ? undefined : element('div', { class: 'figures', text: turn.checked.figures })];
}
