/** Entry of the chat page: joins conversation, composer and situation, and tells the extension it is ready. */
import '@vscode-elements/elements/dist/vscode-progress-ring/index.js';
import { createCardDialog } from './cardDialog.ts';
import { createComposer } from './composer.ts';
import { createConversationView } from './conversationView.ts';
import { element } from './dom.ts';
import { onMessage, send } from './page.ts';
import type { Situation, ToPage } from './protocol.ts';
import { setupPanel } from './setupView.ts';
import { noticesOf, situationChips } from './situationView.ts';

const announcer = element('div', { class: 'hidden', attributes: { role: 'status', 'aria-live': 'polite' } });
const composer = createComposer(text => { announcer.textContent = text; });
const cards = createCardDialog();
const conversation = createConversationView({
  cards,
  onExample: question => { composer.submit(question); },
  onChange: ({ isEmpty, isRunning }) => {
    document.body.classList.toggle('talking', !isEmpty);
    placeSetup();
    composer.setRunning(isRunning);
  },
});
const notices = element('div', { class: 'notices' });
const setup = element('div', { class: 'setup-frame' });
const advice = element('div', { class: 'advice-frame' });

const footer = element('footer', {}, notices, composer.root);

document.getElementById('chat')?.append(conversation.root, footer, conversation.liveRegion, announcer);
document.documentElement.lang ||= 'en';

onMessage(receive);
send({ type: 'ready' });
window.addEventListener('focus', () => { send({ type: 'focused' }); });
if (document.hasFocus()) send({ type: 'focused' });

function receive(message: ToPage): void {
  switch (message.type) {
    case 'snapshot':
      conversation.replace(message.turns, message.recent);
      showSituation(message.situation);
      break;
    case 'turn':
      conversation.update(message.turn);
      break;
    case 'text':
      // A gap means that a piece was lost: a new snapshot has it all.
      if (!conversation.append(message)) send({ type: 'ready' });
      break;
    case 'removed':
      conversation.remove(message.ids);
      break;
    case 'completions':
      composer.suggest(message.requestId, message.items);
      break;
    case 'attach':
      composer.attach(message.references);
      break;
    case 'announce':
      announcer.textContent = message.text;
      break;
    case 'situation':
      showSituation(message.situation);
      break;
    case 'card':
      cards.show(message);
      break;
    case 'compose':
      composer.compose(message.text);
      break;
  }
}

function showSituation(situation: Situation): void {
  const all = noticesOf(situation);
  notices.replaceChildren(...all.filter(notice => !notice.classList.contains('advice')));
  advice.replaceChildren(...all.filter(notice => notice.classList.contains('advice')));
  showSetup(situation);
  composer.situation.replaceChildren(...situationChips(situation));
  composer.setEnabled(situation.folderOpen);
}

/** Redrawn only when it changes: a progress bar must not take the focus from its own button. */
function showSetup({ setup: offered }: Situation): void {
  const key = JSON.stringify(offered);
  if (setup.dataset['shown'] === key) return;
  setup.dataset['shown'] = key;
  const hadFocus = setup.contains(document.activeElement);
  setup.classList.toggle('busy', offered?.progress !== undefined || offered?.failure !== undefined);
  setup.replaceChildren(...offered === undefined ? [] : [setupPanel(offered)]);
  if (hadFocus) setup.querySelector<HTMLElement>('vscode-button')?.focus();
}

/** First on the empty page; later above the question box, and only while something arrives or has failed. */
function placeSetup(): void {
  const empty = document.querySelector('.empty');
  if (empty === null) {
    footer.prepend(setup);
    advice.remove();
  } else if (setup.parentElement !== empty) empty.prepend(setup, advice);
}
