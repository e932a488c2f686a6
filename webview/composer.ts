import { element, icon } from './dom.ts';
import { filled, readDraft, send, texts, writeDraft } from './page.ts';
import { referencesIn } from './chatInput.ts';
import { createSuggestions } from './suggestions.ts';
import type { CompletionItem } from './protocol.ts';

/** The question box with its references, suggestions and buttons. */
export interface Composer {
  readonly root: HTMLElement;
  /** Puts the cursor into the box; with a text, replaces what is there. */
  compose(text?: string): void;
  /** While an answer runs, it can be stopped, and what is sent waits for it. */
  setRunning(running: boolean): void;
  setEnabled(enabled: boolean): void;
  /** Sends a question as if it had been typed. */
  submit(question: string): void;
  /** Adds references behind what is typed. */
  attach(references: readonly string[]): void;
  suggest(requestId: number, items: readonly CompletionItem[]): void;
  /** What stands between the box and its buttons: model and chip in use. */
  readonly situation: HTMLElement;
}

/** Builds the box; Enter sends, Shift+Enter breaks the line, Escape stops. */
export function createComposer(announce: (text: string) => void): Composer {
  const box = createBox();
  const references = element('ul', { class: 'chips references', attributes: { 'aria-label': texts.sources } });
  const changed = (): void => {
    writeDraft(box.value);
    fitHeight(box);
    showReferences(references, box, changed);
    buttons.setEmpty(box.value.trim() === '');
  };
  const write = (text: string): void => {
    box.value = text;
    changed();
  };
  const submit = (question: string): void => { if (sent(question, box)) write(''); };
  const buttons = createButtons(() => { submit(box.value); });
  const suggestions = createSuggestions(box, { onAccept: changed, announce });
  const situation = element('div', { class: 'situation' });
  box.addEventListener('input', changed);
  onSubmitKey(box, () => { submit(box.value); });
  const root = element('div', { class: 'composer' }, suggestions.root, references, element('div', { class: 'question-box' }, box), element('div', { class: 'composer-bar' }, attachButton(), situation, buttons.root));
  takeDrops(root);
  changed();
  return {
    root, submit, situation, suggest: suggestions.show,
    compose: text => {
      if (text !== undefined) write(text);
      box.focus();
    },
    attach: added => {
      write([...[box.value.trimEnd(), ...added].filter(part => part !== ''), ''].join(' '));
      box.focus();
    },
    setRunning: buttons.setRunning,
    setEnabled: value => {
      box.disabled = !value;
      buttons.setEnabled(value);
    },
  };
}

function createBox(): HTMLTextAreaElement {
  const box = element('textarea', { attributes: { rows: '2', 'aria-label': texts.questionLabel, placeholder: texts.placeholder, 'aria-autocomplete': 'list', title: texts.inputHint, spellcheck: 'false' } });
  box.value = readDraft();
  return box;
}

function sent(question: string, box: HTMLTextAreaElement): boolean {
  if (question.trim() === '' || box.disabled) return false;
  send({ type: 'ask', question: question.trim() });
  return true;
}

/** As tall as its text, up to a third of the page. */
function fitHeight(box: HTMLTextAreaElement): void {
  box.style.height = '';
  if (box.scrollHeight > box.clientHeight) box.style.height = `${Math.min(box.scrollHeight, window.innerHeight * 0.35)}px`;
}

function showReferences(list: HTMLElement, box: HTMLTextAreaElement, changed: () => void): void {
  list.replaceChildren(...referencesIn(box.value).map(({ kind, value, start, end }) => {
    const label = value === '' ? `#${kind}` : value;
    const remove = element('button', {
      class: 'icon-button', attributes: { type: 'button', 'aria-label': filled(texts.remove, label), title: filled(texts.remove, label) },
      onClick: () => {
        box.value = box.value.slice(0, start) + box.value.slice(end).trimStart();
        changed();
        box.focus();
      },
    }, icon('close'));
    return element('li', { class: 'chip reference-chip' }, icon(referenceIcons[kind]), element('span', { class: 'chip-label', text: label }), remove);
  }));
}

/** Icons of what a question may refer to. */
const referenceIcons = { file: 'file-code', selection: 'list-selection', register: 'circuit-board', isr: 'zap', problems: 'warning' } as const;

function attachButton(): HTMLElement {
  return element('button', { class: 'icon-button attach', attributes: { type: 'button', 'aria-label': texts.attach, title: texts.attach }, onClick: () => { send({ type: 'attachFiles', uris: [] }); } }, icon('attach'));
}

/** Files dropped on the box, from the Explorer or an editor's tab (with Shift, as the editor wants it). */
function takeDrops(root: HTMLElement): void {
  const isFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer !== null && [...dataTransfer.types].some(type => /uri-list|resourceurls|codefiles/i.test(type));
  root.dataset['drop'] = texts.dropHere;
  root.addEventListener('dragover', event => {
    if (!isFiles(event)) return;
    event.preventDefault();
    root.classList.add('dropping');
  });
  root.addEventListener('dragleave', () => { root.classList.remove('dropping'); });
  root.addEventListener('drop', event => {
    root.classList.remove('dropping');
    if (!isFiles(event) || event.dataTransfer === null) return;
    event.preventDefault();
    const uris = event.dataTransfer.getData('text/uri-list').split(/\r?\n/).filter(line => line !== '' && !line.startsWith('#'));
    if (uris.length > 0) send({ type: 'attachFiles', uris });
  });
}

function onSubmitKey(box: HTMLElement, submit: () => void): void {
  box.addEventListener('keydown', event => {
    // While an input method composes, Enter belongs to it; while suggestions are open, to them.
    if (event.defaultPrevented || event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
}

interface Buttons {
  readonly root: HTMLElement;
  readonly setRunning: (running: boolean) => void;
  setEmpty(isEmpty: boolean): void;
  setEnabled(enabled: boolean): void;
}

function createButtons(submit: () => void): Buttons {
  const stop = (): void => { send({ type: 'stop' }); };
  const button = (name: string, iconName: string, label: string, onClick: () => void): HTMLButtonElement => element('button', { class: `round-button ${name}`, attributes: { type: 'button', title: label, 'aria-label': label }, onClick }, icon(iconName));
  const sendButton = button('send', 'arrow-up', texts.send, submit);
  const stopButton = button('stop', 'debug-stop', texts.stop, stop);
  stopButton.hidden = true;
  document.addEventListener('keydown', event => { if (event.key === 'Escape' && !event.defaultPrevented && !stopButton.hidden && document.querySelector('dialog[open]') === null) stop(); });
  return {
    root: element('div', { class: 'buttons' }, stopButton, sendButton),
    setRunning: running => {
      stopButton.hidden = !running;
      const label = running ? texts.sendQueued : texts.send;
      sendButton.title = label;
      sendButton.setAttribute('aria-label', label);
    },
    setEmpty: isEmpty => { sendButton.classList.toggle('idle', isEmpty); },
    setEnabled: enabled => { sendButton.disabled = !enabled; },
  };
}
