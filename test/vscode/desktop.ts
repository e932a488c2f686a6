// `npm run test:desktop`: the in-host suite in a desktop VS Code, which @vscode/test-electron downloads.
// HALCYON_VSCODE names an installed one to use instead.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { bundleHostTests } from './host/bundle.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'halcyon-desktop-'));
fs.cpSync(path.join(root, 'test/fixtures/fictional-mcu'), folder, { recursive: true });
const installed = process.env['HALCYON_VSCODE'];
try {
  process.exitCode = await runTests({
    extensionDevelopmentPath: root,
    extensionTestsPath: await bundleHostTests(),
    launchArgs: [folder, '--disable-extensions', '--disable-workspace-trust'],
    ...(installed !== undefined && { vscodeExecutablePath: installed }),
  });
} catch (error) {
  console.error(`The desktop VS Code could not run the suite: ${error instanceof Error ? error.message : String(error)}\nIs there a screen (or xvfb-run) and a way to download VS Code? HALCYON_VSCODE names an installed one.`);
  process.exitCode = 1;
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
