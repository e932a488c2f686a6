import * as vscode from 'vscode';
import type { ModelSetup } from '../../webview/protocol.ts';
import type { ListedModel } from '../node/modelCatalog.ts';
import type { Log } from './outputChannel.ts';
import { sentenceOf } from './sentence.ts';
import { readSettings } from './settings.ts';

/** The way from no model to one: the recommendation, its download, its use. */
export interface ModelSetupFlow {
  /** Undefined until `look` has found something to offer. */
  current(): ModelSetup | undefined;
  /** Works the recommendation out, once. */
  look(): Promise<void>;
  download(id: string): Promise<void>;
  cancel(): void;
  onChange(listener: () => void): void;
}

/** What is recommended; whether it may be downloaded is a setting. */
type Offer = Omit<ModelSetup, 'offline' | 'progress' | 'failure'>;

/** How its download stands. */
type Standing = Pick<ModelSetup, 'progress' | 'failure'>;

/** Looks nowhere until it is asked to: activation must not pay for it. */
export function createModelSetup(log: Log): ModelSetupFlow {
  const listeners: (() => void)[] = [];
  let offer: Offer | undefined;
  let standing: Standing = {};
  let looked: Promise<void> | undefined;
  let running: AbortController | undefined;
  const change = (changed: Standing): void => {
    standing = changed;
    for (const listener of listeners) listener();
  };
  return {
    current: () => offer === undefined ? undefined : { ...offer, ...standing, offline: readSettings().offline },
    look: async () => {
      looked ??= recommendation().then(found => { offer = found; });
      await looked.catch((error: unknown) => { log.warn(`No model could be recommended: ${sentenceOf(error)}`); });
    },
    download: async id => {
      if (running !== undefined || offer?.id !== id || readSettings().offline) return;
      const own = running = new AbortController();
      try {
        await fetchAndUse(id, own.signal, progress => { change({ progress }); });
        change({});
      } catch (error) {
        change(own.signal.aborted ? {} : { failure: sentenceOf(error) });
      } finally {
        running = undefined;
      }
    },
    cancel: () => { running?.abort(); },
    onChange: listener => { listeners.push(listener); },
  };
}

async function recommendation(): Promise<Offer | undefined> {
  const [{ listModels }, { adviseModels }, { probeMachine }, { modelsFolder }, { bytesText }] = await Promise.all([import('../node/modelCatalog.ts'), import('../node/modelAdvice.ts'), import('../node/machine.ts'), import('../node/folders.ts'), import('./modelRows.ts')]);
  const models = await listModels({ folder: modelsFolder() });
  const machine = probeMachine();
  const advice = adviseModels(models, machine, { contextTokens: 8192 }).find(({ role, recommended }) => role === 'chat' && recommended);
  const model = models.find(({ id }) => id === advice?.id) ?? smallest(models);
  if (model?.url === undefined) return undefined;
  const facts = [
    bytesText(model.sizeBytes), model.license,
    advice?.fitsNow === true ? vscode.l10n.t('fits into {0} of free memory', bytesText(machine.freeBytes)) : vscode.l10n.t('takes {0} of memory, {1} are free', bytesText(advice?.needBytes ?? model.memoryBytes), bytesText(machine.freeBytes)),
    ...(advice?.tokensPerSecond === undefined ? [] : [vscode.l10n.t('about {0} words a second', Math.max(1, Math.round(advice.tokensPerSecond * 0.75)))]),
  ];
  return { id: model.id, name: model.name, facts, host: new URL(model.url).host };
}

/** On a machine for which everything is too large, the smallest is worth a try. */
function smallest(models: readonly ListedModel[]): ListedModel | undefined {
  return models.filter(({ role, url }) => role === 'chat' && url !== undefined).toSorted((a, b) => a.sizeBytes - b.sizeBytes)[0];
}

async function fetchAndUse(id: string, signal: AbortSignal, report: (progress: NonNullable<ModelSetup['progress']>) => void): Promise<void> {
  const [{ listModels }, { downloadModel }, { modelsFolder }, { progressText }, { bytesText }, { setModel }] = await Promise.all([import('../node/modelCatalog.ts'), import('../node/modelDownload.ts'), import('../node/folders.ts'), import('./modelFetch.ts'), import('./modelRows.ts'), import('./modelSelection.ts')]);
  const model = (await listModels({ folder: modelsFolder() })).find(listed => listed.id === id);
  if (model?.url === undefined) return;
  let shownAt = 0;
  report({ share: 0, text: bytesText(model.sizeBytes) });
  const { path } = await downloadModel({ ...model, url: model.url }, {
    folder: modelsFolder(), offline: false, signal,
    onProgress: now => {
      // A page redrawn at every packet would do nothing else.
      if (performance.now() - shownAt < 300) return;
      shownAt = performance.now();
      report({ share: now.totalBytes === 0 ? 0 : now.doneBytes / now.totalBytes, text: progressText(now) });
    },
  });
  await setModel('chat', path);
}
