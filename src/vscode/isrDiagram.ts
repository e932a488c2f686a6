import type { IsrDossier, SharedVariable } from '../core/index.ts';

/** The diagram's words and links, given by who draws it. */
export interface DiagramWords {
  readonly title: string;
  readonly main: string;
  readonly shared: string;
  readonly nothingShared: string;
  readonly more: (count: number) => string;
  readonly moreFunctions: (count: number) => string;
  /** What an arrow's direction says. */
  readonly arrows: string;
  /** An address that opens a place; already safe within an attribute. */
  readonly link: (file: string, line: number) => string;
  readonly escape: (text: string) => string;
}

const rowHeight = 34;
const boxHeight = 26;
const top = 26;
const columns = { main: { x: 2, width: 156 }, shared: { x: 212, width: 156 }, isr: { x: 422, width: 176 } } as const;
/** Rows drawn; the text below has all. */
const mostRows = 8;

/** Other code, shared data and handler as an SVG picture that takes its colours from the page. */
export function isrDiagram(isr: IsrDossier, words: DiagramWords): string {
  const variables = isr.sharedVariables.slice(0, mostRows);
  const all = [...new Map(variables.flatMap(({ elsewhere }) => elsewhere).map(use => [use.function, use])).values()];
  const users = all.slice(0, mostRows);
  const rows = Math.max(1, variables.length, users.length);
  const height = top + rows * rowHeight + 18;
  const middle = top + (rows * rowHeight - boxHeight) / 2;
  const userY = new Map(users.map((use, index) => [use.function, top + index * rowHeight]));
  const arrows = variables.flatMap((variable, index) => arrowsOf(variable, top + index * rowHeight, { userY, middle }));
  const boxes = [
    ...users.map((use, index) => box({ ...columns.main, y: top + index * rowHeight, label: `${use.function}()`, kind: 'main', href: words.link(use.file, use.line) }, words)),
    ...variables.map((variable, index) => box({ ...columns.shared, y: top + index * rowHeight, label: variable.name, kind: kindOf(variable, isr), href: words.link(variable.declared.file, variable.declared.line) }, words)),
    box({ ...columns.isr, y: middle, label: isr.name, kind: 'isr', href: words.link(isr.file, isr.line) }, words),
  ];
  const heads = ([['main', words.main], ['shared', words.shared], ['isr', headOf(isr)]] as const).map(([column, text]) => `<text class="head" x="${columns[column].x + columns[column].width / 2}" y="14">${words.escape(text)}</text>`);
  const left = isr.sharedVariables.length - variables.length;
  const note = variables.length === 0 ? words.nothingShared : [...(left > 0 ? [words.more(left)] : []), ...(all.length > users.length ? [words.moreFunctions(all.length - users.length)] : []), words.arrows].join(' · ');
  const noteAt = variables.length === 0 ? middle + 17 : height - 4;
  return `<svg viewBox="0 0 600 ${height}" role="img" aria-label="${words.escape(words.title)}"><defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path class="tip" d="M0 0 L8 4 L0 8 z"/></marker></defs>${heads.join('')}${arrows.join('')}${boxes.join('')}<text class="note" x="290" y="${noteAt}">${words.escape(note)}</text></svg>`;
}

function headOf({ irq, priority }: IsrDossier): string {
  return [irq === undefined ? 'ISR' : irq < 0 ? `exception ${irq}` : `IRQ ${irq}`, ...(priority === undefined ? [] : [`prio ${priority.level ?? priority.value}`])].join(' · ');
}

/** A variable that a hazard names is drawn as a warning. */
function kindOf({ name, pattern }: SharedVariable, { hazards }: IsrDossier): string {
  if (hazards.some(({ id, message }) => /^(shared-not-volatile|non-atomic-modify|torn-access)$/.test(id) && new RegExp(`\\b${name}\\b`).test(message))) return 'shared risky';
  return pattern === undefined ? 'shared' : 'shared ring';
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly label: string;
  readonly kind: string;
  readonly href: string;
}

function box({ x, y, width, label, kind, href }: Box, { escape }: DiagramWords): string {
  const most = Math.floor(width / 7.4);
  const shown = label.length > most ? `${label.slice(0, most - 1)}…` : label;
  return `<a href="${href}" aria-label="${escape(label)}"><g class="box ${kind}"><title>${escape(label)}</title><rect x="${x}" y="${y}" width="${width}" height="${boxHeight}" rx="4"/><text x="${x + width / 2}" y="${y + 17}">${escape(shown)}</text></g></a>`;
}

/** Arrows point where the value goes: to the variable that is written, from the one that is read. */
function arrowsOf({ inIsr, elsewhere }: SharedVariable, y: number, { userY, middle }: { readonly userY: ReadonlyMap<string, number>; readonly middle: number }): string[] {
  const center = y + boxHeight / 2;
  const left = columns.shared.x;
  const right = left + columns.shared.width;
  const users = [...Map.groupBy(elsewhere, use => use.function)].flatMap(([name, uses]) => {
    const from = userY.get(name);
    return from === undefined ? [] : [line({ from: [columns.main.x + columns.main.width, from + boxHeight / 2], to: [left, center] }, uses)];
  });
  return [...users, line({ from: [columns.isr.x, middle + boxHeight / 2], to: [right, center] }, inIsr)];
}

function line({ from, to }: { readonly from: readonly [number, number]; readonly to: readonly [number, number] }, uses: readonly { readonly kind: string }[]): string {
  const writes = uses.some(({ kind }) => kind !== 'read');
  const reads = uses.some(({ kind }) => kind !== 'write');
  const bend = (from[0] + to[0]) / 2;
  return `<path class="flow" d="M${from[0]} ${from[1]} C${bend} ${from[1]} ${bend} ${to[1]} ${to[0]} ${to[1]}"${writes ? ' marker-end="url(#tip)"' : ''}${reads ? ' marker-start="url(#tip)"' : ''}/>`;
}
