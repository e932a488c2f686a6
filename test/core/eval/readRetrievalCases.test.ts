import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readRetrievalCases } from '../../../src/core/eval/readRetrievalCases.ts';

/** The questions that are read from a text, and what its problems say. */
function check(name: string, text: string, questions: readonly string[], problem?: RegExp): void {
  test(name, () => {
    const { cases, problems } = readRetrievalCases(text, 'suite.json');
    assert.deepEqual(cases.map(({ kind, question }) => `${kind}: ${question}`), questions);
    if (problem === undefined) assert.deepEqual(problems, []);
    else assert.match(problems.map(({ message }) => message).join('\n'), problem);
  });
}

const answers = '"answers": [{ "file": "uart.c", "symbol": "uart_send" }]';

check('a question with its answer', `[{ "question": "who sends?", ${answers} }]`, ['written English: who sends?']);
check('a question of a kind', `[{ "kind": "written Chinese", "question": "谁发送", ${answers} }]`, ['written Chinese: 谁发送']);
check('a question without answers is left out, and the others count', `[{ "question": "a" }, { "question": "b", ${answers} }]`, ['written English: b'], /question 1 is left out: it has no "answers"/);
check('an answer that says nothing', '[{ "question": "a", "answers": [{}] }]', [], /an answer has none/);
check('an answer with an unknown part', '[{ "question": "a", "answers": [{ "file": "a.c", "page": "3" }] }]', [], /an answer has none/);
check('an empty question', `[{ "question": " ", ${answers} }]`, [], /it has no "question"/);
check('a kind that is a number', `[{ "kind": 3, "question": "a", ${answers} }]`, [], /"kind" is no text/);
check('something else in the list', '[7, null]', [], /question 1 is left out: it is no object\nquestion 2/);
check('no list', '{}', [], /no list of questions/);
check('no JSON', 'nonsense', [], /no JSON: /);

const suites = path.resolve(import.meta.dirname, '../../eval');
for (const file of fs.readdirSync(suites).filter(name => name.endsWith('.json'))) {
  test(`${file} is whole, and asks no question twice`, () => {
    const { cases, problems } = readRetrievalCases(fs.readFileSync(path.join(suites, file), 'utf8'), file);
    assert.deepEqual(problems, []);
    assert.ok(cases.length >= 40);
    assert.equal(new Set(cases.map(({ question }) => question)).size, cases.length);
  });
}
