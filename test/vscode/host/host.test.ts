// Runs the in-host suite in the headless VS Code and shows its figures.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { format } from 'node:util';
import type { ConsoleMessage } from 'playwright-core';
import { CodeServer } from '../codeServer.ts';
import { whySkip } from '../ground.ts';
import { launchBrowser } from '../workbench.ts';
import { bundleHostTests, extensionFolder } from './bundle.ts';

test('the suite inside the extension host passes', { skip: whySkip(), timeout: 600_000 }, async context => {
  const entry = await bundleHostTests();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-host-'));
  fs.cpSync(path.resolve(import.meta.dirname, '../../fixtures/fictional-mcu'), folder, { recursive: true });
  await using server = await CodeServer.open({ smokeTestDriver: true });
  await using browser = await launchBrowser();
  const page = await browser.newPage();
  const output: string[] = [];
  // The workbench calls this with 0 or 1 once run() has settled.
  const exit = new Promise<unknown>(resolve => { void page.exposeFunction('codeAutomationExit', resolve); });
  page.on('console', message => { void hostLine(message).then(line => { if (line !== undefined) output.push(line); }); });
  const payload = [['extensionDevelopmentPath', server.remote(extensionFolder)], ['extensionTestsPath', server.remote(entry)], ['logLevel', 'info,halcyon.halcyon-embedded=trace']] as const;
  await page.goto(server.address(folder, payload), { waitUntil: 'commit', timeout: 120_000 });
  const code = await exit;
  // The last lines come by another way than the exit code, and may be behind it.
  for (let attempt = 0; attempt < 30 && !output.some(line => /\d+ (passing|failing)/.test(line)); attempt++) await page.waitForTimeout(100);
  for (const line of [...output, ...extensionFigures(server.extensionLog())]) if (line.includes('[figure]')) context.diagnostic(line.replace(/^.*\[figure\] /, ''));
  fs.rmSync(folder, { recursive: true, force: true });
  assert.equal(code, 0, `\n${suiteLines(output)}\n${server.extensionLog().split('\n').filter(line => !line.includes('[trace]')).join('\n')}`);
  assert.ok(output.some(line => /\d+ passing/.test(line)), 'the suite has run');
});

/** What the extension itself took, without the window's part, from its own log. */
function extensionFigures(log: string): readonly string[] {
  const activation = /Activated in ([\d.]+ ms)/.exec(log)?.[1] ?? '';
  const times = [...log.matchAll(/Hover at .*: (?!none).* in ([\d.]+) ms/g)].map(match => Number(match[1])).toSorted((a, b) => a - b);
  const percentile = (share: number): string => `${(times[Math.floor(times.length * share)] ?? 0).toFixed(1)} ms`;
  return [`[figure] activation, its own function: ${activation}`, `[figure] hover, the provider's part: p50 ${percentile(0.5)}, p95 ${percentile(0.95)}`];
}

/** The window's own chatter comes first, and its minified stacks in between. */
function suiteLines(output: readonly string[]): string {
  const begun = output.findIndex(line => line.includes('Halcyon in the extension host'));
  return output.slice(Math.max(0, begun)).flatMap(line => line.split('\n')).filter(line => !/^\s+at .*(workbench|extensionHostProcess)\.js/.test(line)).join('\n');
}

/** The extension host's console reaches the page as `%c INFO`, a colour, a format and its values. */
async function hostLine(message: ConsoleMessage): Promise<string | undefined> {
  if (!message.text().startsWith('%c')) return undefined;
  const values: unknown[] = await Promise.all(message.args().map(handle => handle.jsonValue().catch(() => '')));
  return format(...values.slice(2));
}
