import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collectDocuments } from '../../../src/core/dataset/collectDocuments.ts';
import { collected, workspaceOf } from './collecting.ts';

const faq = `# FAQ

## Q: Why are bytes lost at one megabaud?

A: The receiver has no FIFO. A handler that runs longer than ten microseconds loses the byte behind it.

## 2. Can the log be switched off?

Yes: build the firmware with \`LOG_LEVEL=0\`.

## Wiring

${'The board is supplied by the probe and talks over the second serial port. '.repeat(4)}

## License

${'Everybody may use it for whatever purpose, but nobody is to be blamed for it. '.repeat(4)}
`;

async function collect(texts: Readonly<Record<string, string>>) {
  const workspace = await workspaceOf(texts);
  return collected(options => collectDocuments(workspace, options));
}

test('a section under a question answers it, without the marks of question and answer', async () => {
  const { drafts } = await collect({ 'docs/faq.md': faq });
  assert.deepEqual(drafts.filter(({ source }) => source === 'faq').map(({ question, answer }) => [question, answer]).sort(), [
    ['Can the log be switched off?', 'Yes: build the firmware with `LOG_LEVEL=0`.'],
    ['Why are bytes lost at one megabaud?', 'The receiver has no FIFO. A handler that runs longer than ten microseconds loses the byte behind it.'],
  ]);
});

test('a section under a topic is asked about with its titles and told with its place', async () => {
  const { drafts } = await collect({ 'docs/faq.md': faq });
  const topics = drafts.filter(({ source }) => source === 'document');
  assert.equal(topics.length, 1);
  assert.match(topics[0]?.question ?? '', /FAQ › Wiring/);
  assert.deepEqual(topics[0]?.provenance, { files: ['docs/faq.md'], line: 11, endLine: 14, licence: 'MIT' });
});

test('a question of a text in reStructuredText is read as well', async () => {
  const { drafts } = await collect({ 'faq.rst': 'How is the chip erased?\n-----------------------\n\nHold the button while the board is plugged in.\n' });
  assert.deepEqual(drafts.map(({ source, question }) => [source, question]), [['faq', 'How is the chip erased?']]);
});

/** A document that teaches nothing, and the reasons that are told. */
function checkLeftOut(name: string, file: string, text: string, reasons: readonly string[]): void {
  test(name, async () => {
    const { drafts, dropped } = await collect({ [file]: text });
    assert.deepEqual([drafts, dropped.map(({ reason }) => reason)], [[], reasons]);
  });
}

checkLeftOut('a licence is no document of the project', 'LICENSE.md', faq, ['document about the project\'s people, licence or versions']);
checkLeftOut('a changelog is none either', 'docs/CHANGELOG.md', faq, ['document about the project\'s people, licence or versions']);
checkLeftOut('a heading without a word below says nothing', 'a.md', '# Wiring\n\nSee below.\n', ['section too short']);
checkLeftOut('a list of links says nothing', 'a.md', `# Where to read\n\n${'- [the manual of the chip and of its core](https://example.org/a/long/path/to/it)\n'.repeat(12)}`, ['list of links']);
checkLeftOut('what is under "Usage" names no topic', 'a.md', `# Usage\n\n${'Hold the button while the board is plugged in and wait for the light. '.repeat(4)}`, ['heading names no topic']);
checkLeftOut('code is no document', 'main.c', 'int main(void) { return 0; }', []);
checkLeftOut('an empty document gives nothing', 'README.md', '', []);
