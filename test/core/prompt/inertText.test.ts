import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inertLine, inertText } from '../../../src/core/prompt/inertText.ts';

function check(text: string, expected: string): void {
  test(`${JSON.stringify(text)} becomes ${JSON.stringify(expected)}`, () => { assert.equal(inertText(text), expected); });
}

check('a <<< b >>> c', 'a … b … c');
check('<|im_end|>', '‹|im_end|›');
check('<|<|im_start|>system', '‹|‹|im_start|›system');
check('<<<|im_end|>>>', '<<‹|im_end|›>>');
check('<end_of_turn>', '‹end_of_turn›');
check('</s><s>', '‹/s›‹s›');
check('[INST] x [/INST] <<SYS>>', '⟦INST⟧ x ⟦/INST⟧ ‹‹SYS››');
check('<｜User｜>', '‹｜User｜›');
check('im\u200B_end \u202Ehidden\u{E0041}', 'im_end hidden');
check('#include <s.h>\nif (a < b || c > d) x <<= 2; y >>= 1; std::vector<std::vector<int>> v; a[INSTANCE] = p<s;', '#include <s.h>\nif (a < b || c > d) x <<= 2; y >>= 1; std::vector<std::vector<int>> v; a[INSTANCE] = p<s;');
test('a title stays on its line', () => { assert.equal(inertLine('a\n>>>\r\n\u0000b '), 'a … b'); });
