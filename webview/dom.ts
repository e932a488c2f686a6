/** Attributes, plus `on<event>` listeners and `text` for the content. */
export interface ElementOptions {
  readonly text?: string;
  readonly class?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly onClick?: (event: Event) => void;
}

/** Builds an element; text goes in as text, never as HTML. */
export function element<K extends keyof HTMLElementTagNameMap>(tag: K, options: ElementOptions = {}, ...children: readonly (Node | string | undefined)[]): HTMLElementTagNameMap[K] {
  const built = document.createElement(tag);
  if (options.class !== undefined) built.className = options.class;
  if (options.text !== undefined) built.textContent = options.text;
  for (const [name, value] of Object.entries(options.attributes ?? {})) built.setAttribute(name, value);
  if (options.onClick !== undefined) built.addEventListener('click', options.onClick);
  built.append(...children.filter(child => child !== undefined));
  return built;
}

/** A codicon that a screen reader passes over. */
export function icon(name: string): HTMLElement {
  return element('span', { class: `codicon codicon-${name}`, attributes: { 'aria-hidden': 'true' } });
}

/** A small link-like button with an icon. */
export function chip(iconName: string, label: string, onClick: () => void): HTMLButtonElement {
  return element('button', { class: 'chip', attributes: { type: 'button' }, onClick }, icon(iconName), element('span', { class: 'chip-label', text: label }));
}

/** A section that opens and closes; the browser's own, because it already tells screen readers its state. */
export function collapsible(heading: string, body: Node, options: { readonly open: boolean; readonly class: string }): HTMLDetailsElement {
  const details = element('details', { class: `section ${options.class}` }, element('summary', {}, icon('chevron-right'), element('span', { text: heading })), body);
  details.open = options.open;
  return details;
}
