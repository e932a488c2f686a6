import * as path from 'node:path';
import * as vscode from 'vscode';
import type { DownloadProgress } from '../node/fileDownload.ts';
import type { CollectionFile } from '../node/svdDownload.ts';
import { pickFolder } from './chipCommands.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import { bytesText } from './modelRows.ts';
import { sentenceOf } from './sentence.ts';
import { readSettings, writeSetting } from './settings.ts';

interface FileItem extends vscode.QuickPickItem {
  readonly file?: CollectionFile;
}

/** Registers "Download SVD…": nothing is fetched before the user has said from where, and nothing at all in offline mode. */
export function registerSvdDownload(sessions: FolderSessions, storage: string): vscode.Disposable {
  return vscode.commands.registerCommand('halcyon.downloadSvd', async () => {
    const session = await pickFolder(sessions);
    if (session === undefined) return;
    try {
      const file = await download(session, path.join(storage, 'svd'));
      if (file !== undefined) await writeSetting('svd.path', file, session.folder);
    } catch (error) {
      await vscode.window.showErrorMessage(sentenceOf(error));
    }
  });
}

async function download(session: FolderSession, folder: string): Promise<string | undefined> {
  const { offline } = readSettings(session.folder);
  if (offline) {
    await vscode.window.showWarningMessage(vscode.l10n.t('Nothing is downloaded: offline mode is on. Turn off "halcyon.offline", or choose a file that you have.'));
    return undefined;
  }
  const [{ publicCollection, downloadSvdFrom, downloadSvd }, { publicPackIndex }] = await Promise.all([import('../node/svdDownload.ts'), import('../node/packIndex.ts')]);
  const fromList = vscode.l10n.t('From the public collection {0}', publicCollection.name);
  const fromPacks = vscode.l10n.t('From a CMSIS-Pack for a part…');
  const fromAddress = vscode.l10n.t('From an address…');
  const chosenWay = await vscode.window.showQuickPick([
    { label: `$(list-unordered) ${fromList}`, detail: vscode.l10n.t('Fetches the list of files from {0}', new URL(publicCollection.listingUrl).host), way: 'list' },
    { label: `$(package) ${fromPacks}`, detail: vscode.l10n.t('Fetches the list of packs from {0}; a pack holds a whole family and may be large', new URL(publicPackIndex.url).host), way: 'packs' },
    { label: `$(link) ${fromAddress}`, detail: vscode.l10n.t('An .svd, .atdf or CMSIS-Pack file'), way: 'address' },
  ], { title: vscode.l10n.t('Download SVD') });
  if (chosenWay === undefined) return undefined;
  if (chosenWay.way === 'packs') return await downloadPackFor(session, folder);
  if (chosenWay.way === 'address') {
    const address = await vscode.window.showInputBox({ title: vscode.l10n.t('Download SVD'), prompt: vscode.l10n.t('Address of an .svd, .atdf or .pack file'), placeHolder: 'https://' });
    const kept = address === undefined ? undefined : await cancellable(address, async options => (await downloadSvdFrom(address, { folder, ...options })).path);
    return kept !== undefined && /\.(at)?pack$/i.test(kept) ? await descriptionInPack(kept, session) : kept;
  }
  const chosen = await pickFile(session);
  return chosen === undefined ? undefined : await cancellable(chosen.fileName, async options => (await downloadSvd(chosen, { folder, ...options })).path);
}

