import { referenceKinds, referenceText, slashCommands, typedToken, type ReferenceKind, type SlashCommand, type TypedToken } from './chatInput.ts';
import { element } from './dom.ts';
import { send, texts } from './page.ts';
import type { CompletionItem } from './protocol.ts';

/** The list that opens above the question box while a command or a reference is typed. */
export interface Suggestions {
  readonly root: HTMLElement;
  /** What the extension found; an answer to an older request is ignored. */
  readonly show: (requestId: number, items: readonly CompletionItem[]) => void;
}

interface Suggestion {
  readonly label: string;
  readonly detail: string;
  /** What takes the token's place. */
  readonly insert: string;
}

const commandTexts: Record<SlashCommand, string> = { explain: texts.commandExplain, isr: texts.commandIsr, register: texts.commandRegister, review: texts.commandReview, init: texts.commandInit, fault: texts.commandFault };
const referenceTexts: Record<ReferenceKind, string> = { file: texts.referenceFile, selection: texts.referenceSelection, register: texts.referenceRegister, isr: texts.referenceIsr, problems: texts.referenceProblems };

/** Follows what is typed into the box. Up and Down choose, Enter and Tab accept, Escape closes. */
export function createSuggestions(box: HTMLTextAreaElement, { onAccept, announce }: { readonly onAccept: () => void; readonly announce: (text: string) => void }): Suggestions {
  let token: TypedToken | undefined;
  let lastRequest = 0;
  const list = createList(box, item => {
    if (token === undefined) return;
    box.setRangeText(item.insert, token.start, box.selectionStart, 'end');
    onAccept();
    box.focus();
    follow();
  });
  const open = (items: readonly Suggestion[]): void => {
    // What is typed in full needs no suggestion: Enter sends it.
    const isTyped = items.length === 1 && items[0]?.insert.trim() === box.value.slice(token?.start, box.selectionStart);
    list.open(isTyped ? [] : items);
    if (items.length > 0 && !isTyped) announce(`${texts.suggestions}: ${items.length}`);
  };
  const follow = (): void => {
    token = typedToken(box.value, box.selectionStart);
    lastRequest++;
    if (token === undefined) list.close();
    else if (token.kind === 'command' || token.kind === 'reference') open(ownSuggestions(token));
    else send({ type: 'complete', requestId: lastRequest, kind: token.kind, query: token.query });
  };
  box.addEventListener('input', follow);
  return {
    root: list.root,
    show: (requestId, found) => {
      if (requestId !== lastRequest || token === undefined || token.kind === 'command' || token.kind === 'reference') return;
      const { kind } = token;
      open(found.map(({ value, detail = '' }) => ({ label: value, detail, insert: `${referenceText(kind, value)} ` })));
    },
  };
}

interface SuggestionList {
  readonly root: HTMLElement;
  open(items: readonly Suggestion[]): void;
  readonly close: () => void;
}

function createList(box: HTMLTextAreaElement, accepted: (item: Suggestion) => void): SuggestionList {
  const root = element('ul', { class: 'suggestions', attributes: { role: 'listbox', id: 'suggestions', 'aria-label': texts.suggestions } });
  root.hidden = true;
  box.setAttribute('aria-controls', 'suggestions');
  let items: readonly Suggestion[] = [];
  let chosen = 0;
  const close = (): void => {
    root.hidden = true;
    items = [];
    box.removeAttribute('aria-activedescendant');
  };
  const choose = (index: number): void => {
    chosen = (index + items.length) % items.length;
    for (const [at, option] of [...root.children].entries()) option.setAttribute('aria-selected', String(at === chosen));
    root.children[chosen]?.scrollIntoView({ block: 'nearest' });
    box.setAttribute('aria-activedescendant', `suggestion-${chosen}`);
  };
  const accept = (index: number): void => {
    const item = items[index];
    close();
    if (item !== undefined) accepted(item);
  };
  box.addEventListener('blur', close);
  onListKeys(box, () => !root.hidden, { ArrowDown: () => { choose(chosen + 1); }, ArrowUp: () => { choose(chosen - 1); }, Enter: () => { accept(chosen); }, Tab: () => { accept(chosen); }, Escape: close });
  return {
    root, close,
    open: found => {
      close();
      if (found.length === 0) return;
      items = found;
      root.replaceChildren(...found.map((item, index) => optionOf(item, index, () => { accept(index); })));
      root.hidden = false;
      choose(0);
    },
  };
}

function onListKeys(box: HTMLTextAreaElement, isOpen: () => boolean, keys: Readonly<Record<string, () => void>>): void {
  box.addEventListener('keydown', event => {
    const act = keys[event.key];
    if (!isOpen() || event.isComposing || act === undefined || event.shiftKey) return;
    event.preventDefault();
    act();
  });
}

/** Commands and kinds of reference, which the page knows itself; those that take a name go on with it. */
function ownSuggestions({ kind, query }: TypedToken): Suggestion[] {
  if (kind === 'command') return slashCommands.filter(name => name.startsWith(query)).map(name => ({ label: `/${name}`, detail: commandTexts[name], insert: `/${name} ` }));
  return referenceKinds.filter(name => name.startsWith(query)).map(name => ({ label: `#${name}`, detail: referenceTexts[name], insert: name === 'selection' || name === 'problems' ? `#${name} ` : `#${name}:` }));
}

function optionOf({ label, detail }: Suggestion, index: number, accept: () => void): HTMLElement {
  const option = element('li', { class: 'suggestion', attributes: { role: 'option', id: `suggestion-${index}`, 'aria-selected': 'false' } }, element('span', { class: 'suggestion-label', text: label }), element('span', { class: 'suggestion-detail', text: detail }));
  // The mouse must not take the focus out of the box.
  option.addEventListener('mousedown', event => {
    event.preventDefault();
    accept();
  });
  return option;
}
