// Entry that VS Code loads inside its extension host: `extensionTestsPath`.
import path from 'node:path';
import Mocha from 'mocha';

/** Runs the suite beside this file; settles only when the runner has ended, since the host exits with it. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ timeout: 120_000, color: false, reporter: 'spec' });
  mocha.addFile(path.join(import.meta.dirname, 'suite.cjs'));
  const failures = await new Promise<number>(resolve => { mocha.run(resolve); });
  if (failures > 0) throw new Error(`${failures} tests failed in the extension host`);
}
