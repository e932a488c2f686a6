import * as vscode from 'vscode';
import type { PageTexts } from '../../webview/protocol.ts';

/** The page's HTML: nothing runs or loads but what carries the nonce or lies in `dist/webview`. */
export function chatPage(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const nonce = crypto.randomUUID();
  const file = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', name)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource}`,
  ].join('; ');
  return `<!doctype html>
<html lang="${escaped(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" nonce="${nonce}" id="vscode-codicon-stylesheet" href="${file('codicon.css')}">
<link rel="stylesheet" nonce="${nonce}" href="${file('chat.css')}">
<title>Halcyon</title>
</head>
<body data-texts="${escaped(JSON.stringify(pageTexts()))}">
<main id="chat"></main>
<script nonce="${nonce}" type="module" src="${file('chat.js')}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

function pageTexts(): PageTexts {
  return { ...emptyTexts(), ...composerTexts(), ...turnTexts() };
}

type EmptyTexts = Pick<PageTexts, 'emptyTitle' | 'emptyText' | 'examples' | 'noFolder' | 'openFolder' | 'noModel' | 'selectModel' | 'chooseModelFile' | 'noSvd' | 'chooseSvd' | 'showOutput' | 'restartEngine'>;

function emptyTexts(): EmptyTexts {
  return {
    emptyTitle: vscode.l10n.t('Ask about this firmware'),
    emptyText: vscode.l10n.t('Answers cite the files and registers they rest on, and every hardware claim is checked against the chip\'s own description. Everything runs on this machine.'),
    examples: [
      vscode.l10n.t('Which interrupt handlers does this project have, and what do they touch?'),
      vscode.l10n.t('Where is the UART baud rate set?'),
      vscode.l10n.t('Why could received bytes get lost?'),
    ],
    noFolder: vscode.l10n.t('No folder is open. Halcyon reads the firmware of a folder.'),
    openFolder: vscode.l10n.t('Open Folder…'),
    noModel: vscode.l10n.t('No language model is chosen. Register hover and the facts of interrupt handlers work without one; written answers need one.'),
    selectModel: vscode.l10n.t('Select Model…'),
    chooseModelFile: vscode.l10n.t('Choose Model File…'),
    noSvd: vscode.l10n.t('No SVD file is in use, so registers cannot be looked up or checked.'),
    chooseSvd: vscode.l10n.t('Choose SVD File…'),
    showOutput: vscode.l10n.t('Show Output'),
    restartEngine: vscode.l10n.t('Restart Engine'),
  };
}

function composerTexts(): Pick<PageTexts, 'placeholder' | 'questionLabel' | 'send' | 'stop' | 'conversation' | 'toEnd' | 'close'> {
  return {
    placeholder: vscode.l10n.t('Ask about the code, a register, an interrupt…'),
    questionLabel: vscode.l10n.t('Question'),
    send: vscode.l10n.t('Send'),
    stop: vscode.l10n.t('Stop'),
    conversation: vscode.l10n.t('Conversation'),
    toEnd: vscode.l10n.t('Go to the end'),
    close: vscode.l10n.t('Close'),
  };
}

type TurnTexts = Pick<PageTexts, 'waiting' | 'stopped' | 'finished' | 'failed' | 'you' | 'answer' | 'facts' | 'evidence' | 'leftOut' | 'sources' | 'supported' | 'contradicted' | 'unknown' | 'checks'>;

function turnTexts(): TurnTexts {
  return {
    waiting: vscode.l10n.t('Looking for evidence…'),
    stopped: vscode.l10n.t('Stopped'),
    finished: vscode.l10n.t('Answer finished'),
    failed: vscode.l10n.t('No answer'),
    you: vscode.l10n.t('You'),
    answer: vscode.l10n.t('Halcyon'),
    facts: vscode.l10n.t('Facts, computed without a model'),
    evidence: vscode.l10n.t('Evidence used'),
    leftOut: vscode.l10n.t('Found but left out of the prompt'),
    sources: vscode.l10n.t('Sources'),
    supported: vscode.l10n.t('Supported'),
    contradicted: vscode.l10n.t('Contradicted'),
    unknown: vscode.l10n.t('Unknown'),
    checks: vscode.l10n.t('Checked claims'),
  };
}
