import type { CardDialog } from './cardDialog.ts';
import { chip, collapsible, element, icon } from './dom.ts';
import { renderMarkdown, replaceInText } from './markdown.ts';
import { countsOf, findingRow, placeMarks, withPlaceholders } from './marks.ts';
import { send, texts } from './page.ts';
import type { CitationItem, EvidenceItem, Turn } from './protocol.ts';
import { runButton } from './situationView.ts';

/** One turn on the page. */
export interface TurnView {
  readonly root: HTMLElement;
  update(turn: Turn): void;
}

/** Something whose file or register is the folder's. */
type InFolder<T> = T & { readonly folder: string };

/** A place in a file as facts and models write it: `src/uart.c:42`. */
const placePattern = /(?<![\w/.-])((?:[\w.-]+\/)*[\w-]+\.(?:c|h|cc|cpp|cxx|hpp|hh|ino|s|S|asm|ld|dts|dtsi|md|ini|txt)):(\d+)/;

/** Builds the view of a turn; every part is rebuilt only when what it shows has changed. */
export function createTurnView(turn: Turn, cards: CardDialog): TurnView {
  const slots = { facts: slot(), body: slot('answer markdown'), failure: slot(), sources: slot(), checks: slot(), evidence: slot(), status: slot('turn-status') };
  const root = element('article', { class: 'turn', attributes: { 'aria-label': turn.question, 'data-turn': turn.id } },
    element('h2', { class: 'question' }, element('span', { class: 'hidden', text: `${texts.you}: ` }), turn.question),
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
    fill(slots.facts, now.dossier, () => now.dossier === undefined ? [] : [collapsible(texts.facts, factsOf(now.folder, now.dossier), { open: true, class: 'facts' })]);
    fill(slots.body, [now.text, now.checked], () => [bodyOf(now, cards)]);
    fill(slots.failure, now.failure, () => [failureOf(now)]);
    fill(slots.sources, now.checked?.citations, () => [sourcesOf(now, cards)]);
    fill(slots.checks, now.checked?.findings, () => [checksOf(now)]);
    fill(slots.evidence, [now.evidence, now.dropped], () => [evidenceOf(now, cards)]);
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

function sourcesOf({ folder, checked }: Turn, cards: CardDialog): Node | undefined {
  const citations = checked?.citations ?? [];
  if (citations.length === 0) return undefined;
  const list = element('ul', { class: 'chips', attributes: { 'aria-label': texts.sources } });
  list.append(...citations.map(citation => element('li', {}, chipOf({ ...citation, folder }, cards))));
  return list;
}

function chipOf(item: InFolder<CitationItem>, cards: CardDialog): HTMLElement {
  const isRegister = item.path !== undefined && item.file === undefined;
  const label = item.file === undefined ? item.path ?? item.title : `${item.file.split('/').at(-1) ?? item.file}${item.line === undefined ? '' : `:${item.line}`}`;
  const button = chip(isRegister ? 'circuit-board' : 'file-code', `${item.id} ${label}`, () => { open(item, cards); });
  button.title = item.title;
  return button;
}

function open(item: InFolder<{ readonly file?: string; readonly line?: number; readonly path?: string }>, cards: CardDialog): void {
  const { folder } = item;
  if (item.file !== undefined) send({ type: 'openPlace', folder, file: item.file, ...(item.line !== undefined && { line: item.line }) });
  else if (item.path !== undefined) cards.request(folder, item.path);
}

function checksOf(turn: Turn): Node | undefined {
  const findings = turn.checked?.findings ?? [];
  if (findings.length === 0) return undefined;
  const list = element('ul', { class: 'section-body findings' }, ...findings.map(findingRow));
  return collapsible(`${texts.checks}: ${countsOf(findings)}`, list, { open: findings.some(({ verdict }) => verdict === 'contradicted'), class: 'checks' });
}

function evidenceOf(turn: Turn, cards: CardDialog): Node | undefined {
  if (turn.evidence.length + turn.dropped.length === 0) return undefined;
  const body = element('div', { class: 'section-body' }, evidenceList(turn.evidence.map(item => ({ ...item, folder: turn.folder })), cards));
  if (turn.dropped.length > 0) body.append(element('h3', { text: `${texts.leftOut} (${turn.dropped.length})` }), evidenceList(turn.dropped.map(item => ({ ...item, folder: turn.folder })), cards));
  return collapsible(`${texts.evidence} (${turn.evidence.length})`, body, { open: false, class: 'evidence' });
}

function evidenceList(items: readonly InFolder<EvidenceItem>[], cards: CardDialog): HTMLElement {
  return element('ol', { class: 'evidence-list' }, ...items.map(item => element('li', {},
    chipOf(item, cards), element('span', { class: 'evidence-title', text: item.title }), element('pre', { text: item.text, attributes: { tabindex: '0' } }))));
}

function statusOf(turn: Turn): (Node | string | undefined)[] {
  const notes = (turn.checked?.notes ?? []).map(note => element('div', { class: 'note' }, icon('info'), element('span', { text: note })));
  if (turn.status === 'waiting') return [element('vscode-progress-ring', { attributes: { 'aria-hidden': 'true' } }), element('span', { text: texts.waiting })];
  if (turn.status === 'stopped') return [...notes, element('div', { class: 'note' }, icon('circle-slash'), element('span', { text: texts.stopped }))];
  return [...notes, turn.checked === undefined ? undefined : element('div', { class: 'figures', text: turn.checked.figures })];
}
