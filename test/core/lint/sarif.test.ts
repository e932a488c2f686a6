// The log against the SARIF 2.1.0 schema, which the SARIF SDK's package carries: real runs over the fixtures, and what a file system and an editor may put into one.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv';
import type { LintFinding } from '../../../src/core/lint/finding.ts';
import { lintRules } from '../../../src/core/lint/lintRules.ts';
import { sarifLog } from '../../../src/core/lint/sarif.ts';
import { lintDevice, lintFixture, lintHidden, lintTexts } from './lintProject.ts';

type Json = Readonly<Record<string, unknown>>;

const { resolve } = createRequire(import.meta.url);
const readJson = (file: string): Json => JSON.parse(fs.readFileSync(file, 'utf8')) as Json;
const validator = new Ajv({ allErrors: true, schemaId: 'auto', format: 'full' });
validator.addMetaSchema(readJson(resolve('ajv/lib/refs/json-schema-draft-04.json')));
const validate = validator.compile(readJson(path.join(path.dirname(resolve('@microsoft/jest-sarif')), 'schemas/sarif-2.1.0-rtm.5.json')));

/** What the schema has against a log, and what makes it one of another version. */
function check(name: string, of: () => object): void {
  test(name, () => {
    const written = JSON.parse(JSON.stringify(of())) as Json;
    validate(written);
    assert.deepEqual((validate.errors ?? []).map(({ dataPath, message }) => `${dataPath} ${message ?? ''}`), []);
  });
}

const base: LintFinding = { rule: 'foreign-mask', severity: 'error', certainty: 'certain', file: 'a.c', startLine: 1, startColumn: 1, endLine: 1, endColumn: 2, message: 'x', related: [] };
const one = (over: Partial<LintFinding>): object => sarifLog([{ ...base, ...over }], { version: '1.2.3', problems: [] });

const texts =  { 'chip.h': lintFixture('chip.h'), 'startup.c': lintFixture('startup.c'), 'a b/rmw#1.c': lintFixture('cases/rmw-on-w1c.c'), 'shared.c': lintFixture('cases/missing-volatile.c') };
const findings = await lintTexts(texts, lintDevice());
const hidden = await lintHidden({ ...texts, 'hidden.c': lintFixture('cases/suppressed.c') }, lintDevice());
const log = JSON.parse(JSON.stringify(sarifLog(findings, { version: '1.2.3', problems: [{ file: 'x.c', message: 'was not read' }], hidden }))) as Json;
const [run = {}] = log['runs'] as Json[];
const results = run['results'] as Json[];
const driver = (run['tool'] as Json)['driver'] as Json;

check('a log of real findings, fixes, related places and hidden findings is valid', () => log);
check('a log without findings is valid', () => sarifLog([], { version: '1.2.3', problems: [] }));
check('a log of a run that could look at nothing is valid', () => sarifLog([], { version: '1.2.3', problems: [{ file: 'no.c', message: 'no.c: no such file.' }], hasRun: false }));
check('spaces, number signs and per cents in a file name are valid', () => one({ file: 'a b/#1 100%.c' }));
check('a name in Chinese with an emoji is valid', () => one({ file: '固件/😀.c' }));
check('half a surrogate pair in a name is valid', () => one({ file: 'a\uD83D.c' }));
check('a colon before the first slash is valid', () => one({ file: 'c:odd/name.c' }));
check('a Windows path with a drive is valid', () => one({ file: 'C:/firm ware/a.c' }));
check('an absolute path is valid', () => one({ file: '/firm ware/a.c' }));
check('line feeds and control characters in a name and a message are valid', () => one({ file: 'a\n\u0001.c', message: 'line\nfeed \u0000' }));
check('a related place without a line of its own is valid', () => one({ related: [{ file: 'b.c', line: 0, message: 'the whole file' }] }));
check('an empty range in the first column is valid', () => one({ startColumn: 1, endColumn: 1 }));

test('the schema refuses what is no log', () => {
  assert.equal(validate({ version: '2.1.0' }), false);
  assert.equal(validate({ ...one({}), version: '2.0.0' }), false);
});

/** The address that a file gets, and the file that a reader of the log makes of it. */
function checkAddress(file: string, expected: string): void {
  test(`the address of ${JSON.stringify(file)} leads back to it`, () => {
    const [{ results: [result] }] = (one({ file }) as { readonly runs: [{ readonly results: [{ readonly locations: [{ readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }] }] }] }).runs;
    const { uri } = result.locations[0].physicalLocation.artifactLocation;
    assert.equal(uri, expected);
    assert.equal(decodeURIComponent(new URL(uri, 'file:///root/').pathname), file.startsWith('/') ? file : /^[A-Z]:/.test(file) ? `/${file}` : `/root/${file}`);
  });
}

checkAddress('a b/#1 100%.c', 'a%20b/%231%20100%25.c');
checkAddress('固件/main.c', '%E5%9B%BA%E4%BB%B6/main.c');
checkAddress('c:odd/name.c', 'c%3Aodd/name.c');
checkAddress('C:/firm ware/a.c', 'file:///C:/firm%20ware/a.c');
checkAddress('/firm ware/a.c', 'file:///firm%20ware/a.c');

test('columns count UTF-16 units, as the log says', async () => {
  const line = 'void f(void) { const char *s = "😀"; EXTI->PR |= EXTI_PR_PR0; }';
  const [found] = await lintTexts({ 'chip.h': lintFixture('chip.h'), 'a.c': `#include "chip.h"\n${line}\n` }, lintDevice());
  assert.equal(found?.startColumn, line.indexOf('EXTI->') + 1);
  assert.equal(run['columnKind'], 'utf16CodeUnits');
});

test('hidden findings are results with a suppression in the source that gives the comment\'s reason', () => {
  const suppressed = results.filter(result => result['suppressions'] !== undefined);
  assert.ok(suppressed.length > 0);
  const [first] = suppressed[0]?.['suppressions'] as Json[];
  assert.equal(first?.['kind'], 'inSource');
  assert.equal(first['justification'], 'all flags are handled below');
});

test('a run that could look at nothing did not succeed', () => {
  const [empty] = (sarifLog([], { version: '1', problems: [{ file: '', message: 'no such file' }], hasRun: false }) as { readonly runs: [{ readonly invocations: readonly Json[] }] }).runs;
  assert.equal(empty.invocations[0]?.['executionSuccessful'], false);
});

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
  assert.equal(results.length, findings.length + hidden.length);
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
