import '@vscode-elements/elements/dist/vscode-textarea/index.js';
import { element } from './dom.ts';
import { readDraft, send, texts, writeDraft } from './page.ts';

/** The question box with its send and stop buttons. */
export interface Composer {
  readonly root: HTMLElement;
  /** Puts the cursor into the box; with a text, replaces what is there. */
  compose(text?: string): void;
  /** While an answer runs, the button stops it. */
  setRunning(running: boolean): void;
  setEnabled(enabled: boolean): void;
  /** Sends a question as if it had been typed. */
  submit(question: string): void;
}

/** Builds the box; Enter sends, Shift+Enter breaks the line, Escape stops. */
export function createComposer(): Composer {
  let running = false;
  let enabled = true;
  const box = element('vscode-textarea', { class: 'question-box', attributes: { rows: '3', resize: 'none', label: texts.questionLabel, placeholder: texts.placeholder } });
  const write = (text: string): void => {
    box.value = text;
    writeDraft(text);
  };
  const submit = (question: string): void => {
    if (question.trim() === '' || running || !enabled) return;
    send({ type: 'ask', question: question.trim() });
    write('');
  };
  const buttons = createButtons(() => { submit(box.value); });
  box.value = readDraft();
  box.addEventListener('input', () => { writeDraft(box.value); });
  onSubmitKey(box, () => { submit(box.value); });
  document.addEventListener('keydown', event => { if (event.key === 'Escape' && running && document.querySelector('dialog[open]') === null) stop(); });
  return {
    root: element('div', { class: 'composer' }, box, buttons.root),
    compose: text => {
      if (text !== undefined) write(text);
      box.focus();
    },
    setRunning: value => {
      running = value;
      buttons.show(running ? 'stop' : 'send');
    },
    setEnabled: value => {
      enabled = value;
      box.disabled = !enabled;
      buttons.setEnabled(enabled);
    },
    submit,
  };
}

function stop(): void {
  send({ type: 'stop' });
}

function onSubmitKey(box: HTMLElement, submit: () => void): void {
  box.addEventListener('keydown', event => {
    // While an input method composes, Enter belongs to it.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
}

function createButtons(submit: () => void): { readonly root: HTMLElement; show(which: 'send' | 'stop'): void; setEnabled(enabled: boolean): void } {
  const sendButton = element('vscode-button', { text: texts.send, class: 'send', attributes: { icon: 'send' }, onClick: submit });
  const stopButton = element('vscode-button', { text: texts.stop, class: 'stop', attributes: { icon: 'debug-stop' }, onClick: stop });
  stopButton.secondary = true;
  stopButton.hidden = true;
  return {
    root: element('div', { class: 'buttons' }, stopButton, sendButton),
    show: which => {
      sendButton.hidden = which !== 'send';
      stopButton.hidden = which !== 'stop';
    },
    setEnabled: enabled => { sendButton.disabled = !enabled; },
  };
}
