import * as path from 'node:path';
import * as vscode from 'vscode';
import type { EngineOptions } from '../node/engineOptions.ts';
import { registerChangeSummary } from './changeSummary.ts';
import { registerChatView, type ChatView } from './chatView.ts';
import { registerCodeBlockActions } from './codeBlockActions.ts';
import { registerCodeQuestionActions } from './codeQuestionActions.ts';
import { registerCodeQuestions } from './codeQuestionCommands.ts';
import { openConversation, type Conversation } from './conversation.ts';
import { openConversationFiles } from './conversationFiles.ts';
import { registerConversationHistory } from './conversationHistory.ts';
import { createEndpointKeys, registerSetEndpointKey } from './endpointKeys.ts';
import { registerExplainIsr } from './explainIsr.ts';
import { FolderSessions } from './folderSessions.ts';
import { registerHardwareFeatures } from './hardwareFeatures.ts';
import { keepIndexed, registerIndexCommands } from './indexCommands.ts';
import { registerIsrCodeAction } from './isrCodeAction.ts';
import { registerInterruptsTree } from './interruptsTree.ts';
import { registerIsrCodeLens } from './isrCodeLens.ts';
import { registerIsrPanel } from './isrPanel.ts';
import { registerKnowledgeCommands } from './knowledgeCommands.ts';
import { registerKnowledgeTree } from './knowledgeTree.ts';
import { registerModelCommands } from './modelCommands.ts';
import { createModelSetup } from './modelSetup.ts';
import { createModelsWatch, type ModelsInUse, type ModelsWatch } from './modelsInUse.ts';
import { createLog, registerShowOutput, type Log } from './outputChannel.ts';
import { registerSearchKnowledge } from './searchKnowledge.ts';
import { onSettingsChange, readSettings } from './settings.ts';
import { registerStatusBar } from './statusBar.ts';
import { sentenceOf } from './sentence.ts';
import { registerTerminalQuestion } from './terminalQuestion.ts';
import { followUnsavedDocuments } from './unsavedDocuments.ts';

/** What has to be finished before the window goes. */
let closing: (() => Promise<void>) | undefined;

/** Builds every object of the extension, each given only what it needs. Starts no engine and reads no file. */
export function activate(context: vscode.ExtensionContext): void {
  const begun = performance.now();
  const log = createLog();
  const models = createModelsWatch(log, createEndpointKeys(context.secrets));
  const sessions = FolderSessions.open({
    workerFile: path.join(context.extensionPath, 'dist', 'engineWorker.js'),
    engineOptions: folder => engineOptions(folder, models.current(), context),
    log,
  });
  const { chat, conversation, registration } = openChat(context, { sessions, models, log });
  const applySettings = async (): Promise<void> => {
    await models.refresh();
    await sessions.reconfigure();
  };
  context.subscriptions.push(
    log, registration,
    registerHardwareFeatures(sessions, log, context),
    registerIsrCodeLens(sessions, log),
    registerIsrCodeAction(sessions, log), registerCodeQuestionActions(sessions, log),
    registerExplainIsr(sessions, chat), registerCodeQuestions(sessions, chat), registerTerminalQuestion(sessions, chat), registerChangeSummary(sessions, chat),
    registerIsrPanel(sessions),
    registerInterruptsTree(sessions, log),
    registerStatusBar(sessions, models),
    registerModelCommands(models), registerSetEndpointKey(context.secrets, applySettings),
    registerIndexCommands(sessions),
    registerKnowledgeTree(sessions, models, log),
    registerKnowledgeCommands(sessions),
    registerSearchKnowledge(sessions),
    followUnsavedDocuments(sessions),
    registerShowOutput(log),
    keepIndexed(sessions, applySettings),
    onSettingsChange(() => { void applySettings(); }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => { void applySettings(); }),
  );
  closing = async () => {
    await conversation.save();
    await sessions[Symbol.asyncDispose]();
  };
  log.info(`Activated in ${(performance.now() - begun).toFixed(1)} ms`);
}

interface ChatParts {
  readonly sessions: FolderSessions;
  readonly models: ModelsWatch;
  readonly log: Log;
}

/** The chat with what is kept of it: conversations and feedback, in the workspace's own storage. */
function openChat(context: vscode.ExtensionContext, parts: ChatParts): { readonly chat: ChatView; readonly conversation: Conversation; readonly registration: vscode.Disposable } {
  const storage = (context.storageUri ?? context.globalStorageUri).fsPath;
  const files = openConversationFiles(path.join(storage, 'conversations'));
  const onFailure = (error: unknown): void => { parts.log.error(`The conversation was not kept: ${sentenceOf(error)}`); };
  const conversation = openConversation({ files, memory: context.workspaceState, onFailure });
  const restored = conversation.restore().catch(onFailure);
  const code = registerCodeBlockActions();
  const { chat, registration } = registerChatView({ ...parts, extensionUri: context.extensionUri, conversation, files, restored, storage, code: code.actions, setup: createModelSetup(parts.log) });
  const history = registerConversationHistory({ files, conversation, leave: () => { chat.leave(); } });
  context.subscriptions.push(code.registration, history);
  return { chat, conversation, registration };
}

/** Saves the conversation and ends the engines. */
export async function deactivate(): Promise<void> {
  await closing?.();
}

function engineOptions(folder: vscode.WorkspaceFolder, models: ModelsInUse, context: vscode.ExtensionContext): EngineOptions {
  const settings = readSettings(folder);
  return {
    workspace: folder.uri.fsPath,
    trusted: vscode.workspace.isTrusted,
    storage: path.join(context.globalStorageUri.fsPath, 'index'),
    grammars: path.join(context.extensionPath, 'dist', 'grammars'),
    svd: settings.svdPath,
    svdFolders: settings.svdFolders,
    svdPatches: settings.svdPatches,
    device: settings.device,
    modelFile: models.chat,
    adapters: settings.adapters[path.basename(models.chat ?? '')]?.map(file => ({ file })),
    embedderFile: models.embedder,
    endpoint: models.endpoint,
    embedderEndpoint: models.embedderEndpoint,
    offline: settings.offline,
    runIn: settings.runIn,
    unloadAfterMinutes: settings.unloadAfterMinutes,
    threads: settings.threads,
    knowledgeFolders: settings.knowledgeFolders,
    ignoredFolders: settings.ignoredFolders,
    exclude: settings.exclude,
    hidden: settings.hidden,
  };
}
