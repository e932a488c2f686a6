// Every test, one group after the other; the last line sums them up and the exit code follows it.
//   npm test                                       set-up first, then everything
//   node scripts/test.mjs [unit|types|lint|reference|model|vscode …]   these groups, without set-up
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { run } from 'node:test';
import { inspect, parseArgs, stripVTControlCharacters } from 'node:util';

const root = path.resolve(import.meta.dirname, '..');
const minutes = 60_000;

/** Folders of test/ that need more than Node, and so have a group of their own, or minutes, and so have a command of their own. */
const heavyFolders = ['reference', 'model', 'vscode', 'fixtures', 'kill', 'tune'];

const groups = [
  { name: 'unit', about: 'architecture, core, node and command line', work: () => runTestFiles(unitFiles(), { concurrency: 2, timeout: 5 * minutes }) },
  { name: 'types', about: 'tsc for Node and for the webview', work: () => runChecks([['typescript/bin/tsc', '-p', '.'], ['typescript/bin/tsc', '-p', 'webview']]) },
  { name: 'lint', about: 'eslint', work: () => runChecks([['eslint/bin/eslint.js', '.']]) },
  { name: 'reference', about: 'our readers against independent ones', work: () => runTestFiles(filesBelow('test/reference'), { concurrency: 1, timeout: 10 * minutes }) },
  { name: 'model', about: 'with real small models', work: () => runTestFiles(filesBelow('test/model'), { concurrency: 1, timeout: 10 * minutes }) },
  { name: 'vscode', about: 'the packaged extension in a real VS Code', work: () => runTestFiles(filesBelow('test/vscode'), { concurrency: 1, timeout: 15 * minutes, keepFigures: 'artifacts/host-figures.json' }) },
];

async function main() {
  const chosen = chosenGroups();
  const results = [];
  for (const group of chosen) {
    console.log(`\n── ${group.name}: ${group.about}`);
    const started = performance.now();
    const counts = await group.work();
    results.push({ name: group.name, ...counts, seconds: (performance.now() - started) / 1000 });
  }
  console.log('\n── summary');
  for (const { name, seconds, ...counts } of results) console.log(`${name.padEnd(9)} ${`${seconds.toFixed(1)} s`.padStart(9)}   ${countsText(counts)}`);
  const total = results.reduce(add, noCounts());
  console.log(countsText(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}

function chosenGroups() {
  const { positionals } = parseArgs({ allowPositionals: true });
  const unknown = positionals.filter(name => !groups.some(group => group.name === name));
  if (Number(process.versions.node.split('.')[0]) < 24) refuse(`Node 24 is needed, and this is ${process.version}: use \`npm test\`, which brings it.`);
  if (unknown.length > 0) refuse(`No such group: ${unknown.join(', ')}. There are ${groups.map(group => group.name).join(', ')}.`);
  return positionals.length === 0 ? groups : groups.filter(group => positionals.includes(group.name));
}

function refuse(message) {
  console.error(message);
  process.exit(2);
}

function unitFiles() {
  return filesBelow('test').filter(file => !heavyFolders.includes(file.split('/')[1]));
}

function filesBelow(folder) {
  const absolute = path.join(root, folder);
  if (!fs.existsSync(absolute)) return [];
  return fs.readdirSync(absolute, { recursive: true }).map(name => path.posix.join(folder, name.split(path.sep).join('/'))).filter(name => name.endsWith('.test.ts')).sort();
}

/**
 * Runs test files in processes of their own and prints a line for each file, and every failure in full.
 * What tests report as diagnostics (`hover: p50 …`) is printed and kept in a file, for scripts/bench.ts.
 */
async function runTestFiles(files, { concurrency, timeout, keepFigures }) {
  if (files.length === 0) {
    console.log('  ✗ no test file found');
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const events = run({ files: files.map(file => path.join(root, file)), cwd: root, concurrency, timeout, execArgv: ['--disable-warning=ExperimentalWarning'] });
  let total = noCounts();
  const figures = [];
  for await (const { type, data } of events) {
    if (type === 'test:fail') printFailure(data);
    if (type === 'test:pass' && typeof data.skip === 'string') console.log(`  ○ ${data.name}: ${data.skip}`);
    if (type === 'test:stderr' || type === 'test:stdout') console.log(indent(stripVTControlCharacters(data.message).trimEnd()));
    if (type === 'test:diagnostic' && !isRunnersOwn(data.message)) {
      console.log(`    ${data.message}`);
      figures.push(data.message);
    }
    if (type === 'test:summary' && data.file !== undefined) printFile(data);
    if (type === 'test:summary' && data.file === undefined) total = countsOf(data.counts);
  }
  if (keepFigures !== undefined && figures.length > 0) {
    fs.mkdirSync(path.join(root, path.dirname(keepFigures)), { recursive: true });
    fs.writeFileSync(path.join(root, keepFigures), `${JSON.stringify(figures, null, 2)}\n`);
  }
  return total;
}

/** The runner ends each file with its counts, in the form of diagnostics. */
function isRunnersOwn(message) {
  return /^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\d.]+$/.test(message);
}

function printFile({ file, counts, duration_ms: duration }) {
  const found = countsOf(counts);
  console.log(`  ${found.failed > 0 ? '✗' : '✓'} ${path.relative(root, file)}  ${countsText(found)} (${(duration / 1000).toFixed(1)} s)`);
}

function printFailure({ name, file, line, details }) {
  // A suite fails because a test in it failed, which has been printed.
  if (details.error?.failureType === 'subtestsFailed') return;
  const text = inspect(details.error?.cause ?? details.error, { depth: 3 });
  console.log(`  ✗ ${name}  ${file === undefined ? '' : `${path.relative(root, file)}:${line}`}\n${indent(text.split('\n').slice(0, 60).join('\n'))}`);
}

/** Runs commands of node_modules; each is one check. */
async function runChecks(commands) {
  let total = noCounts();
  for (const [script, ...arguments_] of commands) {
    const code = await new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [path.join(root, 'node_modules', script), ...arguments_], { cwd: root, stdio: 'inherit' });
      child.on('error', reject);
      child.on('close', resolve);
    });
    console.log(`  ${code === 0 ? '✓' : '✗'} ${path.basename(script, '.js')} ${arguments_.join(' ')}`);
    total = add(total, code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 });
  }
  return total;
}

/** A cancelled test (time-out, crash of its file) has failed. */
function countsOf({ passed, failed, cancelled, skipped, todo }) {
  return { passed, failed: failed + cancelled, skipped: skipped + todo };
}

function noCounts() {
  return { passed: 0, failed: 0, skipped: 0 };
}

function add(one, other) {
  return { passed: one.passed + other.passed, failed: one.failed + other.failed, skipped: one.skipped + other.skipped };
}

function countsText({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function indent(text) {
  return text.split('\n').map(line => `    ${line}`).join('\n');
}

await main();
