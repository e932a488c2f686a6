import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { requireSpace } from './diskSpace.ts';
import { cacheFolder } from './folders.ts';

/** The Python that training runs in. */
export interface TuneEnvironment {
  readonly python: string;
}

export interface EnvironmentRequest {
  /** Folder of the recipe, with its `requirements.txt`. */
  readonly recipe: string;
  /** Default: the cache folder. */
  readonly folder?: string;
  /** What a person has agreed to; false: only an environment that is there is used. */
  readonly mayDownload: boolean;
  readonly log?: ((line: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** How Python is looked for; default: the commands of this platform. */
  readonly commands?: readonly (readonly string[])[];
}

/** What the packages take on Linux, where PyTorch brings the libraries of GPUs; measured, and rounded up. */
const neededBytes = 8e9;

/** The environment with exactly the pinned packages, made when it is not there. Rejects with a sentence that says what to do. */
export async function openTuneEnvironment(request: EnvironmentRequest): Promise<TuneEnvironment> {
  const requirements = path.join(request.recipe, 'requirements.txt');
  const hash = createHash('sha256').update(await fs.readFile(requirements)).digest('hex').slice(0, 12);
  const folder = path.join(request.folder ?? path.join(cacheFolder(), 'python'), `tune-${hash}`);
  const python = process.platform === 'win32' ? path.join(folder, 'Scripts', 'python.exe') : path.join(folder, 'bin', 'python');
  const stamp = path.join(folder, 'complete');
  if (await exists(stamp) && await exists(python)) return { python };
  if (!request.mayDownload) throw new Error('Training needs Python packages (PyTorch and others, up to 6 GB), which are not on this machine. `halcyon tune prepare` downloads them; nothing else is sent or fetched.');
  const starter = findPython(request.commands);
  await fs.mkdir(folder, { recursive: true });
  await requireSpace(folder, neededBytes, 'the Python packages');
  await install({ starter, folder, python, requirements }, request);
  await fs.writeFile(stamp, '');
  return { python };
}

interface Starter {
  readonly command: readonly string[];
  readonly isUv: boolean;
}

/** uv is quicker, where there is one; else Python's own tools. */
function findPython(commands: EnvironmentRequest['commands'] = process.platform === 'win32' ? [['uv'], ['py', '-3'], ['python']] : [['uv'], ['python3'], ['python']]): Starter {
  let older: string | undefined;
  for (const command of commands) {
    const isUv = path.basename(command[0] ?? '') === 'uv';
    const [program = '', ...start] = command;
    const { status, stdout } = spawnSync(program, isUv ? ['--version'] : [...start, '-c', 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])'], { encoding: 'utf8' });
    if (status !== 0) continue;
    const [major = 0, minor = 0] = isUv ? [3, 11] : stdout.trim().split('.').map(Number);
    if (major === 3 && minor >= 11) return { command, isUv };
    older = stdout.trim();
  }
  throw new Error(`Training needs Python 3.11 or newer with venv, and ${older === undefined ? 'none was found' : `only Python ${older} was found`}. Install it (Debian, Ubuntu: \`apt-get install python3 python3-venv\`), or uv. Everything else in Halcyon works without.`);
}

async function install({ starter, folder, python, requirements }: { readonly starter: Starter; readonly folder: string; readonly python: string; readonly requirements: string }, request: EnvironmentRequest): Promise<void> {
  const steps = starter.isUv
    ? [[...starter.command, 'venv', '--python', '>=3.11', '--allow-existing', folder], [...starter.command, 'pip', 'install', '--python', python, '-r', requirements]]
    : [[...starter.command, '-m', 'venv', folder], [python, '-m', 'pip', 'install', '--disable-pip-version-check', '--no-compile', '--no-cache-dir', '--only-binary=:all:', '-r', requirements]];
  for (const step of steps) await runStep(step, request);
}

function runStep([program = '', ...rest]: readonly string[], { log, signal }: EnvironmentRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'], ...(signal !== undefined && { signal }) });
    let tail = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        tail = (tail + text).slice(-2000);
        const line = text.trim().split('\n').at(-1) ?? '';
        if (line !== '') log?.(line.slice(0, 200));
      });
    }
    child.on('error', error => { reject(signal?.aborted === true ? new Error('The preparation was stopped; what has arrived is used the next time.') : error); });
    child.on('close', code => {
      if (code === 0) resolve();
      else reject(new Error(`The Python packages could not be installed: ${whyFailed(tail)}`));
    });
  });
}

function whyFailed(output: string): string {
  if (/No space left/i.test(output)) return 'the disk is full. Make room and try again.';
  if (/Could not fetch|ConnectionError|NewConnectionError|Name or service|timed out|dns error/i.test(output)) return 'the package registry was not reached. Connect to the network, or set PIP_INDEX_URL to a mirror, and try again.';
  if (/No matching distribution|No solution found/i.test(output)) return `there is no build of a package for this Python or this platform.\n${lastLines(output)}`;
  return `the installer failed.\n${lastLines(output)}`;
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-6).join('\n');
}

async function exists(file: string): Promise<boolean> {
  return fs.access(file).then(() => true, () => false);
}
