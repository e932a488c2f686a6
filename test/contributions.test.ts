// package.json against the code: every command, view and setting that is contributed is used, and the other way round;
// every text has its translation.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import manifest from '../package.json' with { type: 'json' };
import english from '../package.nls.json' with { type: 'json' };
import chinese from '../package.nls.zh-cn.json' with { type: 'json' };
import bundle from '../l10n/bundle.l10n.zh-cn.json' with { type: 'json' };

const root = path.resolve(import.meta.dirname, '..');
const { contributes } = manifest;
const source = sourceOf('src/vscode');
const settingsSource = fs.readFileSync(path.join(root, 'src/vscode/settings.ts'), 'utf8');

test('the commands of package.json are the commands that are registered', () => {
  assert.deepEqual(sorted(contributes.commands.map(({ command }) => command)), allMatches(/registerCommand\('([^']+)'/g));
});

test('the views of package.json are the views that have a provider', () => {
  assert.deepEqual(sorted(Object.values(contributes.views).flat().map(({ id }) => id)), allMatches(/(?:registerWebviewViewProvider|createTreeView)\('([^']+)'/g));
});

test('the settings of package.json are the settings that are read', () => {
  assert.deepEqual(sorted(Object.keys(contributes.configuration.properties)), sorted([...settingsSource.matchAll(/(?:configuration\.get<[^>]+>|\b(?:file|paths))\('([^']+)'/g)].map(match => `halcyon.${match[1] ?? ''}`)));
});

test('only settings.ts reads the configuration', () => {
  const readers = fs.readdirSync(path.join(root, 'src/vscode')).filter(name => fs.readFileSync(path.join(root, 'src/vscode', name), 'utf8').includes('getConfiguration'));
  assert.deepEqual(readers, ['settings.ts']);
});

test('defaults that are repeated in settings.ts are those of package.json', () => {
  const properties: Readonly<Record<string, { readonly default: unknown }>> = contributes.configuration.properties;
  for (const [, name = '', value = ''] of source.matchAll(/configuration\.get<[^>]+>\('([^']+)', ([^)]+)\)/g)) {
    assert.deepEqual(JSON.parse(value.replaceAll("'", '"')), properties[`halcyon.${name}`]?.default, name);
  }
});

test('every menu entry names a command', () => {
  const commands = new Set(contributes.commands.map(({ command }) => command));
  assert.deepEqual(Object.values(contributes.menus).flat().filter(({ command }) => !commands.has(command)), []);
});

test('every placeholder of package.json has an English and a Chinese text, and no text is unused', () => {
  const used = sorted([...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(match => match[1] ?? ''));
  assert.deepEqual(sorted(Object.keys(english)), used);
  assert.deepEqual(sorted(Object.keys(chinese)), used);
});

test('every text of the code has a Chinese text, and none is left over', () => {
  const texts = sorted([...source.matchAll(/l10n\.t\('((?:[^'\\]|\\.)*)'/g)].map(match => (match[1] ?? '').replaceAll("\\'", "'")));
  assert.deepEqual(sorted(Object.keys(bundle)), texts);
});

test('a Chinese text has the placeholders of the English one', () => {
  const placeholders = (text: string): string[] => sorted(text.match(/\{\d\}/g) ?? []);
  for (const [text, translated] of Object.entries(bundle)) assert.deepEqual(placeholders(translated), placeholders(text), text);
});

function sourceOf(folder: string): string {
  return fs.readdirSync(path.join(root, folder)).map(name => fs.readFileSync(path.join(root, folder, name), 'utf8')).join('\n');
}

function allMatches(pattern: RegExp): string[] {
  return sorted([...source.matchAll(pattern)].map(match => match[1] ?? ''));
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].toSorted();
}
