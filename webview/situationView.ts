import '@vscode-elements/elements/dist/vscode-button/index.js';
import { chip, element, icon } from './dom.ts';
import { filled, send, texts } from './page.ts';
import type { PageCommand, Situation } from './protocol.ts';

const buttonTexts: Record<PageCommand, string> = {
  selectModel: texts.selectModel,
  chooseModelFile: texts.chooseModelFile,
  chooseChip: texts.chooseChip,
  chooseSvd: texts.chooseSvd,
  showConversations: texts.allConversations,
  showOutput: texts.showOutput,
  openFolder: texts.openFolder,
  restartEngine: texts.restartEngine,
};

/** A button that runs one of the extension's commands. */
export function runButton(command: PageCommand, secondary = false): HTMLElement {
  const button = element('vscode-button', { text: buttonTexts[command], attributes: { 'data-command': command }, onClick: () => { send({ type: 'run', command }); } });
  button.secondary = secondary;
  return button;
}

/** What stands in the way, each with the button that mends it. Advice is for the empty page: later, the turns say it. */
export function noticesOf(situation: Situation): HTMLElement[] {
  if (!situation.folderOpen) return [notice('info', texts.noFolder, ['openFolder'])];
  const notices = situation.warnings.map(({ text, remedies }) => notice('warning', text, remedies));
  if (situation.remarks.length > 0) notices.push(remarksOf(situation.remarks));
  if (situation.model === undefined && situation.setup === undefined) notices.push(notice('info advice', texts.noModel, ['selectModel', 'chooseModelFile']));
  const said = situation.warnings.some(({ remedies }) => remedies.includes('chooseSvd'));
  if (situation.svd === undefined && !said) notices.push(notice('info advice', texts.noSvd, ['chooseSvd']));
  return notices;
}

/** The model and the chip in use; a click changes them. */
export function situationChips(situation: Situation): HTMLElement[] {
  if (!situation.folderOpen) return [];
  const device = [situation.device, situation.svd].filter(part => part !== undefined).join(' · ');
  const chips = [
    chip('hubot', situation.model?.replace(/\.gguf$/i, '') ?? texts.selectModel, () => { send({ type: 'run', command: 'selectModel' }); }),
    chip('circuit-board', device === '' ? texts.chooseChip : device, () => { send({ type: 'run', command: situation.svd === undefined && situation.device !== undefined ? 'chooseSvd' : 'chooseChip' }); }),
  ];
  for (const button of chips) button.title = button.textContent;
  if (situation.indexing === undefined) return chips;
  const percent = Math.round(situation.indexing * 100);
  return [...chips, element('span', { class: 'chip indexing', attributes: { title: filled(texts.indexing, percent) } }, icon('sync'), element('span', { class: 'hidden', text: filled(texts.indexing, percent) }), element('span', { text: `${percent} %`, attributes: { 'aria-hidden': 'true' } }))];
}

/** One line until it is opened: most SVD files of vendors have a doubtful place or two. */
function remarksOf(remarks: readonly string[]): HTMLElement {
  const [first = '', ...others] = remarks;
  const summary = others.length === 0 ? first : `${first} (+${others.length})`;
  const body = element('div', { class: 'section-body' }, element('ul', { class: 'remarks' }, ...remarks.map(remark => element('li', { text: remark }))), runButton('showOutput', true));
  return element('details', { class: 'section remark' }, element('summary', {}, icon('warning'), element('span', { class: 'one-line', text: summary })), body);
}

function notice(kind: 'info' | 'info advice' | 'warning', text: string, commands: readonly PageCommand[]): HTMLElement {
  return element('div', { class: `notice ${kind}`, attributes: { role: 'note' } }, icon(kind === 'warning' ? 'warning' : 'info'),
    element('div', {}, element('p', { text }), element('div', { class: 'buttons' }, ...commands.map((command, index) => runButton(command, index > 0)))));
}
