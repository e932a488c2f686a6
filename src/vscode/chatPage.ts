import * as vscode from 'vscode';
import { pageTexts } from './chatTexts.ts';

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
<main id="chat"><h1 class="hidden">Halcyon</h1></main>
<script nonce="${nonce}" type="module" src="${file('chat.js')}"></script>
</body>
</html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
