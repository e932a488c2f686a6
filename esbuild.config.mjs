// Builds everything that ships into dist/: extension, engine worker, command line, chat page, grammars.
// `--minify` as well as `--metafile` (written beside the bundles) may be given.
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import * as esbuild from 'esbuild';

const root = import.meta.dirname;
const dist = path.join(root, 'dist');
const minify = process.argv.includes('--minify');
const metafile = process.argv.includes('--metafile');

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

const node = { platform: 'node', target: 'node24', bundle: true, minify, sourcemap: minify ? false : 'linked', logLevel: 'warning', external, plugins: [stubUnused], metafile };

const builds = [
  {
    ...node, format: 'cjs', entryPoints: { extension: 'src/vscode/extension.ts' }, outExtension: { '.js': '.cjs' },
    // A CommonJS bundle has no import.meta of its own.
    define: { 'import.meta.url': 'bundleUrl' }, banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  },
  { ...node, format: 'esm', entryPoints: { engineWorker: 'src/node/engineWorker.ts', cli: 'src/cli/main.ts' }, banner: { js: requireBanner } },
  { platform: 'browser', target: 'chrome130', format: 'esm', bundle: true, minify, sourcemap: minify ? false : 'linked', logLevel: 'warning', metafile, entryPoints: { 'webview/chat': 'webview/main.ts' } },
  { bundle: true, minify, logLevel: 'warning', metafile, entryPoints: { 'webview/chat': 'webview/chat.css' } },
];

fs.rmSync(dist, { recursive: true, force: true });
const results = await Promise.all(builds.map(options => esbuild.build({ ...options, absWorkingDir: root, outdir: dist })));
if (metafile) for (const [index, result] of results.entries()) fs.writeFileSync(path.join(dist, `meta.${index}.json`), JSON.stringify(result.metafile));
copy('node_modules/@vscode/codicons/dist/codicon.css', 'webview/codicon.css');
copy('node_modules/@vscode/codicons/dist/codicon.ttf', 'webview/codicon.ttf');
for (const name of fs.readdirSync(path.join(root, 'grammars'))) if (/\.(wasm|scm)$/.test(name)) copy(`grammars/${name}`, `grammars/${name}`);
for (const [name, bytes] of sizes()) console.log(`${String(Math.ceil(bytes / 1024)).padStart(7)} KB  dist/${name}`);

function copy(from, to) {
  fs.mkdirSync(path.dirname(path.join(dist, to)), { recursive: true });
  fs.copyFileSync(path.join(root, from), path.join(dist, to));
}

function sizes() {
  return fs.readdirSync(dist, { recursive: true }).filter(name => /\.(c?js|css|ttf|wasm)$/.test(name)).map(name => [name, fs.statSync(path.join(dist, name)).size]);
}
