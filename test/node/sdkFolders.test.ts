// Which include folders of a build are taken up as SDKs, and what is said of the others.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { IncludedFolders } from '../../src/core/index.ts';
import { sdkFolders } from '../../src/node/sdkFolders.ts';
import { temporaryFolder } from './storeFixtures.ts';

/** What becomes of include folders that are made beside a workspace; those with a variable in their name are not made. */
function check(sentence: string, included: readonly string[], expected: IncludedFolders): void {
  test(sentence, async context => {
    const root = fs.realpathSync(temporaryFolder(context));
    for (const folder of ['work', ...included.filter(name => !name.includes('$'))]) fs.mkdirSync(path.join(root, folder), { recursive: true });
    const { folders, leftOut, missing } = await sdkFolders(path.join(root, 'work'), included.map(folder => path.join(root, folder)));
    const named = (absolute: string): string => path.relative(root, absolute).replaceAll(path.sep, '/');
    assert.deepEqual({ folders: folders.map(named), leftOut: leftOut.map(({ file, reason }) => ({ file: named(file), reason })), missing: missing.map(named) }, expected);
  });
}

const many = Array.from({ length: 13 }, (_, number) => `kit${number}`);

check('the compiler\'s own folders are left out, with why', ['tools/lib/gcc/arm-none-eabi/14/include', 'kit'], { folders: ['kit'], leftOut: [{ file: 'tools/lib/gcc/arm-none-eabi/14/include', reason: 'an include folder of the compiler' }], missing: [] });
check('a folder with a variable in its name is nobody\'s to miss', ['kit', '${SDK}/include'], { folders: ['kit'], leftOut: [], missing: [] });
check('a folder of the workspace is no SDK', ['work/include'], { folders: [], leftOut: [], missing: [] });
check('a build that includes a whole system takes up some of it, and names the rest', many, { folders: many.slice(0, 12), leftOut: [{ file: 'kit12', reason: 'more than 12 SDKs are included; add the folder to have it indexed' }], missing: [] });
