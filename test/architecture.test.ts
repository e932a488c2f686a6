// The dependency rule of src/README.md, read off the imports of every source file.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '..');

/** The core's rooms, in the order in which data flows: a room imports itself and rooms before it. */
const coreRooms = [
  'text', 'device', 'manual', 'card', 'outline', 'parse', 'detect', 'graph', 'header', 'hover', 'inlay', 'completion', 'isr', 'lint', 'chunk', 'model', 'store', 'indexing', 'retrieve', 'prompt', 'answer', 'feedback', 'eval', 'dataset', 'session',
];

/** Files directly in `core/`, and the rooms they may see. */
const coreFiles: Record<string, string[] | 'all'> = { 'host.ts': [], 'engine.ts': 'all', 'index.ts': 'all' };

/** One door per package: where each may be imported. Anything not listed here is a finding. */
const doors: Record<string, RegExp> = {
  'saxes': /^src\/core\/parse\//,
  'yaml': /^src\/core\/parse\/svdPatchYaml\.ts$/,
  'web-tree-sitter': /^src\/core\/parse\//,
  'vscode': /^(src\/vscode|test\/vscode)\//,
  'node-llama-cpp': /^src\/node\/llama[A-Z]\w+\.ts$/,
  'vectra': /^src\/node\/[^/]+\.ts$/,
  'ignore': /^src\/node\/[^/]+\.ts$/,
  'yauzl': /^src\/node\/packFile\.ts$/,
  'commander': /^src\/cli\//,
  '@vscode-elements/elements': /^webview\//,
  'markdown-it': /^webview\//,
  'dompurify': /^webview\//,
};

/** What page and extension speak in; the rest of `webview/` is the page's own. */
const sharedWithPage = new Set(['webview/protocol.ts', 'webview/chatInput.ts']);

/** What the pure core may take from Node. */
const coreNodeModules = new Set(['node:crypto', 'node:path/posix']);

interface Import {
  readonly from: string;
  readonly specifier: string;
  /** Repository-relative target of a relative import. */
  readonly target?: string;
}

test('rooms of the core import only themselves and rooms before them', () => {
  const wrong = sourceImports().filter(({ from, target }) => target !== undefined && from.startsWith('src/core/') && !coreMayImport(from, target));
  assert.deepEqual(wrong, []);
});

test('the core takes nothing from Node but crypto and posix paths', () => {
  const wrong = sourceImports().filter(({ from, specifier }) => from.startsWith('src/core/') && specifier.startsWith('node:') && !coreNodeModules.has(specifier));
  assert.deepEqual(wrong, []);
});

test('surfaces and node import the front door of the core, and never each other', () => {
  const wrong = sourceImports().filter(({ from, target }) => target !== undefined && !from.startsWith('src/core/') && !surfaceMayImport(from, target));
  assert.deepEqual(wrong, []);
});

test('every package has one door', () => {
  const wrong = sourceImports().filter(({ from, specifier, target }) => target === undefined && !specifier.startsWith('node:') && !throughDoor(from, specifier));
  assert.deepEqual(wrong, []);
});

test('no room is called utils, common, helpers, services or managers', () => {
  const names = sourceFiles().flatMap(file => file.split('/'));
  assert.deepEqual(names.filter(name => /^(utils?|common|helpers?|services?|managers?|misc|shared)(\.ts)?$/i.test(name)), []);
});

test('no file exports a default', () => {
  const wrong = sourceFiles().filter(file => /^export default\b/m.test(fs.readFileSync(path.join(root, file), 'utf8')));
  assert.deepEqual(wrong, []);
});

test('src/README.md describes every room', () => {
  const map = fs.readFileSync(path.join(root, 'src/README.md'), 'utf8');
  const rooms = [...coreRooms.map(room => `core/${room}`), ...fs.readdirSync(path.join(root, 'src'), { withFileTypes: true }).filter(entry => entry.isDirectory() && entry.name !== 'core').map(entry => entry.name)];
  assert.deepEqual(rooms.filter(room => !map.includes(`\`${room}\``)), []);
});

function coreMayImport(from: string, target: string): boolean {
  if (!target.startsWith('src/core/')) return false;
  const [fromRoom = '', inRoom] = from.slice('src/core/'.length).split('/');
  const [targetRoom = ''] = target.slice('src/core/'.length).split('/');
  const allowed = inRoom === undefined ? coreFiles[fromRoom] : coreRooms.slice(0, coreRooms.indexOf(fromRoom) + 1);
  if (allowed === undefined) return false;
  return allowed === 'all' || allowed.includes(targetRoom) || (inRoom !== undefined && targetRoom === 'host.ts') || (fromRoom === 'session' && targetRoom === 'engine.ts');
}

function surfaceMayImport(from: string, target: string): boolean {
  if (from.startsWith('webview/')) return target.startsWith('webview/');
  const room = (file: string) => file.split('/')[1] ?? '';
  if (target.startsWith('webview/')) return room(from) === 'vscode' && sharedWithPage.has(target);
  if (target.startsWith('src/core/')) return target === 'src/core/index.ts';
  if (target === 'package.json') return room(from) !== 'core';
  return room(from) === room(target) || (room(from) !== 'node' && room(target) === 'node');
}

function throughDoor(from: string, specifier: string): boolean {
  const name = Object.keys(doors).find(door => specifier === door || specifier.startsWith(`${door}/`));
  return name !== undefined && doors[name]?.test(from) === true;
}

function sourceImports(): Import[] {
  return sourceFiles().flatMap(from => ts.preProcessFile(fs.readFileSync(path.join(root, from), 'utf8'), true, true).importedFiles.map(({ fileName }) => describe(from, fileName)));
}

function describe(from: string, specifier: string): Import {
  if (!specifier.startsWith('.')) return { from, specifier };
  return { from, specifier, target: path.posix.join(path.posix.dirname(from), specifier) };
}

function sourceFiles(): string[] {
  return ['src', 'webview'].flatMap(folder => fs.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => path.posix.join(folder, name.split(path.sep).join('/'))));
}
