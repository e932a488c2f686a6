import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commentText, firstSentence, proseWords } from '../../../src/core/dataset/comments.ts';

/** The prose of a comment. */
function check(name: string, comment: string, expected: string): void {
  test(name, () => { assert.equal(commentText(comment), expected); });
}

check('a line comment', '// Waits for the flag.', 'Waits for the flag.');
check('a trailing Doxygen comment', '/*!< Transmission complete */', 'Transmission complete');
check('lines of one paragraph are one line, paragraphs stay apart', '/*\n * Starts the\n * conversion.\n *\n * Needs the clock.\n */', 'Starts the conversion.\n\nNeeds the clock.');
check('a list stays a list', '/*\n * Modes:\n * - idle\n * - busy\n */', 'Modes:\n- idle\n- busy');
check('tags become words, or go', '/**\n * @brief  Sets the rate.\n * @param[in] rate: bits a second\n * @retval None\n * @author Jane\n * @ingroup uart\n */', 'Sets the rate.\n- `rate`: bits a second');
check('marks within a line go', '/** Frees \\p buffer, see @c free. */', 'Frees buffer, see free.');
check('rulers and code go', '/*-------- Timers --------\n * Counts up.\n * TIM2->CR1 = 1;\n *------------------*/', 'Timers Counts up.');
check('a return of nothing goes, a sentence that begins alike stays', '/**\n * None of the flags is cleared.\n * @return None.\n */', 'None of the flags is cleared.');
check('the values of a parameter are a list', '/**\n * @brief Enables a channel.\n * @param channel one of these:\n *   @arg DMA_FIRST: the first\n *   @arg DMA_LAST: the last\n */', 'Enables a channel.\n- `channel`: one of these:\n- DMA_FIRST: the first\n- DMA_LAST: the last');
check('marks of tools go', '/* USER CODE BEGIN 2 */\n// NOLINTNEXTLINE\n// Blinks.', 'Blinks.');
check('emphasis at the start of a line stays', '/*\n *important* to call first\n */', '*important* to call first');

/** The first sentence of a text. */
function checkFirst(text: string, expected: string): void {
  test(`the first sentence of ${JSON.stringify(text)}`, () => { assert.equal(firstSentence(text), expected); });
}

checkFirst('Takes 3.3 V in. Never blocks.', 'Takes 3.3 V in.');
checkFirst('Takes a byte\n- `ring`: where from', 'Takes a byte');
checkFirst('取出一个字节。不阻塞。', '取出一个字节。');

test('words are counted in both languages, numbers are none', () => { assert.deepEqual([proseWords('Sets bit 5 of CR1'), proseWords('置位'), proseWords('0x40 12')], [4, 2, 0]); });
