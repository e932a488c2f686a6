// The log's structure as the SARIF 2.1.0 schema requires it, read off a real run over the fixtures.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintRules } from '../../../src/core/lint/lintRules.ts';
import { sarifLog } from '../../../src/core/lint/sarif.ts';
import { lintDevice, lintFixture, lintTexts } from './lintProject.ts';

type Json = Readonly<Record<string, unknown>>;

const findings = await lintTexts({ 'chip.h': lintFixture('chip.h'), 'startup.c': lintFixture('startup.c'), 'a b/rmw#1.c': lintFixture('cases/rmw-on-w1c.c'), 'shared.c': lintFixture('cases/missing-volatile.c') }, lintDevice());
const log = JSON.parse(JSON.stringify(sarifLog(findings, { version: '1.2.3', problems: [{ file: 'x.c', message: 'was not read' }] }))) as Json;
const [run = {}] = log['runs'] as Json[];
const results = run['results'] as Json[];
const driver = (run['tool'] as Json)['driver'] as Json;

test('the log names schema and version, and holds one run', () => {
  assert.equal(log['version'], '2.1.0');
  assert.match(String(log['$schema']), /^https:\/\/.*sarif-2\.1\.0/);
  assert.equal((log['runs'] as unknown[]).length, 1);
});

test('the driver has a name, and every rule an id, once, a text and a default level', () => {
  assert.equal(driver['name'], 'halcyon');
  const rules = driver['rules'] as Json[];
  assert.deepEqual(rules.map(({ id }) => id), lintRules.map(({ id }) => id));
  for (const rule of rules) {
    assert.equal(typeof (rule['shortDescription'] as Json)['text'], 'string');
    assert.ok(['error', 'warning', 'note', 'none'].includes(String((rule['defaultConfiguration'] as Json)['level'])));
  }
});

test('every result has a message, a level, a rule that its index points to, and one place', () => {
  assert.equal(results.length, findings.length);
  assert.ok(results.length > 5);
  for (const result of results) {
    assert.ok(String((result['message'] as Json)['text']).length > 0);
    assert.ok(['error', 'warning', 'note', 'none'].includes(String(result['level'])));
    assert.equal(lintRules[Number(result['ruleIndex'])]?.id, result['ruleId']);
    assert.equal((result['locations'] as unknown[]).length, 1);
    const rank = Number(result['rank']);
    assert.ok(rank >= 0 && rank <= 100);
  }
});

test('regions begin at 1 and never end before they begin; addresses are valid relative references', () => {
  const places = results.flatMap(result => [...result['locations'] as Json[], ...(result['relatedLocations'] ?? []) as Json[]]).map(location => location['physicalLocation'] as Json);
  for (const place of places) {
    const region = place['region'] as Readonly<Record<string, number | undefined>>;
    const { startLine = 0, startColumn = 1, endLine = startLine, endColumn = startColumn } = region;
    assert.ok(startLine >= 1 && startColumn >= 1 && (endLine > startLine || endColumn >= startColumn));
    const { uri, uriBaseId } = place['artifactLocation'] as { readonly uri: string; readonly uriBaseId?: string };
    assert.equal(uriBaseId, 'SRCROOT');
    assert.ok(new URL(uri, 'file:///root/').pathname.startsWith('/root/'));
  }
  assert.ok(places.some(place => (place['artifactLocation'] as Json)['uri'] === 'a%20b/rmw%231.c'));
});

test('a fix replaces a region by a text', () => {
  const fixes = results.flatMap(result => (result['fixes'] ?? []) as Json[]);
  assert.ok(fixes.length > 0);
  for (const fix of fixes) {
    const [change] = fix['artifactChanges'] as Json[];
    const [replacement] = change?.['replacements'] as Json[];
    assert.equal(typeof (replacement?.['insertedContent'] as Json)['text'], 'string');
    assert.ok(replacement?.['deletedRegion'] !== undefined);
  }
});

test('what was left out is told as a notification of the run', () => {
  const [invocation] = run['invocations'] as Json[];
  assert.equal(invocation?.['executionSuccessful'], true);
  assert.match(JSON.stringify(invocation['toolExecutionNotifications']), /x\.c: was not read/);
});
