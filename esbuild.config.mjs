// Builds everything that ships into dist/: extension, engine worker, command line, chat page, grammars.
// `--minify` leaves out source maps, as the package does; `--outdir DIR` builds elsewhere.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';

const root = import.meta.dirname;
const { values: { minify, outdir } } = parseArgs({ options: { minify: { type: 'boolean', default: false }, outdir: { type: 'string', default: 'dist' } } });
const dist = path.resolve(root, outdir);

/** node-llama-cpp reads its own package folder, so it ships beside the bundles instead of inside them. */
const external = ['vscode', 'node-llama-cpp'];

/** Bundled CommonJS packages call `require`, which an ES module does not have of itself. */
const requireBanner = "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);";

/**
 * vectra's entry pulls in web scrapers, tokenizers, a gRPC server and cloud clients for parts of it that are not
 * used here: 0.8 s and 123 MB at start. Their names resolve to an empty module; touching one would fail at once.
 */
const unusedByUs = /^(openai|@huggingface\/transformers|@grpc\/.*|wink-.*|cheerio|turndown.*|gpt-tokenizer.*|gpt-3-encoder|dotenv|yargs.*|axios|json-colorizer|protobufjs.*)$/;
const stubUnused = {
  name: 'stub-unused',
  setup(build) {
    build.onResolve({ filter: unusedByUs }, ({ path: name, importer }) => importer.includes(`${path.sep}vectra${path.sep}`) ? { path: name, namespace: 'unused' } : undefined);
    build.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({ contents: 'module.exports = {};', loader: 'js' }));
  },
};

const node = { platform: 'node', target: 'node24', bundle: true, minify, sourcemap: minify ? false : 'linked', logLevel: 'warning', external, plugins: [stubUnused], metafile: true };

const builds = [
  {
    ...node, format: 'cjs', entryPoints: { extension: 'src/vscode/extension.ts' }, outExtension: { '.js': '.cjs' },
    // A CommonJS bundle has no import.meta of its own.
    define: { 'import.meta.url': 'bundleUrl' }, banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  },
  { ...node, format: 'esm', entryPoints: { engineWorker: 'src/node/engineWorker.ts', parseProcess: 'src/node/parseProcess.ts', cli: 'src/cli/main.ts' }, banner: { js: requireBanner } },
  { platform: 'browser', target: 'chrome130', format: 'esm', bundle: true, minify, sourcemap: minify ? false : 'linked', logLevel: 'warning', metafile: true, entryPoints: { 'webview/chat': 'webview/main.ts' } },
  { bundle: true, minify, logLevel: 'warning', metafile: true, entryPoints: { 'webview/chat': 'webview/chat.css' } },
];

fs.rmSync(dist, { recursive: true, force: true });
const results = await Promise.all(builds.map(options => esbuild.build({ ...options, absWorkingDir: root, outdir: dist })));
copy('node_modules/@vscode/codicons/dist/codicon.css', 'webview/codicon.css');
copy('node_modules/@vscode/codicons/dist/codicon.ttf', 'webview/codicon.ttf');
for (const name of fs.readdirSync(path.join(root, 'grammars'))) if (/\.(wasm|scm)$/.test(name)) copy(`grammars/${name}`, `grammars/${name}`);
for (const name of fs.readdirSync(path.join(root, 'src/tune'))) if (/\.(py|txt)$/.test(name)) copy(`src/tune/${name}`, `tune/${name}`);
fs.writeFileSync(path.join(dist, 'THIRD-PARTY-LICENSES.txt'), licencesOf(results.flatMap(({ metafile }) => Object.keys(metafile.inputs))));
for (const [name, bytes] of sizes()) console.log(`${String(Math.ceil(bytes / 1024)).padStart(7)} KB  dist/${name}`);

function copy(from, to) {
  fs.mkdirSync(path.dirname(path.join(dist, to)), { recursive: true });
  fs.copyFileSync(path.join(root, from), path.join(dist, to));
}

/** The licences of every package that a bundle holds a part of, and of the grammars. */
function licencesOf(inputs) {
  const names = new Set(['@vscode/codicons', 'tree-sitter-c', 'tree-sitter-cpp']);
  for (const input of inputs) names.add(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]);
  return [...names].filter(name => name !== undefined).sort().map(name => {
    const folder = path.join(root, 'node_modules', name);
    if (!fs.existsSync(folder)) throw new Error(`${name} is bundled from inside another package: its licence must be looked for there`);
    const { version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const text = fs.readdirSync(folder).filter(file => /^(licen[cs]e|notice)/i.test(file)).map(file => fs.readFileSync(path.join(folder, file), 'utf8').trim());
    return [`${name} ${version} (${license})`, ...text].join('\n\n');
  }).join(`\n\n${'-'.repeat(80)}\n\n`);
}

function sizes() {
  return fs.readdirSync(dist, { recursive: true }).filter(name => /\.(c?js|css|ttf|wasm)$/.test(name)).map(name => [name, fs.statSync(path.join(dist, name)).size]);
}
