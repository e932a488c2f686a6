// Builds artifacts/halcyon-embedded-TARGET-VERSION.vsix: the bundles, and of node_modules only the model runtime
// with the native binaries of that one target. npm installs the runtime's every Linux variant, 700 MB of them.
//   node scripts/package.mjs [--target linux-x64]
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';

const root = path.resolve(import.meta.dirname, '..');
const shipped = ['README.md', 'CHANGELOG.md', 'LICENSE', 'package.nls.json', 'package.nls.zh-cn.json', 'media', 'l10n', 'docs/lint', 'dist'];
const manifest = readJson(path.join(root, 'package.json'));

/** Packages the extension for the target and returns the file's path. */
export async function packageExtension(target = 'linux-x64') {
  const stage = path.join(root, 'artifacts', 'stage', target);
  const missing = shipped.filter(name => !fs.existsSync(path.join(root, name)));
  if (missing.length > 0) throw new Error(`The package needs ${missing.join(', ')}${missing.includes('dist') ? ': run `npm run build` first' : ''}.`);
  fs.rmSync(stage, { recursive: true, force: true });
  fs.mkdirSync(stage, { recursive: true });
  for (const name of shipped) fs.cpSync(path.join(root, name), path.join(stage, name), { recursive: true, filter: file => !file.endsWith('.map') });
  const native = `@node-llama-cpp/${target}`;
  for (const folder of closureOf(['node-llama-cpp', native])) copyPackage(folder, stage);
  fs.writeFileSync(path.join(stage, 'package.json'), JSON.stringify(stagedManifest(native), null, 2));
  // Everything in the stage ships: what does not was never copied there.
  fs.writeFileSync(path.join(stage, '.vscodeignore'), '');
  const packagePath = path.join(root, 'artifacts', `${manifest.name}-${target}-${manifest.version}.vsix`);
  await createVSIX({ cwd: stage, target, packagePath, allowMissingRepository: true, rewriteRelativeLinks: false });
  return packagePath;
}

/** The manifest without what only a checkout needs; the native package becomes a plain dependency. */
function stagedManifest(native) {
  const version = manifest.dependencies['node-llama-cpp'];
  const ofCheckout = new Set(['devDependencies', 'optionalDependencies', 'scripts', 'private']);
  const kept = Object.fromEntries(Object.entries(manifest).filter(([name]) => !ofCheckout.has(name)));
  return { ...kept, engines: { vscode: manifest.engines.vscode }, dependencies: { 'node-llama-cpp': version, [native]: version } };
}

/** Folders of the packages and of everything they depend on at run time, as npm laid them out. */
function closureOf(names) {
  const folders = new Set();
  const visit = (name, from) => {
    const folder = findPackage(name, from);
    if (folder === undefined) throw new Error(`${name} is not installed: run \`npm ci --include=optional\`${name.startsWith('@node-llama-cpp/') ? ` on a machine of that kind, or \`npm install --no-save --force ${name}\`` : ''}.`);
    if (folders.has(folder)) return;
    folders.add(folder);
    for (const dependency of Object.keys(readJson(path.join(folder, 'package.json')).dependencies ?? {})) visit(dependency, folder);
  };
  for (const name of names) visit(name, root);
  return folders;
}

function findPackage(name, from) {
  for (let folder = from; folder.startsWith(root); folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name);
    if (fs.existsSync(path.join(candidate, 'package.json'))) return candidate;
  }
  return undefined;
}

/** Leaves out sources, typings, maps and documents; of the runtime itself also what it would compile with. */
function copyPackage(folder, stage) {
  const unused = /\.(map|ts|mts|cts|md|markdown|flow|cpp|c|h|hpp|cmake|bundle|patch)$|\/(test|tests|docs|example|examples|\.github)\//;
  const ofRuntime = /^(dist\/|llama\/[^/]+\.json$|llama\/grammars\/|package\.json$|LICENSE)/;
  const isRuntime = path.basename(folder) === 'node-llama-cpp' && path.basename(path.dirname(folder)) === 'node_modules';
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const inside = path.relative(folder, file).replaceAll(path.sep, '/');
    if (!entry.isFile() || inside.startsWith('node_modules/') || (unused.test(`/${inside}`) && !/licen[cs]e/i.test(entry.name)) || (isRuntime && !ofRuntime.test(inside))) continue;
    const target = path.join(stage, path.relative(root, file));
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(file, target);
  }
}

function readJson(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({ options: { target: { type: 'string', default: 'linux-x64' }, 'no-build': { type: 'boolean', default: false } } });
  if (!values['no-build']) execFileSync(process.execPath, [path.join(root, 'esbuild.config.mjs'), '--minify'], { stdio: 'inherit' });
  const file = await packageExtension(values.target);
  console.log(`${path.relative(root, file)}  ${(fs.statSync(file).size / 1e6).toFixed(1)} MB`);
}
