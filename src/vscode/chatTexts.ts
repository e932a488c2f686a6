import * as vscode from 'vscode';
import type { PageTexts, TextName } from '../../webview/protocol.ts';

/** The words of the chat page in the user's language. */
export function pageTexts(): PageTexts {
  return { ...emptyTexts(), ...setupTexts(), ...composerTexts(), ...turnTexts(), ...answerTexts(), ...actionTexts(), examples: examples() };
}

function examples(): readonly string[] {
  return [
    vscode.l10n.t('Which interrupt handlers does this project have, and what do they touch?'),
    vscode.l10n.t('Where is the UART baud rate set?'),
    vscode.l10n.t('Why could received bytes get lost?'),
  ];
}

function emptyTexts() {
  return {
    emptyTitle: vscode.l10n.t('Ask about this firmware'),
    emptyText: vscode.l10n.t('Answers cite the files and registers they rest on, and every hardware claim is checked against the chip\'s own description. Everything runs on this machine.'),
    recent: vscode.l10n.t('Earlier conversations'),
    allConversations: vscode.l10n.t('All conversations…'),
    noFolder: vscode.l10n.t('No folder is open. Halcyon reads the firmware of a folder.'),
    openFolder: vscode.l10n.t('Open Folder…'),
    noSvd: vscode.l10n.t('No SVD file is in use, so registers cannot be looked up or checked.'),
    chooseChip: vscode.l10n.t('Choose Chip…'),
    chooseSvd: vscode.l10n.t('Choose SVD File…'),
    showOutput: vscode.l10n.t('Show Output'),
    restartEngine: vscode.l10n.t('Restart Engine'),
  } satisfies Texts;
}

function setupTexts() {
  return {
    noModel: vscode.l10n.t('No language model is chosen. Register hover and the facts of interrupt handlers work without one; written answers need one.'),
    selectModel: vscode.l10n.t('Select Model…'),
    chooseModelFile: vscode.l10n.t('Choose Model File…'),
    setupTitle: vscode.l10n.t('One step to written answers'),
    setupText: vscode.l10n.t('A language model on this machine writes the answers; this one fits best:'),
    download: vscode.l10n.t('Download and Use'),
    downloadFrom: vscode.l10n.t('Comes from {0}. Nothing of your code leaves this machine.'),
    downloading: vscode.l10n.t('Downloading {0}'),
    cancel: vscode.l10n.t('Cancel'),
    offline: vscode.l10n.t('Offline mode is on, so nothing is downloaded. Choose a model file that is on this machine.'),
    tryAgain: vscode.l10n.t('Try Again'),
    indexing: vscode.l10n.t('Reading the project: {0} %'),
  } satisfies Texts;
}

function composerTexts() {
  return {
    placeholder: vscode.l10n.t('Ask about the code, a register, an interrupt…'),
    questionLabel: vscode.l10n.t('Question'),
    send: vscode.l10n.t('Send'),
    sendQueued: vscode.l10n.t('Send when the answer is finished'),
    stop: vscode.l10n.t('Stop'),
    attach: vscode.l10n.t('Add Files…'),
    suggestions: vscode.l10n.t('Suggestions'),
    remove: vscode.l10n.t('Remove {0}'),
    dropHere: vscode.l10n.t('Drop files here to ask about them'),
    inputHint: vscode.l10n.t('Type / for tasks and # for files, registers and handlers'),
    referenceFile: vscode.l10n.t('a file of the workspace'),
    referenceSelection: vscode.l10n.t('the selected code, or the function at the cursor'),
    referenceRegister: vscode.l10n.t('a register of the chip'),
    referenceIsr: vscode.l10n.t('an interrupt handler, or the one at the cursor'),
    referenceProblems: vscode.l10n.t('what is reported of the open file'),
    commandExplain: vscode.l10n.t('Explain the selection, or the function at the cursor'),
    commandIsr: vscode.l10n.t('Explain an interrupt handler'),
    commandRegister: vscode.l10n.t('Explain a register'),
    commandReview: vscode.l10n.t('Review the function at the cursor'),
    commandInit: vscode.l10n.t('Write code that sets a peripheral up'),
    commandFault: vscode.l10n.t('Explain a HardFault dump'),
  } satisfies Texts;
}

function turnTexts() {
  return {
    conversation: vscode.l10n.t('Conversation'),
    toEnd: vscode.l10n.t('Go to the end'),
    close: vscode.l10n.t('Close'),
    queued: vscode.l10n.t('Asked when the answer above is finished'),
    withdraw: vscode.l10n.t('Take Back'),
    waiting: vscode.l10n.t('Looking for evidence…'),
    stopped: vscode.l10n.t('Stopped'),
    finished: vscode.l10n.t('Answer finished'),
    failed: vscode.l10n.t('No answer'),
    you: vscode.l10n.t('You'),
  } satisfies Texts;
}

function answerTexts() {
  return {
    facts: vscode.l10n.t('Facts, computed without a model'),
    thinking: vscode.l10n.t('What the model thought'),
    evidence: vscode.l10n.t('Evidence used'),
    evidenceTokens: vscode.l10n.t('{0} tokens'),
    leftOut: vscode.l10n.t('Found but left out of the prompt'),
    sources: vscode.l10n.t('Sources'),
    supported: vscode.l10n.t('Supported'),
    contradicted: vscode.l10n.t('Contradicted'),
    unknown: vscode.l10n.t('Unknown'),
    checks: vscode.l10n.t('Checked claims'),
    codeBlock: vscode.l10n.t('Code'),
    copyCode: vscode.l10n.t('Copy'),
    insertCode: vscode.l10n.t('Insert at Cursor'),
    applyCode: vscode.l10n.t('Compare and Apply…'),
    saveCode: vscode.l10n.t('Save as File…'),
  } satisfies Texts;
}

function actionTexts() {
  return {
    copyAnswer: vscode.l10n.t('Copy Answer'),
    regenerate: vscode.l10n.t('Answer Again'),
    continueAnswer: vscode.l10n.t('Go On'),
    editQuestion: vscode.l10n.t('Edit Question'),
    resend: vscode.l10n.t('Ask Again'),
    editHint: vscode.l10n.t('What came after this question is taken out of the conversation.'),
    tryQuestionAgain: vscode.l10n.t('Try Again'),
    good: vscode.l10n.t('Good Answer'),
    bad: vscode.l10n.t('Bad Answer'),
    correctionLabel: vscode.l10n.t('What is right instead? (kept on this machine)'),
    correctionHint: vscode.l10n.t('for example: BRR is 0x8B at 42 MHz'),
    saveCorrection: vscode.l10n.t('Save Correction'),
    thanks: vscode.l10n.t('Kept on this machine.'),
  } satisfies Texts;
}

/** A part of the page's words; a name that is none is a mistake. */
type Texts = Readonly<Partial<Record<TextName, string>>>;
