import type { CardDialog } from './cardDialog.ts';
import { chip, collapsible, element } from './dom.ts';
import { countsOf, findingRow } from './marks.ts';
import { filled, send, texts } from './page.ts';
import type { CitationItem, EvidenceItem, Turn } from './protocol.ts';

/** Something whose file or register is the folder's. */
export type InFolder<T> = T & { readonly folder: string };

/** What the question referred to, as chips. */
export function referencesOf({ folder, references = [] }: Turn, cards: CardDialog): Node | undefined {
  if (references.length === 0) return undefined;
  return element('ul', { class: 'chips', attributes: { 'aria-label': texts.questionLabel } }, ...references.map(item => element('li', {}, chip(item.path === undefined ? 'file-code' : 'circuit-board', item.label, () => { open({ ...item, folder }, cards); }))));
}

/** What the answer cites, as chips that open it. */
export function sourcesOf({ folder, checked }: Turn, cards: CardDialog): Node | undefined {
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

/** Opens the file at its line, or the register's card. */
export function open(item: InFolder<{ readonly file?: string; readonly line?: number; readonly path?: string }>, cards: CardDialog): void {
  const { folder } = item;
  if (item.file !== undefined) send({ type: 'openPlace', folder, file: item.file, ...(item.line !== undefined && { line: item.line }) });
  else if (item.path !== undefined) cards.request(folder, item.path);
}

/** Every checked claim with its verdict; open when one is contradicted. */
export function checksOf(turn: Turn): Node | undefined {
  const findings = turn.checked?.findings ?? [];
  if (findings.length === 0) return undefined;
  const list = element('ul', { class: 'section-body findings' }, ...findings.map(findingRow));
  return collapsible(`${texts.checks}: ${countsOf(findings)}`, list, { open: findings.some(({ verdict }) => verdict === 'contradicted'), class: 'checks' });
}

/** What the prompt quoted, how many tokens it had, and what did not fit. */
export function evidenceOf(turn: Turn, cards: CardDialog): Node | undefined {
  if (turn.evidence.length + turn.dropped.length === 0) return undefined;
  const body = element('div', { class: 'section-body' }, evidenceList(turn.evidence.map(item => ({ ...item, folder: turn.folder })), cards));
  if (turn.dropped.length > 0) body.append(element('h3', { text: `${texts.leftOut} (${turn.dropped.length})` }), evidenceList(turn.dropped.map(item => ({ ...item, folder: turn.folder })), cards));
  const tokens = turn.checked?.promptTokens ?? 0;
  const heading = `${texts.evidence} (${turn.evidence.length})${tokens > 0 ? ` · ${filled(texts.evidenceTokens, tokens)}` : ''}`;
  return collapsible(heading, body, { open: false, class: 'evidence' });
}

function evidenceList(items: readonly InFolder<EvidenceItem>[], cards: CardDialog): HTMLElement {
  return element('ol', { class: 'evidence-list' }, ...items.map(item => element('li', {},
    chipOf(item, cards), element('span', { class: 'evidence-title', text: item.title }), element('pre', { text: item.text, attributes: { tabindex: '0' } }))));
}
