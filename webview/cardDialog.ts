import { element, icon } from './dom.ts';
import { renderMarkdown } from './markdown.ts';
import { send, texts } from './page.ts';

/** Asks the extension for register cards and shows them in a dialog. */
export interface CardDialog {
  /** Asks for the register's card; the dialog opens when it comes. */
  request(folder: string, path: string): void;
  /** Shows a card that was asked for; an answer to an older request is ignored. */
  show(card: { readonly requestId: number; readonly title: string; readonly markdown: string }): void;
}

/** Builds the dialog; the browser's own gives it the focus trap and Escape. */
export function createCardDialog(): CardDialog {
  let lastRequest = 0;
  const heading = element('h2');
  const body = element('div', { class: 'card-body markdown' });
  const dialog = element('dialog', { class: 'card', attributes: { 'aria-labelledby': 'card-title' } });
  heading.id = 'card-title';
  const close = element('button', { class: 'icon-button', attributes: { type: 'button', 'aria-label': texts.close }, onClick: () => { dialog.close(); } }, icon('close'));
  dialog.append(element('header', {}, heading, close), body);
  dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  return {
    request: (folder, path) => { send({ type: 'showCard', folder, requestId: ++lastRequest, path }); },
    show: ({ requestId, title, markdown }) => {
      if (requestId !== lastRequest) return;
      heading.textContent = title;
      body.replaceChildren(renderMarkdown(markdown));
      if (!dialog.open) dialog.showModal();
    },
  };
}
