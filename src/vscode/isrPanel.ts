import * as vscode from 'vscode';
import type { HandlerPlace } from './explainIsr.ts';
import { chooseHandler } from './explainIsr.ts';
import type { FolderSession } from './folderSession.ts';
import type { FolderSessions } from './folderSessions.ts';
import { isrPanelPage } from './isrPanelPage.ts';
import { sentenceOf } from './sentence.ts';

/** The one panel, with what it shows. */
interface Shown {
  readonly panel: vscode.WebviewPanel;
  session: FolderSession;
  name: string;
  file: string;
  facts: number | undefined;
}

/** Registers "Show ISR Dossier": the facts of a handler beside the editor, drawn anew when the code changes, without a model. */
export function registerIsrPanel(sessions: FolderSessions): vscode.Disposable {
  const state: { shown: Shown | undefined } = { shown: undefined };
  sessions.onStatus(session => {
    const { shown } = state;
    if (shown === undefined || session !== shown.session || session.status.facts === shown.facts) return;
    shown.facts = session.status.facts;
    void refresh(shown).catch(() => { /* The panel keeps what it shows while the engine is away. */ });
  });
  return vscode.Disposable.from(
    vscode.commands.registerCommand('halcyon.showIsrDossier', async (place?: unknown) => {
      try {
        const chosen = await chooseHandler(sessions, place, vscode.l10n.t('Show ISR Dossier'));
        if (chosen !== undefined) await show(state, chosen.session, chosen.handler);
      } catch (error) {
        await vscode.window.showErrorMessage(sentenceOf(error));
      }
    }),
    vscode.commands.registerCommand('halcyon.openPlace', openPlace),
    new vscode.Disposable(() => { state.shown?.panel.dispose(); }),
  );
}

async function show(state: { shown: Shown | undefined }, session: FolderSession, handler: HandlerPlace): Promise<void> {
  const file = session.fileOf(vscode.Uri.parse(handler.uri));
  if (state.shown === undefined) {
    // Commands are the only thing that the page can start, and this is the only one.
    const panel = vscode.window.createWebviewPanel('halcyon.isr', handler.name, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, { enableScripts: false, enableCommandUris: ['halcyon.openPlace'], enableFindWidget: true, localResourceRoots: [] });
    panel.onDidDispose(() => { state.shown = undefined; });
    state.shown = { panel, session, name: handler.name, file, facts: session.status.facts };
  } else Object.assign(state.shown, { session, name: handler.name, file, facts: session.status.facts });
  await refresh(state.shown);
  state.shown.panel.reveal(undefined, true);
}

async function refresh({ panel, session, name, file }: Shown): Promise<void> {
  const { isrs, problems } = await session.engine.isr({ name });
  const isr = isrs.find(each => each.file === file) ?? isrs[0];
  // While it is being typed a handler may be gone for a moment: what was shown stays.
  if (isr === undefined) {
    if (panel.webview.html === '') throw new Error(problems[0]?.message ?? vscode.l10n.t('{0} is no interrupt handler in the indexed files.', name));
    return;
  }
  panel.title = isr.name;
  panel.webview.html = isrPanelPage(isr, (place, line) => `command:halcyon.openPlace?${encodeURIComponent(JSON.stringify([session.uriOf(place).toString(), line]))}`);
}

/** Opens a line in the first column, beside the panel. */
async function openPlace(uri: unknown, line: unknown): Promise<void> {
  if (typeof uri !== 'string' || typeof line !== 'number') return;
  const target = vscode.Uri.parse(uri);
  // A page may hold any address: only files of the disk are shown, never run.
  if (target.scheme !== 'file') return;
  const at = new vscode.Position(Math.max(0, line - 1), 0);
  await vscode.window.showTextDocument(target, { selection: new vscode.Range(at, at), viewColumn: vscode.ViewColumn.One, preview: true });
}
