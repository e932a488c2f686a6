// Sets up a real VS Code that needs no screen: code-server from npm, in the user's cache folder, once per version.
//   node scripts/vscodeHost.mjs      prints where it lies
// HALCYON_VSCODE_HOST names a folder to use instead. Nothing is downloaded at run time after this.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

/** code-server's version is VS Code's own with a 4 in front: this is VS Code 1.139.1. */
const codeServerVersion = '4.139.1';
const root = path.resolve(import.meta.dirname, '..');

/** Folder of the host, and the two files that start it. */
export function vscodeHost() {
  const folder = process.env.HALCYON_VSCODE_HOST ?? path.join(cacheFolder(), 'vscode-host', `code-server-${codeServerVersion}`);
  return {
    folder,
    node: path.join(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node'),
    entry: path.join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
  };
}

/** True when the host is complete. */
export function isVscodeHostReady() {
  const stamp = path.join(vscodeHost().folder, '.stamp');
  return fs.existsSync(vscodeHost().entry) && fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8').startsWith(codeServerVersion);
}

/** The browser that drives it, or undefined: set HALCYON_CHROMIUM, or install the system's chromium. */
export function chromiumFile() {
  return [process.env.HALCYON_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(file => file !== undefined && file !== '' && fs.existsSync(file));
}

/** Installs the host unless it is there; rejects with a sentence that names what is missing. */
export async function setUpVscodeHost(report = console.error) {
  const { folder, node, entry } = vscodeHost();
  if (isVscodeHostReady()) return vscodeHost();
  if (process.platform !== 'linux') throw new Error('The headless VS Code is set up on Linux only; on other systems use `npm run test:desktop`.');
  if (!fs.existsSync(node)) throw new Error(`Node 24 is missing at ${node}: run \`npm ci\` first.`);
  report(`Setting up VS Code (code-server ${codeServerVersion}) in ${folder}: about a minute, 700 MB, once`);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'vscode-host', private: true }));
  report('  1/3 installing code-server');
  await npm(['install', '--save-exact', `code-server@${codeServerVersion}`], folder);
  const inner = path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  // `npm ci` refuses the shrinkwrap that is shipped with it: it lacks a package.
  report('  2/3 installing the packages of VS Code itself');
  await npm(['install', '--omit=dev'], inner);
  // The other native packages bring binaries; without this one every log channel stays empty.
  report('  3/3 building its log writer (needs g++, make and python3)');
  await run(node, [nodeGyp(), 'rebuild', '--silent', '-C', 'node_modules/@vscode/spdlog'], inner);
  await run(node, [entry, '--version'], folder);
  fs.writeFileSync(path.join(folder, '.stamp'), `${codeServerVersion}\n`);
  return vscodeHost();
}

function npm(args, cwd) {
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', [...args, '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error'], cwd);
}

/** node-gyp comes inside npm, wherever that lies. */
function nodeGyp() {
  const candidates = [process.env.npm_execpath, ...(process.env.PATH ?? '').split(path.delimiter).map(folder => path.join(folder, 'npm'))];
  for (const candidate of candidates) {
    if (candidate === undefined || !fs.existsSync(candidate)) continue;
    const file = path.join(path.dirname(fs.realpathSync(candidate)), '..', 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
    if (fs.existsSync(file)) return file;
  }
  throw new Error('node-gyp, which comes with npm, was not found: is npm on the PATH?');
}

function run(command, args, cwd) {
  const node24 = path.dirname(path.dirname(vscodeHost().node));
  // npm hands its own configuration on to whatever it starts; here it would install into the wrong project.
  const inherited = Object.entries(process.env).filter(([name]) => !/^npm_(config_(?!registry|cache|userconfig|.*proxy|cafile)|package_|lifecycle_)/.test(name));
  const env = { ...Object.fromEntries(inherited), PATH: path.join(node24, 'bin') + path.delimiter + (process.env.PATH ?? ''), npm_config_nodedir: node24 };
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', data => { output += String(data); });
    child.stderr.on('data', data => { output += String(data); });
    child.on('error', reject);
    child.on('exit', code => {
      if (code === 0) resolve(undefined);
      else reject(new Error(`Setting up VS Code failed at \`${path.basename(command)} ${args.slice(0, 3).join(' ')}\` (exit ${code}):\n${output.slice(-2000)}`));
    });
  });
}

function cacheFolder() {
  return process.env.HALCYON_CACHE ?? path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'halcyon');
}

if (process.argv[1] === import.meta.filename) {
  try {
    console.log((await setUpVscodeHost()).folder);
    if (chromiumFile() === undefined) console.error('chromium is missing: `apt-get install chromium`, or set HALCYON_CHROMIUM to a Chrome or Chromium.');
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
