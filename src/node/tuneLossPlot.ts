import type { TuneStep } from './tuneProcess.ts';

const [width, height, margin] = [640, 320, 40];

/** The losses by step as a picture that every browser and VS Code shows: training as a line, validation as points on another. */
export function lossPlot(steps: readonly TuneStep[]): string {
  const losses = steps.flatMap(({ loss, validationLoss }) => [loss, validationLoss]).filter(value => value !== undefined);
  const [most, last] = [losses.reduce((high, value) => Math.max(high, value), 0) || 1, steps.reduce((high, { step }) => Math.max(high, step), 1)];
  const x = (step: number): number => margin + (width - 2 * margin) * step / last;
  const y = (loss: number): number => height - margin - (height - 2 * margin) * loss / most;
  const line = (key: 'loss' | 'validationLoss', colour: string): string => {
    const points = steps.flatMap(step => (step[key] === undefined ? [] : [[x(step.step), y(step[key])] as const]));
    const dots = key === 'validationLoss' ? points.map(([left, top]) => `<circle cx="${left.toFixed(1)}" cy="${top.toFixed(1)}" r="3" fill="${colour}"/>`).join('') : '';
    return `<polyline fill="none" stroke="${colour}" stroke-width="1.5" points="${points.map(([left, top]) => `${left.toFixed(1)},${top.toFixed(1)}`).join(' ')}"/>${dots}`;
  };
  const label = (left: number, top: number, text: string): string => `<text x="${left}" y="${top}">${text}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11" fill="#666"><title>Loss by step</title>`,
    `<path d="M${margin} ${margin}V${height - margin}H${width - margin}" fill="none" stroke="#999"/>`,
    line('loss', '#3794ff'), line('validationLoss', '#d18616'),
    label(4, margin + 4, most.toFixed(2)), label(4, height - margin, '0'), label(width - margin - 20, height - margin + 16, String(last)),
    `<g fill="#3794ff">${label(margin + 8, margin - 12, 'training')}</g><g fill="#d18616">${label(margin + 70, margin - 12, 'validation')}</g></svg>`,
  ].join('\n');
}

const bars = '▁▂▃▄▅▆▇█';

/** The training losses in one line of a terminal, the latest at the end. */
export function lossLine(steps: readonly TuneStep[], columns = 30): string {
  const losses = steps.flatMap(({ loss }) => loss ?? []);
  const each = Math.max(1, losses.length / columns);
  const means = Array.from({ length: Math.min(columns, losses.length) }, (_, index) => mean(losses.slice(Math.floor(index * each), Math.max(Math.floor((index + 1) * each), Math.floor(index * each) + 1))));
  const most = means.reduce((high, value) => Math.max(high, value), 0);
  return means.map(value => bars[Math.min(bars.length - 1, Math.floor(value / (most || 1) * bars.length))] ?? '').join('');
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
}
