import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChunkKind } from '../../../src/core/chunk/chunk.ts';
import { chunkWords } from '../../../src/core/store/chunkWords.ts';

/** `symbol | heading | comment | body` of a chunk. */
function check(kind: ChunkKind, about: { readonly symbol?: string; readonly heading?: string }, text: string, expected: string): void {
  const { symbol, heading, comment, body } = chunkWords({ kind, ...about, text });
  assert.equal([symbol, heading, comment, body].join(' | '), expected);
}

test('words of comments stand apart from those of code', () => { check('function', { symbol: 'go' }, '/* Starts it. */\nvoid go(void) { run(); } // now', 'go |  | starts it now | void go void run'); });
test('a section is found by its heading path, not as a symbol', () => { check('section', { symbol: 'Guide > PLL' }, 'Guide > PLL\ntext', ' | guide pll |  | guide pll text'); });
test('a comment of a configuration begins with #, but a switched off setting is none', () => { check('config', { heading: 'Log' }, '# Words\n# CONFIG_A is not set\nB=y', ' | log | words | config_a config is not set b y'); });
test('a # of C is no comment', () => { check('macros', {}, '#define X 1 /* one */', ' |  | one | define x 1'); });
test('an unfinished comment ends with the passage', () => { check('text', {}, 'int a; /* rest', ' |  | rest | int a'); });
