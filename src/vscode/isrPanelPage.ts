import * as vscode from 'vscode';
import { dossierSections, type IsrDossier } from '../core/index.ts';
import { isrDiagram } from './isrDiagram.ts';

/** The panel's HTML: no script at all, links that open a line, colours of the theme. */
export function isrPanelPage(isr: IsrDossier, linkTo: (file: string, line: number) => string): string {
  const nonce = crypto.randomUUID();
  const link = (file: string, line: number): string => escaped(linkTo(file, line));
  const places = placesIn(isr);
  const body = dossierSections(isr).map(({ title, lines }) => {
    const texts = lines.map(line => withLinks(inline(title === '' ? withoutName(line) : line), places, link));
    return title === '' ? `<p class="identity">${texts.join('<br>')}</p>${picture(isr, link)}` : `<section class="${title === 'Hazards' ? 'hazards' : title === 'Not certain' ? 'doubts' : 'facts'}"><h2>${escaped(heading(title))}</h2><ul>${texts.map(text => `<li>${text}</li>`).join('')}</ul></section>`;
  });
  const calm = isr.hazards.length === 0 ? `<section class="calm"><h2>${escaped(heading('Hazards'))}</h2><p>${escaped(vscode.l10n.t('None found. What is not followed is said below.'))}</p></section>` : '';
  return `<!doctype html>
<html lang="${escaped(vscode.env.language)}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(isr.name)}</title><style nonce="${nonce}">${style}</style></head>
<body><main><h1>${escaped(isr.name)}</h1>${body[0] ?? ''}${calm}${body.slice(1).join('')}</main></body></html>`;
}

function picture(isr: IsrDossier, link: (file: string, line: number) => string): string {
  return isrDiagram(isr, {
    title: vscode.l10n.t('Main program, shared data and interrupt handler'), main: vscode.l10n.t('Other code'), shared: vscode.l10n.t('Shared data'),
    nothingShared: vscode.l10n.t('No variable is shared'), more: count => count === 1 ? vscode.l10n.t('and 1 more variable') : vscode.l10n.t('and {0} more variables', count), moreFunctions: count => count === 1 ? vscode.l10n.t('and 1 more function') : vscode.l10n.t('and {0} more functions', count), arrows: vscode.l10n.t('Arrows point where values go.'), link, escape: escaped,
  });
}

/** The first line without the handler's name, which the heading has. */
function withoutName(line: string): string {
  return line.replace(/^`[^`]*` at /, '');
}

/** Every place that the dossier names, as `file:line`. */
function placesIn(value: unknown, found = new Map<string, { readonly file: string; readonly line: number }>()): Map<string, { readonly file: string; readonly line: number }> {
  if (typeof value !== 'object' || value === null) return found;
  if ('file' in value && 'line' in value && typeof value.file === 'string' && typeof value.line === 'number') found.set(escaped(`${value.file}:${value.line}`), { file: value.file, line: value.line });
  for (const inner of Object.values(value)) placesIn(inner, found);
  return found;
}

/** Links show the file's name alone: folders fill line after line and stand in the tooltip. */
function withLinks(html: string, places: ReadonlyMap<string, { readonly file: string; readonly line: number }>, link: (file: string, line: number) => string): string {
  return html.replace(/[^\s(),<>]+:\d+/g, text => {
    const place = places.get(text);
    return place === undefined ? text : `<a href="${link(place.file, place.line)}" title="${text}">${text.slice(text.lastIndexOf('/') + 1)}</a>`;
  });
}

/** The dossier's inline markdown: code spans, escapes and character numbers; all else is text. */
function inline(markdown: string): string {
  return markdown.split(/(`[^`]*`)/).map(part => part.startsWith('`') && part.length > 1 ? `<code>${escaped(part.slice(1, -1))}</code>`
    : escaped(part.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replace(/\\(\W)/g, '$1'))).join('');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function heading(title: string): string {
  const headings: Readonly<Record<string, string>> = {
    'Hazards': vscode.l10n.t('Hazards'), 'Not certain': vscode.l10n.t('Not certain'), 'Urgency': vscode.l10n.t('Urgency'), 'Flags tested': vscode.l10n.t('Flags tested'), 'Flags cleared': vscode.l10n.t('Flags cleared'),
    'Can be raised by': vscode.l10n.t('Can be raised by'), 'Registers written': vscode.l10n.t('Registers written'), 'Registers read': vscode.l10n.t('Registers read'),
    'Shared with other code': vscode.l10n.t('Shared with other code'), 'Work': vscode.l10n.t('Work'), 'Calls': vscode.l10n.t('Calls'),
  };
  return headings[title] ?? title;
}

const style = `
body { color: var(--vscode-editor-foreground); background: var(--vscode-editor-background); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); line-height: 1.45; padding: 0 16px 24px; }
main { max-width: 980px; margin: 0 auto; }
h1 { font-size: 1.4em; margin: 16px 0 4px; font-family: var(--vscode-editor-font-family); }
h2 { font-size: 1em; margin: 0 0 4px; }
code { font-family: var(--vscode-editor-font-family); font-size: 0.95em; color: inherit; background: var(--vscode-textCodeBlock-background); padding: 0 3px; border-radius: 3px; }
a { color: var(--vscode-textLink-foreground); text-decoration: none; }
a:hover { text-decoration: underline; }
a:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 1px; }
.identity { margin: 0 0 12px; color: var(--vscode-descriptionForeground); overflow-wrap: anywhere; }
section { border-inline-start: 3px solid var(--vscode-widget-border, var(--vscode-contrastBorder, var(--vscode-charts-blue))); padding: 2px 0 2px 10px; margin: 12px 0; }
section ul { margin: 0; padding-inline-start: 18px; }
section p { margin: 0; }
section li { overflow-wrap: anywhere; margin: 2px 0; }
.hazards { border-color: var(--vscode-editorWarning-foreground, var(--vscode-charts-yellow)); }
.doubts { border-color: var(--vscode-descriptionForeground); color: var(--vscode-descriptionForeground); }
.calm { border-color: var(--vscode-testing-iconPassed, var(--vscode-charts-green)); }
svg { width: 100%; max-width: 760px; height: auto; margin: 4px 0; font-family: var(--vscode-editor-font-family); font-size: 12px; }
svg text { text-anchor: middle; fill: var(--vscode-editor-foreground); }
svg .head { font-family: var(--vscode-font-family); fill: var(--vscode-descriptionForeground); }
svg .note { fill: var(--vscode-descriptionForeground); font-family: var(--vscode-font-family); }
svg rect { fill: var(--vscode-editorWidget-background); stroke: var(--vscode-contrastBorder, var(--vscode-editorWidget-border, var(--vscode-charts-lines))); }
svg .isr rect { stroke: var(--vscode-charts-blue, var(--vscode-focusBorder)); stroke-width: 2; }
svg .risky rect { stroke: var(--vscode-editorWarning-foreground, var(--vscode-charts-yellow)); stroke-width: 2; }
svg .ring rect { stroke: var(--vscode-testing-iconPassed, var(--vscode-charts-green)); }
svg .flow { fill: none; stroke: var(--vscode-descriptionForeground); stroke-width: 1.2; }
svg .tip { fill: var(--vscode-descriptionForeground); }
`;
