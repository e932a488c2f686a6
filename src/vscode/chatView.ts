import * as vscode from 'vscode';
import type { FromPage, ToPage } from '../../webview/protocol.ts';
import type { AnswerEvent } from '../core/index.ts';
import { answerTurn } from './answerTurn.ts';
import { carryOut, type PageRequests } from './chatRequests.ts';
import { chatPage } from './chatPage.ts';
import type { Conversation } from './conversation.ts';
import type { HandlerPlace } from './explainIsr.ts';
import type { FolderSession } from './folderSession.ts';
import type { ModelsWatch } from './modelsInUse.ts';
import { sentenceOf } from './sentence.ts';
import { situationOf } from './situation.ts';

/** The sidebar chat, as commands see it. */
export interface ChatView {
  /** Shows the view and asks; without a question, puts the cursor into the question box. */
  ask(question?: string): Promise<void>;
  /** Shows the view and explains the handler. */
  explain(session: FolderSession, handler: HandlerPlace): Promise<void>;
  stop(): void;
  clear(): void;
}

/** What the view is given. */
export interface ChatViewOptions extends PageRequests {
  readonly extensionUri: vscode.Uri;
  readonly conversation: Conversation;
  readonly models: ModelsWatch;
}

/** Registers the chat view and the commands that belong to it. */
export function registerChatView(options: ChatViewOptions): { readonly chat: ChatView; readonly registration: vscode.Disposable } {
  const page = createPageLink(options);
  const chat = createChat(options, page);
  options.conversation.onChange(change => {
    if (change.type === 'turn') page.post({ type: 'turn', turn: change.turn });
    else if (change.type === 'text') page.post(change);
    else page.postSnapshot();
  });
  options.sessions.onStatus(() => { page.post({ type: 'situation', situation: situationOf(options.sessions, options.models.current()) }); });
  page.onMessage(message => { receive(message, { chat, page, options }); });
  const registration = vscode.Disposable.from(
    vscode.window.registerWebviewViewProvider('halcyon.chat', { resolveWebviewView: view => { page.attach(view); } }),
    vscode.commands.registerCommand('halcyon.ask', (question?: unknown) => chat.ask(typeof question === 'string' ? question : undefined)),
    vscode.commands.registerCommand('halcyon.newConversation', () => { chat.clear(); }),
    vscode.commands.registerCommand('halcyon.stopGeneration', () => { chat.stop(); }),
  );
  return { chat, registration };
}

/** The page while it lives: messages before `ready` are covered by the snapshot, only `compose` waits. */
interface PageLink {
  post(message: ToPage): void;
  postSnapshot(): void;
  /** Delivered now, or right after the page's next `ready`. */
  postWhenReady(message: ToPage): void;
  ready(): void;
  attach(view: vscode.WebviewView): void;
  onMessage(listener: (message: FromPage) => void): void;
}

function createPageLink({ extensionUri, conversation, sessions, models }: ChatViewOptions): PageLink {
  let view: vscode.WebviewView | undefined;
  let isReady = false;
  let waiting: ToPage[] = [];
  const listeners: ((message: FromPage) => void)[] = [];
  const post = (message: ToPage): void => {
    if (isReady) void view?.webview.postMessage(message);
  };
  const postSnapshot = (): void => { post({ type: 'snapshot', turns: conversation.turns(), situation: situationOf(sessions, models.current()) }); };
  return {
    post,
    postSnapshot,
    postWhenReady: message => {
      if (isReady) post(message);
      else waiting.push(message);
    },
    ready: () => {
      isReady = true;
      postSnapshot();
      for (const message of waiting) post(message);
      waiting = [];
    },
    attach: attached => {
      view = attached;
      isReady = false;
      attached.webview.options = { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')] };
      attached.webview.onDidReceiveMessage((message: FromPage) => { for (const listener of listeners) listener(message); });
      // A hidden page is destroyed without an event of its own; the next one says `ready` again.
      attached.onDidChangeVisibility(() => { if (!attached.visible) isReady = false; });
      attached.onDidDispose(() => { isReady = false; view = undefined; });
      attached.webview.html = chatPage(attached.webview, extensionUri);
    },
    onMessage: listener => { listeners.push(listener); },
  };
}

function createChat({ conversation, sessions, log }: ChatViewOptions, page: PageLink): ChatView {
  let generation: AbortController | undefined;
  const show = async (): Promise<void> => { await vscode.commands.executeCommand('halcyon.chat.focus'); };
  const run = async (session: FolderSession, question: string, start: (signal: AbortSignal) => AsyncIterable<AnswerEvent>): Promise<void> => {
    generation?.abort();
    const own = generation = new AbortController();
    const id = conversation.begin(session.folder.uri.toString(), question);
    await vscode.commands.executeCommand('setContext', 'halcyon.generating', true);
    log.info(`Asked: ${question}`);
    await session.withoutEmbedding(() => answerTurn(conversation, id, deferred(() => start(own.signal)), own.signal));
    const turn = conversation.turns().find(({ id: each }) => each === id);
    log.info(`Answered: ${turn?.status ?? 'cleared'}${turn?.failure === undefined ? '' : `: ${turn.failure.message}`}`);
    if (generation !== own) return;
    generation = undefined;
    await vscode.commands.executeCommand('setContext', 'halcyon.generating', false);
  };
  return {
    ask: async question => {
      await show();
      const session = sessions.current();
      if (question === undefined || session === undefined) {
        page.postWhenReady({ type: 'compose', ...(question !== undefined && { text: question }) });
        return;
      }
      const history = historyOf(conversation);
      await run(session, question, signal => session.engine.ask({ question, history }, signal));
    },
    explain: async (session, { uri, line, name }) => {
      await show();
      const document = vscode.workspace.textDocuments.find(open => open.uri.toString() === uri && open.isDirty);
      const file = session.fileOf(vscode.Uri.parse(uri));
      await run(session, vscode.l10n.t('Explain {0} ({1})', name, `${file}:${line}`), signal => session.engine.explain({ file, line, ...(document !== undefined && { text: document.getText() }) }, signal));
    },
    stop: () => { generation?.abort(); },
    clear: () => {
      generation?.abort();
      conversation.clear();
    },
  };
}

/** Starting the engine may already throw: then the turn fails, not the command. */
async function* deferred(start: () => AsyncIterable<AnswerEvent>): AsyncGenerator<AnswerEvent> {
  yield* start();
}

function historyOf(conversation: Conversation): { role: 'user' | 'assistant'; text: string }[] {
  return conversation.turns().filter(turn => turn.status === 'done' && turn.text !== '').flatMap(turn => [
    { role: 'user' as const, text: turn.question },
    { role: 'assistant' as const, text: turn.text },
  ]);
}

function receive(message: FromPage, { chat, page, options }: { chat: ChatView; page: PageLink; options: ChatViewOptions }): void {
  switch (message.type) {
    case 'ready':
      page.ready();
      break;
    case 'ask':
      void chat.ask(message.question);
      break;
    case 'stop':
      chat.stop();
      break;
    default:
      carryOut(message, options).then(reply => { if (reply !== undefined) page.post(reply); }, (error: unknown) => {
        options.log.error(sentenceOf(error));
        void vscode.window.showErrorMessage(sentenceOf(error));
      });
  }
}
