import * as vscode from 'vscode';
import { referenceText } from '../../webview/chatInput.ts';
import { pageCommands, type FromPage, type ToPage, type TurnAction } from '../../webview/protocol.ts';
import { chatCompletions } from './chatCompletions.ts';
import { questionOf } from './chatQuestion.ts';
import type { ChatRunner } from './chatRunner.ts';
import type { CodeBlockActions } from './codeBlockActions.ts';
import type { Conversation } from './conversation.ts';
import { feedbackRecord, keepFeedback } from './feedbackLog.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import type { ModelSetupFlow } from './modelSetup.ts';
import { chatModelName, type ModelsWatch } from './modelsInUse.ts';
import type { Log } from './outputChannel.ts';
import { sentenceOf } from './sentence.ts';

/** What the page's requests need. */
export interface PageRequests {
  readonly sessions: FolderSessions;
  readonly log: Log;
  readonly conversation: Conversation;
  readonly runner: ChatRunner;
  readonly code: CodeBlockActions;
  readonly setup: ModelSetupFlow;
  readonly models: ModelsWatch;
  /** Where feedback is kept. */
  readonly storage: string;
}

type PageRequest = Exclude<FromPage, { type: 'ready' | 'ask' | 'stop' }>;

/** Carries out a click on the page; the reply, if any, goes back to it. */
export async function carryOut(request: PageRequest, requests: PageRequests): Promise<ToPage | undefined> {
  const { sessions, conversation, runner, setup } = requests;
  switch (request.type) {
    case 'openPlace': return done(openPlace(request, sessions));
    case 'showCard': return cardOf(request, sessions);
    case 'code': return announced(await requests.code.carryOut(request.action, request.code, request.language));
    case 'complete': {
      const session = sessions.current();
      return { type: 'completions', requestId: request.requestId, items: session === undefined ? [] : await chatCompletions(request.kind, request.query, session) };
    }
    case 'attachFiles': return attachFiles(request.uris, sessions);
    case 'openConversation':
      runner.stopAll();
      return done(conversation.open(request.id));
    case 'focused': return done(prepareModel(requests));
    case 'downloadModel': return done(setup.download(request.id));
    case 'cancelDownload':
      setup.cancel();
      return undefined;
    case 'run':
      // The page's word is not taken for it: a list decides what a button may start.
      if (pageCommands.includes(request.command)) await vscode.commands.executeCommand(request.command === 'openFolder' ? 'workbench.action.files.openFolder' : `halcyon.${request.command}`);
      return undefined;
    default: return turnAction(request, requests);
  }
}

/** A model that was left alone was unloaded; loading takes seconds, which writing the question takes, too. */
async function prepareModel({ sessions, models, log }: PageRequests): Promise<void> {
  if (chatModelName(models.current()) === undefined) return;
  await sessions.current()?.engine.prepareModel().catch((error: unknown) => { log.warn(`The model could not be loaded ahead: ${sentenceOf(error)}`); });
}

async function turnAction(action: TurnAction, requests: PageRequests): Promise<ToPage | undefined> {
  const { conversation, runner, sessions } = requests;
  const turn = conversation.turn(action.turnId);
  if (turn === undefined) return undefined;
  switch (action.type) {
    case 'regenerate': return done(runner.regenerate(turn.id));
    case 'continue': return done(runner.goOn(turn.id));
    case 'edit': return done(runner.edit(turn.id, await questionOf(action.question, sessionOf(turn.folder, sessions))));
    case 'withdraw':
      runner.withdraw(turn.id);
      return undefined;
    case 'copyAnswer':
      await vscode.env.clipboard.writeText(turn.text);
      return announced(vscode.l10n.t('Copied'));
    case 'rate': {
      const { rating, correction } = action;
      await keepFeedback(requests.storage, feedbackRecord(turn, { rating, correction }, { device: sessionOf(turn.folder, sessions).status.device?.device, model: chatModelName(requests.models.current()), time: new Date().toISOString() }));
      conversation.change(turn.id, { feedback: { rating, ...(correction !== undefined && { correction }) } });
      return undefined;
    }
  }
}

async function done(work: unknown): Promise<undefined> {
  await work;
  return undefined;
}

function announced(text: string | undefined): ToPage | undefined {
  return text === undefined ? undefined : { type: 'announce', text };
}

async function attachFiles(uris: readonly string[], sessions: FolderSessions): Promise<ToPage | undefined> {
  const session = sessions.current();
  if (session === undefined) return undefined;
  const dropped = uris.map(uri => vscode.Uri.parse(uri)).filter(({ scheme }) => scheme === 'file' || scheme === 'vscode-remote');
  const picked = uris.length > 0 ? dropped : await vscode.window.showOpenDialog({ title: vscode.l10n.t('Add Files…'), canSelectMany: true, defaultUri: session.folder.uri }) ?? [];
  // A window on another machine names its files by that machine.
  return { type: 'attach', references: picked.map(uri => referenceText('file', session.fileOf(vscode.Uri.file(uri.path)))) };
}

async function openPlace({ folder, file, line }: { folder: string; file: string; line?: number }, sessions: FolderSessions): Promise<void> {
  const uri = sessionOf(folder, sessions).uriOf(file);
  try {
    await vscode.workspace.fs.stat(uri);
  } catch {
    throw new Error(vscode.l10n.t('{0} does not exist in this folder (any more).', file));
  }
  if (/\.(pdf|png|jpe?g|svg|html?)$/i.test(file)) {
    await vscode.commands.executeCommand('vscode.open', uri);
    return;
  }
  const at = new vscode.Position(Math.max(0, (line ?? 1) - 1), 0);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(at, at), preview: true, viewColumn: vscode.ViewColumn.One });
}

async function cardOf({ folder, requestId, path }: { folder: string; requestId: number; path: string }, sessions: FolderSessions): Promise<ToPage> {
  const { matches, problems } = await sessionOf(folder, sessions).engine.register(path);
  const markdown = matches[0]?.markdown ?? [vscode.l10n.t('{0} is not in the SVD file in use.', path), ...problems.map(problem => problem.message)].join('\n\n');
  return { type: 'card', requestId, title: matches[0]?.path ?? path, markdown };
}

/** The session that a turn was asked in; throws a sentence when its folder is closed. */
export function sessionOf(folder: string, sessions: FolderSessions): FolderSession {
  const session = sessions.ofFolder(folder);
  if (session === undefined) throw new Error(vscode.l10n.t('The folder of this answer is not open any more.'));
  return session;
}
