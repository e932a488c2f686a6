import assert from 'node:assert/strict';
import { test } from 'node:test';
import MarkdownIt from 'markdown-it';
import { conversationMarkdown } from '../../src/vscode/conversationMarkdown.ts';
import type { Turn } from '../../webview/protocol.ts';

const turn: Turn = { id: '1', folder: 'file:///f', question: 'Why?', status: 'done', text: 'Because [1].', evidence: [{ id: 1, kind: 'passage', title: 'console_init', text: 'code', file: 'a.c', line: 3 }], dropped: [] };

/** The document as a reader of markdown sees it. */
function check(name: string, turns: readonly Turn[], expect: (document: string, html: string) => void): void {
  test(name, () => {
    const document = conversationMarkdown('A\ntitle', turns);
    expect(document, new MarkdownIt().render(document));
  });
}

check('question, answer and what it rests on', [turn], document => { assert.equal(document, '# A title\n\n## Why?\n\nBecause [1].\n\nEvidence:\n\n- [1] console_init (a.c:3)\n'); });
check('a code block that was cut off is closed, so that the next question is a heading', [{ ...turn, text: '```c\nint a;' }, { ...turn, question: 'Next?' }], (_document, html) => { assert.match(html, /<h2>Next\?<\/h2>/); });
check('longer fences hold shorter ones', [{ ...turn, text: '````\n```\ninner' }, { ...turn, question: 'Next?' }], (_document, html) => { assert.match(html, /<h2>Next\?<\/h2>/); });
check('a question of several lines is quoted whole', [{ ...turn, question: '# not a heading\nsecond ```' }], (document, html) => {
  assert.match(html, /# not a heading\nsecond ```/);
  assert.match(document, /^## # not a heading second ```$/m);
});
check('what is wrong is told with the fact', [{ ...turn, checked: { citations: [], figures: '', notes: ['No index.'], findings: [{ claim: '0x40', verdict: 'contradicted', evidence: 'It is 0x44.', start: 0, end: 4 }, { claim: 'ok', verdict: 'supported', evidence: 'Yes.', start: 5, end: 7 }] } }], document => {
  assert.match(document, /- contradicted: “0x40” — It is 0x44\./);
  assert.doesNotMatch(document, /“ok”/);
  assert.match(document, /> No index\./);
});
check('facts without words, and a failure, are there too', [{ ...turn, text: '', dossier: '**IRQ 3**', failure: { message: 'No model.' } }], document => { assert.match(document, /\*\*IRQ 3\*\*\n\n> No model\./); });
check('an empty conversation is a title', [], document => { assert.equal(document, '# A title\n\n'); });
