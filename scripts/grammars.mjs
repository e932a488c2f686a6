// Copies the WebAssembly grammars and the tree-sitter runtime out of their npm packages into grammars/,
// and refuses any file whose SHA-256 is not the one written here. Safe to run again: what is right stays.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** From node_modules, to grammars/, with the hash of the version that package-lock.json pins. */
const files = [
  ['web-tree-sitter/web-tree-sitter.wasm', '488beeff7adb7fd7e21e97cc29a43dc6d031977755eda892d6d96c7f456cfdec'],
  ['tree-sitter-c/tree-sitter-c.wasm', 'c852c2a85ebf2beb636aa3b0ef7f7e70458684d74f6741b20dcb296885bed9f9'],
  ['tree-sitter-cpp/tree-sitter-cpp.wasm', '174eb0deb75b2ec7881bcacda9f995648d8e683956e5c2267e69ab6dc503fcbf'],
];

/** Copies what is missing or different; returns the names it copied. */
export function installGrammars() {
  const folder = path.join(root, 'grammars');
  fs.mkdirSync(folder, { recursive: true });
  return files.filter(([source, sha256]) => installGrammar(path.join(root, 'node_modules', source), path.join(folder, path.basename(source)), sha256))
    .map(([source]) => path.basename(source));
}

function installGrammar(source, target, sha256) {
  if (fs.existsSync(target) && hashOf(target) === sha256) return false;
  if (!fs.existsSync(source)) throw new Error(`${source} is missing: run "npm ci" first`);
  const found = hashOf(source);
  if (found !== sha256) throw new Error(`${source} has SHA-256 ${found}, expected ${sha256}: another version is installed than package-lock.json pins`);
  // Written beside and renamed, so that a killed run never leaves half a grammar.
  const partial = `${target}.${process.pid}.part`;
  fs.copyFileSync(source, partial);
  fs.renameSync(partial, target);
  return true;
}

function hashOf(file) {
  return createHash('sha256').update(fs.readFileSync(file)).digest('hex');
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    const copied = installGrammars();
    console.log(copied.length === 0 ? 'grammars: up to date' : `grammars: copied ${copied.join(', ')}`);
  } catch (error) {
    console.error(`grammars: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
