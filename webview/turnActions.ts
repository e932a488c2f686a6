import { showDone } from './codeBlocks.ts';
import { element, icon } from './dom.ts';
import { send, texts } from './page.ts';
import type { Rating, Turn } from './protocol.ts';

/** The buttons below an answer: copy, again, on, good, bad; and a box for what is right instead. */
export function actionsOf(turn: Turn): (Node | undefined)[] {
  const { id: turnId, status, text } = turn;
  if (status === 'queued') return [textButton('discard', texts.withdraw, () => { send({ type: 'withdraw', turnId }); })];
  if (status === 'waiting' || status === 'streaming') return [];
  return [
    turn.canContinue === true ? textButton('debug-continue', texts.continueAnswer, () => { send({ type: 'continue', turnId }); }) : undefined,
    text === '' ? undefined : copyButton(turnId),
    iconButton('refresh', text === '' ? texts.tryQuestionAgain : texts.regenerate, () => { send({ type: 'regenerate', turnId }); }),
    ...text === '' ? [] : [rateButton(turn, 'up'), rateButton(turn, 'down'), correctionOf(turn)],
  ];
}

/** The question with the button that lets it be edited. */
export function questionOf(turn: Turn): Node[] {
  const heading = element('h2', { class: 'question' }, element('span', { class: 'hidden', text: `${texts.you}: ` }), element('span', { class: turn.question.includes('\n') ? 'question-text many-lines' : 'question-text', text: turn.question }));
  const edit = iconButton('edit', texts.editQuestion, () => { heading.replaceWith(editorOf(turn, heading)); });
  edit.classList.add('edit');
  heading.append(edit);
  return [heading];
}

function editorOf(turn: Turn, heading: HTMLElement): HTMLElement {
  const box = element('textarea', { attributes: { rows: '3', 'aria-label': texts.editQuestion } });
  box.value = turn.question;
  const form = element('div', { class: 'question-editor question-box' });
  const close = (): void => {
    form.replaceWith(heading);
    heading.querySelector<HTMLElement>('.edit')?.focus();
  };
  const resend = (): void => {
    if (box.value.trim() !== '') send({ type: 'edit', turnId: turn.id, question: box.value.trim() });
    close();
  };
  box.addEventListener('keydown', event => {
    if (event.isComposing || (event.key !== 'Escape' && (event.key !== 'Enter' || event.shiftKey))) return;
    event.preventDefault();
    if (event.key === 'Escape') close();
    else resend();
  });
  form.append(box, element('p', { class: 'hint', text: texts.editHint }), element('div', { class: 'buttons' }, textButton('send', texts.resend, resend), textButton('close', texts.cancel, close)));
  requestAnimationFrame(() => { box.focus(); });
  return form;
}

function copyButton(turnId: string): HTMLElement {
  const button = iconButton('copy', texts.copyAnswer, () => {
    send({ type: 'copyAnswer', turnId });
    showDone(button, 'copy');
  });
  return button;
}

function rateButton({ id: turnId, feedback }: Turn, rating: Rating): HTMLElement {
  const isChosen = feedback?.rating === rating;
  const button = iconButton(`thumbs${rating}${isChosen ? '-filled' : ''}`, rating === 'up' ? texts.good : texts.bad, () => { send({ type: 'rate', turnId, rating }); });
  button.setAttribute('aria-pressed', String(isChosen));
  button.dataset['rate'] = rating;
  return button;
}

/** Opens with a thumb down; a kept correction is thanked for. */
function correctionOf({ id: turnId, feedback }: Turn): HTMLElement | undefined {
  if (feedback === undefined) return undefined;
  if (feedback.rating === 'up' || feedback.correction !== undefined) return element('span', { class: 'hint', text: texts.thanks });
  const box = element('textarea', { attributes: { rows: '2', 'aria-label': texts.correctionLabel, placeholder: texts.correctionHint } });
  const save = (): void => { if (box.value.trim() !== '') send({ type: 'rate', turnId, rating: 'down', correction: box.value.trim() }); };
  box.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    save();
  });
  return element('div', { class: 'correction question-box' }, element('p', { class: 'hint', text: texts.correctionLabel }), box, element('div', { class: 'buttons' }, textButton('save', texts.saveCorrection, save)));
}

function iconButton(name: string, label: string, onClick: () => void): HTMLButtonElement {
  return element('button', { class: 'icon-button', attributes: { type: 'button', title: label, 'aria-label': label, 'data-action': name }, onClick }, icon(name));
}

function textButton(name: string, label: string, onClick: () => void): HTMLButtonElement {
  return element('button', { class: 'text-button', attributes: { type: 'button', 'data-action': name }, onClick }, icon(name), element('span', { text: label }));
}
