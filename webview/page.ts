import type { FromPage, PageTexts, ToPage } from './protocol.ts';

/** What VS Code gives every webview, once. */
declare function acquireVsCodeApi(): { postMessage(message: unknown): void; getState(): unknown; setState(state: unknown): void };

const editor = acquireVsCodeApi();

/** Sends a message to the extension. */
export function send(message: FromPage): void {
  editor.postMessage(message);
}

/** Calls the listener with every message of the extension. */
export function onMessage(listener: (message: ToPage) => void): void {
  window.addEventListener('message', (event: MessageEvent<ToPage>) => { listener(event.data); });
}

/** The question being written: the only state that lives in the page, kept by the editor when the page goes. */
export function readDraft(): string {
  const state = editor.getState();
  return typeof state === 'object' && state !== null && 'draft' in state && typeof state.draft === 'string' ? state.draft : '';
}

/** Keeps the question being written. */
export function writeDraft(draft: string): void {
  editor.setState({ draft });
}

/** A text of the page with its value put in. */
export function filled(text: string, value: string | number): string {
  return text.replace('{0}', String(value));
}

/** The page's words in the user's language. */
export const texts = JSON.parse(document.body.dataset['texts'] ?? '{}') as PageTexts;
