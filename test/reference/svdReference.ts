// The second opinion on an SVD file: what the Python package cmsis-svd reads from it, kept by content.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { referenceFolder, referencePython } from '../../scripts/svdReference.mjs';

const scripts = path.resolve(import.meta.dirname, '../../scripts');
const dumpScript = path.join(scripts, 'svdReference.py');
const requirements = path.join(scripts, 'svdReference.requirements.txt');

/** Why the second opinion cannot be had; undefined when it can. */
export function whyNoReference(): string | undefined {
  return fs.existsSync(referencePython()) ? undefined : 'the Python package cmsis-svd is not set up: run `node scripts/setup.mjs test`, which says why';
}

/** What the reference says of an SVD text, as the lines of scripts/svdReference.py, or the last line of its error. */
export interface Reference {
  readonly lines: readonly string[];
  readonly error?: string;
}

/** Reads `text` with the reference, unless that has been done before. */
export async function readReference(text: string): Promise<Reference> {
  const key = createHash('sha256').update(fs.readFileSync(dumpScript)).update(fs.readFileSync(requirements)).update(text).digest('hex').slice(0, 32);
  const file = path.join(referenceFolder(), 'lines', `${key}.gz`);
  if (!fs.existsSync(file)) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const whole = `${file}.${process.pid}`;
    fs.writeFileSync(whole, gzipSync(await runReference(text), { level: 4 }));
    fs.renameSync(whole, file);
  }
  const output = gunzipSync(fs.readFileSync(file)).toString('utf8');
  return output.startsWith('[') ? { lines: output.trimEnd().split('\n') } : { lines: [], error: output };
}

function runReference(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(referencePython(), [dumpScript], { maxBuffer: 1 << 30, env: { ...process.env, PYTHONIOENCODING: 'utf-8' } }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else if (/^\w+(Error|Exception|\.\w+Error): /m.test(stderr)) resolve(stderr.trimEnd().split('\n').at(-1) ?? '');
      else reject(new Error(`${error.message}\n${stderr}`));
    });
    child.stdin?.on('error', () => { /* The reference stopped reading; its exit tells. */ }).end(text);
  });
}
