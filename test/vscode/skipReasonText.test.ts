// Why something is left out is said in the user's language, whatever the engine gives for a reason.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import bundle from '../../l10n/bundle.l10n.zh-cn.json' with { type: 'json' };
import { grammarsFolder } from '../../src/node/folders.ts';
import { openEngine } from '../../src/node/openEngine.ts';
import { skipReasonText } from '../../src/vscode/skipReasonText.ts';

const texts: Readonly<Record<string, string>> = bundle;
const chinese = { t: (text: unknown, ...values: unknown[]): string => (texts[String(text)] ?? String(text)).replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)])) };

function check(reason: string, expected: string): void {
  test(`"${reason}" is said in Chinese`, () => { assert.equal(skipReasonText(reason, chinese), expected); });
}

check('ignored by lib/.gitignore', '被 lib/.gitignore 忽略');
check('2.4 MB is more than is read of a file of unknown kind (1 MB)', '2.4 MB 超过未知类型文件的读取上限（1 MB）');
check('17.0 MB is more than is read of a source (16 MB)', '17.0 MB 超过此类文件的读取上限（16 MB）');
check('more than 12 SDKs are included; add the folder to have it indexed', '构建包含的 SDK 超过 12 个；请添加该文件夹以建立索引');
check('src/a.c cannot be read: permission denied', '无法读取：permission denied');
check('a reason that is new', 'a reason that is new');

test('every reason that a real folder gives has a Chinese text', async () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-reasons-'));
  const workspace = path.join(root, 'work');
  const files: Readonly<Record<string, string>> = {
    'a.png': '', 'b.lock': '', '.gitignore': 'c.c\n', 'c.c': '', 'd.dat': '\0\0x', 'e.dat': '\u0001\u0002'.repeat(99), 'f.js': `${'x'.repeat(20_000)}\n`, 'g.dat': 'y\n'.repeat(700_000), 'h.dat': '%PDF-1', 'node_modules/i.c': '', 'out/j.c': '',
  };
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(workspace, name)), { recursive: true });
    fs.writeFileSync(path.join(workspace, name), text);
  }
  fs.symlinkSync('nowhere', path.join(workspace, 'k.c'));
  fs.symlinkSync('.', path.join(workspace, 'loop'));
  const engine = openEngine({ workspace, storage: path.join(root, 'storage'), grammars: grammarsFolder(), exclude: ['out/'] });
  try {
    const done = (await Array.fromAsync(engine.index({ embed: false }))).at(-1);
    assert.ok(done?.type === 'done');
    const reasons = [...new Set(done.report.skipped.map(({ reason }) => reason))];
    assert.ok(reasons.length >= 11, reasons.join('\n'));
    assert.deepEqual(reasons.filter(reason => !/[\u3400-\u9fff]/.test(skipReasonText(reason, chinese))), []);
  } finally {
    await engine.close();
    fs.rmSync(root, { recursive: true, force: true });
  }
});
