import path from 'node:path';
import * as esbuild from 'esbuild';

const root = path.resolve(import.meta.dirname, '../../..');

/** Bundles the suite for the extension host (CommonJS, which every version loads) and returns its entry. */
export async function bundleHostTests(): Promise<string> {
  const outdir = path.join(root, 'artifacts/host-tests');
  await esbuild.build({
    entryPoints: { run: path.join(import.meta.dirname, 'run.ts'), suite: path.join(import.meta.dirname, 'suite.ts') },
    outdir, outExtension: { '.js': '.cjs' }, bundle: true, platform: 'node', format: 'cjs', target: 'node22', external: ['vscode', 'mocha'], logLevel: 'warning',
    define: { 'import.meta.dirname': '__dirname' },
  });
  return path.join(outdir, 'run.cjs');
}

/** The extension to test: what was staged for the package, native parts included. */
export const extensionFolder = path.join(root, 'artifacts/stage/linux-x64');
