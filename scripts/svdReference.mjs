// Sets up the independent SVD reader that test/reference compares ours with: the Python package cmsis-svd in a virtual
// environment of its own in the cache folder, pinned by hash. Needed by tests only, and never packaged.
//   node scripts/svdReference.mjs
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const scripts = path.dirname(fileURLToPath(import.meta.url));
const requirements = path.join(scripts, 'svdReference.requirements.txt');

/** Holds the virtual environment and what the reference said of each file. */
export function referenceFolder() {
  return path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'halcyon', 'reference');
}

/** The interpreter of the environment for exactly these requirements. */
export function referencePython() {
  const version = createHash('sha256').update(fs.readFileSync(requirements)).digest('hex').slice(0, 12);
  const folder = path.join(referenceFolder(), `python-${version}`);
  return process.platform === 'win32' ? path.join(folder, 'Scripts', 'python.exe') : path.join(folder, 'bin', 'python');
}

function main() {
  const python = referencePython();
  if (fs.existsSync(python)) return 'up to date';
  if (!fs.existsSync(path.resolve(scripts, '../../shared/svd'))) return 'not needed: there are no vendor SVD files beside the repository';
  const folder = path.dirname(path.dirname(python));
  const unfinished = `${folder}.new`;
  fs.rmSync(unfinished, { recursive: true, force: true });
  const system = process.platform === 'win32' ? 'python' : 'python3';
  run(system, ['-m', 'venv', unfinished], 'Is Python 3 with its module venv installed (Debian, Ubuntu: `apt-get install python3-venv`)?');
  run(path.join(unfinished, path.relative(folder, python)), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--require-hashes', '--only-binary', ':all:', '-r', requirements],
    'Is the package index of pip reachable, and is there a wheel for this Python in scripts/svdReference.requirements.txt?');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.renameSync(unfinished, folder);
  return 'installed';
}

function run(command, arguments_, remedy) {
  const { status, error, stderr } = spawnSync(command, arguments_, { encoding: 'utf8', timeout: 180_000 });
  if (status === 0) return;
  throw new Error(`\`${path.basename(command)} ${arguments_.slice(0, 3).join(' ')}\` failed: ${error?.message ?? stderr.trim().split('\n').slice(-4).join('\n')}\n${remedy}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(`svdReference: ${main()}`);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