/** Asks for a part number, finds the packs that describe it in the public index, and fetches the one that is picked. */
async function downloadPackFor(session: FolderSession, folder: string): Promise<string | undefined> {
  const [{ listPacks, packsForPart, publicPackIndex }, { downloadSvdFrom }] = await Promise.all([import('../node/packIndex.ts'), import('../node/svdDownload.ts')]);
  const detected = session.status.device?.device;
  const part = await vscode.window.showInputBox({ title: vscode.l10n.t('Download SVD'), prompt: vscode.l10n.t('Part number'), placeHolder: 'STM32F407VGT6', ...(detected !== undefined && { value: detected }) });
  if (part === undefined || part.trim() === '') return undefined;
  const offers = await cancellable(publicPackIndex.name, async ({ signal }) => packsForPart(await listPacks(publicPackIndex, { signal }), part.trim(), { signal }));
  if (offers === undefined) return undefined;
  if (offers.length === 0) throw new Error(vscode.l10n.t('No pack of the index is named after {0}. Give the address of your vendor\'s pack instead.', part));
  const items = offers.map(({ pack, parts }) => ({ pack, label: `${pack.vendor}.${pack.name}`, description: pack.version, detail: parts.length > 0 ? vscode.l10n.t('Lists {0}', parts.slice(0, 4).join(', ')) : vscode.l10n.t('Fits by its name; its list does not say so') }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Packs for {0}', part), matchOnDescription: true });
  if (picked === undefined) return undefined;
  const kept = await cancellable(picked.label, async options => (await downloadSvdFrom(picked.pack.packUrl, { folder, ...options })).path);
  return kept === undefined ? undefined : await descriptionInPack(kept, session, part.trim());
}

/** A pack describes a whole family: the file for the folder's chip, or the one that is picked. */
async function descriptionInPack(pack: string, session: FolderSession, wanted?: string): Promise<string | undefined> {
  const [{ listPack }, { packPath }, { rankSvds }] = await Promise.all([import('../node/packFile.ts'), import('../node/packPath.ts'), import('../core/index.ts')]);
  const { entries, problems } = await listPack(pack, /\.(svd|atdf)$/i);
  const [problem] = problems;
  if (problem !== undefined) throw new Error(problem);
  if (entries.length === 0) throw new Error(vscode.l10n.t('{0} holds no description of a chip.', path.basename(pack)));
  const part = wanted ?? session.status.device?.device;
  const [fitting] = part === undefined ? [] : rankSvds(part, entries).filter(({ note }) => note === undefined);
  const entry = entries.length === 1 ? entries[0] : fitting?.file ?? await vscode.window.showQuickPick([...entries], { title: path.basename(pack), placeHolder: vscode.l10n.t('The file that describes the registers of your chip') });
  return entry === undefined ? undefined : packPath(pack, entry);
}

async function pickFile(session: FolderSession): Promise<CollectionFile | undefined> {
  const { listCollection, filesForPart, publicCollection } = await import('../node/svdDownload.ts');
  const files = await cancellable(publicCollection.name, ({ signal }) => listCollection(publicCollection, { signal }));
  if (files === undefined) return undefined;
  const part = session.status.device?.device;
  const fitting = part === undefined ? [] : filesForPart(files, part);
  const others = files.filter(file => !fitting.includes(file)).sort((left, right) => left.fileName.localeCompare(right.fileName, 'en', { numeric: true }));
  const itemOf = (file: CollectionFile): FileItem => ({ file, label: file.fileName, description: `${file.vendor} · ${bytesText(file.sizeBytes)}` });
  const separator = (label: string): FileItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const items = [...(fitting.length === 0 ? [] : [separator(vscode.l10n.t('for {0}', part ?? '')), ...fitting.map(itemOf)]), separator(vscode.l10n.t('others')), ...others.map(itemOf)];
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Download SVD'), placeHolder: vscode.l10n.t('Part number or vendor'), matchOnDescription: true }))?.file;
}

interface Cancelling {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: DownloadProgress) => void;
}

/** Runs a download under a notification with a cancel button; undefined when it was pressed. */
async function cancellable<T>(name: string, run: (options: Cancelling) => Promise<T>): Promise<T | undefined> {
  return await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Downloading {0}', name), cancellable: true }, async (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => { abort.abort(); });
    try {
      return await run({ signal: abort.signal, onProgress: ({ doneBytes, totalBytes }) => { progress.report({ message: vscode.l10n.t('{0} of {1}', bytesText(doneBytes), bytesText(totalBytes)) }); } });
    } catch (error) {
      if (abort.signal.aborted) return undefined;
      throw error;
    }
  });
}
