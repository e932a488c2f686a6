/** Entry of the chat page: joins conversation, composer and situation, and tells the extension it is ready. */
import '@vscode-elements/elements/dist/vscode-progress-ring/index.js';
import { createCardDialog } from './cardDialog.ts';
import { createComposer } from './composer.ts';
import { createConversationView } from './conversationView.ts';
import { element } from './dom.ts';
import { onMessage, send } from './page.ts';
import type { Situation, ToPage } from './protocol.ts';
import { noticesOf, situationChips } from './situationView.ts';

const composer = createComposer();
const cards = createCardDialog();
const conversation = createConversationView({
  cards,
  onExample: question => { composer.submit(question); },
  onChange: ({ isEmpty, isRunning }) => {
    document.body.classList.toggle('talking', !isEmpty);
    composer.setRunning(isRunning);
  },
});
const notices = element('div', { class: 'notices' });
const chips = element('div', { class: 'situation' });

document.getElementById('chat')?.append(conversation.root, element('footer', {}, notices, composer.root, chips), conversation.liveRegion);
document.documentElement.lang ||= 'en';

onMessage(receive);
send({ type: 'ready' });

function receive(message: ToPage): void {
  switch (message.type) {
    case 'snapshot':
      conversation.replace(message.turns);
      showSituation(message.situation);
      break;
    case 'turn':
      conversation.update(message.turn);
      break;
    case 'text':
      // A gap means that a piece was lost: a new snapshot has it all.
      if (!conversation.append(message)) send({ type: 'ready' });
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
  notices.replaceChildren(...noticesOf(situation));
  chips.replaceChildren(...situationChips(situation));
  composer.setEnabled(situation.folderOpen);
}
