import '@vscode-elements/elements/dist/vscode-button/index.js';
import { chip, element, icon } from './dom.ts';
import { send, texts } from './page.ts';
import type { PageCommand, Situation } from './protocol.ts';

const buttonTexts: Record<PageCommand, string> = {
  selectModel: texts.selectModel,
  chooseModelFile: texts.chooseModelFile,
  chooseSvd: texts.chooseSvd,
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
  if (situation.model === undefined) notices.push(notice('info advice', texts.noModel, ['selectModel', 'chooseModelFile']));
  const said = situation.warnings.some(({ remedies }) => remedies.includes('chooseSvd'));
  if (situation.svd === undefined && !said) notices.push(notice('info advice', texts.noSvd, ['chooseSvd']));
  return notices;
}

/** The chip, the SVD file and the model in use; a click changes them. */
export function situationChips(situation: Situation): HTMLElement[] {
  if (!situation.folderOpen) return [];
  const device = [situation.device, situation.svd ?? texts.chooseSvd].filter(part => part !== undefined).join(' · ');
  return [
    chip('circuit-board', device, () => { send({ type: 'run', command: 'chooseSvd' }); }),
    chip('hubot', situation.model ?? texts.selectModel, () => { send({ type: 'run', command: 'selectModel' }); }),
  ];
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
