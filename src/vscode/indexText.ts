import * as vscode from 'vscode';
import type { FolderSession } from './folderSession.ts';
import { numberText } from './numberText.ts';

/** The state of a folder's index in a few words: what can be done with it now, and what is still to come. */
export function indexText(session: FolderSession | undefined): string {
  if (session === undefined) return vscode.l10n.t('no folder is open');
  const { progress, phase, index, crash, paused, isReader } = session.status;
  if (crash !== undefined) return crash;
  if (paused === true) return vscode.l10n.t('indexing is paused');
  if (progress !== undefined) {
    const percent = Math.floor(progress * 100);
    return phase === 'embed' ? vscode.l10n.t('searchable, embedding {0} %', percent) : vscode.l10n.t('indexing, {0} %', percent);
  }
  if (isReader === true) return vscode.l10n.t('searchable, kept up to date by another window');
  if (index === undefined) return vscode.l10n.t('not indexed yet');
  if (index.status === 'failed') return vscode.l10n.t('indexing failed: {0}', index.message ?? '');
  return vscode.l10n.t('up to date: {0} files, {1} passages, {2} with vectors', numberText(index.files), numberText(index.chunks), numberText(index.embedded));
}
