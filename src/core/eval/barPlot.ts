import { escapeHtml } from './escapeHtml.ts';

/** One bar from 0 to 1 with its interval. */
export interface PlotBar {
  readonly label: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly of: number;
}

const labelWidth = 260;
const plotWidth = 440;
const rowHeight = 28;

/** Bars with whiskers as inline SVG; the figures stand beside them, so that nothing is told by length alone. */
export function barPlot(title: string, bars: readonly PlotBar[]): string {
  const height = bars.length * rowHeight + 30;
  const at = (share: number): number => labelWidth + share * plotWidth;
  const grid = [0, 0.25, 0.5, 0.75, 1].map(share => `<line class="grid" x1="${at(share)}" y1="4" x2="${at(share)}" y2="${height - 24}"/><text class="soft" x="${at(share)}" y="${height - 6}" text-anchor="middle">${share}</text>`);
  return `<svg role="img" aria-label="${escapeHtml(title)}" viewBox="0 0 ${labelWidth + plotWidth + 150} ${height}" width="${labelWidth + plotWidth + 150}">${grid.join('')}${bars.map((bar, index) => barRow(bar, index * rowHeight + 6, at)).join('')}</svg>`;
}

function barRow({ label, value, low, high, of }: PlotBar, top: number, at: (share: number) => number): string {
  const middle = top + 9;
  const x = (share: number): string => at(share).toFixed(1);
  const shown = label.length > 34 ? `${label.slice(0, 33)}…` : label;
  const whisker = `<line x1="${x(low)}" y1="${middle}" x2="${x(high)}" y2="${middle}" stroke-width="1.5"/>${[low, high].map(end => `<line x1="${x(end)}" y1="${middle - 5}" x2="${x(end)}" y2="${middle + 5}" stroke-width="1.5"/>`).join('')}`;
  return `<g><title>${escapeHtml(label)}: ${value.toFixed(3)} (${low.toFixed(2)}–${high.toFixed(2)}) of ${of}</title><text x="${labelWidth - 10}" y="${middle + 4}" text-anchor="end">${escapeHtml(shown)}</text><rect x="${labelWidth}" y="${top + 1}" width="${(value * plotWidth).toFixed(1)}" height="16" rx="2" fill-opacity="0.75"/>${whisker}<text x="${labelWidth + plotWidth + 14}" y="${middle + 4}">${value.toFixed(3)} of ${of}</text></g>`;
}
