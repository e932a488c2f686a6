import { element, icon } from './dom.ts';
import { send, texts } from './page.ts';
import type { CodeAction } from './protocol.ts';

const actions: readonly { readonly action: CodeAction; readonly icon: string; readonly text: string }[] = [
  { action: 'copy', icon: 'copy', text: texts.copyCode },
  { action: 'insert', icon: 'insert', text: texts.insertCode },
  { action: 'apply', icon: 'diff', text: texts.applyCode },
  { action: 'save', icon: 'save-as', text: texts.saveCode },
];

/** Gives every code block of an answer its language and its buttons. */
export function addCodeActions(root: DocumentFragment, turnId: string): void {
  for (const block of root.querySelectorAll('pre')) {
    const code = block.querySelector('code');
    if (code === null) continue;
    const language = /language-([\w+#-]+)/.exec(code.className)?.[1] ?? '';
    const text = code.textContent;
    // Wide code scrolls inside itself; the keyboard needs a way in.
    block.tabIndex = 0;
    block.setAttribute('role', 'region');
    block.setAttribute('aria-label', `${texts.codeBlock} ${language}`.trim());
    const frame = element('div', { class: 'code-block' });
    block.replaceWith(frame);
    frame.append(element('div', { class: 'code-bar' }, element('span', { class: 'code-language', text: language }), ...actions.map(({ action, icon: name, text: label }) => {
      const button = element('button', {
        class: 'icon-button', attributes: { type: 'button', title: label, 'aria-label': label, 'data-code': action },
        onClick: () => {
          send({ type: 'code', action, turnId, code: text, language });
          if (action === 'copy') showDone(button, name);
        },
      }, icon(name));
      return button;
    })), block);
  }
}

/** A check mark in place of the icon, for a moment. */
export function showDone(button: HTMLElement, iconName: string): void {
  button.replaceChildren(icon('check'));
  setTimeout(() => { button.replaceChildren(icon(iconName)); }, 1500);
}
