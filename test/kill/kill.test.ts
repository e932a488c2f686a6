// Takes minutes, so it is no part of `npm test`, which kills a dozen times: `npm run test:kill`.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import type { IndexEvent, IndexReport } from '../../src/core/index.ts';
import { indexFolder } from '../../src/node/indexFolder.ts';
import { indexProducer } from '../../src/node/openEngine.ts';
import { createSqliteCatalog } from '../../src/node/sqliteCatalog.ts';
import { SqliteIndex } from '../../src/node/sqliteIndex.ts';
import { checkKills } from '../node/killRounds.ts';
import { temporaryFolder } from '../node/storeFixtures.ts';

test('killed at any of fifty moments, the index opens and holds every committed file whole', async context => { await checkKills(context, 50); });

test('an update killed twenty times finishes the rest, and ends as one that was never killed', async context => {
  const folder = temporaryFolder(context);
  const workspace = path.join(folder, 'work');
  for (let number = 0; number < 4000; number += 1) {
    const file = path.join(workspace, `d${number % 30}`, `f${number}.c`);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, Array.from({ length: 20 }, (_, index) => `/** Does ${number}. */\nint f${number}_${index}(int x)\n{\n  return f${number}_${index + 1}(x);\n}\n`).join('\n'));
  }
  const run = async (storage: string, killAfterMs?: number): Promise<IndexReport | undefined> => update(workspace, path.join(folder, storage), killAfterMs);
  for (let round = 0; round < 20; round += 1) assert.equal(await run('killed', 10 + 23 * (round % 5)), undefined, `round ${round} ended before it was killed`);
  const before = await storedFiles(workspace, path.join(folder, 'killed'));
  const finished = await run('killed');
  const whole = await run('whole');
  assert.ok(finished !== undefined && whole !== undefined);
  assert.deepEqual(counts(finished), counts(whole));
  assert.ok(before > 0 && before < whole.files, `${before} files were stored by the runs that were killed`);
});

/** The report of an update, or undefined when it was killed some time after its first file. */
async function update(workspace: string, storage: string, killAfterMs?: number): Promise<IndexReport | undefined> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path.join(import.meta.dirname, 'indexOnce.ts'), workspace, storage], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  let report: IndexReport | undefined;
  let kill: NodeJS.Timeout | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line) as IndexEvent;
    if (event.type === 'done') ({ report } = event);
    else if (killAfterMs !== undefined && event.phase === 'read') kill ??= setTimeout(() => { child.kill('SIGKILL'); }, killAfterMs);
  }
  await closed;
  clearTimeout(kill);
  return report;
}

/** How many files the index holds. */
async function storedFiles(workspace: string, storage: string): Promise<number> {
  await using index = await SqliteIndex.open({ folder: indexFolder(workspace, storage), producer: indexProducer });
  return (await createSqliteCatalog(index).stats()).files;
}

function counts({ files, chunks, symbols, registerAccesses, skipped, problems }: IndexReport): unknown {
  return { files, chunks, symbols, registerAccesses, skipped, problems };
}
