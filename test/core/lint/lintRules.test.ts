// Every rule on C that compiles: a line that ends in `// finds: RULE [CERTAINTY]` is found by that rule, every other line by none.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import manifest from '../../../package.json' with { type: 'json' };
import { lintRulePage, lintRules } from '../../../src/core/lint/lintRules.ts';
import { lintCases, lintDevice, lintFixture, lintTexts } from './lintProject.ts';

const device = lintDevice();

for (const name of lintCases()) {
  test(`${name}: what is marked is found, and nothing else`, async () => {
    const text = lintFixture(`cases/${name}`);
    const shared = { 'chip.h': lintFixture('chip.h'), 'startup.c': lintFixture('startup.c'), ...(!text.includes('// without clocks.c') && { 'clocks.c': lintFixture('clocks.c') }) };
    const found = await lintTexts({ ...shared, [name]: text }, device);
    const expected = text.split('\n').flatMap((line, index) => {
      const [, rule = '', certainty] = /\/\/ finds: ([\w-]+)(?: (\w+))?$/.exec(line) ?? [];
      return rule === '' ? [] : [{ line: index + 1, rule, certainty }];
    });
    const graded = new Map(expected.map(({ line, rule, certainty }) => [`${line} ${rule}`, certainty]));
    assert.deepEqual(found.map(({ file, startLine, rule, certainty }) => `${file}:${startLine} ${rule}${graded.get(`${startLine} ${rule}`) === undefined ? '' : ` ${certainty}`}`), expected.map(({ line, rule, certainty }) => `${name}:${line} ${rule}${certainty === undefined ? '' : ` ${certainty}`}`));
  });
}

test('every rule has a file of cases, and a page', () => {
  assert.deepEqual(lintRules.map(({ id }) => `${id}.c`).filter(name => !lintCases().includes(name)), []);
  for (const { id, title } of lintRules) {
    const page = fs.readFileSync(path.resolve(import.meta.dirname, '../../..', lintRulePage(id)), 'utf8');
    assert.ok(page.startsWith(`# ${id}\n\n**${title}**`), id);
    assert.ok(page.includes(`halcyon-disable-next-line ${id}`), id);
  }
});

test('the setting for severities knows every rule', () => {
  assert.deepEqual(manifest.contributes.configuration.properties['halcyon.lint.rules'].propertyNames.enum, lintRules.map(({ id }) => id));
});
