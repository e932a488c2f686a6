import { barPlot, type PlotBar } from './barPlot.ts';
import { escapeHtml } from './escapeHtml.ts';
import { modelTextMeasure, wholeAnswerMeasure, type EvaluationRun, type RunItem } from './evaluationRun.ts';
import { kindsOf, measureScores } from './measureScores.ts';
import { wilson } from './proportions.ts';
import { reportStyle } from './reportStyle.ts';

/** Failing questions that are written out. */
const mostFailures = 200;

/** A run as one page that needs nothing beside it: tables with intervals, plots, and the questions that failed. */
export function evaluationReport(run: EvaluationRun): string {
  const { measured, settings, items } = run;
  const shown = plottedMeasures(run);
  const title = `Halcyon: evaluation of ${measured}`;
  return [
    '<!doctype html>', '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">', `<title>${escapeHtml(title)}</title><style>${reportStyle}</style></head><body>`,
    `<h1>${escapeHtml(title)}</h1>`, `<p>${items.length} questions. ${Object.entries(settings).map(([name, value]) => `${escapeHtml(name)}: ${escapeHtml(value)}`).join(' · ')}</p>`,
    '<p class="note">Intervals are 95 %: Wilson\'s where a question is answered rightly or not, a bootstrap\'s elsewhere.</p>',
    '<h2>All questions</h2>', barFigure('All questions, by measure', measureScores(items).map(({ measure, mean, low, high, questions }) => ({ label: measure, value: mean, low, high, of: questions }))),
    ...shown.flatMap(measure => kindPlot(items, measure)),
    calibration(items), table(items), failures(run), '</body></html>', '',
  ].filter(part => part !== '').join('\n');
}

function plottedMeasures({ measured, items }: EvaluationRun): readonly string[] {
  const names = new Set(items.flatMap(({ measures }) => Object.keys(measures)));
  return measured === 'answers' ? [wholeAnswerMeasure, modelTextMeasure].filter(name => names.has(name)) : [primaryOf(items)].filter(name => name !== undefined);
}

/** Of retrieval the best way of searching decides. */
function primaryOf(items: readonly RunItem[]): string | undefined {
  const names = Object.keys(items[0]?.measures ?? {});
  return names.includes('hybrid recall@10') ? 'hybrid recall@10' : names.find(name => name.endsWith('recall@10'));
}

function kindPlot(items: readonly RunItem[], measure: string): string[] {
  const bars = kindsOf(items).flatMap(([kind, some]) => measureScores(some).filter(score => score.measure === measure).map(({ mean, low, high, questions }): PlotBar => ({ label: kind, value: mean, low, high, of: questions })));
  return bars.length === 0 ? [] : [`<h2>By kind of question: ${escapeHtml(measure)}</h2>`, barFigure(`${measure}, by kind`, bars)];
}

/** How often a text is right by what the check says of it: "unknown" should lie between the others. */
function calibration(items: readonly RunItem[]): string {
  const checked = items.flatMap(item => item.checked ?? []);
  if (checked.length === 0) return '';
  const bars = (['supported', 'unknown', 'nothing checked', 'contradicted'] as const).map((said): PlotBar => {
    const some = checked.filter(item => item.said === said);
    const { share, low, high, of } = wilson(some.filter(({ right }) => right).length, some.length);
    return { label: said, value: share, low, high, of };
  }).filter(({ of }) => of > 0);
  return `<h2>Calibration: how often a text is right, by what the check says of it</h2><p class="note">The gravest finding of a text counts. A text with a claim that is "unknown" should be right less often than one that is supported, and more often than one that is contradicted.</p>${barFigure('Share of right texts by verdict', bars)}`;
}

function barFigure(title: string, bars: readonly PlotBar[]): string {
  return `<figure class="wide">${barPlot(title, bars)}</figure>`;
}

function table(items: readonly RunItem[]): string {
  const rows = [['all', items] as const, ...kindsOf(items)].flatMap(([kind, some]) => measureScores(some).map(({ measure, questions, mean, low, high }) =>
    `<tr><td>${escapeHtml(kind)}</td><td>${escapeHtml(measure)}</td><td class="number">${questions}</td><td class="number">${mean.toFixed(3)}</td><td class="number">${low.toFixed(3)}–${high.toFixed(3)}</td></tr>`));
  return `<h2>Every figure</h2><div class="wide"><table><thead><tr><th>kind</th><th>measure</th><th class="number">questions</th><th class="number">figure</th><th class="number">95 %</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function failures(run: EvaluationRun): string {
  const deciding = run.measured === 'answers' ? wholeAnswerMeasure : primaryOf(run.items);
  const failed = deciding === undefined ? [] : run.items.filter(({ measures }) => measures[deciding] === false);
  const left = failed.length - mostFailures;
  return `<h2>Questions that failed: ${failed.length}</h2>${failed.length === 0 ? '<p>None.</p>' : ''}${failed.slice(0, mostFailures).map(failure).join('\n')}${left > 0 ? `<p class="note">${left} more are in the run's file.</p>` : ''}`;
}

function failure({ kind, question, expected, given }: RunItem): string {
  return `<details><summary>${escapeHtml(kind)}: ${escapeHtml(question)}</summary><h3>wanted</h3><pre>${escapeHtml(expected)}</pre><h3>given</h3><pre>${escapeHtml(given === '' ? 'nothing' : given)}</pre></details>`;
}
