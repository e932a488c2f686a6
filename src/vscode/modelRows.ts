import * as vscode from 'vscode';
import type { ListedModel } from '../node/modelCatalog.ts';

/** One row of "Select Model…"; separators have no choice. */
export interface ModelRow extends vscode.QuickPickItem {
  readonly choice?: ListedModel | 'file';
}

/** What the rows say besides the models themselves. */
export interface ModelRowsContext {
  readonly inUse: readonly (string | undefined)[];
  readonly freeBytes: number;
}

/** The models on this machine, then those that can be downloaded, then the way to any other file. */
export function modelRows(models: readonly ListedModel[], context: ModelRowsContext): ModelRow[] {
  const isHere = (model: ListedModel): boolean => model.cached || model.problem !== undefined;
  const rowsOf = (chosen: readonly ListedModel[]): ModelRow[] => chosen.map(model => rowOf(model, context));
  return [
    separator(vscode.l10n.t('On this machine')), ...rowsOf(models.filter(isHere)),
    separator(vscode.l10n.t('To download')), ...rowsOf(models.filter(model => !isHere(model) && model.url !== undefined)),
    separator(''), { label: `$(file) ${vscode.l10n.t('Choose Model File…')}`, choice: 'file' },
  ];
}

/** Bytes as people compare them: `4.7 GB`, `25 MB`. */
export function bytesText(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.round(bytes / 1e6)} MB`;
}

function rowOf(model: ListedModel, context: ModelRowsContext): ModelRow {
  const icon = iconOf(model, context);
  if (model.problem !== undefined) return { label: `$(${icon}) ${model.name}`, detail: model.problem, choice: model };
  const role = model.role === 'chat' ? vscode.l10n.t('chat') : vscode.l10n.t('embedding');
  return {
    label: `$(${icon}) ${model.name}`,
    description: [...(model.isDefault === true ? [vscode.l10n.t('recommended')] : []), bytesText(model.sizeBytes), model.license, role].join(' · '),
    detail: detailOf(model, context),
    choice: model,
  };
}

function iconOf(model: ListedModel, { inUse }: ModelRowsContext): string {
  if (model.problem !== undefined) return 'warning';
  if (model.path !== undefined && inUse.includes(model.path)) return 'check';
  return model.cached ? 'hubot' : 'cloud-download';
}

function detailOf(model: ListedModel, { freeBytes }: ModelRowsContext): string {
  const fits = model.memoryBytes <= freeBytes;
  const memory = fits
    ? vscode.l10n.t('Fits: takes about {0} of memory, {1} are free', bytesText(model.memoryBytes), bytesText(freeBytes))
    : vscode.l10n.t('Too large for this machine now: takes about {0} of memory, {1} are free', bytesText(model.memoryBytes), bytesText(freeBytes));
  const begun = model.partialBytes === undefined ? [] : [vscode.l10n.t('{0} of it are here already', bytesText(model.partialBytes))];
  const base = model.followsInstructions === false ? [vscode.l10n.t('not trained to follow instructions')] : [];
  return [memory, ...begun, ...base].join(' · ');
}

function separator(label: string): ModelRow {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
