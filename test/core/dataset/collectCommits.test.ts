import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectCommits } from '../../../src/core/dataset/collectCommits.ts';
import type { CommitRecord } from '../../../src/core/dataset/datasetSource.ts';
import type { Draft, Dropped } from '../../../src/core/dataset/example.ts';

/** As git writes the change that mends the third fault of the fixture. */
const mend = `diff --git a/i2c_sensor.c b/i2c_sensor.c
index 5f7a0a1..9d1c2e4 100644
--- a/i2c_sensor.c
+++ b/i2c_sensor.c
@@ -12,7 +12,7 @@ static enum sensor_state state;
 static uint8_t received[2];
 
-static uint32_t samples_done;
+static volatile uint32_t samples_done;
 
 static void sensor_stop(void)
 {
`;

const fix: CommitRecord = {
  hash: 'c0ffee', subject: 'Make the count of samples volatile', body: 'The loop that waits for it kept an old value in a register and never ended.\n\nSigned-off-by: Jo <jo@example.org>\nFixes: #12',
  files: ['i2c_sensor.c'], diff: mend,
};

async function collect(commits: readonly CommitRecord[], most?: number): Promise<{ readonly drafts: Draft[]; readonly dropped: Dropped[] }> {
  const dropped: Dropped[] = [];
  const drafts = await Array.fromAsync(collectCommits({ commits, rest: async () => undefined }, {
    most: most === undefined ? {} : { commit: most }, random: () => 0.5, licenceOf: async file => (file.startsWith('vendor/') ? 'GPL-2.0-only' : 'MIT'), drop: drop => { dropped.push(drop); },
  }));
  return { drafts, dropped };
}

test('a change is to be described, and its message answers without the trailers', async () => {
  const { drafts: [draft] } = await collect([fix]);
  assert.deepEqual([draft?.context, draft?.answer], [mend, 'Make the count of samples volatile\n\nThe loop that waits for it kept an old value in a register and never ended.']);
  assert.deepEqual(draft?.provenance, { files: ['i2c_sensor.c'], commit: 'c0ffee', licence: 'MIT' });
});

test('a bug that was mended in one place is asked about as it was, and answered as it became', async () => {
  const { drafts: [, bug] } = await collect([fix]);
  assert.match(bug?.question ?? '', /has a bug/);
  assert.match(bug?.context ?? '', /^i2c_sensor\.c\n[^]*\nstatic uint32_t samples_done;\n/);
  assert.match(bug?.answer ?? '', /kept an old value[^]*```c\n[^]*\nstatic volatile uint32_t samples_done;\n[^]*```$/);
});

test('a line that was taken out and looks like a head belongs to what was there before', async () => {
  const diff = 'diff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1,3 +1,2 @@\n int a;\n--- b/other.c\n+  stop();\n int c;\n';
  const { drafts: [, bug] } = await collect([{ ...fix, files: ['a.c'], diff: diff.replace('-1,3 +1,2', '-1,3 +1,3') }]);
  assert.equal(bug?.context, 'a.c\nint a;\n-- b/other.c\nint c;');
});

test('of several files the strictest licence holds', async () => {
  const { drafts: [draft] } = await collect([{ ...fix, files: ['i2c_sensor.c', 'vendor/i2c.c'] }]);
  assert.equal(draft?.provenance.licence, 'GPL-2.0-only');
});

test('no more examples than asked for', async () => {
  assert.equal((await collect([fix, fix, fix], 3)).drafts.length, 3);
});

/** A commit that teaches nothing, and the reason that is told. */
function checkLeftOut(name: string, change: Partial<CommitRecord>, reason: string): void {
  test(name, async () => {
    const { drafts, dropped } = await collect([{ ...fix, ...change }]);
    assert.deepEqual([drafts, dropped.map(drop => drop.reason)], [[], [reason]]);
  });
}

checkLeftOut('a merge is left out', { subject: 'Merge branch \'uart\' into main' }, 'merge, revert or release');
checkLeftOut('a revert is left out', { subject: 'Revert "Make the count of samples volatile"' }, 'merge, revert or release');
checkLeftOut('a commit that names what it reverts in its body alone is left out', { body: 'This reverts commit 1234567890abcdef.' }, 'merge, revert or release');
checkLeftOut('a commit that is to be folded into another is left out', { subject: 'fixup! Make the count of samples volatile' }, 'merge, revert or release');
checkLeftOut('a release is left out', { subject: 'v2.1.0 of the firmware for the first boards' }, 'merge, revert or release');
checkLeftOut('a message of a word is left out', { subject: 'Fixes', body: '' }, 'message says too little');
checkLeftOut('a change that was cut is left out', { isCut: true }, 'change too long');
checkLeftOut('a change of many pages is left out', { diff: `${mend}${'+ x\n'.repeat(1000)}` }, 'change too long');
checkLeftOut('a change of many files is no one thing', { files: Array.from({ length: 20 }, (_, index) => `src/part${index}.c`) }, 'change of many files');
checkLeftOut('a commit that changes no text is left out', { diff: '' }, 'no change in text');
checkLeftOut('a new formatting is left out', { subject: 'Apply clang-format to all the drivers of the board' }, 'changes no meaning');
checkLeftOut('a change of generated files alone is left out', { files: ['package.lock', 'build/main.c'] }, 'generated file');
