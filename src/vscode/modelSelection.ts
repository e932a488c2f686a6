import * as vscode from 'vscode';
import { modelsFolder } from '../node/folders.ts';
import { checkGguf } from '../node/gguf.ts';
import { listModels, type ListedModel } from '../node/modelCatalog.ts';
import { fetchModel } from './modelFetch.ts';
import { modelRows } from './modelRows.ts';
import type { ModelsWatch } from './modelsInUse.ts';
import { readSettings, writeSetting } from './settings.ts';

/** Shows the models and uses the one that is picked, downloading it first where need be. */
export async function selectModel(models: ModelsWatch): Promise<void> {
  const { chat, embedder } = models.current();
  const rows = listModels({ folder: modelsFolder() }).then(listed => modelRows(listed, { inUse: [chat, embedder], freeBytes: process.availableMemory() }));
  const picked = await vscode.window.showQuickPick(rows, { title: vscode.l10n.t('Select Model'), placeHolder: vscode.l10n.t('A chat model writes answers; an embedding model improves search'), matchOnDescription: true, matchOnDetail: true });
  if (picked?.choice === 'file') await chooseModelFile();
  else if (picked?.choice !== undefined) await useModel(picked.choice);
}

async function useModel(model: ListedModel): Promise<void> {
  if (model.problem !== undefined) {
    await vscode.window.showErrorMessage(model.problem);
    return;
  }
  const file = model.path ?? await fetchModel(model, { folder: modelsFolder(), offline: readSettings().offline });
  if (file !== undefined) await setModel(model.role, file);
}

/** Lets the user pick any model file, and uses it in the role it is made for. */
export async function chooseModelFile(): Promise<void> {
  const picked = await vscode.window.showOpenDialog({ title: vscode.l10n.t('Choose Model File'), filters: { GGUF: ['gguf'] } });
  const file = picked?.[0]?.fsPath;
  if (file === undefined) return;
  // A bad file would only fail later, in the middle of a question.
  const check = await checkGguf(file);
  if (!check.ok) await vscode.window.showErrorMessage(check.problem);
  else if (check.metadata.isReranker) await vscode.window.showErrorMessage(vscode.l10n.t('{0} ranks search results; choose a chat model or an embedding model.', file));
  else await setModel(check.metadata.isEmbedder ? 'embedder' : 'chat', file);
}

/** Uses a model file in its role, for every folder. */
export async function setModel(role: ListedModel['role'], file: string): Promise<void> {
  await writeSetting(role === 'chat' ? 'model.path' : 'embedder.path', file);
  // A server would go on answering in its place.
  const { endpoint, embedderEndpoint } = readSettings();
  if ((role === 'chat' ? endpoint : embedderEndpoint) !== undefined) await writeSetting(role === 'chat' ? 'endpoint.url' : 'embedder.endpoint.url', undefined);
}
