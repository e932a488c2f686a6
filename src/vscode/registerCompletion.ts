import * as vscode from 'vscode';
import type { Completion } from '../core/index.ts';
import { firmwareFiles } from './firmwareFiles.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import type { Log } from './outputChannel.ts';
import { sentenceOf } from './sentence.ts';
import { readSettings } from './settings.ts';

/** Language servers that complete members and macros themselves. */
const languageServers = ['llvm-vs-code-extensions.vscode-clangd', 'ms-vscode.cpptools', 'anysphere.cpptools', 'ccls-project.ccls'];

/** Offers registers behind `USART2->` and names behind `RCC_…`; left to the language server where there is one, unless the user wants it. */
export function registerRegisterCompletion(sessions: FolderSessions, log: Log): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider(firmwareFiles, {
    provideCompletionItems: async (document, position) => {
      const session = sessions.of(document.uri);
      if (session === undefined || session.status.crash !== undefined || !isWanted(session)) return undefined;
      try {
        const { items, isIncomplete } = await session.engine.completions({ file: session.fileOf(document.uri), text: document.getText(), line: position.line + 1, column: position.character + 1 });
        return items.length === 0 ? undefined : new vscode.CompletionList(items.map((item, index) => itemOf(item, index, session)), isIncomplete);
      } catch (error) {
        log.error(`Completion failed: ${sentenceOf(error)}`);
        return undefined;
      }
    },
    resolveCompletionItem: async item => {
      const origin = origins.get(item);
      if (origin === undefined) return item;
      const { matches: [match] } = await origin.session.engine.register(origin.path);
      if (match !== undefined) item.documentation = new vscode.MarkdownString(match.markdown);
      return item;
    },
  }, '>', '.', '_');
}

const kinds: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  register: vscode.CompletionItemKind.Field, cluster: vscode.CompletionItemKind.Struct, field: vscode.CompletionItemKind.Constant, macro: vscode.CompletionItemKind.Constant,
};

/** Whose card to show when an item is looked at. */
const origins = new WeakMap<vscode.CompletionItem, { readonly session: FolderSession; readonly path: string }>();

function itemOf({ label, detail, description, kind, path }: Completion, index: number, session: FolderSession): vscode.CompletionItem {
  const item = new vscode.CompletionItem({ label, ...(detail !== '' && { detail: `  ${detail}` }), ...(description !== undefined && { description: description.replace(/\s+/g, ' ').slice(0, 60) }) }, kinds[kind]);
  // In the chip's own order, by address, not by letter.
  item.sortText = String(index).padStart(6, '0');
  if (path !== undefined) origins.set(item, { session, path });
  return item;
}

function isWanted(session: FolderSession): boolean {
  const { completion } = readSettings(session.folder);
  return completion === 'on' || (completion === 'auto' && !languageServers.some(id => vscode.extensions.getExtension(id) !== undefined));
}
