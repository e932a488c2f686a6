// `npm ci` refuses a lockfile that lacks an optional package, even of another platform, and npm drops those that
// the registry in use does not carry. The lockfile must name them all, or a fresh clone cannot be set up.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

interface LockedPackage {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(fs.readFileSync(path.resolve(import.meta.dirname, '../package-lock.json'), 'utf8')) as { readonly packages: Readonly<Record<string, LockedPackage>> };

test('package-lock.json names the optional packages of every platform', () => {
  const missing = Object.entries(lock.packages).flatMap(([from, { optionalDependencies = {} }]) => Object.keys(optionalDependencies).filter(name => !isLocked(name, from)));
  assert.deepEqual(missing, []);
});

test('package-lock.json names no host to fetch from', () => {
  assert.deepEqual(Object.entries(lock.packages).filter(([, entry]) => 'resolved' in entry).map(([name]) => name), []);
});

/** As Node resolves it: beside the package that wants it, or in any folder above. */
function isLocked(name: string, from: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    if (`${folder}${folder === '' ? '' : '/'}node_modules/${name}` in lock.packages) return true;
    if (folder === '') return false;
  }
}
