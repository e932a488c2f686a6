// Every vendor file, register by register and field by field, against an independent reader.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { parseSvd } from '../../src/core/parse/svd.ts';
import { compareLines, type Difference } from './svdCompare.ts';
import { adaptedFiles, explainedDifferences } from './svdDifferences.ts';
import { svdLines } from './svdLines.ts';
import { readReference, whyNoReference } from './svdReference.ts';

const folder = path.resolve(import.meta.dirname, '../../../shared/svd');
const files = fs.existsSync(folder) ? fs.readdirSync(folder).filter(name => /\.(svd|xml)$/.test(name)) : [];
const skip = files.length === 0 ? 'there are no vendor SVD files beside the repository' : whyNoReference() ?? false;

describe('the reference reads what we read in', { skip, concurrency: 2 }, () => {
  // The largest first: two run at a time.
  for (const file of files.toSorted((left, right) => fs.statSync(path.join(folder, right)).size - fs.statSync(path.join(folder, left)).size)) {
    test(file, async t => {
      const text = adapted(file);
      const { device } = parseSvd(text, file);
      assert.ok(device);
      const { lines, error } = await readReference(text);
      assert.equal(error, undefined);
      const { registers, fields, differences } = compareLines(svdLines(device), lines);
      assert.ok(registers > 0);
      t.diagnostic(`${registers} registers and ${fields} fields compared, ${differences.length} explained differences`);
      assert.deepEqual(counts(differences), Object.fromEntries(explainedDifferences.filter(explained => explained.file === file).map(({ kind, count }) => [kind, count])), samples(differences));
      for (const difference of differences) assert.ok(hasShape(file, difference), `${file}: ${JSON.stringify(difference)}`);
    });
  }
  for (const { file, error, why } of adaptedFiles) {
    if (error !== undefined) test(`${file} only changed: ${why}`, async () => { assert.match((await readReference(read(file))).error ?? '', error); });
  }
});

test('every explanation is of a file that is there', { skip }, () => {
  assert.deepEqual([...explainedDifferences, ...adaptedFiles].map(({ file }) => file).filter(file => !files.includes(file)), []);
});

function read(file: string): string {
  return fs.readFileSync(path.join(folder, file), 'utf8');
}

function adapted(file: string): string {
  return adaptedFiles.filter(change => change.file === file).reduce((text, { from, to }) => {
    assert.equal(text.split(from).length, 2, `${file} has ${from} once`);
    return text.replace(from, to);
  }, read(file));
}

function counts(differences: readonly Difference[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { kind } of differences) found[kind] = (found[kind] ?? 0) + 1;
  return found;
}

function hasShape(file: string, { kind, ours, theirs }: Difference): boolean {
  return explainedDifferences.some(explained => explained.file === file && explained.kind === kind && explained.shape.test(`${ours} | ${theirs}`));
}

/** The first of each kind, for whoever has to explain a new one. */
function samples(differences: readonly Difference[]): string {
  const first = new Map(differences.toReversed().map(difference => [difference.kind, difference]));
  return [...first.values()].map(({ kind, where, ours, theirs }) => `${kind} at ${where}\n  ours:   ${ours.slice(0, 300)}\n  theirs: ${theirs.slice(0, 300)}`).join('\n');
}
