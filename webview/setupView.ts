import { element, icon } from './dom.ts';
import { filled, send, texts } from './page.ts';
import type { ModelSetup } from './protocol.ts';
import { runButton } from './situationView.ts';

/** The panel that leads from no model to an answer: what is recommended, one button, and how far it is. */
export function setupPanel(setup: ModelSetup): HTMLElement {
  const { progress } = setup;
  return element('section', { class: 'notice setup', attributes: { 'aria-label': texts.setupTitle } }, icon('hubot'),
    element('div', {},
      element('h2', { text: progress === undefined ? texts.setupTitle : filled(texts.downloading, setup.name) }),
      ...progress === undefined ? offer(setup) : arriving(progress)));
}

function offer({ id, name, facts, host, offline, failure }: ModelSetup): (Node | undefined)[] {
  const download = element('vscode-button', { text: failure === undefined ? texts.download : texts.tryAgain, attributes: { 'data-setup': 'download' }, onClick: () => { send({ type: 'downloadModel', id }); } });
  return [
    element('p', { text: texts.setupText }),
    element('p', { class: 'setup-facts' }, element('strong', { text: name }), ` · ${facts.join(' · ')}`),
    failure === undefined ? undefined : element('p', { class: 'setup-failure', text: failure, attributes: { role: 'alert' } }),
    offline ? element('p', { class: 'hint', text: texts.offline }) : undefined,
    element('div', { class: 'buttons' }, offline ? undefined : download, runButton('selectModel', !offline), offline ? runButton('chooseModelFile', true) : undefined),
    offline ? undefined : element('p', { class: 'hint', text: filled(texts.downloadFrom, host) }),
  ];
}

function arriving({ share, text }: NonNullable<ModelSetup['progress']>): Node[] {
  const bar = element('progress', { attributes: { max: '100', 'aria-label': text } });
  bar.value = Math.round(share * 100);
  const cancel = element('vscode-button', { text: texts.cancel, attributes: { 'data-setup': 'cancel' }, onClick: () => { send({ type: 'cancelDownload' }); } });
  cancel.secondary = true;
  return [bar, element('p', { text: `${Math.round(share * 100)} % · ${text}` }), element('div', { class: 'buttons' }, cancel)];
}
