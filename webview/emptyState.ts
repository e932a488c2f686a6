import { element, icon } from './dom.ts';
import { send, texts } from './page.ts';
import type { RecentConversation } from './protocol.ts';

/** What the page shows before the first question: what may be asked, and what was asked before. */
export function emptyState(recent: readonly RecentConversation[], onExample: (question: string) => void): HTMLElement {
  return element('section', { class: 'empty' },
    element('span', { class: 'codicon codicon-circuit-board empty-icon', attributes: { 'aria-hidden': 'true' } }),
    element('h2', { text: texts.emptyTitle }),
    element('p', { text: texts.emptyText }),
    element('ul', { class: 'examples' }, ...texts.examples.map(example => element('li', {}, element('button', { class: 'example', text: example, attributes: { type: 'button' }, onClick: () => { onExample(example); } })))),
    element('p', { class: 'hint', text: texts.inputHint }),
    recent.length === 0 ? undefined : recentList(recent));
}

function recentList(recent: readonly RecentConversation[]): HTMLElement {
  const rows = recent.map(({ id, title, when }) => element('li', {}, element('button', { class: 'recent', attributes: { type: 'button' }, onClick: () => { send({ type: 'openConversation', id }); } },
    icon('comment-discussion'), element('span', { class: 'one-line', text: title }), element('span', { class: 'when', text: when }))));
  const all = element('button', { class: 'text-button', attributes: { type: 'button' }, onClick: () => { send({ type: 'run', command: 'showConversations' }); } }, icon('history'), element('span', { text: texts.allConversations }));
  return element('div', { class: 'recents' }, element('h3', { text: texts.recent }), element('ul', {}, ...rows), all);
}
