import * as path from 'node:path';
import * as vscode from 'vscode';
import type { SearchHit } from '../core/index.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import { withChip } from './peripheralCommands.ts';
import { pickPlace, type PlaceItem } from './previewPick.ts';
import { sentenceOf } from './sentence.ts';

/** Milliseconds without a key before a search starts. */
const typingPauseMs = 150;
const mostHits = 30;

/** Registers "Search Knowledge…": passages while the question is typed, each shown in the editor while it is looked at. */
export function registerSearchKnowledge(sessions: FolderSessions): vscode.Disposable {
  return vscode.commands.registerCommand('halcyon.searchKnowledge', () => withChip(sessions, async session => { await pickPlace(session, searchPicker(session)); }));
}

function searchPicker(session: FolderSession): vscode.QuickPick<PlaceItem> {
  const picker = vscode.window.createQuickPick<PlaceItem>();
  picker.title = vscode.l10n.t('Search Knowledge');
  picker.placeholder = vscode.l10n.t('A question, a name, a register or an address, in any language');
  let running: AbortController | undefined;
  let timer: NodeJS.Timeout | undefined;
  const search = async (query: string): Promise<void> => {
    running?.abort();
    const own = running = new AbortController();
    picker.busy = true;
    try {
      const { hits, problems } = query.trim() === '' ? { hits: [], problems: [] } : await session.engine.search(query, { limit: mostHits }, own.signal);
      if (own.signal.aborted) return;
      picker.items = hits.map(itemOf);
      picker.title = problems[0]?.message ?? vscode.l10n.t('Search Knowledge');
    } catch (error) {
      if (!own.signal.aborted) picker.title = sentenceOf(error);
    } finally {
      if (running === own) picker.busy = false;
    }
  };
  picker.onDidChangeValue(value => {
    clearTimeout(timer);
    timer = setTimeout(() => { void search(value); }, typingPauseMs);
  });
  picker.onDidHide(() => {
    clearTimeout(timer);
    running?.abort();
  });
  return picker;
}

function itemOf(hit: SearchHit): PlaceItem {
  const preview = hit.text.split('\n').map(line => line.trim()).filter(line => /\w/.test(line)).slice(0, 3).join('  ');
  // Why it was found says more than the folders, which the preview shows: they come last.
  const place = `${path.posix.basename(hit.file)}:${hit.startLine}`;
  const folder = path.posix.dirname(hit.file);
  // The list is the engine's answer already: the picker's own filter must not thin it out.
  return { place: { file: hit.file, line: hit.startLine, endLine: hit.endLine, ...(hit.kind === 'register' && { isPreviewed: false }) }, label: `$(${icons[hit.kind]}) ${hit.symbol ?? place}`, description: [hit.symbol === undefined ? '' : place, hit.inactive === true ? vscode.l10n.t('inactive in this build') : '', hit.why, folder === '.' ? '' : folder, alsoIn(hit)].filter(part => part !== '').join(' · '), detail: preview.slice(0, 200), alwaysShow: true };
}

function alsoIn({ alsoIn: files = [], alsoInCount: count = files.length }: SearchHit): string {
  if (count === 0) return '';
  return count === 1 ? vscode.l10n.t('also in {0}', files[0] ?? '') : vscode.l10n.t('also in {0} other files', count);
}

const icons: Readonly<Record<SearchHit['kind'], string>> = {
  function: 'symbol-method', type: 'symbol-structure', macros: 'symbol-constant', variables: 'symbol-variable', vectors: 'list-ordered', register: 'chip', node: 'circuit-board', config: 'settings', linker: 'layers', build: 'tools', section: 'book', header: 'file-code', text: 'file',
};
