import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectFindings } from '../../../src/core/dataset/collectFindings.ts';
import { collectUses } from '../../../src/core/dataset/collectUses.ts';
import type { LintFinding } from '../../../src/core/lint/finding.ts';
import { parseSvd } from '../../../src/core/parse/svd.ts';
import { fixtureText, fixtureTexts } from '../graph/factsOf.ts';
import { collected, workspaceOf } from './collecting.ts';

const texts = fixtureTexts('fictional-mcu');
const workspace = await workspaceOf(texts);
const { device } = parseSvd(fixtureText('fictional-mcu', 'AX32.svd'), 'AX32.svd');
const uses = await collected(options => collectUses({ ...workspace, device }, options));

test('every place that an answer names holds the expression that it quotes', () => {
  const places = uses.drafts.flatMap(({ answer }) => [...answer.matchAll(/^- (\S+):(\d+)[^`]*(?:`\w+`: \w+ )`([^`]+)`/gm)]);
  assert.ok(uses.drafts.length > 5 && places.length > 10);
  for (const [, file = '', line = '', expression = ''] of places) {
    const here = (texts[file] ?? '').split('\n').slice(Number(line) - 1, Number(line) + 2).join(' ').replace(/\s+/g, ' ');
    assert.ok(here.includes(expression.split(' ')[0] ?? ''), `${file}:${line} ${expression}`);
  }
});

test('every file that an answer names is told as its origin, and every line as its context', () => {
  for (const { answer, context = '', provenance: { files } } of uses.drafts) {
    for (const [, file = '', line = ''] of answer.matchAll(/^- (\S+):(\d+)/gm)) assert.ok(files.includes(file) && new RegExp(`^${line}\\| `, 'm').test(context), `${file}:${line}`);
  }
});

test('without a chip no use is known', async () => { assert.deepEqual((await collected(options => collectUses({ ...workspace, device: undefined }, options))).drafts, []); });

test('no more uses than asked for', async () => { assert.equal((await collected(options => collectUses({ ...workspace, device }, options), { use: 2 })).drafts.length, 2); });

/** The fault that the fixture's description tells of, as the check finds it. */
const line = (texts['level.c'] ?? '').split('\n').findIndex(text => text.includes('INTSTAT |=')) + 1;
const written = (texts['level.c'] ?? '').split('\n')[line - 1] ?? '';
const finding: LintFinding = {
  rule: 'rmw-on-w1c', severity: 'warning', certainty: 'certain', message: 'Every pending flag of DMA.INTSTAT is cleared', file: 'level.c', startLine: line, startColumn: 1, endLine: line, endColumn: written.length + 1, related: [],
  fix: { title: 'Write the flag alone', edits: [{ startLine: line, startColumn: written.indexOf('|=') + 1, endLine: line, endColumn: written.indexOf('|=') + 3, text: '=' }] },
};

async function find(...findings: readonly LintFinding[]) {
  return collected(options => collectFindings({ ...workspace, device, findings: async () => findings }, options));
}

test('a finding is asked about with the code around it, and answered with the line, the reason and the mended line', async () => {
  const { drafts: [draft] } = await find(finding);
  assert.match(draft?.context ?? '', new RegExp(`^level\\.c\n[^]*\n *${line}\\| .*INTSTAT \\|=`));
  assert.match(draft?.answer ?? '', new RegExp(`^Line ${line}: Every pending flag of DMA\\.INTSTAT is cleared\\.\nWrite the flag alone:\n\`\`\`c\n.*INTSTAT = `));
  assert.match(draft?.rejected ?? '', /looks correct/);
});

test('what is likely is said to be so', async () => { assert.match((await find({ ...finding, certainty: 'likely' })).drafts[0]?.answer ?? '', /likely, not certain/); });

/** A finding that gives no example, and why. */
function checkLeftOut(name: string, change: Partial<LintFinding>, reason: string): void {
  test(name, async () => {
    const { drafts, dropped } = await find({ ...finding, ...change });
    assert.deepEqual([drafts, dropped.map(drop => drop.reason)], [[], [reason]]);
  });
}

checkLeftOut('what is only possible is not taught', { certainty: 'possible' }, 'finding is only possible');
checkLeftOut('a finding in a file that is gone is told', { file: 'gone.c' }, 'file cannot be read');

test('one rule does not drown the others', async () => {
  const { drafts, dropped } = await find(...Array.from({ length: 70 }, () => finding));
  assert.deepEqual([drafts.length, dropped.filter(({ reason }) => reason === 'enough of this rule').length], [60, 10]);
});
