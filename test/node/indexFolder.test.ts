import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { indexFolder } from '../../src/node/indexFolder.ts';
import { temporaryFolder } from './storeFixtures.ts';

/** Two workspaces below a temporary folder: do they share an index? */
function check(context: TestContext, prepare: (root: string) => readonly [string, string], same: boolean): void {
  const root = temporaryFolder(context);
  const [one, other] = prepare(root);
  assert.equal(indexFolder(one, path.join(root, 'storage')) === indexFolder(other, path.join(root, 'storage')), same);
}

const folder = (root: string, name: string) => {
  fs.mkdirSync(path.join(root, name), { recursive: true });
  return path.join(root, name);
};

test('a workspace has one index', context => { check(context, root => [folder(root, 'a'), `${folder(root, 'a')}/`], true); });
test('two workspaces of one name have two', context => { check(context, root => [folder(root, 'x/a'), folder(root, 'y/a')], false); });
test('a link to a workspace has the index of the workspace', context => {
  check(context, root => {
    fs.symlinkSync(folder(root, 'a'), path.join(root, 'link'));
    return [path.join(root, 'a'), path.join(root, 'link')];
  }, true);
});
test('the folder tells people which workspace it is for', context => {
  assert.match(indexFolder(folder(temporaryFolder(context), 'my firmware'), '/storage'), /\/storage\/my-firmware-[\da-f]{16}$/);
});
test('an index never lies inside its workspace', context => {
  const workspace = folder(temporaryFolder(context), 'a');
  assert.throws(() => indexFolder(workspace, path.join(workspace, '.cache')), /choose a storage folder outside of it/);
});
