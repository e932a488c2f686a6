import * as vscode from 'vscode';
import type { FromPage } from '../../webview/protocol.ts';
import { carryOut, sessionOf, type PageRequests } from './chatRequests.ts';
import { createPageLink, type PageLink } from './chatPageLink.ts';
import { questionOf, reportedFor } from './chatQuestion.ts';
import { createChatRunner, type AskedTurn, type ChatRunner } from './chatRunner.ts';
import { recentConversations } from './conversationHistory.ts';
import type { ConversationFiles } from './conversationFiles.ts';
import type { HandlerPlace } from './explainIsr.ts';
import type { FolderSession } from './folderSession.ts';
import { chatModelName } from './modelsInUse.ts';
import { sentenceOf } from './sentence.ts';
import { situationOf } from './situation.ts';
import { askEngine } from './turnRequest.ts';

/** The sidebar chat, as commands see it. */
export interface ChatView {
  /** Shows the view and asks; without a question, puts the cursor into the question box. */
  ask(question?: string): Promise<void>;
  /** Shows the view and asks what a command has put together. */
  submit(turn: AskedTurn): Promise<void>;
  /** Shows the view and explains the handler. */
  explain(session: FolderSession, handler: HandlerPlace): Promise<void>;
  stop(): void;
  /** Stops, and forgets what waits: another conversation takes the place of this one. */
  leave(): void;
  clear(): void;
}

/** What the view is given. */
export interface ChatViewOptions extends Omit<PageRequests, 'runner'> {
  readonly extensionUri: vscode.Uri;
  readonly files: ConversationFiles;
  /** Settled when the kept conversation is there. */
  readonly restored: Promise<void>;
}

/** Registers the chat view and the commands that belong to it. */
export function registerChatView(options: ChatViewOptions): { readonly chat: ChatView; readonly registration: vscode.Disposable } {
  const page = createPageLink(options.extensionUri, async () => snapshotOf(options));
  const runner = createRunner(options);
  const chat = createChat(options, page, runner);
  followConversation(options, page);
  page.onMessage(message => { receive(message, { chat, page, requests: { ...options, runner } }); });
  const registration = vscode.Disposable.from(
    vscode.window.registerWebviewViewProvider('halcyon.chat', { resolveWebviewView: view => { page.attach(view); } }),
    vscode.commands.registerCommand('halcyon.ask', (question?: unknown) => chat.ask(typeof question === 'string' ? question : undefined)),
    vscode.commands.registerCommand('halcyon.newConversation', () => { chat.clear(); }),
    vscode.commands.registerCommand('halcyon.stopGeneration', () => { chat.stop(); }),
  );
  return { chat, registration };
}

async function snapshotOf({ conversation, files, sessions, models, setup, restored }: ChatViewOptions): Promise<Parameters<PageLink['post']>[0]> {
  await restored;
  if (chatModelName(models.current()) === undefined) await setup.look();
  const recent = conversation.turns().length > 0 ? [] : await recentConversations({ files, conversation });
  return { type: 'snapshot', turns: conversation.turns(), situation: situationOf(sessions, models.current(), setup.current()), recent };
}

function followConversation({ conversation, sessions, models, setup }: ChatViewOptions, page: PageLink): void {
  conversation.onChange(change => {
    if (change.type === 'replaced') page.postSnapshot();
    else page.post(change);
  });
  const tellSituation = (): void => {
    page.post({ type: 'situation', situation: situationOf(sessions, models.current(), setup.current()) });
  };
  sessions.onStatus(() => {
    // A model that went away makes room for the way to another.
    if (chatModelName(models.current()) === undefined && page.isReady()) void setup.look().then(tellSituation);
    else tellSituation();
  });
  setup.onChange(tellSituation);
}

function createRunner({ conversation, sessions, log }: ChatViewOptions): ChatRunner {
  return createChatRunner({
    conversation,
    ask: ({ folder }, request, state, signal) => {
      const session = sessionOf(folder, sessions);
      const unsavedText = (file: string): string | undefined => vscode.workspace.textDocuments.find(({ uri, isDirty }) => isDirty && uri.toString() === session.uriOf(file).toString())?.getText();
      return askEngine(session.engine, request, { ...state, unsavedText, reported: about => reportedFor(about, session) }, signal);
    },
    around: async (turn, work) => {
      await vscode.commands.executeCommand('setContext', 'halcyon.generating', true);
      log.info(`Asked: ${turn.question}`);
      const session = sessions.ofFolder(turn.folder);
      await (session === undefined ? work() : session.withoutEmbedding(work));
      const { status = 'cleared', failure } = conversation.turn(turn.id) ?? {};
      log.info(`Answered: ${status}${failure === undefined ? '' : `: ${failure.message}`}`);
      await vscode.commands.executeCommand('setContext', 'halcyon.generating', false);
    },
  });
}

function createChat({ conversation, sessions, restored }: ChatViewOptions, page: PageLink, runner: ChatRunner): ChatView {
  const show = async (): Promise<void> => {
    await vscode.commands.executeCommand('halcyon.chat.focus');
    await restored;
  };
  return {
    ask: async question => {
      await show();
      const session = sessions.current();
      if (question === undefined || session === undefined) page.postWhenReady({ type: 'compose', ...(question !== undefined && { text: question }) });
      else await runner.submit(await questionOf(question, session));
    },
    submit: async turn => {
      await show();
      await runner.submitNow(turn);
    },
    explain: async (session, { uri, line, name }) => {
      await show();
      const file = session.fileOf(vscode.Uri.parse(uri));
      await runner.submitNow({ folder: session.folder.uri.toString(), question: vscode.l10n.t('Explain {0} ({1})', name, `${file}:${line}`), request: { kind: 'explain', place: { file, line } } });
    },
    stop: () => { runner.stop(); },
    leave: () => { runner.stopAll(); },
    clear: () => {
      runner.stopAll();
      void conversation.startNew();
    },
  };
}

interface Receiver {
  readonly chat: ChatView;
  readonly page: PageLink;
  readonly requests: PageRequests;
}

function receive(message: FromPage, { chat, page, requests }: Receiver): void {
  const tell = (error: unknown): void => {
    requests.log.error(sentenceOf(error));
    void vscode.window.showErrorMessage(sentenceOf(error));
  };
  switch (message.type) {
    case 'ready':
      void page.ready().catch(tell);
      break;
    case 'ask':
      chat.ask(message.question).catch((error: unknown) => {
        tell(error);
        // What was typed is not lost with the failure.
        page.post({ type: 'compose', text: message.question });
      });
      break;
    case 'stop':
      chat.stop();
      break;
    default:
      carryOut(message, requests).then(reply => { if (reply !== undefined) page.post(reply); }, tell);
  }
}
