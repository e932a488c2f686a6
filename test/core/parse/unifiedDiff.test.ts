import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readChange, type ChangedFile } from '../../../src/core/parse/unifiedDiff.ts';

function check(name: string, diff: readonly string[], expect: readonly (Partial<ChangedFile> & { readonly lines?: readonly string[] })[]): void {
  test(name, () => {
    const files = readChange(diff.join('\n'));
    assert.equal(files.length, expect.length);
    for (const [index, { lines, ...wanted }] of expect.entries()) {
      const file = files[index];
      assert.ok(file !== undefined);
      assert.deepEqual({ ...file, ...wanted }, file);
      if (lines !== undefined) assert.deepEqual(file.hunks.flatMap(hunk => hunk.lines), lines);
    }
  });
}

check('a changed file', ['diff --git a/a.c b/a.c', 'index 1..2 100644', '--- a/a.c', '+++ b/a.c', '@@ -3,2 +3,3 @@ void f(void)', ' one', '-two', '+2', '+3'], [{ file: 'a.c', what: 'changed', added: 2, removed: 1, lines: [' one', '-two', '+2', '+3'] }]);
check('added, deleted, renamed and binary files', [
  'diff --git a/n.c b/n.c', 'new file mode 100644', '--- /dev/null', '+++ b/n.c', '@@ -0,0 +1 @@', '+int n;',
  'diff --git a/o.c b/o.c', 'deleted file mode 100644', '--- a/o.c', '+++ /dev/null', '@@ -1 +0,0 @@', '-int o;',
  'diff --git a/old name.c b/new name.c', 'similarity index 100%', 'rename from old name.c', 'rename to new name.c',
  'diff --git a/p.png b/p.png', 'index 1..2 100644', 'Binary files a/p.png and b/p.png differ',
], [{ file: 'n.c', what: 'added', added: 1 }, { file: 'o.c', what: 'deleted', removed: 1 }, { file: 'new name.c', what: 'renamed' }, { file: 'p.png', isBinary: true }]);
check('lines that look like a head stay lines', ['--- a.c\t2026-01-01', '+++ a.c\t2026-01-02', '@@ -1,2 +1,2 @@', '--- not a head', '+diff --git a/x b/x', ' end'], [{ file: 'a.c', added: 1, removed: 1, lines: ['--- not a head', '+diff --git a/x b/x', ' end'] }]);
check('a missing line end is told by the tool, not a line of the file', ['--- a/a.c', '+++ b/a.c', '@@ -1 +1 @@', '-a', '\\ No newline at end of file', '+b', '\\ No newline at end of file'], [{ added: 1, removed: 1 }]);
check('a cut diff gives what is there', ['diff --git a/a.c b/a.c', '@@ -1,9 +1,9 @@', ' a', 'diff --git a/b.c b/b.c'], [{ file: 'a.c' }, { file: 'b.c' }]);
check('words are no diff', ['Hello', '@@ -1 +1 @@', '+not a file'], []);
check('nothing', [], []);
