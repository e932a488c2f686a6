import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutSegment } from '../../../src/core/chunk/cut.ts';
import { statementBorders } from '../../../src/core/chunk/statementBorders.ts';

/** Block depth after each line, `-` where it must not be cut. */
function check(lines: readonly string[], expected: string): void {
  assert.equal([...statementBorders(lines)].map(depth => (depth < 0 ? '-' : String(depth))).join(''), expected);
}

test('code may be cut after a statement', () => { check(['void f(void)', '{', '  a();', '  if (b) {', '    c;', '  }', '}'], '-112210'); });
test('a call over several lines stays together', () => { check(['a(1,', '  "); {",', '  2);', 'b = 1 +', '  2;'], '--0-0'); });
test('a comment stays together', () => { check(['/* one;', ' two; {', ' */', 'a; // { not'], '--00'); });
test('directives do not count', () => { check(['#if X {', 'a;', '#define M(x) \\', '  do { x } \\', '  while (0)'], '00---'); });
test('elements of an initialiser may be parted', () => { check(['int a[] = {', '  1,', '  2,', '};'], '1110'); });

test('a long function is cut between statements of its outermost block', () => {
  const block = ['  if (ready) {', ...Array.from({ length: 12 }, (_, index) => `    configure_the_peripheral(${index},`).flatMap(line => [line, '      LONG_ARGUMENT_NAME);']), '  }'];
  const chunks = cutSegment('a.c', { kind: 'function', symbol: 'f', startLine: 1, lines: ['void f(void)', '{', ...block, ...block, ...block, '}'], header: 'void f(void)' });
  assert.ok(chunks.length > 1);
  for (const { text } of chunks.slice(0, -1)) assert.match(text, / {2}\}$/);
});
