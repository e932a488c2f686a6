// Which of several passages about one symbol comes first.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Hit } from '../../../src/core/retrieve/hit.ts';
import { withInactiveMarks } from '../../../src/core/session/buildMacros.ts';

function hit(rank: number, symbol: string | undefined, inactive = false): Hit {
  const chunk = { id: `${rank}`, file: 'a.c', startLine: rank, endLine: rank, kind: 'function' as const, text: inactive ? 'condition: defined(OTHER)\n' : '', ...(symbol !== undefined && { symbol }) };
  return { rank, score: 1 / rank, sources: [], why: [], chunk };
}

test('what the build leaves out comes behind what it has of the same symbol, and others keep their places', async () => {
  const found = [hit(1, 'board_init', true), hit(2, 'other', true), hit(3, undefined, true), hit(4, 'board_init')];
  const retriever = withInactiveMarks({ search: async () => found, limits: async () => [] }, async () => ({ of: async () => false }));
  const ordered = await retriever.search('board_init');
  assert.deepEqual(ordered.map(({ rank, chunk }) => `${rank} ${chunk.symbol ?? '-'} line ${chunk.startLine}`), ['1 board_init line 4', '2 other line 2', '3 - line 3', '4 board_init line 1']);
});
