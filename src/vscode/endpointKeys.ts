import * as vscode from 'vscode';
import { readSettings } from './settings.ts';

/** Keys of model servers, kept in the editor's secret storage, each for one server: a key never goes to another address. */
export interface EndpointKeys {
  /** The key for the server at the address. */
  of(url: string): Promise<string | undefined>;
}

/** Looks keys up; none is read before an endpoint is set. */
export function createEndpointKeys(secrets: vscode.SecretStorage): EndpointKeys {
  return {
    of: async url => {
      const name = secretName(url);
      return name === undefined ? undefined : await secrets.get(name);
    },
  };
}

/** Registers "Set Endpoint Key…"; `onChange` is called after a key has been stored or removed. */
export function registerSetEndpointKey(secrets: vscode.SecretStorage, onChange: () => Promise<void>): vscode.Disposable {
  return vscode.commands.registerCommand('halcyon.setEndpointKey', async () => {
    const url = await pickEndpoint();
    const name = url === undefined ? undefined : secretName(url);
    if (name === undefined) return;
    const key = await vscode.window.showInputBox({ title: vscode.l10n.t('Key for {0}', url ?? ''), prompt: vscode.l10n.t('Kept in the secret storage of the editor and sent to this server only. Empty: no key.'), password: true, ignoreFocusOut: true });
    if (key === undefined) return;
    if (key.trim() === '') await secrets.delete(name);
    else await secrets.store(name, key.trim());
    await onChange();
  });
}

async function pickEndpoint(): Promise<string | undefined> {
  const { endpoint, embedderEndpoint } = readSettings();
  const urls = [...new Set([endpoint?.url, embedderEndpoint?.url].filter(url => url !== undefined && secretName(url) !== undefined))];
  if (urls.length > 1) return await vscode.window.showQuickPick(urls.map(String), { title: vscode.l10n.t('Which server is the key for?') });
  const [url] = urls;
  if (url !== undefined) return url;
  const settings = vscode.l10n.t('Open Settings');
  if (await vscode.window.showInformationMessage(vscode.l10n.t('No model server is set. Enter its address in "halcyon.endpoint.url" first.'), settings) === settings) await vscode.commands.executeCommand('workbench.action.openSettings', 'halcyon.endpoint');
  return undefined;
}

function secretName(url: string): string | undefined {
  const origin = URL.parse(url)?.origin;
  return origin === undefined || origin === 'null' ? undefined : `halcyon.endpointKey:${origin}`;
}
