import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluationReport } from '../../../src/core/eval/evaluationReport.ts';
import { modelTextMeasure, runFormat, wholeAnswerMeasure, type EvaluationRun, type RunItem } from '../../../src/core/eval/evaluationRun.ts';

const hostile = '<script>alert(1)</script><img src="http://evil.example/x">"\'&';

function check(name: string, run: Omit<EvaluationRun, 'format'>, holds: (page: string) => void): void {
  test(name, () => {
    const page = evaluationReport({ format: runFormat, ...run });
    assert.doesNotMatch(page, /NaN|undefined|<script|<img|<link|@import|url\(|<[^>]*(?:href|src)=/);
    holds(page);
  });
}

function item(right: boolean, more: Partial<RunItem> = {}): RunItem {
  return { kind: 'address', question: 'Where is it?', expected: '0x4', given: '0x8', measures: { [wholeAnswerMeasure]: right, [modelTextMeasure]: right }, ...more };
}

check('a page has figures with intervals, plots and the questions that failed', { measured: 'answers', settings: { model: 'm' }, items: [item(true), item(false, { checked: { said: 'unknown', right: false } })] }, page => {
  assert.match(page, /<td class="number">0\.500<\/td><td class="number">0\.095–0\.905<\/td>/);
  assert.match(page, /<svg role="img"[^]*Calibration[^]*Questions that failed: 1/);
  assert.match(page, /prefers-color-scheme: dark/);
});
check('hostile text stays text', { measured: 'answers', settings: { [hostile]: hostile }, items: [item(false, { kind: hostile, question: hostile, expected: hostile, given: hostile })] }, page => { assert.match(page, /&#60;script&#62;alert/); });
check('a run of nothing is a page too', { measured: 'answers', settings: {}, items: [] }, page => { assert.match(page, /0 questions[^]*Questions that failed: 0/); });
check('of retrieval the fused ranking decides', { measured: 'retrieval', settings: {}, items: [item(true, { measures: { 'words recall@10': false, 'hybrid recall@10': true, 'hybrid MRR': 0.5 } })] }, page => { assert.match(page, /Questions that failed: 0/); });
check('of very many failures the first are written out and the rest counted', { measured: 'answers', settings: {}, items: Array.from({ length: 450 }, (_, index) => item(false, { question: `q${index}` })) }, page => { assert.match(page, /250 more are in the run/); });
