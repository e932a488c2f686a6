import * as vscode from 'vscode';
import type { FromPage, ToPage } from '../../webview/protocol.ts';
import { chatPage } from './chatPage.ts';

/** The page while it lives: messages before `ready` are covered by the snapshot, only `compose` waits. */
export interface PageLink {
  post(message: ToPage): void;
  postSnapshot(): void;
  /** Delivered now, or right after the page's next `ready`. */
  postWhenReady(message: ToPage): void;
  isReady(): boolean;
  ready(): Promise<void>;
  attach(view: vscode.WebviewView): void;
  onMessage(listener: (message: FromPage) => void): void;
}

/** Attaches to no view yet; `snapshot` is asked for whenever a page begins anew. */
export function createPageLink(extensionUri: vscode.Uri, snapshot: () => Promise<ToPage>): PageLink {
  let view: vscode.WebviewView | undefined;
  let isReady = false;
  let waiting: ToPage[] = [];
  const listeners: ((message: FromPage) => void)[] = [];
  const post = (message: ToPage): void => {
    if (isReady) void view?.webview.postMessage(message);
  };
  const postSnapshot = async (): Promise<void> => { post(await snapshot()); };
  return {
    post,
    postSnapshot: () => { void postSnapshot(); },
    isReady: () => isReady,
    postWhenReady: message => {
      if (isReady) post(message);
      else waiting.push(message);
    },
    ready: async () => {
      isReady = true;
      await postSnapshot();
      for (const message of waiting) post(message);
      waiting = [];
    },
    attach: attached => {
      view = attached;
      isReady = false;
      attached.webview.options = { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')] };
      attached.webview.onDidReceiveMessage((message: FromPage) => { for (const listener of listeners) listener(message); });
      // A hidden page is destroyed without an event of its own; the next one says `ready` again.
      attached.onDidChangeVisibility(() => { if (!attached.visible) isReady = false; });
      attached.onDidDispose(() => { isReady = false; view = undefined; });
      attached.webview.html = chatPage(attached.webview, extensionUri);
    },
    onMessage: listener => { listeners.push(listener); },
  };
}
